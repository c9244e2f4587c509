"""The office in a browser: its settings, and a visitor's word that something is wrong."""

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import DESK, Site, log_in, visitor
from tests.browser.test_every_page import violations

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("script", [True, False])
def test_kim_says_the_hour_is_wrong_and_anna_takes_it_over_with_one_tap(
    browser: Browser, site: Site, script: bool
) -> None:
    slug = site.group_of("anna")["slug"]
    with (
        visitor(browser, site, java_script_enabled=script) as kim,
        visitor(browser, site, java_script_enabled=script) as anna,
    ):
        kim.goto(f"/groups/{slug}")
        kim.get_by_role("link", name="Er klopt hier iets niet").click()
        kim.get_by_label("De naam of de omschrijving").check()
        kim.get_by_text("De goede naam of omschrijving").click()
        kim.get_by_label(re.compile("^Omschrijving")).fill("Met thee vooraf.")
        if script:
            assert violations(kim) == []
        kim.get_by_role("button", name="Stuur het naar de groep").click()
        expect(kim.get_by_text("De coördinatoren kijken ernaar.")).to_be_visible()

        log_in(anna, site, "anna")
        anna.goto(f"/coordinate/{slug}")
        anna.get_by_role("link", name="Kijk ernaar").click()
        expect(anna.locator("ins")).to_have_text("Met thee vooraf.")
        if script:
            assert violations(anna) == []
        anna.get_by_role("button", name="Neem dit over").click()
        expect(anna.get_by_text("Er staat niets open.")).to_be_visible()

        kim.goto(f"/groups/{slug}")
        expect(kim.get_by_text("Met thee vooraf.")).to_be_visible()

        anna.goto(f"/coordinate/{slug}/changes")
        anna.get_by_role("link", name=re.compile("Zet terug")).first.click()
        if script:
            assert violations(anna) == []
        anna.get_by_role("button", name="Zet de vermelding terug").click()
        kim.reload()
        expect(kim.get_by_text("Met thee vooraf.")).to_have_count(0)


def test_olaf_sees_what_will_change_before_everyone_reads_it(browser: Browser, site: Site) -> None:
    with visitor(browser, site, viewport=DESK) as olaf:
        log_in(olaf, site, "olaf")
        olaf.goto("/national/aa/settings")
        olaf.get_by_label(re.compile("woord voor sponsor")).fill("buddy")
        olaf.get_by_role("button", name="Kijk wat er verandert").click()
        expect(olaf.locator("ins")).to_have_text("buddy")
        assert violations(olaf) == []
        olaf.get_by_role("button", name="Bewaar de instellingen").click()
        expect(olaf.get_by_text("Bewaard. Zo staat het nu overal.")).to_be_visible()
