"""Olaf has a board meeting tomorrow: from a figure to the list behind it, and two pages to bring."""

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import DESK, PHONE, Site, visitor


@pytest.mark.parametrize(
    ("size", "script"), [(PHONE, True), (DESK, False)], ids=["phone", "desk without script"]
)
def test_a_figure_leads_to_the_groups_it_counts(
    browser: Browser, shared_site: Site, size: dict, script: bool
) -> None:
    site = shared_site
    with visitor(
        browser, site, viewport=size, java_script_enabled=script, **site.remembered("olaf")
    ) as page:
        site.let_in(page, "olaf")
        page.goto("/national/")
        page.get_by_role("link", name="AA", exact=True).click()

        expect(page.locator(".lead").first).to_contain_text(
            re.compile(r"\d+ groepen, .*deelnemers")
        )
        part = page.get_by_role("region", name="Groepen en plekken", exact=True)
        expect(part.get_by_role("img", name="Groepen naar status")).to_be_visible()
        part.get_by_text("De getallen in een tabel").click()
        row = part.get_by_role("row", name=re.compile("^Even gestopt"))
        number = row.get_by_role("cell").first.inner_text()
        row.get_by_role("link").click()

        expect(page.locator(".lead").first).to_contain_text(f"{number} groep")
        expect(page.locator("tbody tr")).to_have_count(int(number))


def test_the_map_leads_to_a_province_and_its_sheet(browser: Browser, shared_site: Site) -> None:
    site = shared_site
    with visitor(browser, site, viewport=DESK, **site.remembered("vera")) as page:
        site.let_in(page, "vera")
        page.goto("/national/")
        page.get_by_role("link", name=re.compile("^Drenthe: ")).click()

        expect(page.get_by_role("heading", level=1)).to_contain_text("Drenthe")
        with page.expect_download() as waiting:
            page.get_by_role("link", name="Twee bladzijden voor de vergadering (PDF)").click()
        assert waiting.value.suggested_filename.endswith("overview.pdf")
