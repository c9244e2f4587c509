"""One week on a remembered phone, with script and without: cancelled, moved, undone, told."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from werkzeug.test import Client

from app import clock
from app.actions.accounts import begin_login
from app.db import db
from app.domain.held import coming_meeting
from app.domain.week import Week
from app.domain.zones import HOME
from app.records.accounts import Account
from app.records.groups import find_group
from app.records.listings import schedule_ahead
from tests.browser.conftest import Site, visitor
from tests.browser.test_every_page import violations

TAPS_AT_MOST = 3


class Finger:
    """Taps, and counts."""

    def __init__(self, page: Page):
        self.page = page
        self.taps = 0

    def tap(self, what: Locator) -> None:
        """Tap, and wait for the page that comes of it."""
        self.taps += 1
        with self.page.expect_navigation():
            what.tap()

    def link(self, name: str) -> None:
        self.tap(self.page.get_by_role("link", name=name))

    def button(self, name: str | re.Pattern[str]) -> None:
        self.tap(self.page.get_by_role("button", name=name))


@pytest.fixture(params=[True, False], ids=["with script", "without script"])
def phone(request: pytest.FixtureRequest, browser: Browser, site: Site) -> Iterator[Page]:
    """Anna's telephone, remembered five weeks ago, with her groups on it."""
    with visitor(
        browser,
        site,
        java_script_enabled=request.param,
        has_touch=True,
        permissions=["clipboard-read", "clipboard-write"],
        timezone_id="Europe/Amsterdam",
    ) as page:
        page.context.add_cookies([{"name": "session", "value": cookie(site), "url": site.url}])
        page.goto("/coordinate/")
        yield page


def cookie(site: Site) -> str:
    """Return the cookie of a log-in whose password was typed long ago."""
    client = site.app.test_client()
    long_ago = int((clock.now() - timedelta(days=35)).timestamp())
    with site.app.app_context():
        anna = db.session.query(Account).filter_by(email="anna@example.org").one()
        key = begin_login(anna, device="Firefox, Android", remembered=True)
        uniquifier = anna.fs_uniquifier
    with client.session_transaction() as session:
        session.update(_user_id=uniquifier, _fresh=True, login=key, seen=long_ago, fs_paa=long_ago)
        session.permanent = True
    return held_by(client)


def held_by(client: Client) -> str:
    found = client.get_cookie("session")
    assert found
    return found.value


def slug_of(site: Site) -> str:
    return site.group_of("anna")["slug"]


def this_week(page: Page, site: Site) -> str:
    """Return the address of the coming meeting of Anna's first group, where the desk leads."""
    with site.app.app_context():
        group = find_group(slug_of(site))
        assert group
        meeting = coming_meeting(schedule_ahead(group, clock.now()), clock.now())
    assert meeting
    return f"/coordinate/{slug_of(site)}/weeks/{meeting.week}"


def row(page: Page, site: Site):
    return page.locator(".meeting", has=page.locator(f"a[href='/coordinate/{slug_of(site)}']"))


def test_the_coming_meeting_is_called_off_in_two_taps_from_the_desk(
    phone: Page, site: Site
) -> None:
    finger = Finger(phone)
    card = row(phone, site)
    finger.taps += 1
    card.locator("summary", has_text="gaat niet door").tap()
    asked = card.get_by_role("button", name=re.compile("^Zeg .* af$"))
    day = asked.inner_text().removeprefix("Zeg ").removesuffix(" af").strip()
    expect(card).to_contain_text(re.compile("krijgt|krijgen|wil mail"))

    finger.tap(asked)

    assert finger.taps <= TAPS_AT_MOST
    assert phone.url == f"{site.url}/coordinate/"
    expect(phone.locator("main")).to_contain_text(
        re.compile(f"{day} gaat niet door", re.IGNORECASE)
    )
    feed = site.app.test_client().get(site.group_of("anna")["feed"]).text
    assert "STATUS:CANCELLED" in feed
    public = site.app.test_client().get(site.group_of("anna")["url"]).text
    assert "gaat niet door" in public
    finger.tap(row(phone, site).get_by_role("button", name="Ongedaan maken"))
    expect(row(phone, site)).not_to_contain_text("Ongedaan maken")


def test_a_cancelled_evening_is_told_in_the_chat_and_undone_with_one_tap(
    phone: Page, site: Site
) -> None:
    before = site.app.test_client().get(site.group_of("anna")["url"]).text
    phone.goto(f"{this_week(phone, site)}?change=cancelled")
    phone.get_by_label("Waarom niet?").fill("de zaal is dicht")
    Finger(phone).button(re.compile("gaat niet door$"))

    told = phone.get_by_label("Kopieer voor de groepsapp").input_value()
    assert "gaat niet door (de zaal is dicht). " in told
    assert told.endswith(f"Actueel: {site.url}{site.group_of('anna')['url']}")
    if (copy := phone.get_by_role("button", name="Kopieer")).is_visible():
        copy.tap()
        assert phone.evaluate("navigator.clipboard.readText()") == told

    Finger(phone).button("Ongedaan maken")

    expect(phone.locator("main")).to_contain_text("Ongedaan gemaakt")
    after = site.app.test_client().get(site.group_of("anna")["url"]).text
    assert (after.count("gaat niet door")) == before.count("gaat niet door")


def test_next_week_is_moved_after_a_look_at_what_everyone_will_see(phone: Page, site: Site) -> None:
    week = Week.at(clock.now(), HOME) + 7
    phone.goto(f"/coordinate/{slug_of(site)}/weeks/{week}")
    Finger(phone).link("Andere dag of tijd")
    days = phone.locator("select[name=weekday] option").all_inner_texts()
    assert len(days) == 7
    assert days[0].startswith("maandag")
    assert days[6].startswith("zondag")
    phone.locator("select[name=weekday]").select_option("2")
    phone.locator("input[name=start]").fill("20:00")
    Finger(phone).button("Laat zien wat het wordt")
    expect(phone.locator("#preview")).to_contain_text("verplaatst")

    Finger(phone).button(re.compile("^Verplaats naar dinsdag .*20.00$"))

    expect(phone.locator(".lead")).to_contain_text("Dinsdag")
    expect(phone.locator(".lead")).to_contain_text("20.00–22.00")


def test_the_phone_asks_for_the_password_before_anything_else_changes(
    phone: Page, site: Site
) -> None:
    phone.goto(f"/coordinate/{slug_of(site)}/slot")

    assert "/verify" in phone.url


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_part_of_a_week_is_open_to_everyone(
    browser: Browser, site: Site, scheme: str
) -> None:
    with visitor(browser, site, color_scheme=scheme) as page:  # type: ignore[arg-type]
        page.context.add_cookies([{"name": "session", "value": cookie(site), "url": site.url}])
        address = this_week(page, site)
        page.goto(f"{address}?change=cancelled")
        page.get_by_role("button", name=re.compile("gaat niet door$")).click()
        wrong = {}
        for change in ("", "?change=cancelled", "?change=move", "?change=place", "?change=theme"):
            page.goto(address + change)
            if found := violations(page):
                wrong[change] = found
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                wrong[change] = [*found, "is wider than a phone"]

    assert wrong == {}
