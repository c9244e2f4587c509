"""The links with which calendar programs subscribe."""

from urllib.parse import parse_qs, urlsplit

import pytest

from app.formats.ical.subscribe import Device, Program, device_in, subscribe_links

ADDRESS = "https://groepen.example/feeds/abc_DEF-123/agenda.ics"
LINKS = {link.program: link for link in subscribe_links(ADDRESS, "Oost & West")}


def test_every_program_has_one_link_and_the_bare_address_is_last():
    links = subscribe_links(ADDRESS, "Oost")

    assert {link.program for link in links} == set(Program)
    assert len(links) == len(Program)
    assert links[-1].href == ADDRESS


def test_programs_on_a_device_of_ones_own_are_opened_by_webcals():
    own = (Program.APPLE, Program.ICSX5, Program.OUTLOOK_DESKTOP)

    assert {LINKS[program].href for program in own} == {
        "webcals://groepen.example/feeds/abc_DEF-123/agenda.ics"
    }


def test_google_gets_the_address_whole_in_one_value():
    parts = urlsplit(LINKS[Program.GOOGLE].href)

    assert (parts.netloc, parts.path) == ("calendar.google.com", "/calendar/r")
    assert parse_qs(parts.query) == {"cid": [ADDRESS]}


def test_outlook_on_the_web_gets_https_and_the_name():
    for program, host in (
        (Program.OUTLOOK_COM, "outlook.live.com"),
        (Program.OFFICE, "outlook.office.com"),
    ):
        parts = urlsplit(LINKS[program].href)

        assert (parts.netloc, parts.path) == (host, "/calendar/0/addfromweb")
        assert parse_qs(parts.query) == {"url": [ADDRESS], "name": ["Oost & West"]}


def test_no_link_to_a_site_of_https_goes_in_clear():
    for link in LINKS.values():
        assert link.href.startswith(("https://", "webcals://"))
        assert "webcal%3A" not in link.href


def test_a_site_on_this_machine_keeps_its_port():
    links = subscribe_links("http://127.0.0.1:5000/feeds/abc.ics", "Agenda")

    assert links[0].href == "webcal://127.0.0.1:5000/feeds/abc.ics"


@pytest.mark.parametrize(
    ("user_agent", "device"),
    [
        ("Mozilla/5.0 (Linux; Android 14; Pixel 8) Chrome/131.0 Mobile", Device.ANDROID),
        ("Mozilla/5.0 (Android 14; Mobile; rv:133.0) Gecko/133.0 Firefox/133.0", Device.ANDROID),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) Safari/604.1", Device.APPLE),
        ("Mozilla/5.0 (iPad; CPU OS 17_5 like Mac OS X) Safari/604.1", Device.APPLE),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Safari/605.1", Device.APPLE),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Edg/131.0", Device.WINDOWS),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Firefox/133.0", Device.LINUX),
        ("Mozilla/5.0 (X11; Ubuntu; rv:133.0) Firefox/133.0", Device.LINUX),
        ("curl/8.5.0", None),
        ("", None),
    ],
)
def test_a_browser_says_on_which_device_it_is(user_agent: str, device: Device | None):
    assert device_in(user_agent) is device
