"""A seat on a phone: asked in two taps, seen on one's own page, given up; with script and without."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Site, visitor
from tests.browser.test_every_page import violations


def is_too_wide(page: Page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth > innerWidth")


def ask_for_a_seat(page: Page, group: str, alias: str) -> None:
    """Two taps: the button of the group, and the button of the form."""
    page.goto(group)
    page.locator("#seat").get_by_role("link", name="Vraag een plek").click()
    page.get_by_label("Je naam hier").fill(alias)
    page.get_by_label("Ja, jullie mogen dit bewaren").check()
    page.get_by_role("button", name="Vraag een plek").click()


@pytest.mark.parametrize("with_script", [True, False], ids=["with script", "without script"])
def test_kim_asks_for_a_seat_looks_at_her_page_and_gives_it_up(
    browser: Browser, site: Site, with_script: bool
) -> None:
    with visitor(browser, site, java_script_enabled=with_script) as page:
        ask_for_a_seat(page, site.group_of("anna")["url"], "Zeester")

        expect(page.get_by_role("heading", level=1)).to_have_text("Je vraag is binnen")
        expect(page).to_have_title("Je plek")
        hers = page.url
        page.get_by_text("Alles wat we over je bewaren").click()
        expect(page.locator("#stored")).to_contain_text("Zeester")
        page.locator("li").get_by_role("link", name="Geef mijn plek op").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Weet je het zeker?")
        page.get_by_role("button", name="Geef mijn plek op en wis alles").click()

        expect(page.get_by_text("Alles wat we van je bewaarden, is gewist.")).to_be_visible()
        assert page.goto(hers).status == 410


def test_a_full_group_puts_her_in_line_and_names_a_group_with_a_seat(
    browser: Browser, site: Site
) -> None:
    with visitor(browser, site, java_script_enabled=False) as page:
        page.goto("/groups/donderdagavond-oost")
        page.locator("#seat").get_by_role("link", name="Kom op de wachtlijst").click()
        expect(page.get_by_text("De groep is vol. Je komt op de wachtlijst.")).to_be_visible()
        expect(page.get_by_text("Hier is nu plek")).to_be_visible()
        page.get_by_label("Je naam hier").fill("Zeester")
        page.get_by_label("Ja, jullie mogen dit bewaren").check()
        page.get_by_role("button", name="Zet mij op de wachtlijst").click()

        expect(page.get_by_role("heading", level=1)).to_have_text("Je staat op de wachtlijst")
        expect(page.get_by_text("op de wachtlijst.", exact=False).first).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_of_a_seat_are_open_to_everyone(
    browser: Browser, shared_site: Site, scheme: str
) -> None:
    seats = shared_site.demo["seats"]
    group = shared_site.group_of("anna")["url"]
    held = [one["url"] for one in seats if f"/groups/{one['group']}" == group]
    in_line = [one["url"] for one in seats if one["group"] == "donderdagavond-oost"][-1]
    paths = [
        f"{group}/ask",
        f"{group}/link",
        "/groups/donderdagavond-oost/ask",
        held[0],
        held[-1],
        in_line,
        *(f"{held[0]}/{deed}" for deed in ("leave", "name", "letters", "letters/off")),
    ]
    wrong: list[str] = []

    with visitor(browser, shared_site, color_scheme=scheme) as page:
        for path in paths:
            page.goto(path)
            wrong += [f"{path} {one}" for one in violations(page)]
            if is_too_wide(page):
                wrong.append(f"{path} is too wide")

    assert wrong == []
