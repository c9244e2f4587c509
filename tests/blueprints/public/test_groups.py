"""What a group's page tells newcomers, search engines, and chats that show a link to it."""

import json
import re
from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest
import time_machine
from flask.testing import FlaskClient

from app.db import db
from app.domain.place import Visibility
from app.records.fellowships import Fellowship
from app.records.groups import Group
from tests.browsing import words_of
from tests.people import World

SUNDAY = datetime(2026, 11, 22, 12, tzinfo=UTC)
HOSTILE = "</script><script>alert(1)</script><!-- & ' \""


@pytest.fixture(autouse=True)
def _on_that_sunday():
    with time_machine.travel(SUNDAY, tick=False):
        yield


@pytest.fixture
def oost(world: World):
    """Change what is stored of Anna's group."""

    def change(position=None, visibility=None, newcomers=None, **columns):
        with world.app.app_context():
            group = db.session.query(Group).filter_by(slug="oost").one()
            for name, value in columns.items():
                setattr(group, name, value)
            if newcomers is not None:
                db.session.get(Fellowship, group.fellowship_id).newcomers = newcomers
            for slot in group.slots:
                if position:
                    slot.place.latitude, slot.place.longitude = position
                slot.visibility = visibility or slot.visibility
            db.session.commit()

    return change


class _Head(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.said: dict[str, str] = {}
        self.data: list[str] = []
        self.scripts = 0
        self._in_data = False
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "meta" and "content" in given:
            self.said[given.get("name") or given.get("property") or ""] = given["content"]
        if tag == "link" and given.get("rel") == "canonical":
            self.said["canonical"] = given["href"]
        if tag == "script":
            self.scripts += 1
            self._in_data = given.get("type") == "application/ld+json"

    def handle_data(self, data):
        if self._in_data:
            self.data.append(data)

    def handle_endtag(self, tag):
        self._in_data = False


def head_of(client: FlaskClient, address: str = "/groups/oost") -> _Head:
    return _Head(client.get(address).text)


def test_the_page_holds_its_meeting_as_data(client: FlaskClient, world: World) -> None:
    (data,) = head_of(client).data

    event = json.loads(data)
    assert (event["@context"], event["@type"]) == ("https://schema.org", "Event")
    assert event["startDate"] == "2026-11-23T19:30+01:00"
    assert event["eventSchedule"][0]["repeatFrequency"] == "P1W"
    assert event["organizer"]["@type"] == "Organization"
    assert event["url"] == event["@id"] == "http://127.0.0.1:5000/groups/oost"


def test_a_hostile_name_stays_inside_the_data(client: FlaskClient, world: World, oost) -> None:
    scripts = head_of(client).scripts

    oost(name=HOSTILE)
    head = head_of(client)

    assert head.scripts == scripts
    assert json.loads("".join(head.data))["name"] == HOSTILE


@pytest.mark.parametrize(
    "columns", [{"may_be_indexed": False}, {"status": "paused"}, {"status": "closed"}], ids=repr
)
def test_a_group_that_is_not_to_be_found_has_no_data(
    client: FlaskClient, world: World, oost, columns
) -> None:
    oost(**columns)

    assert head_of(client).data == []


@pytest.mark.parametrize(
    ("language", "title", "description"),
    [
        (
            "nl",
            "maandag 19.30, Amsterdam",
            "Kom gerust een keer langs. Je hoeft niets te zeggen.",
        ),
        (
            "en",
            "Monday 19:30, Amsterdam",
            "You are welcome to come and see. You need not speak.",
        ),
    ],
)
def test_a_chat_that_shows_the_link_says_when_and_never_what_about(
    client: FlaskClient, world: World, language, title, description
) -> None:
    said = head_of(client, f"/groups/oost?lang={language}").said

    assert (said["og:title"], said["og:description"]) == (title, description)
    address = "http://127.0.0.1:5000/groups/oost"
    in_it = address if language == "nl" else f"{address}?lang={language}"
    assert said["og:url"] == said["canonical"] == in_it
    assert re.fullmatch(r"http://127\.0\.0\.1:5000/static/\w+/icon-512\.png", said["og:image"])
    shown = " ".join(value for name, value in said.items() if name.startswith("og:"))
    assert not re.search("alcohol|AA", shown)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("nl", ["Wat gebeurt er op een bijeenkomst?", "Wat kost het?", "Mag ik iemand meenemen?"]),
        ("en", ["What happens at a meeting?", "What does it cost?", "May I bring someone?"]),
    ],
)
def test_newcomers_read_what_happens_at_a_meeting(
    client: FlaskClient, world: World, language, words
) -> None:
    page = words_of(client.get(f"/groups/oost?lang={language}").text)

    assert [one for one in words if one not in page] == []


def test_a_fellowship_answers_in_its_own_words_to_who_reads_its_language(
    client: FlaskClient, world: World, oost
) -> None:
    oost(newcomers="Is er koffie?\nJa, <b>veel</b>.")

    assert "<dt>Is er koffie?</dt><dd>Ja, &lt;b&gt;veel" in client.get("/groups/oost").text
    assert "koffie" not in client.get("/groups/oost?lang=en").text


def test_the_map_is_a_link_elsewhere_that_tells_nobody_where_one_came_from(
    client: FlaskClient, world: World, oost
) -> None:
    oost(position=(52.38, 4.88))

    page = client.get("/groups/oost").text

    link = re.search(r'<a href="https://www\.openstreetmap\.org/([^"]+)"([^>]*)>', page)
    assert link is not None
    assert "mlat=52.38000&amp;mlon=4.88000" in link[1]
    assert 'rel="noreferrer noopener"' in link[2]


def test_a_place_that_is_hidden_is_on_no_map(client: FlaskClient, world: World, oost) -> None:
    oost(position=(52.38, 4.88), visibility=Visibility.TOWN)

    page = client.get("/groups/oost").text

    assert not re.search(r"openstreetmap|52\.38", page)


def test_the_address_stands_on_the_page_once(client: FlaskClient, world: World) -> None:
    page = words_of(
        re.sub(r"<head>.*?</head>", "", client.get("/groups/oost").text, flags=re.DOTALL)
    )

    assert page.count("Lindengracht 93") == 1
    assert page.index("Lindengracht 93") < page.index("Een plek") < page.index("De komende weken")


def test_the_codes_of_a_list_are_said_in_words_that_help_a_newcomer(client: FlaskClient, oost):
    oost(codes=[["AA", "SP"], ["AA", "BE"], ["AA", "XQXQXQ"], ["Al-Anon", "ST"]])
    page = client.get("/groups/oost")
    assert "<dt>Soort bijeenkomst</dt><dd>voor nieuwkomers, met een spreker</dd>" in page.text
    assert "XQXQXQ" not in page.text
    in_german = client.get("/groups/oost?lang=de").text
    assert "<dd>für Neue, mit einem Gastredner</dd>" in in_german


def test_of_a_group_without_such_codes_no_kind_is_said(client: FlaskClient, oost):
    oost(codes=[["AA", "XQ"]])
    assert "Soort bijeenkomst" not in client.get("/groups/oost").text
