"""The main job, end to end, on a phone without script: change the time, and everyone sees it."""

from datetime import timedelta
from urllib.request import urlopen

import icalendar
import recurring_ical_events
from playwright.sync_api import Browser, expect

from app import clock
from app.domain.week import Week
from app.domain.zones import HOME
from tests.browser.conftest import Site, log_in, visitor


def test_a_coordinator_moves_the_group_and_page_feed_and_log_say_so(
    browser: Browser, site: Site
) -> None:
    group = site.group_of("anna")
    since = Week.at(clock.now(), HOME) + 3
    moved = since.day(5)

    with visitor(browser, site, java_script_enabled=False) as page:
        log_in(page, site, "anna")
        page.get_by_role("link", name="Maandagavond Oost").click()
        page.get_by_role("link", name="Vaste tijd en locatie").click()
        page.get_by_label("Vanaf welke week?").select_option(str(since))
        page.get_by_label("Dag").select_option("5")
        page.get_by_label("Begint om").fill("18:15")
        page.get_by_role("button", name="Laat zien wat het wordt").click()
        preview = page.locator("#preview .week")
        expect(preview).to_have_count(6)
        expect(preview.first).to_contain_text("18.15")

        page.get_by_role("button", name="Bewaar de vaste tijd").click()
        expect(page.get_by_text("Bewaard.")).to_be_visible()

        page.get_by_role("link", name="Wat er veranderde").click()
        expect(page.locator("strong", has_text="Vaste tijd veranderd").first).to_be_visible()
        expect(page.get_by_text("18.15")).to_be_visible()

    with visitor(browser, site, java_script_enabled=False) as page:
        page.goto(group["url"])
        expect(page.locator(".weeks")).to_contain_text("18.15")

    with urlopen(site.url + group["feed"]) as answer:
        feed = icalendar.Calendar.from_ical(answer.read())
    [event] = recurring_ical_events.of(feed).at(moved)
    assert event.start.strftime("%A %H:%M") == "Friday 18:15"
    week_before = recurring_ical_events.of(feed).between(
        (since + -1).monday, (since + -1).monday + timedelta(days=7)
    )
    assert [one.start.strftime("%H:%M") for one in week_before] != ["18:15"]


def test_a_visitor_finds_a_group_and_writes_to_its_contact_person(
    browser: Browser, site: Site
) -> None:
    with visitor(browser, site, java_script_enabled=False) as page:
        page.goto("/")
        page.get_by_role("link", name="Alle groepen").click()
        page.get_by_text("Zoek preciezer").click()
        page.get_by_label("Naam van een groep of zaal").fill("Maandagavond Oost")
        page.get_by_role("button", name="Toon groepen").click()
        page.get_by_role("link", name="Maandagavond Oost", exact=True).click()
        page.get_by_role("link", name="Stuur een bericht").click()
        page.get_by_label("Je mailadres").fill("sam@example.org")
        page.get_by_label("Je bericht").fill("Mag ik een keer komen kijken?")
        page.get_by_role("button", name="Verstuur").click()

        expect(page.get_by_text("Je bericht is onderweg.")).to_be_visible()


def test_an_officer_passes_the_second_step_and_sees_numbers(browser: Browser, site: Site) -> None:
    with visitor(browser, site, java_script_enabled=False) as page:
        log_in(page, site, "olaf")

        expect(page.get_by_role("heading", level=1)).to_have_text("Landelijk")
        assert page.url == f"{site.url}/national/"


def test_a_new_coordinator_comes_in_by_the_link_and_stays_in(browser: Browser, site: Site) -> None:
    slug = site.group_of("ben")["slug"]
    invited = site.app.test_cli_runner().invoke(
        args=["invite", "noor@example.org", "--role", "coordinator", "--group", slug]
    )
    link = invited.output.strip()

    with visitor(browser, site, java_script_enabled=False) as page:
        page.goto(link)
        page.get_by_label("Je naam hier").fill("Noor")
        page.get_by_label("Kies een wachtwoord").fill("vier losse woorden samen")
        page.get_by_role("button", name="Neem de uitnodiging aan").click()

        expect(page.get_by_role("heading", level=1)).to_have_text("Mijn groepen")
        assert page.goto(link).status == 404
