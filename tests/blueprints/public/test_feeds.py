"""Feeds over HTTP: what calendar programs fetch every hour, for years."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from icalendar import Calendar

from app.blueprints.public.feeds import Bodies
from app.db import db
from app.records.groups import find_group
from tests.blueprints.feeds import TUESDAY
from tests.people import Person
from tests.queries import statements


def test_a_feed_is_a_calendar_that_any_cache_may_keep_for_five_minutes(
    client: FlaskClient, feed: str
):
    answer = client.get(feed)

    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'inline; filename="agenda.ics"'
    assert answer.headers["Cache-Control"] == "public, max-age=300"
    assert answer.headers["ETag"].startswith('W/"')
    assert answer.headers["Last-Modified"] == "Tue, 24 Nov 2026 12:00:00 GMT"
    assert "noindex" in answer.headers["X-Robots-Tag"]
    assert "Content-Encoding" not in answer.headers
    assert len(Calendar.from_ical(answer.data).events) == 65


def test_both_twins_look_the_same_from_outside(client: FlaskClient, feed: str, discreet: str):
    named, neutral = client.get(feed), client.get(discreet)

    kept = ("Content-Type", "Content-Disposition", "Cache-Control", "Last-Modified")
    assert [named.headers[name] for name in kept] == [neutral.headers[name] for name in kept]
    assert len(feed) == len(discreet)
    assert named.headers["ETag"] != neutral.headers["ETag"]
    assert b"SUMMARY:Afspraak\r\n" in neutral.data
    for telling in (b"Oost", b"oost", b"Stap", b"Linde,", b"Stay Clean"):
        assert telling not in neutral.data


@pytest.mark.parametrize("query", ["", "?lang=en", "?x=1"])
def test_a_feed_sets_no_cookie_and_depends_on_none(client: FlaskClient, feed: str, query: str):
    answer = client.get(feed + query, headers={"Cookie": "session=nonsense; lang=en"})

    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers
    assert "Vary" not in answer.headers


def test_who_is_logged_in_gets_the_same_feed_without_a_cookie(
    client: FlaskClient, app: Flask, feed: str, anna: Person
):
    with_session = anna.client()
    with_session.get(feed)

    with statements(app) as sent:
        answer = with_session.get(feed)

    assert len(sent) == 1
    assert answer.data == client.get(feed).data
    assert "Set-Cookie" not in answer.headers
    assert "Vary" not in answer.headers


@pytest.mark.parametrize(
    "headers",
    [
        {"Accept": "text/html"},
        {"User-Agent": "Google-Calendar-Importer"},
        {"Accept-Encoding": "gzip, br"},
        {"Accept-Language": "en"},
        {"Cache-Control": "no-cache"},
    ],
)
def test_who_asks_makes_no_difference(client: FlaskClient, feed: str, headers: dict[str, str]):
    usual = client.get(feed)

    answer = client.get(feed, headers=headers)

    assert answer.data == usual.data
    assert answer.headers["ETag"] == usual.headers["ETag"]


def test_head_is_get_without_a_body(client: FlaskClient, feed: str):
    got, head = client.get(feed), client.head(feed)

    assert head.status_code == 200
    assert head.data == b""
    assert head.headers == got.headers


def test_the_same_bytes_come_back_while_nothing_changes(
    client: FlaskClient, app: Flask, feed: str, clock: time_machine.Traveller
):
    first = client.get(feed)
    clock.move_to(TUESDAY + timedelta(days=5, hours=10))
    app.extensions["feeds"] = Bodies(0)  # nothing is remembered: written anew

    later = client.get(feed)

    assert later.data == first.data
    assert later.headers["ETag"] == first.headers["ETag"]


def test_a_date_will_do_where_no_tag_is_sent(client: FlaskClient, feed: str):
    since = {"If-Modified-Since": "Tue, 24 Nov 2026 12:00:00 GMT"}
    before = {"If-Modified-Since": "Tue, 24 Nov 2026 11:59:59 GMT"}

    assert client.get(feed, headers=since).status_code == 304
    assert client.get(feed, headers=before).status_code == 200
    # RFC 9110 13.1.3: a tag beats a date.
    assert client.get(feed, headers=since | {"If-None-Match": '"other"'}).status_code == 200


@pytest.mark.parametrize("key", ["x" * 24, "short", "é" * 24, "' OR 1=1 --" * 2])
def test_an_unknown_key_is_a_plain_404(client: FlaskClient, key: str):
    answer = client.get(f"/feeds/{key}.ics")

    assert answer.status_code == 404
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert "noindex" in answer.headers["X-Robots-Tag"]
    assert "Set-Cookie" not in answer.headers


def test_addresses_in_a_feed_never_come_from_the_request(client: FlaskClient, feed: str):
    answer = client.get(feed, headers={"Host": "localhost:9999"})

    assert b"localhost" not in answer.data


def test_only_asking_is_allowed(client: FlaskClient, feed: str):
    answer = client.put(feed)

    assert answer.status_code == 405
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"


def test_a_busy_database_is_told_in_plain_text(
    client: FlaskClient, feed: str, monkeypatch: pytest.MonkeyPatch
):
    from sqlalchemy.exc import OperationalError

    def busy(key: str) -> None:
        raise OperationalError("SELECT", {}, Exception("database is locked"))

    monkeypatch.setattr("app.blueprints.public.feeds.find_feed", busy)

    answer = client.get(feed)

    assert answer.status_code == 503
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.headers["Retry-After"] == "5"


def test_no_participant_is_in_any_feed(client: FlaskClient, app: Flask, feed: str, discreet: str):
    from app.actions.parts.revision import calendar_changed
    from app.records.participants import ParticipantRecord

    with app.app_context():
        group = find_group("oost")
        db.session.add(
            ParticipantRecord(
                group_id=group.id,
                seat=1,
                alias="Zilvermeeuw",
                key_hash="0" * 64,
                consent_at=TUESDAY,
                joined_on=TUESDAY.date(),
            )
        )
        calendar_changed(group)
        db.session.commit()

    assert b"Zilvermeeuw" not in client.get(feed).data + client.get(discreet).data


def test_pages_keep_their_cookies_beside_the_feeds(client: FlaskClient, feed: str):
    page = client.get("/?lang=en")

    assert "lang=en" in page.headers["Set-Cookie"]
    assert "Cookie" in page.headers["Vary"]
