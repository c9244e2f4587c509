"""What a script on somebody else's page may read of ours, asked by a real browser."""

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Site, visitor
from tests.browser.test_embed_and_offline import foreign_page

READ = """async ([address, options]) => {
    try {
        const answer = await fetch(address, options);
        const tag = answer.headers.get("etag");
        return [answer.status, tag, (await answer.text()).length];
    } catch (refused) {
        return refused.name;
    }
}"""


def read(page: Page, address: str, **options: Any) -> Any:
    """Return status, ETag and length as the page's own script gets them, or why it gets nothing."""
    return page.evaluate(READ, [address, options])


@pytest.fixture(scope="module")
def public_ones(shared_site: Site) -> list[str]:
    group = shared_site.demo["groups"][0]
    paths = [
        "/meetings.json",
        f"/fellowships/{group['fellowship']}/meetings.json",
        group["feed"],
        group["discreet_feed"],
    ]
    return [shared_site.url + path for path in paths]


def test_a_foreign_script_reads_public_ones_and_asks_whether_they_are_still_so(
    browser: Browser, shared_site: Site, public_ones: list[str]
) -> None:
    with foreign_page("") as elsewhere, visitor(browser, shared_site) as page:
        page.goto(elsewhere)

        for address in public_ones:
            status, tag, length = read(page, address)
            assert status == 200, address
            assert tag, address
            assert length > 100, address
            # A header of its own lets the browser ask beforehand: OPTIONS must allow it.
            assert read(page, address, headers={"If-None-Match": tag})[0] == 304, address
            assert read(page, address, headers={"If-None-Match": 'W/"x"'})[0] == 200, address


def test_no_script_sends_anything_along_or_reads_what_is_somebody_s_own(
    browser: Browser, shared_site: Site, public_ones: list[str]
) -> None:
    seat = shared_site.url + shared_site.demo["seats"][0]["url"]
    with foreign_page("") as elsewhere, visitor(browser, shared_site) as page:
        page.goto(seat)
        found = re.search(r"/feeds/[\w-]{20,}/agenda\.ics", page.content())
        assert found
        own_calendar = shared_site.url + found[0]
        page.goto(elsewhere)

        for private in (own_calendar, seat, f"{shared_site.url}/coordinate/"):
            assert read(page, private) == "TypeError", private
            assert read(page, private, credentials="include") == "TypeError", private
            assert read(page, private, headers={"If-None-Match": 'W/"x"'}) == "TypeError", private
        for public in public_ones:
            assert read(page, public, credentials="include") == "TypeError", "none with a cookie"
            assert read(page, public, method="POST") == "TypeError", public
