"""The circle and the evening on Anna's phone in the hall; with script and without."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import DESK, PHONE, Site, log_in, visitor
from tests.browser.test_every_page import violations
from tests.browser.test_seat_on_a_phone import ask_for_a_seat, is_too_wide

WITH_AND_WITHOUT = pytest.mark.parametrize(
    "with_script", [True, False], ids=["with script", "without script"]
)


def title(page: Page, text: str | re.Pattern[str]) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(text)


@WITH_AND_WITHOUT
def test_anna_welcomes_someone_new_and_keeps_a_chair_for_who_rang(
    browser: Browser, site: Site, with_script: bool
) -> None:
    group = site.group_of("anna")
    with visitor(browser, site) as page:
        ask_for_a_seat(page, group["url"], "Zeester")
    with visitor(browser, site, java_script_enabled=with_script) as page:
        log_in(page, site, "anna")
        page.goto(f"/coordinate/{group['slug']}")
        page.get_by_role("link", name="De kring 7 van de 12 plekken").click()
        page.locator("svg").get_by_role("link", name="Zeester").click()
        page.get_by_role("button", name="Heet welkom").click()

        expect(page.get_by_text("De plek is van Zeester.")).to_be_visible()
        page.locator("ol.seats").get_by_role("link", name="Vrij: zet op bezet").first.click()
        page.get_by_role("button", name=re.compile("^Zet plek")).click()
        title(page, "Zonder naam")
        page.get_by_role("link", name="Link voor wie belde").click()
        page.get_by_role("button", name="Maak de link").click()
        link = page.get_by_label("De link", exact=True).input_value()
        expect(page.get_by_role("img", name="QR-code van de link")).to_be_visible()

    with visitor(browser, site, java_script_enabled=with_script) as page:
        page.goto(link)
        page.get_by_label("Je naam hier").fill("Meeuw")
        page.get_by_label("Ja, jullie mogen dit bewaren").check()
        page.get_by_role("button", name="Dit is mijn plek").click()
        title(page, "Je hebt een plek")


@WITH_AND_WITHOUT
def test_an_evening_is_arranged_from_both_sides(
    browser: Browser, site: Site, with_script: bool
) -> None:
    group = site.group_of("anna")
    evening = f"/coordinate/{group['slug']}/evening"
    with visitor(browser, site, java_script_enabled=with_script) as page:
        ask_for_a_seat(page, group["url"], "Zeester")
        hers = page.url

    with visitor(browser, site, java_script_enabled=with_script) as page:
        log_in(page, site, "anna")
        page.goto(f"/coordinate/{group['slug']}/circle")
        page.locator("svg").get_by_role("link", name="Zeester").click()
        page.get_by_role("button", name="Heet welkom").click()

    with visitor(browser, site, java_script_enabled=with_script) as page:
        page.goto(hers)
        page.get_by_role("button", name="Ik zet thee").click()
        expect(page.get_by_text("Jij zet thee.")).to_be_visible()

    with visitor(browser, site, java_script_enabled=with_script) as page:
        log_in(page, site, "anna")
        page.goto(evening)
        expect(page.get_by_text("Zeester zet thee")).to_be_visible()
        page.get_by_role("button", name="Eén gast meer").click()
        expect(page.get_by_text("1 gast.")).to_be_visible()
        page.get_by_role("link", name="Thee zetten").click()
        page.get_by_role("button", name="Iemand, zonder naam").click()
        expect(page.get_by_text("Iemand zet thee")).to_be_visible()

    with visitor(browser, site, java_script_enabled=with_script) as page:
        page.goto(hers)
        expect(page.get_by_text("Thee zetten: geregeld")).to_be_visible()
        page.get_by_role("button", name=re.compile("^Ik kan (deze week )?niet")).first.click()
        expect(page.get_by_text("Je zei dat je niet kunt.")).to_be_visible()
        page.get_by_role("button", name="Ik kom toch").first.click()
        expect(page.get_by_text("Fijn, je bent er toch bij.")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_of_one_seat_are_open_to_everyone(
    browser: Browser, shared_site: Site, scheme: str
) -> None:
    circle = f"/coordinate/{shared_site.group_of('anna')['slug']}/circle"
    wrong: list[str] = []
    with visitor(
        browser, shared_site, color_scheme=scheme, **shared_site.remembered("anna")
    ) as page:
        shared_site.let_in(page, "anna")
        page.goto(circle)
        someone = page.locator("ol.seats a").first.get_attribute("href")
        paths = (someone, f"{someone}/release", f"{someone}/merge")
        for path in paths:
            for size in (PHONE, DESK):
                page.set_viewport_size(size)
                page.goto(path)
                wrong += [f"{path} {one}" for one in violations(page)]
                if is_too_wide(page):
                    wrong.append(f"{path} is wider than {size['width']} px")

    assert wrong == []


def test_a_chair_is_large_enough_for_a_thumb(browser: Browser, shared_site: Site) -> None:
    circle = f"/coordinate/{shared_site.group_of('anna')['slug']}/circle"
    with visitor(browser, shared_site, **shared_site.remembered("anna")) as page:
        shared_site.let_in(page, "anna")
        page.goto(circle)

        boxes = [chair.bounding_box() for chair in page.locator(".circle a .touch").all()]

    assert len(boxes) == 12
    assert all(box and box["width"] >= 48 and box["height"] >= 48 for box in boxes)
