"""Kim finds a group: on a phone and at a desk, with and without script, and by keyboard alone."""

import re
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from playwright.sync_api import Browser, Page, expect

from app import clock
from app.domain.zones import HOME
from tests.browser.conftest import DESK, PHONE, Site, visitor

SHIFT = """() => new Promise(tell => {
  let sum = 0;
  new PerformanceObserver(list => { for (const one of list.getEntries()) sum += one.value; })
    .observe({type: 'layout-shift', buffered: true});
  setTimeout(() => tell(sum), 500);
})"""


def asked(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["360", "1280"])
@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_kim_chooses_and_opens_a_group(
    browser: Browser, shared_site: Site, script: bool, size: dict[str, int]
) -> None:
    with visitor(browser, shared_site, java_script_enabled=script, viewport=size) as page:
        page.goto("/")
        page.get_by_label("Waar ben je?").fill("mokum")
        page.get_by_label("voor mezelf").check()
        page.get_by_role("button", name="Zoek", exact=True).click()

        expect(page.get_by_role("heading", level=1)).to_have_text(
            "Groepen in de buurt van Amsterdam"
        )
        assert asked(page) == {"near": ["mokum"], "for": ["self"]}
        page.locator(".meetings a").first.click()
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert "/groups/" in page.url


def test_one_tap_shows_what_there_is_today_and_another_takes_it_back(
    browser: Browser, shared_site: Site
) -> None:
    with visitor(browser, shared_site) as page:
        page.goto("/")
        page.get_by_label(re.compile("^(vanavond|vandaag)$")).check()
        page.wait_for_url("**/?day=today")
        page.get_by_label("alcohol").check()
        page.get_by_label("drugs").check()
        page.wait_for_url("**/?day=today&subject=drugs")
        expect(page.get_by_label("alcohol")).not_to_be_checked()
        page.get_by_label("drugs").uncheck()

        page.wait_for_url("**/?day=today")


def test_the_first_two_meetings_are_in_sight_without_scrolling(
    browser: Browser, shared_site: Site
) -> None:
    """On a Tuesday at noon: a long name, or a meeting that is under way, takes a line more."""
    here = clock.now().astimezone(HOME)
    noon = here.replace(hour=12, minute=5) + timedelta(days=(1 - here.weekday()) % 7 or 7)
    with (
        time_machine.travel(noon, tick=True),
        visitor(browser, shared_site, viewport={"width": 360, "height": 740}) as page,
    ):
        page.goto("/")
        page.evaluate("document.fonts.ready")
        page.reload()  # letters that came late stand there from the second view on

        assert (
            page.locator(".meeting").nth(1).evaluate("one => one.getBoundingClientRect().bottom")
            <= 740
        )


def test_a_position_is_rounded_before_it_leaves_the_phone(
    browser: Browser, shared_site: Site
) -> None:
    where = {"latitude": 52.373456, "longitude": 4.891234}
    with visitor(browser, shared_site, geolocation=where, permissions=["geolocation"]) as page:
        sent: list[str] = []
        page.on("request", lambda request: sent.append(request.url))
        page.goto("/")
        page.get_by_role("button", name="Hier: gebruik mijn locatie").click()

        expect(page.get_by_role("heading", level=1)).to_have_text("Groepen bij jou in de buurt")
        assert asked(page)["near"] == ["52.37,4.89"]
        assert not [one for one in sent if "52.3734" in one]


def test_who_keeps_the_position_to_oneself_is_told_what_to_do(
    browser: Browser, shared_site: Site
) -> None:
    with visitor(browser, shared_site, permissions=[]) as page:
        page.goto("/")
        page.get_by_role("button", name="Hier: gebruik mijn locatie").click()

        expect(page.get_by_text("Vul je postcode of plaats in")).to_be_visible()
        expect(page.get_by_label("Waar ben je?")).to_be_focused()


def test_without_script_no_button_asks_for_a_position(browser: Browser, shared_site: Site) -> None:
    with visitor(browser, shared_site, java_script_enabled=False) as page:
        page.goto("/")

        expect(page.locator("[data-locate]")).to_be_hidden()


def test_by_keyboard_alone_a_filter_is_set_and_taken_off(
    browser: Browser, shared_site: Site
) -> None:
    with visitor(browser, shared_site, viewport=DESK) as page:
        page.goto("/?sort=soonest")
        page.locator("details.filters summary").focus()
        page.keyboard.press("Enter")
        page.get_by_label("er is een plek vrij").focus()
        page.keyboard.press("Space")
        page.keyboard.press("Enter")
        expect(page.locator("#chosen")).to_contain_text("plek vrij")
        page.locator("#chosen a", has_text="plek vrij").focus()
        page.keyboard.press("Enter")

        expect(page.locator("#chosen")).not_to_contain_text("plek vrij")


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_the_map_leads_through_a_province_to_a_group(
    browser: Browser, shared_site: Site, script: bool
) -> None:
    with visitor(browser, shared_site, java_script_enabled=script) as page:
        page.goto("/?view=map")
        page.locator(".provinces a", has_text="Noord-Holland").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Groepen in Noord-Holland")
        mark = page.locator(".map a").first
        leads_to = mark.get_attribute("href") or ""
        mark.focus()
        page.keyboard.press("Enter")
        if leads_to.startswith("#"):  # more than one group stands there: to the list beside it
            page.locator(leads_to).get_by_role("link").first.click()
        page.wait_for_url("**/groups/*")


def test_the_week_is_columns_at_a_desk_and_an_agenda_on_a_phone(
    browser: Browser, shared_site: Site
) -> None:
    def lefts(page: Page) -> set[int]:
        days = page.locator(".week-of-days > li")
        assert days.count() == 7
        return {round(day.bounding_box()["x"]) for day in days.all()}

    with visitor(browser, shared_site) as page:
        page.goto("/?view=week")
        assert len(lefts(page)) == 1
        page.set_viewport_size(DESK)
        assert len(lefts(page)) == 7


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["360", "1280"])
@pytest.mark.parametrize("path", ["/", "/?near=Amsterdam", "/?view=map", "/?view=week"])
def test_nothing_jumps_while_a_page_opens(
    browser: Browser, shared_site: Site, path: str, size: dict[str, int]
) -> None:
    with visitor(browser, shared_site, viewport=size) as page:
        page.goto(path)

        assert page.evaluate(SHIFT) < 0.002
