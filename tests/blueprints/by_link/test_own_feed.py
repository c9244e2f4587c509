"""A participant's own calendar: the whole address, under an address that can be replaced."""

import re
from datetime import timedelta
from itertools import pairwise

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from icalendar import Calendar, Event

from app.actions.chairs import set_chairs_taken
from app.actions.evenings import say_absent
from app.actions.retention import forget
from app.actions.seats import Ask, ask_for_seat, confirm_seat, leave_seat, replace_personal_feed
from app.blueprints.public.feeds import Bodies
from app.clock import now
from app.db import db
from app.domain.feeds.feed import FeedKind
from app.domain.keys import hash_of, personal_key
from app.domain.week import Week
from app.records.accounts import Account
from app.records.evenings import absences_of
from app.records.groups import find_group
from app.records.participants import find_participant
from app.records.places import PlaceRecord
from tests.blueprints.feeds import WEEK, deviate
from tests.queries import statements

pytestmark = pytest.mark.usefixtures("clock", "world")


def hide(app: Flask) -> None:
    """Make Oost's place online too, and show the public nothing of it."""
    with app.app_context():
        oost = find_group("oost")
        oost.slots[0].visibility = "nothing"
        place = db.session.get_one(PlaceRecord, oost.slots[0].place_id)
        place.kind, place.join_url = "both", "https://meet.example/oost"
        db.session.commit()


def ask(app: Flask, alias: str = "Kim") -> str:
    with app.app_context():
        key = ask_for_seat(find_group("oost"), Ask(alias, "1"), ask_key=f"form-of-{alias}").key
        confirm_seat(key, by_mail=True)
        return key


def own(key: str, kind: FeedKind = FeedKind.NAMED, number: int = 1) -> str:
    return f"/feeds/{personal_key(key, number, kind)}.ics"


def uids(body: str) -> set[str]:
    return set(re.findall(r"UID:(\S+)", body))


@pytest.fixture
def kim(app: Flask) -> str:
    """The key of Kim's page; Oost is closed to the public."""
    hide(app)
    return ask(app)


def test_who_has_a_seat_has_the_address_and_the_link_in_the_calendar(
    client: FlaskClient, kim: str, feed: str
):
    mine, everyone_s = client.get(own(kim)).text, client.get(feed).text

    for told in ("Lindengracht 93", "https://meet.example/oost"):
        assert told in mine.replace("\r\n ", "")
        assert told not in everyone_s.replace("\r\n ", "")


def test_who_only_asked_learns_of_a_closed_meeting_what_everybody_does(
    client: FlaskClient, app: Flask
):
    hide(app)
    with app.app_context():
        key = ask_for_seat(find_group("oost"), Ask("Stranger", "1"), ask_key="form").key

    def tells() -> str:
        return client.get(f"/seat/{key}").text + client.get(own(key)).text.replace("\r\n ", "")

    assert not re.search("Lindengracht|meet.example", tells())
    assert "Het hele adres staat hier zodra je plek bevestigd is." in tells()
    with app.app_context():
        confirm_seat(key, by_mail=True)
    for told in ("Lindengracht 93", "https://meet.example/oost"):
        assert tells().count(told) >= 2


def test_the_discreet_one_tells_where_and_nothing_else(client: FlaskClient, kim: str):
    body = client.get(own(kim, FeedKind.DISCREET)).text.replace("\r\n ", "")

    assert "SUMMARY:Afspraak" in body
    assert "Lindengracht 93" in body
    assert not re.search("Oost|Stay Clean|Stap|Linde,|twaalf|meet.example", body)


def test_nobody_else_is_in_it_and_no_page_of_hers(client: FlaskClient, kim: str):
    for kind in FeedKind:
        body = client.get(own(kim, kind)).text
        assert not re.search(r"ATTENDEE|ORGANIZER|Kim|/seat/", body)


def test_it_is_kept_nowhere(client: FlaskClient, app: Flask, kim: str):
    app.extensions["feeds"] = Bodies(1_000_000)

    answer = client.get(own(kim))

    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert "Set-Cookie" not in answer.headers
    assert len(app.extensions["feeds"]) == 0


def test_its_events_are_not_the_group_s_own(
    client: FlaskClient, app: Flask, kim: str, feed: str, discreet: str
):
    """Both may stand in one calendar, and nobody can tell that they belong together."""
    found = [uids(client.get(one).text) for one in (feed, discreet, own(kim))]
    found += [
        uids(client.get(own(kim, FeedKind.DISCREET)).text),
        uids(client.get(own(ask(app, "Lou"))).text),
    ]

    assert all(len(one) > 20 for one in found)
    assert len(set.union(*found)) == sum(map(len, found))


def test_it_tells_the_truth_at_the_next_request(client: FlaskClient, app: Flask, kim: str):
    before = client.get(own(kim))
    deviate(app, WEEK, cancelled=True, reason="De kachel is stuk.")

    after = client.get(own(kim), headers={"If-None-Match": before.headers["ETag"]})

    assert after.status_code == 200
    assert "De kachel is stuk." in after.text


def test_a_poll_without_news_costs_three_queries(client: FlaskClient, app: Flask, kim: str):
    etag = client.get(own(kim)).headers["ETag"]

    with statements(app) as sent:
        answer = client.get(own(kim), headers={"If-None-Match": etag})

    assert (answer.status_code, len(sent)) == (304, 3)


def test_a_replaced_address_tells_nothing_any_more(client: FlaskClient, app: Flask, kim: str):
    with app.app_context():
        replace_personal_feed(kim)

    old = [client.get(own(kim, kind)).data.count(b"BEGIN:VEVENT") for kind in FeedKind]
    new = [client.get(own(kim, kind, number=2)).data.count(b"BEGIN:VEVENT") for kind in FeedKind]

    assert old == [1, 1]
    assert min(new) > 50


def test_who_leaves_has_a_calendar_in_which_nothing_comes(
    client: FlaskClient, app: Flask, kim: str
):
    with app.app_context():
        leave_seat(kim)

    assert client.get(own(kim)).data.count(b"BEGIN:VEVENT") == 1


def test_who_waits_sees_no_more_than_everyone(client: FlaskClient, app: Flask):
    hide(app)
    with app.app_context():
        anna = db.session.query(Account).filter_by(email="anna@example.org").one()
        set_chairs_taken(find_group("oost"), 12, by=anna)

    body = client.get(own(ask(app))).text

    assert "Lindengracht" not in body
    assert "meet.example" not in body


def test_the_key_of_a_page_is_no_key_of_a_feed(client: FlaskClient, kim: str):
    assert client.get(f"/feeds/{kim}.ics").status_code == 404


@pytest.mark.parametrize("kind", FeedKind)
def test_who_cannot_come_reads_it_in_their_own_calendar_and_nobody_else_does(
    app: Flask,
    client: FlaskClient,
    kim: str,
    feed: str,
    clock: time_machine.Traveller,
    kind: FeedKind,
):
    lou = ask(app, "Lou")
    others = {one: client.get(one).data for one in (feed, own(lou), own(lou, FeedKind.DISCREET))}
    week, told = WEEK + 1, "IK KAN NIET"

    def event() -> Event:
        found = Calendar.from_ical(client.get(own(kim, kind)).data).events
        return next(one for one in found if Week.of(one.start.date()) == week)

    stamps = [(event()["SEQUENCE"], event().LAST_MODIFIED)]
    assert told not in str(event()["SUMMARY"])
    for away in (True, False, True):
        etag = client.get(own(kim, kind)).headers["ETag"]
        clock.shift(60)
        with app.app_context():
            say_absent(kim, week, away=away)
        answer = client.get(own(kim, kind), headers={"If-None-Match": etag})
        assert answer.status_code == 200
        assert (told in str(event()["SUMMARY"])) == away
        assert event()["TRANSP"] == ("TRANSPARENT" if away else "OPAQUE")
        assert event()["STATUS"] == "CONFIRMED"
        stamps.append((event()["SEQUENCE"], event().LAST_MODIFIED))

    assert all(one[0] < two[0] and one[1] < two[1] for one, two in pairwise(stamps))
    assert {one: client.get(one).data for one in others} == others
    with app.app_context():
        assert absences_of(find_participant(hash_of(kim)).id) == {week}
    # What was said is forgotten a week later: the event that has been says nothing, and is newer.
    for days in (7, 7, 7):
        clock.shift(timedelta(days=days))
        with app.app_context():
            forget(now())
        stamps.append((event()["SEQUENCE"], event().LAST_MODIFIED))
    assert stamps == sorted(stamps)
    assert told not in str(event()["SUMMARY"])


def test_to_say_the_same_twice_changes_nothing(app: Flask, client: FlaskClient, kim: str):
    for _ in range(2):
        with app.app_context():
            say_absent(kim, WEEK + 1, away=True)
    first = client.get(own(kim)).data
    with app.app_context():
        say_absent(kim, WEEK + 1, away=True)

    assert client.get(own(kim)).data == first
