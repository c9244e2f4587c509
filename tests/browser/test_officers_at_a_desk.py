"""An officer invites, unlists and hands on; a coordinator takes back; an overseer ends it all."""

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import DESK, Site, log_in, visitor
from tests.browser.test_every_page import violations

GROUP = "/national/groups/maandagavond-oost"
DESK_OF_ANNA = "/coordinate/maandagavond-oost"


@pytest.mark.parametrize("script", [True, False])
def test_what_an_officer_does_to_a_group_its_coordinator_takes_back(
    browser: Browser, site: Site, script: bool
) -> None:
    with (
        visitor(browser, site, java_script_enabled=script, viewport=DESK) as olaf,
        visitor(browser, site, java_script_enabled=script) as anna,
    ):
        log_in(olaf, site, "olaf")
        log_in(anna, site, "anna")
        olaf.goto(GROUP)
        olaf.get_by_role("link", name=re.compile("^Nodig iemand uit")).click()
        olaf.get_by_label("Mailadres").fill("noor@example.org")
        olaf.get_by_role("button", name="Verstuur de uitnodiging").click()
        expect(olaf.get_by_text("noor@example.org")).to_be_visible()
        olaf.get_by_role("button", name="Trek de uitnodiging in").click()
        expect(olaf.get_by_text("De uitnodiging is ingetrokken.")).to_be_visible()

        olaf.get_by_label("Waarom?").fill("Dubbel met West.")
        olaf.get_by_role("button", name=re.compile("uit de lijst$")).click()
        expect(olaf.get_by_text("De reden: Dubbel met West.")).to_be_visible()
        anna.goto(DESK_OF_ANNA)
        expect(anna.get_by_text(re.compile("De reden: Dubbel met West."))).to_be_visible()
        anna.get_by_role("button", name="Zet ons weer in de lijst").click()
        expect(anna.get_by_text(re.compile("^Jullie staan weer in de lijst."))).to_be_visible()

        olaf.goto(GROUP)
        olaf.get_by_role("link", name="De coördinator antwoordt niet").click()
        if script:
            assert violations(olaf) == []
        olaf.get_by_label("Waarom?").fill("Al drie weken geen antwoord.")
        olaf.get_by_role("button", name=re.compile("als laatste dag$")).click()
        expect(olaf.get_by_text("De laatste dag staat er.")).to_be_visible()
        anna.goto(DESK_OF_ANNA)
        if script:
            assert violations(anna) == []
        anna.locator("details.waiting > summary").click()
        anna.get_by_role("button", name="Ik blijf coördinator").click()
        expect(anna.get_by_text(re.compile("^Fijn, je blijft coördinator."))).to_be_visible()


def test_an_overseer_founds_a_fellowship_closes_it_and_opens_it_again(
    browser: Browser, site: Site
) -> None:
    with visitor(browser, site, viewport=DESK) as vera:
        log_in(vera, site, "vera")
        vera.goto("/national/fellowships/new")
        vera.get_by_label("Naam van de organisatie").fill("Rust")
        vera.get_by_role("button").last.click()
        expect(vera.get_by_text("De organisatie staat er.")).to_be_visible()

        vera.goto("/national/aa/end")
        assert violations(vera) == []
        expect(vera.get_by_text(re.compile(r"^\d+ groepen stoppen"))).to_be_visible()
        vera.get_by_label("Ja, al deze groepen stoppen").check()
        vera.get_by_role("button", name="Sluit AA").click()
        expect(vera.get_by_role("heading", name="AA is gesloten")).to_be_visible()
        assert violations(vera) == []
        vera.goto("/fellowships/aa")
        expect(vera.get_by_text("Deze organisatie is gestopt.")).to_be_visible()

        vera.goto("/national/aa/end")
        vera.get_by_role("button", name="Open AA weer").click()
        expect(vera.get_by_text(re.compile("^AA is weer open."))).to_be_visible()
