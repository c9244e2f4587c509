"""Every page, light and dark: no axe violation, nothing from elsewhere, no sideways scrolling."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from app import clock
from app.domain.week import Week
from app.domain.zones import HOME
from tests.browser.conftest import DESK, PHONE, Site, log_in, visitor

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

PAGES = {
    None: [
        "/",
        "/?q=nergens",
        "/?near=Utrecht&within=100",
        "/?near=B-2000&day=99",
        "/?near=Utrecht&within=100&view=week",
        "/?view=map",
        "/?near=Utrecht&within=100&view=map",
        "{group}",
        "{group}/contact",
        "{group}/wrong",
        "{preparing}",
        "/fellowships",
        "/fellowships/stay-clean",
        "/referrers",
        "/referrers/list?near=Amsterdam&subject=alcohol",
        "/referrers/list?q=nergens",
        "/start",
        "/start?fellowship=aa&town=Assen",
        "/start/sent",
        "/privacy",
        "/veilig",
        "/my-groups",
        "/kept",
        "/embed/",
        "/embed/?fellowship=aa&view=next",
        "/embed/aa",
        "/my-groups?g={slug}&near=Amsterdam",
        "/login",
        "/login/code",
        "/reset",
        "/count/thanks?many=oost",
        "/no-such-page",
    ],
    "anna": [
        "/account",
        "/account/passkeys",
        "/coordinate/",
        "/coordinate/{slug}",
        "/coordinate/{slug}/circle",
        "/coordinate/donderdagavond-oost/circle",
        "/coordinate/{slug}/circle/chair",
        "/coordinate/{slug}/circle/taken",
        "/coordinate/{slug}/circle/seating",
        "/coordinate/{slug}/circle/chairs",
        "/coordinate/{slug}/evening",
        "/coordinate/{slug}/evening/tea",
        "/coordinate/{slug}/slot",
        "/coordinate/{slug}/weeks/{week}",
        "/coordinate/{slug}/weeks/{week}?change=cancelled",
        "/coordinate/{slug}/weeks/{week}?change=move",
        "/coordinate/{slug}/weeks/{week}?change=place",
        "/coordinate/{slug}/weeks/{week}?change=theme",
        "/coordinate/donderdagavond-oost/slot",
        "/coordinate/{slug}/listing",
        "/coordinate/{slug}/changes",
        "/coordinate/{slug}/proposals",
        "/coordinate/{slug}/places",
        "/coordinate/{slug}/places/new",
        "/coordinate/{slug}/confirm",
        "/coordinate/{slug}/settings",
        "/coordinate/donderdagavond-oost",
        "/coordinate/donderdagavond-oost/weeks/{past}/count",
        "/coordinate/{slug}/closures",
        "/coordinate/{slug}/closures/new",
        "/coordinate/{slug}/contacts",
        "/coordinate/{slug}/contacts/new",
        "/coordinate/{slug}/people",
        "/coordinate/{slug}/status",
        "/coordinate/{slug}/sister",
        "/coordinate/{slug}/sister?twice=1",
        "/coordinate/{slug}/hand-over",
        "/account",
        "/change",
        "/tf-setup",
        "/verify",
    ],
    "olaf": [
        "/national/",
        "/national/aa",
        "/national/aa/proposals",
        "/national/aa/history",
        "/national/aa/provinces/Utrecht",
        "/national/aa/periods?since=2025-01-01",
        "/national/aa/regions",
        "/national/aa/regions/1",
        "/national/aa/regions/new",
        "/national/aa/groups?full=yes&status=active",
        "/national/aa/found",
        "/national/aa/requests",
        "/national/aa/requests/1",
        "/national/aa/requests/1/found",
        "/national/aa/requests/2/ask",
        "/national/aa/requests/3/not-yet",
        "/national/aa/work",
        "/national/aa/work?concern=holiday&sort=town",
        "/national/aa/work?hidden=yes",
        "/national/aa/work/letter",
        "/national/aa/closures",
        "/national/aa/closures/new",
        "/national/aa/officers",
        "/national/aa/settings",
        "/national/groups/{slug}",
        "/national/groups/{slug}/invite",
        "/national/groups/{slug}/silent",
        "/mf-recovery-codes",
    ],
    "vera": [
        "/national/",
        "/national/aa",
        "/national/provinces/Utrecht",
        "/national/periods",
        "/national/aa/officers",
        "/national/aa/officers/invite",
        "/national/fellowships/new",
        "/national/aa/end",
    ],
}


def violations(page: Page) -> list[str]:
    page.evaluate(AXE.read_text())
    found = page.evaluate(
        "tags => axe.run({runOnly: {type: 'tag', values: tags}}).then(r => r.violations)", RULES
    )
    return [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in found]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("who", list(PAGES))
def test_pages_are_open_to_everyone_and_call_nobody_else(
    browser: Browser, shared_site: Site, who: str | None, scheme: str
) -> None:
    site = shared_site
    group = site.group_of("anna")
    preparing = next(one for one in site.demo["groups"] if one["status"] == "preparing")
    this_week = Week.at(clock.now(), HOME)
    wrong: list[str] = []

    with visitor(browser, site, color_scheme=scheme, **site.remembered(who)) as page:
        page.on(
            "request",
            lambda request: (
                request.url.startswith((site.url, "data:")) or wrong.append(f"asks {request.url}")
            ),
        )
        page.on("console", lambda said: said.type == "error" and wrong.append(said.text))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        if who:
            site.let_in(page, who)
        for pattern in PAGES[who]:
            path = pattern.format(
                slug=group["slug"],
                group=group["url"],
                preparing=preparing["url"],
                week=this_week,
                past=this_week + -2,
            )
            for size in (PHONE, DESK):
                page.set_viewport_size(size)
                page.goto(path)
                if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                    wrong.append(f"{path} is wider than {size['width']} px")
                wrong += [f"{path} {one}" for one in violations(page)]

    assert [one for one in wrong if "404" not in one] == []


@pytest.mark.parametrize("page_of", ["finder", "group"])
def test_a_first_view_weighs_less_than_forty_six_kilobytes_in_all(
    browser: Browser, shared_site: Site, page_of: str
) -> None:
    path = "/" if page_of == "finder" else shared_site.group_of("anna")["url"]
    with visitor(browser, shared_site) as page:
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        sizes: list[int] = []
        session.on("Network.loadingFinished", lambda done: sizes.append(done["encodedDataLength"]))

        page.goto(path, wait_until="networkidle")

    assert len(sizes) > 4
    assert sum(sizes) < 46_000


def test_a_group_prints_on_one_sheet_with_its_address(browser: Browser, shared_site: Site) -> None:
    with visitor(browser, shared_site) as page:
        page.goto(shared_site.group_of("anna")["url"])
        sheet = page.pdf(format="A4", prefer_css_page_size=True)
        page.emulate_media(media="print")

        assert page.locator(".on-paper .qr").is_visible()
        assert not page.locator(".exit, .ways, .subscribe, .on-map").first.is_visible()
    assert len(re.findall(rb"/Type\s*/Page\b", sheet)) == 1


def test_the_quick_exit_leaves_by_shift_three_times(browser: Browser, shared_site: Site) -> None:
    with visitor(browser, shared_site) as page:
        page.route("https://**", lambda route: route.fulfill(status=200, body="weer"))
        page.goto(shared_site.group_of("anna")["url"])

        page.keyboard.press("Escape")
        for _time in range(3):
            page.keyboard.press("Shift")
        page.wait_for_url("https://**")

        page.go_back()
        assert not page.url.startswith(shared_site.url)


def test_the_first_stop_of_the_tab_key_is_a_way_out(browser: Browser, shared_site: Site) -> None:
    with visitor(browser, shared_site) as page:
        page.route("https://**", lambda route: route.fulfill(status=200, body="weer"))
        page.goto("/")

        page.keyboard.press("Tab")
        page.keyboard.press("Enter")

        page.wait_for_url("https://**")


def test_the_quick_exit_is_in_sight_at_the_end_of_a_long_page(
    browser: Browser, shared_site: Site
) -> None:
    with visitor(browser, shared_site, java_script_enabled=False) as page:
        page.goto("/")
        page.mouse.wheel(0, 20_000)

        box = page.get_by_role("link", name="Snel weg").bounding_box()

        assert box is not None
        assert 0 <= box["y"] <= PHONE["height"] - box["height"]


def test_the_address_of_the_calendar_can_be_copied(browser: Browser, shared_site: Site) -> None:
    with visitor(browser, shared_site, permissions=["clipboard-read", "clipboard-write"]) as page:
        group = shared_site.group_of("anna")
        page.goto(group["url"])

        page.get_by_role("button", name="Kopieer").first.click()

        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied == shared_site.url + group["discreet_feed"]


def test_after_logging_out_the_back_button_shows_nothing(
    browser: Browser, shared_site: Site
) -> None:
    with visitor(browser, shared_site) as page:
        log_in(page, shared_site, "ben")
        page.goto("/account")
        page.get_by_role("button", name="Uitloggen").click()
        page.wait_for_url(f"{shared_site.url}/")

        page.go_back()

        page.wait_for_url(re.compile("/login"))
