"""The office's settings in a browser: what changes is seen before everyone reads it."""

import re

from playwright.sync_api import Browser, expect

from tests.browser.conftest import DESK, Site, log_in, visitor
from tests.browser.test_every_page import violations


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
