"""On a phone, with and without script: a listing confirmed, and heads counted, by desk and letter."""

import pytest
from playwright.sync_api import Browser, expect
from sqlalchemy import select

from app import clock
from app.actions.confirmation import ask_whether_right
from app.db import db
from app.records.letters import Letter
from tests.browser.conftest import Site, log_in, visitor
from tests.browser.test_every_page import violations

AGED = "/coordinate/donderdagavond-oost"
UNCOUNTED = "/coordinate/maandagavond-oost"


@pytest.mark.parametrize("script", [True, False])
def test_a_letter_confirms_an_aged_listing_without_a_log_in(
    browser: Browser, site: Site, script: bool
) -> None:
    with site.app.app_context():
        ask_whether_right(clock.today())
        letters = db.session.scalars(select(Letter).where(Letter.kind == "whether_right"))
        [key] = [one.values["key"] for one in letters if one.recipient == "anna@example.org"]

    with visitor(browser, site, java_script_enabled=script) as page:
        page.goto("/groups/donderdagavond-oost")
        expect(page.locator("main .label").first).to_contain_text("bevestigd")
        expect(page.locator("main .label").first).to_have_class("label changed")
        page.goto(f"/confirm/{key}")
        expect(page.get_by_role("heading", name="Donderdagavond Oost")).to_be_visible()
        if script:
            assert violations(page) == []
        page.get_by_role("button", name="Ja, dit klopt nog").click()

        expect(page.get_by_text("Dank je wel.")).to_be_visible()
        expect(page.locator("main .label.good").first).to_contain_text("bevestigd")
        answer = page.goto(f"/confirm/{key}")
        assert answer is not None
        assert answer.status == 404


@pytest.mark.parametrize("script", [True, False])
def test_the_desk_confirms_and_counts_with_one_tap_each(
    browser: Browser, site: Site, script: bool
) -> None:
    with visitor(browser, site, java_script_enabled=script) as page:
        log_in(page, site, "anna")
        page.goto(AGED)
        page.locator("details.waiting > summary").click()
        page.get_by_role("button", name="Ja, dit klopt nog").click()
        expect(page.get_by_role("button", name="Ja, dit klopt nog")).to_have_count(0)

        page.goto(UNCOUNTED)
        page.locator("details.waiting > summary").click()
        numbers = page.locator(".numbers").get_by_role("button")
        expect(numbers).to_have_count(14)
        for button in numbers.all():
            box = button.bounding_box()
            assert box
            assert min(box["width"], box["height"]) >= 48
        numbers.filter(has_text="meer dan twaalf").click()

        expect(page.get_by_role("heading", name="Meer dan twaalf: wat mooi")).to_be_visible()
        if script:
            assert violations(page) == []
        page.get_by_role("button", name="8", exact=True).click()
        expect(page.get_by_text("Opgeschreven: 8.")).to_be_visible()
        expect(page.locator(".numbers")).to_have_count(0)
        expect(page.locator(".counted li").first).to_contain_text("8")
