"""Shutting a group and a hall on a phone, with script and without."""

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Site, visitor
from tests.browser.test_every_page import violations

GROUP = "maandagavond-oost"


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_summer_stop_is_written_down_shown_and_withdrawn(
    browser: Browser, site: Site, script: bool
) -> None:
    with visitor(browser, site, java_script_enabled=script) as page:
        site.let_in(page, "anna")
        page.goto(f"/coordinate/{GROUP}")
        page.get_by_role("link", name="Een tijd dicht").click()
        page.get_by_role("link", name="Geef door wanneer het dicht is").click()
        page.get_by_label("Eerste dag").fill("2027-07-01")
        page.get_by_label("Laatste dag").fill("2027-08-31")
        page.get_by_label("Waarom?").fill("zomerstop")

        page.get_by_role("button", name="Laat zien wat het wordt").click()
        expect(page.get_by_text("Er is nog niets bewaard.")).to_be_visible()
        expect(page.get_by_text("Bij jullie gaat niet door: maandag 5 juli")).to_be_visible()
        if script:
            assert violations(page) == []

        page.get_by_role("button", name="Bewaar deze dagen").click()
        expect(page.get_by_role("heading", name="Alleen onze groep")).to_be_visible()
        if script:
            assert violations(page) == []
            assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")

        page.get_by_role("link", name="Verander of trek in Alleen onze groep").click()
        if script:
            assert violations(page) == []
        page.get_by_role("button", name="Trek in: toch niet dicht").click()
        expect(page.get_by_role("heading", name="Alleen onze groep")).to_have_count(0)


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_what_the_hall_shut_is_answered_with_one_tap(
    browser: Browser, site: Site, script: bool
) -> None:
    with visitor(browser, site, java_script_enabled=script) as page:
        site.let_in(page, "anna")
        page.goto(f"/coordinate/{GROUP}/closures")

        page.get_by_role("button", name="Toch dicht").click()
        expect(page.get_by_text("Gaat niet door: maandag")).to_be_visible()

        page.get_by_role("button", name="Wij komen toch bij elkaar").click()
        expect(page.get_by_text("Jullie komen toch bij elkaar.")).to_be_visible()


def test_days_that_cannot_be_are_said_at_their_field(browser: Browser, site: Site) -> None:
    with visitor(browser, site) as page:
        site.let_in(page, "anna")
        page.goto(f"/coordinate/{GROUP}/closures/new")
        page.get_by_label("Eerste dag").fill("2027-08-31")
        page.get_by_label("Laatste dag").fill("2027-07-01")
        page.get_by_role("button", name="Bewaar deze dagen").click()

        field = page.get_by_label("Laatste dag")
        expect(field).to_have_attribute("aria-invalid", "true")
        expect(field).to_have_value("2027-07-01")
        assert violations(page) == []
