"""Who leaves, or takes a new address, keeps no ghosts on the phone."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from icalendar import Calendar

from app.actions.chairs import release_seat
from app.actions.seats import Ask, ask_for_seat, leave_seat, replace_personal_feed
from app.db import db
from app.domain.feeds.feed import FeedKind
from app.domain.keys import hash_of, personal_key
from app.records.accounts import Account
from app.records.feeds.retired import RetiredFeed
from app.records.groups import find_group
from app.records.participants import find_participant
from tests.people import World

TUESDAY = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture
def kim(clock: time_machine.Traveller, app: Flask, world: World) -> str:
    """The key of who has a seat in Oost."""
    with app.app_context():
        ask = Ask("Kim", "2026-11", contact="kim@example.org")
        return ask_for_seat(find_group("oost"), ask, ask_key="a-key-of-a-form").key


def feeds(key: str, number: int = 1) -> list[str]:
    return [f"/feeds/{personal_key(key, number, kind)}/agenda.ics" for kind in FeedKind]


def leave(world: World, key: str) -> None:
    leave_seat(key)


def be_released(world: World, key: str) -> None:
    person = find_participant(hash_of(key))
    anna = db.session.get_one(Account, world.anna.id)
    release_seat(find_group("oost"), person.id, by=anna)


def replace(world: World, key: str) -> None:
    replace_personal_feed(key)


@pytest.mark.parametrize("deed", [leave, be_released, replace])
def test_an_own_feed_that_is_over_is_quiet_for_ninety_days_and_then_gone(
    app: Flask, client: FlaskClient, world: World, kim: str, clock: time_machine.Traveller,
    deed: Callable[[World, str], None],
):  # fmt: skip
    before = [len(Calendar.from_ical(client.get(one).data).events) for one in feeds(kim)]
    with app.app_context():
        deed(world, kim)

    for address, had in zip(feeds(kim), before, strict=True):
        clock.move_to(TUESDAY)
        first = client.get(address)
        [left] = Calendar.from_ical(first.data).events
        clock.move_to(TUESDAY + timedelta(days=89))
        late = client.get(address)
        again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
        clock.move_to(TUESDAY + timedelta(days=91))

        assert had > 50
        assert str(left["SUMMARY"]) == "Afspraak"
        assert TUESDAY.date() > left.DTSTART
        assert b"Oost" not in first.data
        assert (late.status_code, late.data, again.status_code) == (200, first.data, 304)
        assert "no-store" in late.headers["Cache-Control"]
        assert client.get(address).status_code == 410


def test_what_is_closed_for_abuse_is_gone_at_once(app: Flask, client: FlaskClient, kim: str):
    with app.app_context():
        replace_personal_feed(kim, is_abused=True)

    assert [client.get(one).status_code for one in feeds(kim)] == [404, 404]
    assert [client.get(one).status_code for one in feeds(kim, 2)] == [200, 200]


def test_what_is_kept_of_it_names_nobody(app: Flask, world: World, kim: str):
    with app.app_context():
        leave_seat(kim)
        kept = db.session.query(RetiredFeed).all()

        assert len(kept) == 2
        assert set(RetiredFeed.__table__.columns.keys()) == {"key_hash", "retired_on", "language"}
        assert kim not in "".join(one.key_hash for one in kept)
