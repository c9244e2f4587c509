"""A word from outside becomes what the page says: a visitor writes it, a coordinator taps once."""

from playwright.sync_api import Browser

from tests.browser.conftest import Site, visitor

PHONE = {"width": 360, "height": 740}


def test_what_a_visitor_proposes_stands_there_after_one_tap_and_goes_back_after_another(
    browser: Browser, site: Site
) -> None:
    group = site.group_of("anna")
    with visitor(browser, site, viewport=PHONE) as page:
        page.goto(group["url"])
        page.get_by_role("link", name="Er klopt hier iets niet").click()
        page.get_by_label("De naam of de omschrijving").check()
        page.locator("summary", has_text="De goede naam").click()
        page.fill("textarea[name=description]", "Met thee in de hal.")
        page.get_by_role("button", name="Stuur het naar de groep").click()
        page.get_by_text("De coördinatoren kijken ernaar").wait_for()
        assert page.get_by_text("Met thee in de hal.").count() == 0

    with visitor(browser, site, viewport=PHONE) as page:
        site.let_in(page, "anna")
        page.goto(f"/coordinate/{group['slug']}")
        page.locator("details.waiting > summary").click()
        page.get_by_role("link", name="Kijk ernaar").click()
        page.get_by_role("button", name="Neem dit over").click()
        page.goto(group["url"])
        page.get_by_text("Met thee in de hal.").wait_for()

        page.goto(f"/coordinate/{group['slug']}/changes")
        page.get_by_role("link", name="Zet terug zoals het hiervoor was").first.click()
        page.get_by_role("button", name="Zet de vermelding terug").click()
        page.goto(group["url"])
        assert page.get_by_text("Met thee in de hal.").count() == 0
