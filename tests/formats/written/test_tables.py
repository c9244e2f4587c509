"""Listings become tables, and come back from them as docs/exchange.md says."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from app.domain.imported import Entry
from app.domain.listing import Feature, Listing
from app.domain.place import Kind, Visibility
from app.formats.meeting_guide.reading import read
from app.formats.meeting_guide.writing import entry_of
from app.formats.spreadsheet import write_csv, write_xlsx
from app.formats.written import naws, plain, tsml
from tests.formats.meeting_guide.test_writing import (
    LINDE,
    LISTINGS,
    NOW,
    ZOOM,
    listing,
    page,
    schedule,
)

HERE = Path(__file__).parent


def entries(listings: list[Listing]) -> list[Entry]:
    return [one for one in (entry_of(one, page=page, now=NOW) for one in listings) if one]


def numbered(known: list[Entry]) -> list[tuple[int, Entry]]:
    return list(enumerate(known, 1))


WRITERS: dict[str, Callable[[list[Entry]], bytes]] = {
    "tsml.csv": lambda known: write_csv(tsml.table(known, "Groepen")),
    "naws.csv": lambda known: write_csv(naws.table(numbered(known), "Groepen")),
    "groups.csv": lambda known: write_csv(plain.table(known, "Groepen", "nl")),
    "groups_en.csv": lambda known: write_csv(plain.table(known, "Groups", "en")),
    "groups.xlsx": lambda known: write_xlsx(plain.table(known, "Groepen", "nl")),
}


def groups() -> list[Listing]:
    return [
        listing("oost", is_open=True, features=frozenset({Feature.WHEELCHAIR}), confirmed_on=NOW.date()),
        listing("west", schedule=schedule(LINDE, Visibility.TOWN), codes=(("NA", "JFT"), ("AA", "ST"))),
        listing("scherm", name="=SOM(A1)", schedule=schedule(ZOOM), town="", province="", language="en", is_open=None),
    ]  # fmt: skip


@pytest.mark.parametrize("name", [name for name in WRITERS if name.endswith(".csv")])
def test_the_golden_file_is_what_is_written(name: str):
    assert (
        WRITERS[name](entries(groups())).decode("utf-8-sig") == (HERE / name).read_bytes().decode()
    )


def from_tsml(entry: Entry, _number: int) -> Entry:
    """Return what is left of an entry in a table that has a column for all but the program."""
    return replace(entry, codes=tuple(sorted({("AA", code) for _, code in entry.codes})))


def from_plain(entry: Entry, number: int) -> Entry:
    """The organisation stands in the name of the file."""
    return replace(from_tsml(entry, number), entity="", entity_url="")


def from_naws(entry: Entry, number: int) -> Entry:
    """Return what is left of an entry: no end, no notes, five formats, one line of each text."""
    return replace(entry, source="naws", slug=str(number))


READ_BACK = {"tsml.csv": from_tsml, "groups.csv": from_plain, "groups_en.csv": from_plain, "groups.xlsx": from_plain}  # fmt: skip


@pytest.mark.long
@pytest.mark.parametrize("name", READ_BACK)
@given(st.lists(LISTINGS, min_size=1, max_size=3, unique_by=lambda one: one.slug))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_what_is_written_is_read_back_as_the_page_says(name: str, listings: list[Listing]):
    known = entries(listings)
    found = read(WRITERS[name](known))
    assume(not any(one.held for one in found.entries))

    assert not found.unreadable
    assert list(found.entries) == [READ_BACK[name](one, n) for n, one in numbered(known)]


@pytest.mark.long
@given(st.lists(LISTINGS, min_size=1, max_size=3, unique_by=lambda one: one.slug))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_of_naws_come_back_name_day_start_address_and_who_may_come(listings: list[Listing]):
    known = entries(listings)
    found = read(WRITERS["naws.csv"](known))
    assume(not any(one.held for one in found.entries))

    def kept(entry: Entry) -> tuple[object, ...]:
        place = entry.place
        return (
            entry.name, entry.weekday, entry.start, entry.zone, entry.town, entry.is_open,
            place and (place.kind, place.name, place.street, place.postcode, place.join_url),
        )  # fmt: skip

    assert not found.unreadable
    assert {one.slug: kept(one) for one in found.entries} == {
        str(number): kept(one) for number, one in numbered(known)
    }


@pytest.mark.parametrize("name", WRITERS)
def test_a_hidden_address_is_in_no_table(name: str):
    hidden = [listing(schedule=schedule(LINDE, Visibility.TOWN))]
    if name == "groups.xlsx":
        assert read(WRITERS[name](entries(hidden))).entries[0].place is None
        return

    body = WRITERS[name](entries(hidden)).decode()

    assert "Lindengracht" not in body
    assert "52.37" not in body


def test_no_text_becomes_a_formula_and_it_comes_back_as_it_was():
    odd = entries([listing(name="=SOM(A1)")])

    body = WRITERS["tsml.csv"](odd)

    assert b'"\'=SOM(A1)"' in body
    assert read(body).entries[0].name == "=SOM(A1)"


def test_naws_has_its_columns_in_their_order():
    assert len(naws.COLUMNS) == 52
    assert naws.COLUMNS[-1] == "unpublished"


def test_a_group_online_alone_is_virtual_in_naws():
    body = WRITERS["naws.csv"](entries([listing(schedule=schedule(ZOOM))]))

    assert read(body).entries[0].place.kind is Kind.ONLINE
