"""By keyboard alone, and with more room in the text: WCAG 2.2, 1.4.12, 2.1.1, 2.1.2, 2.4.3, 2.4.7, 2.4.11, 3.2.1."""

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import Site, visitor

PAGES = {
    None: [
        "/", "/?near=1091", "/groups/{group}", "/groups/{group}/ask", "/over-zelfhulp",
        "/toegankelijkheid", "/privacy", "/login",
    ],
    "anna": [
        "/coordinate/", "/coordinate/{group}", "/coordinate/{group}/words",
        "/coordinate/{group}/stand-in",
    ],
    "olaf": ["/national/aa", "/national/aa/groups", "/national/aa/work", "/national/aa/import"],
}  # fmt: skip
MOST_STOPS = 400
STOPS = """() => {
    const seen = one => one.checkVisibility({visibilityProperty: true}) && one.getClientRects().length;
    const all = [...document.querySelectorAll(
        "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]")];
    const ours = all.filter(one => seen(one) && !one.disabled && one.tabIndex >= 0);
    // Of radio buttons with one name a single one is a stop.
    const names = new Set();
    window.stops = ours.filter(one => {
        if (one.type !== "radio") return true;
        const name = `${one.form && one.form.id} ${one.name}`;
        return !names.has(name) && names.add(name);
    });
    return window.stops.length;
}"""
WHERE = """() => {
    const one = document.activeElement;
    if (!one || one === document.body || one === document.documentElement) return null;
    const at = one.getBoundingClientRect();
    const rings = (of) => {
        const style = getComputedStyle(of);
        return parseFloat(style.outlineWidth) >= 2 && style.outlineStyle !== "none" || style.boxShadow !== "none";
    };
    // The field for a place has its ring around the button in it as well; of a date the browser
    // rings the parts, and the last is its calendar.
    const ring = rings(one) || one.matches("svg a, [type=date]") || rings(one.parentElement);
    // Hidden by what stays in sight, or out of sight altogether.
    const points = [[0.5, 0.5], [0.1, 0.5], [0.9, 0.5], [0.5, 0.2], [0.5, 0.8]];
    const inSight = points.some(([x, y]) => {
        const hit = document.elementFromPoint(at.left + at.width * x, at.top + at.height * y);
        return hit && (one.contains(hit) || hit.contains(one) || (one.labels && [...one.labels].some(l => l.contains(hit))));
    });
    return {
        name: `${one.tagName} ${one.name || one.id || ""} ${one.textContent.trim().slice(0, 30)}`,
        order: window.stops.findIndex(stop =>
            stop === one || (one.type === "radio" && stop.type === "radio" && stop.name === one.name && stop.form === one.form)),
        ring, inSight,
    };
}"""
MORE_ROOM = """() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
        word-spacing: 0.16em !important; } p { margin-bottom: 2em !important; }`);
    document.adoptedStyleSheets = [sheet];
    const cut = [...document.querySelectorAll("main *, header *, footer *")].filter(one => {
        const style = getComputedStyle(one);
        return one.textContent.trim() && one.clientHeight > 1 && !one.classList.contains("unseen")
            && ["hidden", "clip"].includes(style.overflowY) && one.scrollHeight > one.clientHeight + 2;
    });
    const wide = document.documentElement;
    return [
        ...(wide.scrollWidth > wide.clientWidth + 1 ? ["scrolls sideways"] : []),
        ...cut.map(one => `${one.tagName}.${one.className}: ${one.textContent.trim().slice(0, 40)}`),
    ];
}"""


@pytest.mark.parametrize("who", PAGES)
def test_each_stop_of_the_tab_key_is_seen_in_order_and_left_again(
    browser: Browser, shared_site: Site, who: str | None
) -> None:
    group = shared_site.account("anna")["groups"][0]
    if who:
        with visitor(browser, shared_site) as page:
            shared_site.let_in(page, who)
    with visitor(browser, shared_site, **shared_site.remembered(who)) as page:
        for path in PAGES[who]:
            page.goto(path.format(group=group))
            address, stops = page.url, page.evaluate(STOPS)
            walked = []
            for _ in range(MOST_STOPS):
                page.keyboard.press("Tab")
                at = page.evaluate(WHERE)
                if at is None or (walked and at["order"] == 0):  # out of the page, or round again
                    break
                walked.append(at)
            else:
                pytest.fail(f"{path}: no end after {MOST_STOPS} stops")

            assert [one["name"] for one in walked if not one["ring"]] == [], path
            assert [one["name"] for one in walked if not one["inSight"]] == [], path
            order = [one["order"] for one in walked if one["order"] >= 0]
            assert order == sorted(order), path
            assert len(set(order)) == stops, path
            assert page.url == address, path


@pytest.mark.parametrize("who", PAGES)
def test_nothing_is_cut_where_text_has_more_room(
    browser: Browser, shared_site: Site, who: str | None
) -> None:
    group = shared_site.account("anna")["groups"][0]
    if who:
        with visitor(browser, shared_site) as page:
            shared_site.let_in(page, who)
    with visitor(browser, shared_site, **shared_site.remembered(who)) as page:
        for path in PAGES[who]:
            page.goto(path.format(group=group))

            assert page.evaluate(MORE_ROOM) == [], path
