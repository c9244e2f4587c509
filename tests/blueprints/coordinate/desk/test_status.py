"""Stopping, pausing and starting again: seen first, told to everybody, undone for an hour."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from app.actions.seats import Ask, ask_for_seat, settle_seats
from app.db import db
from app.records.groups import find_group
from app.records.letters import Letter
from app.records.participants import ParticipantRecord
from tests.browsing import submit, words_of
from tests.people import Person

TONIGHT = datetime(2026, 11, 23, 17, 45, tzinfo=UTC)
"""18.45 in Amsterdam; Oost meets at half past seven."""
STATUS, GROUP = "/coordinate/oost/status", "/coordinate/oost"


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(TONIGHT, tick=False) as traveller:
        yield traveller


@pytest.fixture
def kim(anna: Person, clock: time_machine.Traveller) -> None:
    with anna.app.app_context():
        group = find_group("oost")
        assert group
        group.capacity = 1
        db.session.commit()
        for name in ("kim", "lou"):
            ask = Ask(alias=name, consent_text="1", contact=f"{name}@example.org")
            ask_for_seat(group, ask, ask_key=f"form-of-{name}")


def told(person: Person, kind: str) -> list[str]:
    with person.app.app_context():
        found = [one for one in db.session.query(Letter) if one.kind == kind]
        return sorted(one.recipient for one in found)


def undo(person: Person) -> None:
    client = person.client()
    [way] = re.findall(r'action="(/coordinate/oost/changes/\d+/undo)"', client.get(GROUP).text)
    submit(client, GROUP, to=way)


@pytest.mark.parametrize(
    ("status", "sentences"),
    [
        ("paused", ("2 mensen krijgen meteen een mail", "Maandag 23 november, 19.30 gaat al niet")),
        ("closed", ("2 mensen krijgen meteen een mail", "nog 90 dagen")),
        ("preparing", ("2 mensen krijgen meteen een mail", "in oprichting")),
        ("active", ("Zo staat het nu al.",)),
    ],
)
def test_what_it_does_is_seen_first_and_nothing_is_saved(
    anna: Person, kim: None, status: str, sentences: tuple[str, ...]
) -> None:
    answer = submit(anna.client(), STATUS, status=status, do="preview")

    assert answer.status_code == 200
    for sentence in sentences:
        assert sentence in words_of(answer.text)
    with anna.app.app_context():
        assert find_group("oost").status == "active"


@pytest.mark.parametrize(("status", "kind"), [("paused", "group_stands"), ("closed", "seat_ended")])
def test_coming_back_is_told_to_the_same_people(
    anna: Person, kim: None, status: str, kind: str
) -> None:
    submit(anna.client(), STATUS, status=status, do="save")
    assert told(anna, kind) == ["kim@example.org", "lou@example.org"]

    submit(anna.client(), STATUS, status="active", do="save")

    assert told(anna, "group_stands").count("kim@example.org") == (2 if status == "paused" else 1)
    assert told(anna, "group_stands").count("lou@example.org") == (2 if status == "paused" else 1)


@pytest.mark.parametrize("status", ["paused", "closed", "preparing"])
def test_it_is_undone_within_the_hour_and_stands_as_if_nothing_was(
    anna: Person, kim: None, status: str
) -> None:
    with anna.app.app_context():
        stood = find_group("oost").status_since
    submit(anna.client(), STATUS, status=status, do="save")

    undo(anna)

    with anna.app.app_context():
        group = find_group("oost")
        assert (group.status, group.status_since) == ("active", stood)
    assert "kim@example.org" in told(anna, "group_stands") + told(anna, "group_starts")


def test_after_an_hour_or_another_change_it_is_not_offered(
    anna: Person, clock: time_machine.Traveller
) -> None:
    submit(anna.client(), STATUS, status="paused", do="save")
    clock.shift(timedelta(minutes=60))

    assert "/undo" not in anna.client().get(GROUP).text


@pytest.mark.parametrize("status", ["closed", "paused"])
def test_a_group_that_stopped_a_minute_ago_does_not_meet_tonight(
    anna: Person, clock: time_machine.Traveller, status: str
) -> None:
    with anna.app.app_context():
        feed = f"/feeds/{find_group('oost').feed_key}.ics"
    submit(anna.client(), STATUS, status=status, do="save")
    clock.shift(timedelta(minutes=1))
    visitor = anna.app.test_client()

    page = visitor.get("/groups/oost").text
    assert "plek vrij" not in page
    assert "Vanavond, 19.30" not in page
    found = visitor.get("/?near=Amsterdam&day=today").text
    lines = [line for line in found.split('<li class="meeting') if "/groups/oost" in line]
    assert not any("plek vrij" in line.split("</li>")[0] for line in lines)
    calendar = visitor.get(feed).text.replace("\r\n ", "")
    events = [one for one in calendar.split("BEGIN:VEVENT") if "20261123T1930" in one]
    assert all("STATUS:CANCELLED" in one for one in events)


def test_an_evening_that_has_begun_when_the_group_stops_stays_what_it_is(
    anna: Person, clock: time_machine.Traveller
) -> None:
    clock.shift(timedelta(hours=1))
    submit(anna.client(), STATUS, status="paused", do="save")
    clock.shift(timedelta(hours=3))

    answer = submit(anna.client(), "/coordinate/oost/weeks/2026-W48/count", people="7")

    assert answer.status_code == 303


def test_offers_wait_while_the_group_does_and_have_their_whole_time_again(
    anna: Person, kim: None, clock: time_machine.Traveller
) -> None:
    submit(anna.client(), STATUS, status="paused", do="save")
    clock.shift(timedelta(days=5))
    with anna.app.app_context():
        settle_seats(find_group("oost").id)
        assert [one.alias for one in people() if one.seat] == ["kim"]

    submit(anna.client(), STATUS, status="active", do="save")

    with anna.app.app_context():
        [kims] = [one for one in people() if one.seat]
        assert kims.alias == "kim"
        assert kims.held_until == TONIGHT + timedelta(days=5, hours=48)


def people() -> list[ParticipantRecord]:
    return list(db.session.query(ParticipantRecord))
