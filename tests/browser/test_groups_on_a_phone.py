"""An officer's list of groups on a phone: a row is a card, and what it says is in view."""

from playwright.sync_api import Browser, expect

from tests.browser.conftest import PHONE, Site, visitor

LEAVES_ITS_ROW = """row => [...row.cells].filter(one => {
    const box = one.getBoundingClientRect();
    return box.width && box.right > document.documentElement.clientWidth;
}).length"""


def test_each_group_says_where_and_when_without_scrolling_sideways(
    browser: Browser, shared_site: Site
) -> None:
    with visitor(browser, shared_site) as page:
        shared_site.let_in(page, "olaf")
    with visitor(browser, shared_site, **shared_site.remembered("olaf")) as page:
        page.goto("/national/aa/groups")

        row = page.get_by_role("row", name="Maandagavond Oost")
        expect(row).to_contain_text("ma 19.30")
        assert page.viewport_size == PHONE
        assert row.evaluate(LEAVES_ITS_ROW) == 0
