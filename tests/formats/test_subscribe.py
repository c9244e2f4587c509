"""The links with which calendar programs subscribe."""

from urllib.parse import parse_qs, urlsplit

from app.formats.subscribe import Program, subscribe_links

ADDRESS = "https://groepen.example/feeds/abc_DEF-123.ics"
LINKS = {link.program: link for link in subscribe_links(ADDRESS, "Oost & West")}


def test_every_program_has_one_link_and_the_bare_address_is_last():
    links = subscribe_links(ADDRESS, "Oost")

    assert {link.program for link in links} == set(Program)
    assert len(links) == len(Program)
    assert links[-1].href == ADDRESS


def test_programs_on_a_machine_of_ones_own_get_webcal():
    own = (Program.APPLE, Program.THUNDERBIRD, Program.OUTLOOK_DESKTOP)

    assert {LINKS[program].href for program in own} == {
        "webcal://groepen.example/feeds/abc_DEF-123.ics"
    }


def test_google_gets_the_webcal_address_whole_in_one_value():
    parts = urlsplit(LINKS[Program.GOOGLE].href)

    assert (parts.netloc, parts.path) == ("calendar.google.com", "/calendar/r")
    assert parse_qs(parts.query) == {"cid": ["webcal://groepen.example/feeds/abc_DEF-123.ics"]}


def test_outlook_on_the_web_gets_https_and_the_name():
    for program, host in (
        (Program.OUTLOOK_COM, "outlook.live.com"),
        (Program.OFFICE, "outlook.office.com"),
    ):
        parts = urlsplit(LINKS[program].href)

        assert (parts.netloc, parts.path) == (host, "/calendar/0/addfromweb")
        assert parse_qs(parts.query) == {"url": [ADDRESS], "name": ["Oost & West"]}


def test_no_link_uses_webcals():
    assert not any("webcals" in link.href for link in LINKS.values())


def test_a_site_on_this_machine_keeps_its_port():
    links = subscribe_links("http://127.0.0.1:5000/feeds/abc.ics", "Agenda")

    assert links[0].href == "webcal://127.0.0.1:5000/feeds/abc.ics"
