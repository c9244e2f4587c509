"""The card of a calendar knows the phone: its way is unfolded, and all others are there too."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.formats.selection import Selection, pack
from tests.browsing import words_of
from tests.people import World

ANDROID = "Mozilla/5.0 (Linux; Android 14; Pixel 8) Chrome/131.0 Mobile Safari/537.36"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) Version/18.1 Safari/604.1"
WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/131.0 Safari/537.36 Edg/131.0"
LINUX = "Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0"
WAYS = {
    "nl": {
        ANDROID: "Telefoon met Android",
        IPHONE: "iPhone, iPad of Mac",
        WINDOWS: "Windows of Outlook",
        LINUX: "Linux of Thunderbird",
    },
    "en": {
        ANDROID: "Phone with Android",
        IPHONE: "iPhone, iPad or Mac",
        WINDOWS: "Windows or Outlook",
        LINUX: "Linux or Thunderbird",
    },
}
SAYS = {
    "nl": (
        "Dit kan alleen op een computer", "ICSx5", "DAVx5", "kies ‘Abonneer’", "Outlook.com",
        "‘Op het netwerk’", "Voor vandaag telt deze pagina, en de mail",
    ),
    "en": (
        "This only works on a computer", "ICSx5", "DAVx5", "choose ‘Subscribe’", "Outlook.com",
        "‘On the Network’", "For today this page counts, and the email",
    ),
}  # fmt: skip
WAY = re.compile(r'<details class="way"( open)?>\s*<summary>([^<]+)</summary>')


def ways(client: FlaskClient, page: str, user_agent: str) -> list[tuple[bool, str]]:
    text = client.get(page, headers={"User-Agent": user_agent}).text
    return [(bool(is_open), title) for is_open, title in WAY.findall(text)]


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("user_agent", [ANDROID, IPHONE, WINDOWS, LINUX])
def test_the_way_of_the_asker_is_unfolded_and_all_are_there(
    client: FlaskClient, world: World, language: str, user_agent: str
):
    titles = WAYS[language]

    found = ways(client, f"/groups/oost?lang={language}", user_agent)

    assert found[0] == (True, titles[user_agent])
    for card in (found[:4], found[4:]):
        assert {title for _, title in card} == set(titles.values())
        assert [title for is_open, title in card if is_open] == [titles[user_agent]]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_each_way_says_what_to_press_whoever_asks(client: FlaskClient, world: World, language: str):
    pages = [
        client.get(f"/groups/oost?lang={language}", headers={"User-Agent": one})
        for one in (ANDROID, "curl/8.5.0")
    ]

    for page in pages:
        for said in SAYS[language]:
            assert said in words_of(page.text)
    assert ways(client, "/groups/oost", "curl/8.5.0")[0][0] is False


def test_what_depends_on_the_browser_tells_caches(client: FlaskClient, world: World):
    for page in ("/groups/oost", "/my-groups?g=oost"):
        assert "User-Agent" in client.get(page).headers["Vary"]
    assert "User-Agent" not in client.get("/?near=Amsterdam").headers.get("Vary", "")


@pytest.mark.parametrize("https", [True, False])
def test_no_link_goes_in_clear_where_there_is_https(
    app: Flask, client: FlaskClient, world: World, https: bool
):
    scheme = "https" if https else "http"
    app.config["TWAALF_PUBLIC_URL"] = f"{scheme}://twaalf.example"

    page = client.get("/groups/oost", headers={"User-Agent": ANDROID}).text

    links = re.findall(r'href="((?:webcals?|https?)[^"]*(?:agenda.ics|addfromweb)[^"]*)"', page)
    schemes = {link.partition(":")[0] for link in links}
    assert schemes == {"webcals" if https else "webcal", "https"}
    assert ("webcal%3A" in page) is False


def test_the_address_ends_in_agenda_ics(client: FlaskClient, world: World):
    pages = client.get("/groups/oost").text + client.get("/my-groups?g=oost").text

    assert f"/feeds/selection/{pack(Selection(slugs=('oost',)))}/agenda.ics" in pages
    assert len(re.findall(r'value="http[^"]+/feeds/[^/"]+/agenda\.ics"', pages)) == 2
    assert len(re.findall(r'value="http[^"]+/feeds/selection/[^/"]+/agenda\.ics"', pages)) == 2
