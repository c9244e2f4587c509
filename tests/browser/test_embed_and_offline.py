"""A list inside a foreign page, and what a phone keeps when it is asked to."""

import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

import pytest
from playwright.sync_api import Browser, expect
from werkzeug.serving import make_server
from werkzeug.wrappers import Request, Response

from tests.browser.conftest import Site, visitor


@contextmanager
def foreign_page(html: str) -> Iterator[str]:
    """Serve a page of somebody else from another port, and so another origin."""

    @Request.application
    def answer(request: Request) -> Response:
        return Response(
            f"<!doctype html><title>x</title><h1>Onze site</h1>{html}", mimetype="text/html"
        )

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = make_server("127.0.0.1", port, answer, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def codes(browser: Browser, site: Site) -> tuple[str, str]:
    with visitor(browser, site) as page:
        page.goto("/embed/?fellowship=aa&view=next")
        return (
            page.get_by_label("Met script").input_value(),
            page.get_by_label("Zonder script").input_value(),
        )


def test_the_script_puts_the_list_in_a_foreign_page_as_high_as_it_is(
    browser: Browser, shared_site: Site
) -> None:
    with_script, _plain = codes(browser, shared_site)
    with foreign_page(with_script) as address, visitor(browser, shared_site) as page:
        page.goto(address)

        frame = page.frame_locator("iframe")
        expect(frame.locator(".meeting").first).to_be_visible()
        page.wait_for_function("document.querySelector('iframe').height !== '480'")
        inner = frame.locator("body").evaluate("body => body.scrollHeight")
        assert abs(page.locator("iframe").bounding_box()["height"] - inner) < 4  # type: ignore[index]
        assert page.context.cookies() == []

        with page.context.expect_page() as opened:
            frame.locator(".meeting a").first.click()
        opened.value.wait_for_load_state()
        assert opened.value.url.startswith(shared_site.url + "/groups/")
        assert opened.value.evaluate("[window.opener, document.referrer]") == [None, ""]


GROUNDS = "body { background: #fff } .night { background: #101418 } .dark body { background: #222 }"
TRANSPARENT = "rgba(0, 0, 0, 0)"


def ways_in(site: Site) -> dict[str, str]:
    """Return, by the way a site may load the script, a page that shows the list."""
    script, source = f"{site.url}/embed/embed.js", f"{site.url}/embed/aa?view=next"
    element = f'<twaalf-groups src="{source}"><a href="{source}">AA</a></twaalf-groups>'
    link = f'<a data-twaalf href="{source}">AA</a>'
    late = f"const tag = document.createElement('script'); tag.src = '{script}'; document.body.append(tag)"
    return {
        "before the link, not deferred": f'<script src="{script}"></script>{link}',
        "as a module": f'<script type="module" src="{script}"></script>{link}',
        "bundled": f"{link}<script>fetch('{script}').then(a => a.text()).then(t => (0, eval)(t))</script>",
        "late": f"{link}<script>addEventListener('load', () => {{ {late} }})</script>",
        "twice": f'<script src="{script}"></script>{link}<script src="{script}"></script>',
        "a link that comes later": f"""<script src="{script}"></script><div id="x"></div>
            <script>addEventListener('load', () => {{ x.innerHTML = `{link}` }})</script>""",
        "an element": f'<script type="module" src="{script}"></script>{element}',
        "an element that comes later": f"""<script src="{script}"></script><script>
            addEventListener('load', () => {{
                const one = document.createElement('twaalf-groups');
                one.setAttribute('src', '{source}'); document.body.append(one); }})</script>""",
    }


@pytest.mark.parametrize("way", [
    "before the link, not deferred", "as a module", "bundled", "late", "twice",
    "a link that comes later", "an element", "an element that comes later",
])  # fmt: skip
def test_the_list_comes_however_the_script_is_loaded(
    browser: Browser, shared_site: Site, way: str
) -> None:
    with foreign_page(ways_in(shared_site)[way]) as address, visitor(browser, shared_site) as page:
        page.goto(address)

        expect(page.frame_locator("iframe").locator(".meeting").first).to_be_visible()
        expect(page.locator("iframe")).to_have_count(1)
        expect(page.locator("iframe")).not_to_have_attribute("height", "480")


@pytest.mark.parametrize("prefers", ["light", "dark"])
def test_the_list_takes_the_colours_of_the_page_around_it_and_turns_with_it(
    browser: Browser, shared_site: Site, prefers: str
) -> None:
    source = f"{shared_site.url}/embed/aa?view=next"
    html = f"""<style>{GROUNDS}</style><script src="{shared_site.url}/embed/embed.js" defer></script>
        <div id="day"><a data-twaalf href="{source}">AA</a></div>
        <div id="night" class="night"><twaalf-groups src="{source}"></twaalf-groups></div>
        <div id="own"><a data-twaalf data-scheme="dark" href="{source}">AA</a></div>"""
    with (
        foreign_page(html) as address,
        visitor(browser, shared_site, color_scheme=prefers) as page,
    ):
        page.goto(address)
        lists = {
            where: page.frame_locator(f"#{where} iframe").locator("html")
            for where in ("day", "night", "own")
        }

        for where, scheme in (("day", "light"), ("night", "dark"), ("own", "dark")):
            expect(lists[where].locator(".meeting").first).to_be_visible()
            expect(lists[where]).to_have_css("color-scheme", scheme)
            expect(lists[where]).to_have_css("background-color", TRANSPARENT)
        page.evaluate("document.documentElement.className = 'dark'")
        expect(lists["day"]).to_have_attribute("data-scheme", "dark")
        expect(lists["day"]).to_have_css("color-scheme", "dark")


def test_without_script_there_is_a_frame_or_a_link(browser: Browser, shared_site: Site) -> None:
    both = "".join(codes(browser, shared_site))
    with (
        foreign_page(both) as address,
        visitor(browser, shared_site, java_script_enabled=False) as page,
    ):
        page.goto(address)

        expect(page.frame_locator("iframe").locator(".meeting").first).to_be_visible()
        expect(page.get_by_role("link", name="Groepen van")).to_be_visible()


def test_another_page_of_ours_cannot_be_framed(browser: Browser, shared_site: Site) -> None:
    frame = f'<iframe src="{shared_site.url}/fellowships"></iframe>'
    with foreign_page(frame) as address, visitor(browser, shared_site) as page:
        with page.expect_console_message(lambda said: "frame-ancestors 'none'" in said.text):
            page.goto(address)

        assert not page.frames[-1].url.startswith(shared_site.url)


def test_nothing_is_kept_before_it_is_asked(browser: Browser, shared_site: Site) -> None:
    with visitor(browser, shared_site) as page:
        page.goto("/?sort=soonest")
        expect(page.get_by_role("button", name="Bewaar op deze telefoon")).to_be_visible()

        assert page.evaluate("caches.keys()") == []
        assert (
            page.evaluate("navigator.serviceWorker.getRegistrations().then(all => all.length)") == 0
        )
        expect(page.get_by_role("button", name="Wis wat bewaard is")).to_have_count(0)


def test_my_groups_and_the_last_list_stay_readable_and_are_wiped_by_one_tap(
    browser: Browser, shared_site: Site
) -> None:
    group = shared_site.group_of("anna")
    mine = f"/my-groups?g={group['slug']}"
    with visitor(browser, shared_site) as page:
        page.goto(mine)
        page.get_by_role("button", name="Bewaar op deze telefoon").click()
        expect(page.get_by_text("Bewaard. Je kunt dit nu")).to_be_visible()
        page.goto("/?day=1")
        page.goto("/?day=2")
        page.goto("/login")
        page.context.set_offline(True)

        for kept in (mine, "/?day=2", group["url"]):
            page.goto(kept)
            expect(page.get_by_text("Er is geen netwerk.")).to_be_visible()
            expect(page.locator("h1")).to_be_visible()
        page.goto("/?day=1")
        expect(page.get_by_role("heading", name="Op deze telefoon bewaard")).to_be_visible()
        expect(page.locator("[data-kept-list] a")).to_have_count(3)
        kept = page.evaluate(
            "caches.open('pages').then(c => c.keys()).then(k => k.map(r => r.url))"
        )
        assert not [one for one in kept if "/login" in one or "/seat" in one]

        page.get_by_role("button", name="Wis wat bewaard is").click()
        expect(page.locator("[data-kept-list] a")).to_have_count(0)
        assert page.evaluate("caches.keys()") == []
        assert (
            page.evaluate("navigator.serviceWorker.getRegistrations().then(all => all.length)") == 0
        )


def test_who_keeps_nothing_is_told_how(browser: Browser, shared_site: Site) -> None:
    with visitor(browser, shared_site) as page:
        page.goto("/kept")

        expect(page.get_by_text("Er is nog niets bewaard.")).to_be_visible()


@pytest.mark.parametrize("way", ["the button", "the key"])
def test_the_quick_exit_leaves_a_kept_page_without_network(
    browser: Browser, shared_site: Site, way: str
) -> None:
    with visitor(browser, shared_site) as page:
        page.goto("/?day=1")
        page.get_by_role("button", name="Bewaar op deze telefoon").click()
        expect(page.get_by_text("Bewaard. Je kunt dit nu")).to_be_visible()
        page.context.set_offline(True)
        page.goto("/kept")
        expect(page.get_by_role("link", name="Groepen")).to_be_visible()

        if way == "the key":
            for _time in range(3):
                page.keyboard.press("Shift")
        else:
            page.get_by_role("link", name="Snel weg").click()

        expect(page).not_to_have_url(re.compile(f"^{re.escape(shared_site.url)}"))
        assert "Groepen" not in page.content()
