"""A calendar of several groups over HTTP, and the page on which they are chosen."""

import base64
import gzip
import re
from datetime import time, timedelta

import brotli
import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from icalendar import Calendar

from app import create_app
from app.blueprints.public.feeds import Bodies
from app.db import db
from app.domain.meeting import Status
from app.domain.search import WEEKDAYS, Day, Search
from app.formats.selection import Selection, pack
from app.records.groups import FormerSlug, find_group
from app.records.places import PlaceRecord
from tests.blueprints.feeds import TUESDAY, WEEK, deviate, edit, turn
from tests.conftest import settings
from tests.people import Person, World
from tests.queries import statements

BOTH = f"/feeds/selection/{pack(Selection(slugs=('oost', 'west')))}.ics"
NEUTRAL = f"/feeds/selection/{pack(Selection(slugs=('oost', 'west'), is_discreet=True))}.ics"
SEARCHED = f"/feeds/selection/{pack(Selection(search=Search(fellowship='stay-clean')))}.ics"

pytestmark = pytest.mark.usefixtures("clock", "world")


def uids(body: bytes) -> set[str]:
    return {str(event["UID"]) for event in Calendar.from_ical(body).events}


@pytest.mark.parametrize("address", [BOTH, SEARCHED, NEUTRAL])
def test_several_groups_are_one_calendar_for_any_cache(client: FlaskClient, address: str):
    answer = client.get(address, headers={"Cookie": "session=nonsense; lang=en"})

    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'inline; filename="agenda.ics"'
    assert answer.headers["Cache-Control"] == "public, max-age=300"
    assert answer.headers["ETag"].startswith('W/"')
    assert "noindex" in answer.headers["X-Robots-Tag"]
    assert answer.headers["Vary"] == "Accept-Encoding"
    for absent in ("Set-Cookie", "Last-Modified"):
        assert absent not in answer.headers
    assert len(Calendar.from_ical(answer.data).events) == 22


def test_the_discreet_one_betrays_no_group_and_nothing_links_the_two(client: FlaskClient):
    named, neutral = client.get(BOTH), client.get(NEUTRAL)

    for telling in (b"Oost", b"West", b"oost", b"Stap", b"Stay Clean", b"groups/"):
        assert telling not in neutral.data
    assert b"X-WR-CALNAME:Groepen die ik volg" in named.data
    assert not uids(named.data) & uids(neutral.data)


@pytest.mark.parametrize("path", ["/my-groups?g=oost&g=west", "/?fellowship=stay-clean"])
def test_the_discreet_address_names_no_group_and_no_fellowship(client: FlaskClient, path: str):
    text = client.get(path).text
    addresses = re.findall(r'value="http://[^/"]+(/feeds/selection/([\w-]+)/agenda\.ics)"', text)
    (discreet, sealed), (_, packed) = addresses

    read = base64.urlsafe_b64decode(sealed + "=" * (-len(sealed) % 4))
    for telling in (b"oost", b"west", b"stay-clean", b"discreet", b"fellowship"):
        assert telling not in read
    assert base64.urlsafe_b64decode(packed + "=" * (-len(packed) % 4)).isascii()  # the control
    assert client.get(path).text.count(discreet) == text.count(discreet) > 0
    quiet = client.get(discreet)
    assert len(Calendar.from_ical(quiet.data).events) == 22
    assert b"X-WR-CALNAME:Agenda" in quiet.data
    assert client.get(discreet.replace(sealed, sealed[:-2] + "AA")).status_code == 404


@pytest.mark.parametrize(
    ("asked", "encoding"),
    [
        ("gzip, deflate, br", "br"),
        ("gzip", "gzip"),
        ("br;q=0.1, gzip;q=0.9", "gzip"),
        ("br;q=0, gzip;q=0", None),
        ("identity", None),
        ("", None),
    ],
)
def test_it_goes_compressed_where_it_is_asked(
    client: FlaskClient, asked: str, encoding: str | None
):
    plain = client.get(BOTH)

    answer = client.get(BOTH, headers={"Accept-Encoding": asked})

    assert answer.headers.get("Content-Encoding") == encoding
    unpacked = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}[encoding]
    assert unpacked(answer.data) == plain.data
    assert encoding is None or len(answer.data) < len(plain.data) / 4
    assert int(answer.headers["Content-Length"]) == len(answer.data)
    # A weak name for either: it is the same calendar (RFC 9110 8.8.1).
    assert answer.headers["ETag"] == plain.headers["ETag"]
    known = {"Accept-Encoding": asked, "If-None-Match": answer.headers["ETag"]}
    again = client.get(BOTH, headers=known)
    assert (again.status_code, again.data) == (304, b"")
    for one in (answer, again, plain):
        assert "Accept-Encoding" in one.headers["Vary"]


@pytest.mark.parametrize("near", ["", "Amsterdam"])
def test_a_group_stays_whose_evening_is_moved_or_off_for_once_and_one_that_comes_for_once_joins(
    client: FlaskClient, app: Flask, near: str
):
    """Oost meets on Mondays: what it does in one week is not what it does in all."""
    if near:
        at_the_dam = {"latitude": 52.37, "longitude": 4.89}
        edit(app, lambda group: put(group.slots[0].place, at_the_dam))
    on = {
        day: f"/feeds/selection/{pack(Selection(search=Search(day=day, near=near)))}.ics"
        for day in WEEKDAYS
    }
    monday, friday = on[Day.MONDAY], on[Day.FRIDAY]
    assert len(Calendar.from_ical(client.get(monday).data).events) == 11
    assert not Calendar.from_ical(client.get(friday).data).events

    deviate(app, WEEK + 1, weekday=5, start=time(20))

    assert len(Calendar.from_ical(client.get(monday).data).events) == 11
    assert len(Calendar.from_ical(client.get(friday).data).events) == 11
    deviate(app, WEEK, cancelled=True)
    assert len(Calendar.from_ical(client.get(monday).data).events) == 11


def put(place: PlaceRecord, values: dict[str, float]) -> None:
    for name, value in values.items():
        setattr(place, name, value)


def test_its_events_clash_with_no_other_calendar(client: FlaskClient, feed: str):
    bodies = [client.get(address).data for address in (feed, BOTH, SEARCHED)]

    assert len(set.union(*map(uids, bodies))) == sum(len(uids(body)) for body in bodies)


def test_each_group_brings_its_own_sequence(client: FlaskClient, app: Flask):
    before = {
        str(e["UID"]): e["SEQUENCE"] for e in Calendar.from_ical(client.get(BOTH).data).events
    }
    deviate(app, WEEK, cancelled=True, reason="ziek")

    after = Calendar.from_ical(client.get(BOTH).data).events

    risen = [e for e in after if e["SEQUENCE"] > before[str(e["UID"])]]
    assert len(risen) == 11
    assert {str(e["SUMMARY"])[:4] for e in risen} == {"Oost"}
    assert any("GAAT NIET DOOR" in str(e["SUMMARY"]) for e in risen)


@pytest.mark.parametrize("address", [BOTH, SEARCHED])
def test_what_the_asker_has_is_not_written_again(
    client: FlaskClient, app: Flask, address: str, monkeypatch: pytest.MonkeyPatch
):
    etag = client.get(address).headers["ETag"]
    app.extensions["feeds"] = Bodies(0)
    monkeypatch.setattr(
        "app.blueprints.public.selections.write_feed_of_several",
        lambda *_, **__: pytest.fail("written"),
    )

    with statements(app) as sent:
        answer = client.get(address, headers={"If-None-Match": etag})

    assert (answer.status_code, answer.data) == (304, b"")
    assert len(sent) <= 5


def test_the_same_bytes_come_back_all_week_and_new_ones_on_monday(
    client: FlaskClient, app: Flask, clock: time_machine.Traveller
):
    first = client.get(SEARCHED)
    clock.move_to(TUESDAY + timedelta(days=5, hours=10))
    app.extensions["feeds"] = Bodies(0)
    later = client.get(SEARCHED)
    clock.move_to(TUESDAY + timedelta(days=6))

    assert later.data == first.data
    assert client.get(SEARCHED).headers["ETag"] != first.headers["ETag"]


def test_a_group_that_is_no_longer_listed_leaves_at_once(client: FlaskClient, app: Flask):
    etag = client.get(BOTH).headers["ETag"]
    edit(app, lambda group: setattr(group, "listed", False))

    for address in (BOTH, SEARCHED, NEUTRAL):
        answer = client.get(address, headers={"If-None-Match": etag})
        assert len(Calendar.from_ical(answer.data).events) == 11


def test_a_renamed_group_stays_and_a_paused_one_is_cancelled(client: FlaskClient, app: Flask):
    with app.app_context():
        group = find_group("oost")
        group.slug = "oosterpark"
        db.session.add(FormerSlug(slug="oost", group_id=group.id))
        db.session.commit()
    turn(app, Status.PAUSED, TUESDAY.date(), slug="west")

    body = client.get(BOTH).data

    assert len(uids(body)) == 22
    assert body.count(b"STATUS:CANCELLED") >= 8


def test_a_closed_group_leaves_after_ninety_days(
    client: FlaskClient, app: Flask, clock: time_machine.Traveller
):
    turn(app, Status.CLOSED, TUESDAY.date())
    clock.move_to(TUESDAY + timedelta(days=97))

    assert len(Calendar.from_ical(client.get(BOTH).data).events) == 11


@pytest.mark.parametrize(
    "packed",
    [
        "x",
        "%25%25",
        "Zz" * 2000,
        pack(Selection(search=Search(near="Nergenshuizen-aan-Zee"))),
        pack(Selection(search=Search(near="9999 België"))),
    ],
)
def test_what_selects_nothing_is_not_found_in_plain_text(client: FlaskClient, packed: str):
    answer = client.get(f"/feeds/selection/{packed}.ics")

    assert answer.status_code == 404
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"


def test_who_is_logged_in_gets_the_same(client: FlaskClient, anna: Person):
    assert anna.client().get(BOTH).data == client.get(BOTH).data


def test_the_results_of_a_search_lead_to_their_calendar(client: FlaskClient):
    page = client.get("/?fellowship=stay-clean&day=today").text

    addresses = re.findall(r'value="https?://[^/]+(/feeds/selection/[^"]+)"', page)

    assert len(addresses) == 2
    for address in addresses:
        assert client.get(address).status_code == 200
    assert b"Afspraak" in client.get(addresses[0]).data


@pytest.mark.parametrize(
    ("query", "said"),
    [("", "Groepen die ik volg"), ("&lang=en", "Groups I follow")],
)
def test_my_groups_are_in_the_address_alone(client: FlaskClient, query: str, said: str):
    answer = client.get("/my-groups?g=oost&g=west" + query)

    assert answer.status_code == 200
    assert f"<h1>{said}</h1>" in answer.text
    assert answer.text.count(" checked") == 2
    assert "session=" not in answer.headers.get("Set-Cookie", "")
    assert "noindex" in answer.headers["X-Robots-Tag"]
    (address, *_more) = re.findall(r'value="https?://[^/]+(/feeds/selection/[^"]+)"', answer.text)
    assert len(Calendar.from_ical(client.get(address).data).events) == 22


def test_others_are_offered_by_name(client: FlaskClient):
    sent = client.get("/my-groups?g=oost&q=west&near=")
    page = client.get(sent.location).text

    assert sent.location == "/my-groups?g=oost&q=west"
    assert re.search(r'value="west"><label', page)
    assert re.search(r'value="oost" checked', page)


def test_thousands_of_groups_are_cut_to_twenty_with_a_sentence(client: FlaskClient):
    many = "&".join(f"g=groep-{number}" for number in range(3000))

    page = client.get("/my-groups?g=oost&" + many).text

    assert "hooguit 20" in page
    assert "Niet elke groep uit dit adres bestaat nog." in page


@pytest.mark.parametrize("bad", ["../../etc", "<b>", "OOST", "a" * 5000, "%00"[:0] + "é"])
def test_nonsense_is_passed_over(client: FlaskClient, bad: str):
    assert client.get("/my-groups", query_string={"g": bad}).status_code == 200


def test_an_unlisted_group_is_not_shown(client: FlaskClient, app: Flask, world: World):
    edit(app, lambda group: setattr(group, "listed", False))

    page = client.get("/my-groups?g=oost&g=west").text

    assert ">Oost<" not in page
    assert "Niet elke groep uit dit adres bestaat nog." in page


def test_a_network_may_have_only_so_many_written_anew(sqlite_url: str):
    app = create_app(settings(sqlite_url, TWAALF_LIMITS="on"))
    client = app.test_client()
    app.extensions["feeds"] = Bodies(0)

    asked = [client.get(BOTH) for _ in range(121)]
    again = client.get(BOTH, headers={"If-None-Match": asked[0].headers["ETag"]})
    elsewhere = client.get(BOTH, environ_base={"REMOTE_ADDR": "198.51.100.7"})

    assert [one.status_code for one in asked] == [200] * 120 + [429]
    assert asked[-1].headers["Content-Type"] == "text/plain; charset=utf-8"
    assert (again.status_code, elsewhere.status_code) == (304, 200)
