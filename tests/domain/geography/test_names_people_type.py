"""Where a place is that people type: rightly, or asked back. Never a silent guess."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.domain.geography.found import Several, Unknown, Whereabouts
from app.domain.geography.gazetteer import Kind, address_of, called, proper_names
from app.domain.geography.netherlands import NETHERLANDS
from app.domain.geography.spelling import spelled
from app.domain.geography.whereabouts import spot_of_town, whereabouts

TABLE = Path(__file__).with_name("names.csv")
"""What is typed, and what is meant: `Town, Province`, `province P`, `?choice|choice`, `unknown why`."""


def names() -> Iterator[tuple[str, str]]:
    with TABLE.open(encoding="utf-8") as lines:
        yield from ((row["typed"], row["meant"]) for row in csv.DictReader(lines))


@pytest.mark.parametrize(("typed", "meant"), list(names()))
def test_a_name_is_where_people_mean_it(typed: str, meant: str) -> None:
    found = whereabouts(typed)

    match found:
        case Unknown():
            assert f"unknown {found}" == meant
        case Several():
            offered = [
                address_of(one) if one.kind is Kind.PROVINCE else one.name for one in found.choices
            ]
            assert meant.startswith("?")
            for choice in meant[1:].split("|"):
                offered.remove(choice)
        case Whereabouts(position=None):
            assert f"province {found.province}" == meant
        case Whereabouts():
            assert f"{found.name}, {found.province or found.country}" == meant


def test_the_table_is_as_large_as_was_asked() -> None:
    assert len(list(names())) >= 300


@pytest.mark.long
def test_no_name_of_a_place_leads_silently_to_another() -> None:
    """A name that two places bear is asked back, whatever it is."""
    for words in proper_names().values():
        name = " ".join(words)
        bearers = [one for one in called(words) if one.kind is not Kind.PROVINCE]
        ours = [
            one for one in bearers if one.country == NETHERLANDS and one.kind is not Kind.COUNTRY
        ]
        found = whereabouts(name)
        if isinstance(found, Several):
            offered = {address_of(one) for one in found.choices}
            assert {address_of(one) for one in bearers} <= offered, name
        if isinstance(found, Whereabouts) and len(ours) > 1:
            assert found.country == NETHERLANDS, name
            assert not found.name or found.name == "Nederland", name


@pytest.mark.long
def test_every_choice_that_is_offered_leads_there() -> None:
    for words in proper_names().values():
        asked = whereabouts(" ".join(words))
        if not isinstance(asked, Several):
            continue
        for one in asked.choices:
            chosen = whereabouts(address_of(one, asked.choices))
            if one.kind in (Kind.ABROAD, Kind.COUNTRY):
                assert chosen is Unknown.ABROAD, one
            else:
                assert isinstance(chosen, Whereabouts), (one, chosen)
                # `'t Loo, Oldebroek` is what the post calls one of them.
                name = spelled(one.name)
                assert (spelled(chosen.name)[: len(name)], chosen.province) == (name, one.province)


@pytest.mark.parametrize(
    ("name", "province", "town"),
    [
        ("Bergen", "", None),
        ("Bergen", "Limburg", "Bergen"),
        ("Capelle a/d IJssel", "", "Capelle aan den IJssel"),
        ("Amerfoort", "", None),
        ("Zuid-Holland", "", None),
        ("", "", None),
    ],
)
def test_a_town_is_known_only_when_one_is_meant(name: str, province: str, town: str | None) -> None:
    spot = spot_of_town(name, province)

    assert (spot.town if spot else None) == town
