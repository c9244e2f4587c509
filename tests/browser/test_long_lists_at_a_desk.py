"""An officer sends a long list in a browser, and follows reading, taking over and taking back."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from app.blueprints.parts.exchange.beside import COMMAND
from tests.browser.conftest import PHONE, Site, log_in, visitor
from tests.browser.test_every_page import violations
from tests.conftest import SEALING_KEY, SECRET_KEY

ROWS = 1_100
LISTS = "/national/aa/import"
A_WHILE = 180_000


def works_beside(site: Site, folder: Path) -> None:
    """Let the site start a process for its long lists, on the database that it has here."""
    site.app.config["LISTS_FOLDER"] = str(folder / "lists")
    settings = {
        "TWAALF_INSTANCE": str(folder),
        "TWAALF_SECRET_KEY": SECRET_KEY,
        "TWAALF_SEALING_KEYS": SEALING_KEY,
        "TWAALF_DATABASE_URL": site.app.config["SQLALCHEMY_DATABASE_URI"],
    }
    env = [f"{name}={value}" for name, value in settings.items()]
    site.app.config["LISTS_COMMAND"] = ["/usr/bin/env", *env, *COMMAND]


def rows(number: int) -> list[dict[str, object]]:
    return [
        {
            "slug": f"lang-{one}",
            "name": f"Lang {one}",
            "day": one % 7,
            "time": "19:30",
            "end_time": "21:00",
            "formatted_address": f"Dorpsstraat {one + 1}, 2611 AB Delft, Nederland",
            "notes": "Koffie en thee staan klaar, kom gerust wat eerder binnen. " * 6,
        }
        for one in range(number)
    ]


@pytest.mark.parametrize("script", [True, False])
def test_olaf_follows_a_long_list_from_sending_to_taking_back(
    browser: Browser, site: Site, tmp_path: Path, script: bool
) -> None:
    works_beside(site, tmp_path)
    file = tmp_path / "lang.json"
    file.write_text(json.dumps(rows(ROWS)))
    with visitor(browser, site, java_script_enabled=script, viewport=PHONE) as olaf:
        log_in(olaf, site, "olaf")
        olaf.goto(LISTS)
        olaf.get_by_label("Bestand").set_input_files(file)
        olaf.get_by_role("button", name="Laat zien wat er gebeurt").click()
        expect(olaf.get_by_role("heading", name="We bekijken de lijst")).to_be_visible()
        if script:
            assert violations(olaf) == []
        dry_run = olaf.get_by_text("Uit lang.json, 1.100 rijen. Er is nog niets veranderd.")
        expect(dry_run).to_be_visible(timeout=A_WHILE)

        olaf.get_by_role("button", name="Neem 1.100 groepen over").click()
        expect(olaf.get_by_role("heading", name="We nemen de lijst over")).to_be_visible()
        done = olaf.get_by_text("Overgenomen: 1.100 nieuw, 0 veranderd.")
        expect(done).to_be_visible(timeout=A_WHILE)
        olaf.get_by_role("link", name="Naar de lijsten").click()

        olaf.get_by_role("button", name="Zet alles terug").click()
        expect(olaf.get_by_role("heading", name="We zetten alles terug")).to_be_visible()
        expect(olaf.get_by_text("1.100 groepen zijn teruggezet.")).to_be_visible(timeout=A_WHILE)
