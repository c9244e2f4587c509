"""Listings become rows of BMLT, and come back from them as they were."""

import json
from dataclasses import replace
from datetime import time
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from app.domain.imported import Entry
from app.domain.listing import Feature, Listing
from app.domain.place import Visibility
from app.domain.slot import Slot
from app.formats.bmlt.answers import All, Body, answer
from app.formats.bmlt.asked import Asked, select
from app.formats.bmlt.kinds import kinds_of
from app.formats.bmlt.rows import FIELDS, Of, row
from app.formats.meeting_guide.reading import read
from app.formats.meeting_guide.writing import entry_of
from tests.formats.meeting_guide.test_writing import (
    LINDE,
    LISTINGS,
    NOW,
    WEEK,
    ZOOM,
    listing,
    page,
    schedule,
)

GOLDEN = Path(__file__).with_name("golden.json")
ROOT = "https://groups.example.org"


def entries(listings: list[Listing]) -> list[Entry]:
    found = [entry_of(one, page=page, now=NOW) for one in listings]
    return [one for one in found if one]


def all_of(listings: list[Listing]) -> All:
    known = entries(listings)
    rows = [row(one, Of(number, 7), ROOT) for number, one in enumerate(known, 1)]
    kinds = {kind.key: kind for one in known for kind in kinds_of(one)}
    card = listings[0].fellowship if listings else listing().fellowship
    return All(rows, list(kinds.values()), [Body(7, card)], ROOT)


def asked(query: str) -> Asked:
    return Asked(
        (part.partition("=")[0], part.partition("=")[2]) for part in query.split("&") if part
    )


def answered(listings: list[Listing], query: str):
    return json.loads(answer(all_of(listings), asked(query)) or b"")


def groups() -> list[Listing]:
    return [
        listing("oost", is_open=True, features=frozenset({Feature.WHEELCHAIR}), confirmed_on=NOW.date()),
        listing("west", schedule=schedule(LINDE, Visibility.TOWN), codes=(("NA", "JFT"), ("AA", "S"))),
        listing("scherm", schedule=schedule(ZOOM), town="", province="", language="en", is_open=None),
    ]  # fmt: skip


def test_the_golden_file_is_what_is_written():
    found = answer(all_of(groups()), asked("switcher=GetSearchResults&get_used_formats"))

    assert msgspec.json.format(found or b"", indent=1).decode() == GOLDEN.read_text()


def as_read_back(number: int, entry: Entry) -> Entry:
    """Return what is left of an entry: docs/exchange.md says so, field by field."""
    codes = tuple(
        sorted({("NA", "LGBTQ" if c == "GL" and p == "NA" else c) for p, c in entry.codes})
    )
    return replace(
        entry, source="bmlt", slug=str(number), codes=codes, entity="", entity_url=""
    )  # fmt: skip


@pytest.mark.long
@given(st.lists(LISTINGS, max_size=4, unique_by=lambda one: one.slug))
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_what_is_written_is_read_back_as_the_page_says(listings: list[Listing]):
    found = read(
        answer(all_of(listings), asked("switcher=GetSearchResults&get_used_formats=1")) or b""
    )
    assume(not any(one.held for one in found.entries))
    by_number = {entry.slug: entry for entry in found.entries}

    assert not found.unreadable
    assert {
        str(number): as_read_back(number, entry)
        for number, entry in enumerate(entries(listings), 1)
    } == by_number


def test_every_value_is_text_and_every_key_is_there():
    for one in answered(groups(), "switcher=GetSearchResults"):
        assert list(one) == list(FIELDS)
        assert all(isinstance(value, str) for value in one.values())


def test_a_hidden_address_is_in_no_row():
    (found,) = answered(
        [listing(schedule=schedule(LINDE, Visibility.TOWN))], "switcher=GetSearchResults"
    )

    assert "Lindengracht" not in json.dumps(found)
    assert (found["latitude"], found["location_municipality"]) == ("", "Amsterdam")


def week() -> list[Listing]:
    return [
        listing(f"g{day}", schedule=schedule(slots=(Slot(WEEK, day, time(9 + day), 60 + day, LINDE),)))
        for day in range(1, 8)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("", [7, 1, 2, 3, 4, 5, 6]),
        ("weekdays=2", [1]),
        ("weekdays[]=2&weekdays[]=3", [1, 2]),
        ("weekdays[0]=2&weekdays[1]=3", [1, 2]),
        ("weekdays=-1,-2,-3,-4,-5", [5, 6]),
        ("services=7", [7, 1, 2, 3, 4, 5, 6]),
        ("services=8", []),
        ("services=-7", []),
        ("meeting_ids=3,4", [3, 4]),
        ("meeting_ids=-3", [7, 1, 2, 4, 5, 6]),
        ("venue_types=1", [7, 1, 2, 3, 4, 5, 6]),
        ("venue_types[]=-1", []),
        ("formats=2", [7, 1, 2, 3, 4, 5, 6]),
        ("formats=1", []),
        ("formats=1,2&formats_comparison_operator=OR", [7, 1, 2, 3, 4, 5, 6]),
        ("formats=-2", []),
        ("meeting_key=location_municipality&meeting_key_value=amsterdam", [7, 1, 2, 3, 4, 5, 6]),
        ("meeting_key=location_municipality&meeting_key_value=utrecht", []),
        ("StartsAfterH=12&StartsAfterM=0", [7, 4, 5, 6]),
        ("StartsBeforeH=11", [1]),
        ("EndsBeforeH=13&EndsBeforeM=30", [1, 2, 3]),
        ("MinDurationH=1&MinDurationM=6", [7, 6]),
        ("MaxDurationH=1&MaxDurationM=1", [1]),
        ("SearchString=LINDEN", [7, 1, 2, 3, 4, 5, 6]),
        ("SearchString=g3", [7, 1, 2, 3, 4, 5, 6]),
        ("SearchString=nergens", []),
        ("advanced_published=-1", []),
        ("sort_keys=start_time", [1, 2, 3, 4, 5, 6, 7]),
        ("sort_key=time", [1, 2, 3, 4, 5, 6, 7]),
        ("page_size=2", [7, 1]),
        ("page_size=2&page_num=2", [2, 3]),
        ("page_size=2&page_num=9", []),
        ("lat_val=52.37&long_val=4.88&geo_width_km=5", [7, 1, 2, 3, 4, 5, 6]),
        ("lat_val=52.37&long_val=4.88&geo_width=5", [7, 1, 2, 3, 4, 5, 6]),
        ("lat_val=51&long_val=4.88&geo_width=5", []),
        ("lat_val=51&long_val=4.88&geo_width=-3&sort_results_by_distance=1", [1, 2, 3]),
        ("lat_val=x&long_val=4.88&geo_width=5", [7, 1, 2, 3, 4, 5, 6]),
        ("page_size=99999999999999999999", [7, 1, 2, 3, 4, 5, 6]),
    ],
)
def test_rows_are_asked_for_as_programs_do(query: str, ids: list[int]):
    assert [int(one["id_bigint"]) for one in select(all_of(week()).rows, asked(query))] == ids


def test_how_far_it_is_stands_in_each_row_of_a_circle():
    (found, *_) = answered(
        groups(), "switcher=GetSearchResults&lat_val=52.37&long_val=4.88&geo_width_km=5"
    )

    assert 0 < float(found["distance_in_miles"]) < float(found["distance_in_km"]) < 2


def test_only_the_keys_that_are_asked_for_are_given():
    found = answered(
        groups(), "switcher=GetSearchResults&data_field_key=meeting_name,weekday_tinyint,odd"
    )

    assert found[0] == {"meeting_name": "Oost", "weekday_tinyint": "2"}


def test_formats_stand_beside_the_meetings_in_the_language_that_is_asked_for():
    found = answered(groups(), "switcher=GetSearchResults&get_used_formats&lang_enum=en")
    names = {one["key_string"]: one["name_string"] for one in found["formats"]}

    assert (names["O"], names["WC"], names["nl"]) == ("Open", "Wheelchair Access", "Dutch")
    assert answered(groups(), "switcher=GetSearchResults&get_formats_only=1").keys() == {"formats"}


def test_crouton_finds_the_kinds_that_it_must_know():
    found = answered([], "switcher=GetFormats&lang_enum=en&key_strings[]=TC&key_strings[]=VM&key_strings[]=HY")  # fmt: skip

    assert {one["key_string"] for one in found} == {"TC", "VM", "HY"}


@pytest.mark.parametrize(
    "switcher", ["GetServerInfo", "GetFieldKeys", "GetCoverageArea", "GetServiceBodies"]
)
def test_each_question_is_answered_with_a_list(switcher: str):
    found = answered(groups(), f"switcher={switcher}")

    assert isinstance(found, list)
    assert found


def test_the_values_of_a_key_name_their_meetings():
    found = answered(groups(), "switcher=GetFieldValues&meeting_key=location_municipality")

    assert found == [
        {"location_municipality": "", "ids": "3"},
        {"location_municipality": "Amsterdam", "ids": "1,2"},
    ]
