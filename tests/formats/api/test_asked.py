"""What a program may ask of the read API, and what its answers are made of."""

from datetime import UTC, datetime

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.meeting import Status
from app.domain.place import Visibility
from app.domain.seating import Availability, Seating
from app.formats.api.asked import (
    FILTERS,
    LIMIT,
    SINCE,
    NoSuchPage,
    instant_of,
    is_allowed,
    read_cursor,
    write_cursor,
)
from app.formats.api.description import OPERATIONS, json_schema, openapi
from app.formats.api.making import group_of, houses_of
from app.formats.api.types import Group, SlotStatus
from app.formats.search import NAMES
from tests.formats.meeting_guide.test_writing import LINDE, LISTINGS, NOW, listing, page, schedule

BY_NAME = {one.name: one for one in (*FILTERS, LIMIT, SINCE)}


def test_the_api_takes_every_filter_of_the_finder():
    assert [one.name for one in FILTERS] == [name for name in NAMES if name != "sort"]


@pytest.mark.parametrize(
    ("name", "right", "wrong"),
    [
        ("day", "1", "9"),
        ("within", "25", "26"),
        ("province", "Utrecht", "Atlantis"),
        ("free", "1", "yes"),
        ("online", "0", ""),
        ("language", "pap", "Nederlands"),
        ("fellowship", "stay-clean", "Stay Clean"),
        ("limit", "200", "201"),
        ("limit", "1", "0"),
        ("limit", "1", "-1"),
        ("limit", "1", "٣"),
        ("q", "a" * 80, "a" * 81),
        ("since", "2026-11-23T12:00:00Z", "2026-11-23"),
        ("since", "2026-11-23t12:00:00.5+01:00", "2026-11-23T12:00:00"),
        ("since", "2026-11-23T12:00:00 01:00", "2026-02-30T12:00:00Z"),
    ],
)
def test_a_parameter_may_be_what_the_description_says(name: str, right: str, wrong: str):
    assert is_allowed(BY_NAME[name], right)
    assert not is_allowed(BY_NAME[name], wrong)


def test_an_instant_keeps_its_offset_and_its_fraction():
    assert instant_of("2026-11-23T13:00:00.25+01:00") == datetime(
        2026, 11, 23, 12, 0, 0, 250_000, tzinfo=UTC
    )
    assert instant_of("0001-01-01T00:00:00+23:59") is None


@given(st.lists(st.integers(0, 2**31 - 1), min_size=1, max_size=3))
def test_a_cursor_comes_back_as_it_was(values: list[int]):
    assert read_cursor(write_cursor(*values), len(values)) == values


@given(st.text(alphabet="abcWzFdQ09-_", max_size=40))
def test_a_cursor_that_nobody_gave_is_no_page(text: str):
    try:
        read_cursor(text, 1)
    except NoSuchPage:
        return
    assert text


@given(LISTINGS)
def test_a_group_is_read_back_as_it_was_written(found):
    group = group_of(found, page=page(found), now=NOW)

    assert msgspec.json.decode(msgspec.json.encode(group), type=Group) == group


@pytest.mark.parametrize("visibility", [Visibility.TOWN, Visibility.NOTHING])
def test_a_hidden_address_is_nowhere(visibility: Visibility):
    hidden = listing(schedule=schedule(LINDE, visibility))
    body = msgspec.json.encode(group_of(hidden, page="", now=NOW))

    for secret in (b"Lindengracht", b"De Linde", b"1015", b"52.37", b"groene"):
        assert secret not in body
    assert list(houses_of([hidden], NOW)) == []


@pytest.mark.parametrize(
    ("availability", "seating", "word"),
    [
        (Availability.FREE, Seating.SEATS_ITSELF, SlotStatus.CAPACITY),
        (Availability.FREE, Seating.BY_CONTACT, SlotStatus.ASSESSMENT),
        (Availability.WALK_IN, Seating.WALK_IN, SlotStatus.CAPACITY),
        (Availability.FULL, Seating.SEATS_ITSELF, SlotStatus.WAITLIST),
        (Availability.PREPARING, Seating.SEATS_ITSELF, SlotStatus.WAITLIST),
    ],
)
def test_seats_have_our_word_and_fhirs(availability, seating, word):
    found = group_of(listing(availability=availability, seating=seating), page="", now=NOW)

    assert found.seats
    assert (found.seats.status, found.seats.fhir) == (availability, word)


def test_of_seats_that_nobody_spoke_of_nothing_is_said():
    found = group_of(listing(availability=Availability.UNSAID), page="", now=NOW)

    assert found.seats is None


def test_who_has_paused_has_no_seat_now():
    paused = listing(schedule=schedule(status=Status.PAUSED))
    found = group_of(paused, page="", now=NOW)

    assert found.seats
    assert found.seats.fhir == SlotStatus.NO_CAPACITY


def test_two_groups_in_one_building_are_one_place():
    (house,) = houses_of([listing("oost"), listing("west")], NOW)

    assert house.groups == ["oost", "west"]


def test_each_answer_is_described_by_its_own_type():
    document = msgspec.json.decode(openapi("1", "https://groups.example.org"))
    names = document["components"]["schemas"].keys()

    assert document["openapi"].startswith("3.1")
    assert {one.answer.__name__ for one in OPERATIONS} <= names
    assert msgspec.json.decode(json_schema())["$defs"].keys() == names
