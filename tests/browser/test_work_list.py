"""The officer's work list in a browser: choose, write, tick off, put back; with and without script."""

import pytest
from playwright.sync_api import Browser, expect
from sqlalchemy import select

from app.db import db
from app.records.letters import Letter
from tests.browser.conftest import DESK, Site, log_in, visitor
from tests.browser.test_every_page import violations


@pytest.mark.parametrize("script", [True, False])
def test_olaf_writes_those_who_are_silent_and_ticks_them_off(
    browser: Browser, site: Site, script: bool
) -> None:
    with visitor(browser, site, java_script_enabled=script, viewport=DESK) as olaf:
        log_in(olaf, site, "olaf")
        olaf.goto("/national/aa/work?concern=service_ends")
        boxes = olaf.get_by_role("checkbox")
        expect(boxes).to_have_count(2)
        if script:
            assert violations(olaf) == []
            olaf.get_by_role("button", name="Kies alles op deze bladzijde").click()
        else:
            for box in boxes.all():
                box.check()
        olaf.get_by_role("button", name="Schrijf de coördinatoren").click()
        expect(olaf.get_by_text("1 mail aan 1 coördinator, over 2 groepen.")).to_be_visible()
        olaf.get_by_label("Iets erbij in je eigen woorden").fill("Dank je wel.")
        olaf.get_by_role("button", name="Kijk hoe het eruitziet").click()
        expect(olaf.locator("#preview")).to_contain_text("Dank je wel.")
        if script:
            assert violations(olaf) == []
        olaf.get_by_role("button", name="Verstuur 1 mail").click()
        expect(olaf.get_by_text("1 mail is onderweg.")).to_be_visible()
        with site.app.app_context():
            (letter,) = db.session.scalars(select(Letter).where(Letter.kind == "work"))
            assert (letter.recipient, letter.language) == ("jack@example.org", "en")

        olaf.goto("/national/aa/work?concern=no_coordinator")
        olaf.get_by_role("checkbox").first.check()
        olaf.get_by_role("button", name="Geregeld").click()
        expect(olaf.get_by_text("1 punt geregeld. Het komt terug")).to_be_visible()
        olaf.goto("/national/aa/work?hidden=yes")
        olaf.get_by_role("checkbox").first.check()
        olaf.get_by_role("button", name="Zet terug op de lijst").click()
        expect(olaf.get_by_text("1 punt staat weer op de lijst.")).to_be_visible()
