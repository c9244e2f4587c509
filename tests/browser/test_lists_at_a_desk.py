"""An officer takes a list over in a browser, without script: sends, looks, chooses, accepts, takes back."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import DESK, Site, log_in, visitor
from tests.browser.test_every_page import violations

LISTS = "/national/aa/import"


def rows(number: int) -> list[dict[str, object]]:
    """Return so many groups; one cannot be read, one says something aside, one holds a number."""
    found: list[dict[str, object]] = [
        {
            "slug": f"nieuw-{one}",
            "name": f"Nieuw {one}",
            "day": one % 7,
            "time": "19:30",
            "end_time": "21:00",
            "formatted_address": f"Dorpsstraat {one + 1}, 2611 AB Delft, Nederland",
        }
        for one in range(number)
    ]
    found[1]["day"] = "ooit"
    found[2]["name"] = "Nieuw 2 (tijdelijk gesloten)"
    found[3]["notes"] = "Bel Wim 06-12345678."
    return found


@pytest.mark.parametrize("script", [True, False])
def test_olaf_takes_a_list_over_and_takes_it_back(
    browser: Browser, site: Site, tmp_path: Path, script: bool
) -> None:
    file = tmp_path / "groepen.json"
    file.write_text(json.dumps(rows(130)))
    with visitor(browser, site, java_script_enabled=script, viewport=DESK) as olaf:
        log_in(olaf, site, "olaf")
        olaf.goto(LISTS)
        olaf.get_by_label("Bestand").set_input_files(file)
        olaf.get_by_role("button", name="Laat zien wat er gebeurt").click()
        expect(olaf.get_by_text("Uit groepen.json, 130 rijen.")).to_be_visible()
        expect(olaf.get_by_text("“ooit” is geen dag.")).to_be_visible()
        if script:
            assert violations(olaf) == []

        olaf.get_by_role("link", name="1 mededeling in de tekst").click()
        expect(olaf.get_by_text("Mededeling: “tijdelijk gesloten”")).to_be_visible()
        olaf.get_by_role("link", name="1 tekst achtergehouden").click()
        expect(olaf.get_by_text("Achtergehouden: “Bel Wim 06-12345678.”")).to_be_visible()

        olaf.get_by_role("button", name="Neem 129 groepen over").click()
        expect(olaf.get_by_text("Overgenomen: 129 nieuw, 0 veranderd.")).to_be_visible()
        olaf.get_by_role("link", name="Bekijk de mededelingen").click()
        expect(olaf.get_by_text("even gestopt, tot iemand de groep weer start")).to_be_visible()
        if script:
            assert violations(olaf) == []
        olaf.get_by_role("button", name="Neem dit over").click()
        expect(olaf.get_by_text("Er wacht niets.")).to_be_visible()
        olaf.goto("/groups/nieuw-2")
        expect(olaf.get_by_text(re.compile("even gestopt", re.IGNORECASE)).first).to_be_visible()

        olaf.goto(LISTS)
        olaf.get_by_role("button", name="Zet alles terug").click()
        expect(olaf.get_by_text("128 groepen zijn teruggezet.")).to_be_visible()
