"""Rows of where and when: places, standing times, single weeks, stretches that are shut."""

import random
from dataclasses import dataclass
from datetime import time
from types import SimpleNamespace
from typing import Any

from app.demo import names
from app.demo.groups import DemoGroup
from app.demo.store import Store
from app.demo.weeks import (
    CLOSURES,
    DEVIATIONS,
    SLOTS_AHEAD,
    DemoDeviation,
    days,
    drawn_deviation,
    themes_named,
)
from app.domain.geography.house import house_of
from app.domain.geography.netherlands import Spot
from app.domain.place import Kind
from app.domain.week import Week
from app.records.head_counts import HeadCount
from app.records.places import PlaceRecord
from app.records.slots import SlotRecord, write_themes
from app.records.weeks import ClosureRecord, DeviationRecord


@dataclass(frozen=True)
class MadeGroup:
    """A group whose own row is there, and what the rows around it need to know."""

    group: DemoGroup
    featured: bool
    id: int
    fellowship_id: int
    slug: str
    spot: Spot | None
    week: Week
    """The present one in its zone."""
    rng: random.Random


class CalendarRows:
    """Makes the rows of one group after the other, and remembers the houses they share."""

    def __init__(self, store: Store):
        self._store = store
        self._places: dict[tuple[int, str, str], int] = {}
        self._houses: dict[tuple[str, str], dict[str, Any]] = {}

    def add(self, made: MadeGroup) -> None:
        """Add all that decides when and where a group meets."""
        place_id = self._place(made, made.group.building)
        if made.group.has_slot:
            self._slots(made, place_id)
            for deviation in _deviations(made):
                self._deviation(made, deviation)
        if made.featured:
            self._closures(made, place_id)
        self._counts(made)

    def _place(self, made: MadeGroup, building: str) -> int | None:
        """Return the id of a group's place; a building of one name is one house in its town."""
        group, spot = made.group, made.spot
        if group.kind is None:
            return None
        key = (made.id, spot.town if spot else "", building)
        if key not in self._places:
            self._places[key] = self._store.add_numbered(
                PlaceRecord,
                kind=group.kind,
                owner_id=made.id,
                room="",
                earlier=[],
                **self._house(made, building),
                **(_NO_ROOM if group.kind is Kind.BUILDING else _online_room(made)),
            )
        return self._places[key]

    def _house(self, made: MadeGroup, building: str) -> dict[str, Any]:
        country = "CA" if made.group.zone == "America/Toronto" else "NL"
        if made.spot is None or made.group.kind is None:
            return {**_NO_BUILDING, "country": country, "house": None}
        known = (made.spot.town, building)
        if not building or known not in self._houses:
            address = {**_building(building, made), "country": country}
            self._houses[known] = {**address, "house": house_of(SimpleNamespace(**address))}
        house = dict(self._houses[known])
        return house if made.group.kind is not Kind.ONLINE else house | {"house": None}

    def _slots(self, made: MadeGroup, place_id: int | None) -> None:
        group = made.group
        since = made.week + group.first_week
        self._slot(made, since, group.weekday, group.start, place_id, group.themes)
        if not made.featured:
            return
        for ahead in SLOTS_AHEAD:
            if ahead.group == group.name:
                there = self._place(made, ahead.building) if ahead.building else place_id
                since = made.week + ahead.week
                self._slot(made, since, ahead.weekday, ahead.start, there, ahead.themes)

    def _slot(
        self,
        made: MadeGroup,
        since: Week,
        weekday: int,
        start: str,
        place_id: int | None,
        themes: str,
    ) -> None:
        self._store.add(
            SlotRecord,
            group_id=made.id,
            since=since,
            weekday=weekday,
            start=time.fromisoformat(start),
            minutes=made.group.minutes,
            place_id=place_id,
            visibility=made.group.visibility,
            themes=write_themes(themes_named(themes, since, ahead=made.id)),
        )

    def _deviation(self, made: MadeGroup, one: DemoDeviation) -> None:
        self._store.add(
            DeviationRecord,
            group_id=made.id,
            week=made.week + one.week,
            cancelled=one.cancelled,
            reason=one.reason,
            weekday=one.weekday,
            start=time.fromisoformat(one.start) if one.start else None,
            place_id=self._place(made, one.elsewhere) if one.elsewhere else None,
            visibility=one.visibility,
            theme_step=one.theme_step,
            theme_title=one.theme_title,
            note=one.note,
            all_the_same=one.all_the_same,
            is_open=one.is_open,
        )

    def _counts(self, made: MadeGroup) -> None:
        for ago, people in enumerate(made.group.counts, start=1):
            if people is not None and -ago >= made.group.first_week:
                week = made.week + -ago
                self._store.add(HeadCount, group_id=made.id, week=week, people=people)

    def _closures(self, made: MadeGroup, place_id: int | None) -> None:
        for closure in CLOSURES:
            if closure.group == made.group.name:
                first, last = days(made.week, closure)
                self._store.add(
                    ClosureRecord,
                    place_id=place_id if closure.of == "place" else None,
                    group_id=made.id if closure.of == "group" else None,
                    fellowship_id=made.fellowship_id if closure.of == "fellowship" else None,
                    first_day=first,
                    last_day=last,
                    reason=closure.reason,
                )


def _deviations(made: MadeGroup) -> list[DemoDeviation]:
    if made.featured:
        return [one for one in DEVIATIONS if one.group == made.group.name]
    drawn = drawn_deviation(made.group, made.rng.random())
    return [drawn] if drawn else []


_NO_BUILDING: dict[str, Any] = {
    **dict.fromkeys(("name", "street", "postcode", "town", "province", "directions"), ""),
    "latitude": None,
    "longitude": None,
}


def _building(building: str, made: MadeGroup) -> dict[str, Any]:
    assert made.spot is not None
    rng, position = made.rng, made.spot.position
    return {
        "name": building or rng.choice(names.BUILDINGS),
        "street": f"{rng.choice(names.STREETS)} {rng.randint(1, 144)}",
        "postcode": f"{made.group.postcode} ZZ",
        "town": made.spot.town,
        "province": made.spot.province,
        "directions": rng.choice(names.DIRECTIONS),
        # A little apart, so that on a map no group hides another.
        "latitude": round(position.latitude + rng.uniform(-0.004, 0.004), 5),
        "longitude": round(position.longitude + rng.uniform(-0.006, 0.006), 5),
    }


_NO_ROOM = {"join_url": "", "join_phone": "", "join_notes": "", "join_is_public": False}


def _online_room(made: MadeGroup) -> dict[str, Any]:
    code = f"{made.rng.randint(100, 999)} {made.rng.randint(100, 999)}"
    return {
        "join_url": f"https://videobellen.example/{made.slug}",
        "join_phone": names.phone(8_000_000 + made.id),
        "join_notes": f"Code {code}",
        "join_is_public": made.group.join_is_public,
    }
