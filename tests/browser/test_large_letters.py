"""Text at 150 and 200 % on a phone of 360 pixels: nothing sticks out at either side."""

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import Site, visitor

STICKING_OUT = """size => {
    document.documentElement.style.fontSize = size;
    const wide = document.documentElement.clientWidth;
    const scrolls = one => one && (getComputedStyle(one).overflowX !== "visible" || scrolls(one.parentElement));
    return [...document.querySelectorAll("main *, header *, footer *")]
        .filter(one => {
            const at = one.getBoundingClientRect();
            return at.width && at.height && (at.right > wide + 1 || (at.left < -1 && at.right > 0));
        })
        .filter(one => !scrolls(one))
        .map(one => `${one.tagName}.${one.className}: ${one.textContent.trim().slice(0, 40)}`);
}"""
PAGES = {
    None: ["/", "/?view=week", "/groups/{group}", "/groups/{group}/ask", "/embed/", "/referrers"],
    "anna": ["/coordinate/", "/coordinate/{group}", "/coordinate/{group}/circle"],
    "olaf": ["/national/aa", "/national/aa/groups", "/national/aa/work"],
}


@pytest.mark.parametrize("who", PAGES)
def test_nothing_sticks_out_where_letters_are_large(
    browser: Browser, shared_site: Site, who: str | None
) -> None:
    group = shared_site.account("anna")["groups"][0]
    if who:
        with visitor(browser, shared_site) as page:
            shared_site.let_in(page, who)
    with visitor(browser, shared_site, **shared_site.remembered(who)) as page:
        for path in PAGES[who]:
            page.goto(path.format(group=group))
            for size in ("24px", "32px"):
                assert page.evaluate(STICKING_OUT, size) == [], (path, size)
