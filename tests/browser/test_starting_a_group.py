"""From "nothing near me" to a group in preparation, by both sides, with and without script."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from app.db import db
from app.records.letters import Letter
from tests.browser.conftest import DESK, Site, log_in, visitor
from tests.browser.test_every_page import violations


def letter(site: Site, kind: str, to: str) -> Letter:
    """Return the latest letter of a kind to somebody."""
    with site.app.app_context():
        letters = db.session.scalars(select(Letter).where(Letter.kind == kind).order_by(Letter.id))
        return [one for one in letters if one.recipient == to][-1]


def ask(page: Page, site: Site) -> str:
    """Ask for a group of AA in Emmen, beginning at the finder; return the own page's address."""
    page.goto("/?q=nergens&near=Emmen")
    page.get_by_role("link", name="Begin zelf een groep").click()
    expect(page.get_by_role("heading", name="Begin een groep")).to_be_visible()
    page.get_by_role("link", name=re.compile("^AA ")).click()
    expect(page.get_by_label("In welke plaats?")).to_have_value("Emmen")
    page.get_by_role("button", name="Vraag om deze groep").click()
    expect(page.get_by_role("link", name="Zet hier een vinkje")).to_be_visible()
    page.get_by_label("Op welke dag?").select_option("dinsdag")
    page.get_by_label("Hoe laat?").fill("20:00")
    page.get_by_label("Hoe mogen we je noemen?").fill("Mees")
    page.get_by_label("Je mailadres").fill("mees@example.org")
    page.get_by_label("Ja, jullie mogen dit bewaren").check()
    page.get_by_role("button", name="Vraag om deze groep").click()
    expect(page.get_by_role("heading", name="Kijk nu in je mail")).to_be_visible()
    return f"/start/{letter(site, 'request_confirm', 'mees@example.org').values['key']}"


@pytest.mark.parametrize("script", [True, False])
def test_mees_asks_olaf_says_yes_and_the_group_takes_people(
    browser: Browser, site: Site, script: bool
) -> None:
    with (
        visitor(browser, site, java_script_enabled=script) as mees,
        visitor(browser, site, java_script_enabled=script, viewport=DESK) as olaf,
    ):
        own = ask(mees, site)
        mees.goto(own)
        if script:
            assert violations(mees) == []
        mees.get_by_role("button", name="Ja, dit is mijn vraag").click()
        expect(mees.get_by_role("heading", name="Je vraag is aangekomen")).to_be_visible()

        log_in(olaf, site, "olaf")
        told = letter(site, "request_waits", "olaf@example.org").values
        olaf.goto(f"/national/{told['slug']}/requests/{told['number']}")
        expect(olaf.get_by_text("Mees")).to_be_visible()
        assert "mees@" not in olaf.content()
        olaf.get_by_role("link", name="Vraag iets terug").click()
        olaf.get_by_label("Wat wil je weten?").fill("Is er al een zaal?")
        olaf.get_by_role("button", name="Verstuur je vraag").click()
        expect(olaf.get_by_text("wacht op de aanvrager")).to_be_visible()

        mees.goto(own)
        expect(mees.get_by_text("Is er al een zaal?")).to_be_visible()
        if script:
            assert violations(mees) == []
        mees.get_by_label("Je antwoord").fill("Ja, bij de bieb.")
        mees.get_by_role("button", name="Verstuur je antwoord").click()
        expect(mees.get_by_text("Je antwoord is verstuurd.")).to_be_visible()

        olaf.reload()
        expect(olaf.get_by_text("Ja, bij de bieb.")).to_be_visible()
        olaf.get_by_role("link", name="Ja, richt de groep op").click()
        expect(olaf.get_by_label("Begint om")).to_have_value("20:00")
        expect(olaf.get_by_label("Nodig de aanvrager uit als coördinator")).to_be_checked()
        olaf.get_by_label("Naam van de groep").fill("Bibliotheek Emmen")
        olaf.get_by_role("button", name="Richt de groep op").click()
        expect(olaf.get_by_text("De groep staat er, in oprichting.")).to_be_visible()

        mees.goto(own)
        expect(mees.get_by_role("heading", name="Het antwoord is ja")).to_be_visible()
        if script:
            assert violations(mees) == []
        mees.get_by_role("link", name="Bekijk de groep").click()
        expect(mees.get_by_text("Deze groep is in oprichting.")).to_be_visible()
        expect(mees.get_by_role("link", name="Doe mee vanaf het begin").first).to_be_visible()
        invitation = letter(site, "invitation", "mees@example.org").values
        mees.goto(f"/invitations/{invitation['key']}")
        expect(mees.get_by_text("Bibliotheek Emmen").first).to_be_visible()


def test_who_withdraws_leaves_a_dead_link(browser: Browser, site: Site) -> None:
    with visitor(browser, site) as page:
        own = ask(page, site)
        page.goto(own)
        page.get_by_role("link", name="Nee, wis het").click()
        assert violations(page) == []
        page.get_by_role("button", name="Wis alles").click()
        expect(page.get_by_text(re.compile("is gewist"))).to_be_visible()

        answer = page.goto(own)

        assert answer is not None
        assert answer.status == 404
