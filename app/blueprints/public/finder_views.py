"""Found groups as a week of seven days and as a map, each with its list."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from math import dist
from typing import Any

from flask import render_template

from app.blueprints.parts import search_form
from app.blueprints.parts.results import Result, lines_of, with_preparing
from app.blueprints.public.finder_frame import Instead, frame
from app.domain.geography.found import Whereabouts
from app.domain.geography.whereabouts import whereabouts
from app.domain.place import Position
from app.domain.zones import day_at_home
from app.formats.overview import country_map
from app.formats.overview.town_map import TownMap, town_map
from app.formats.search import Read
from app.records.finder import find
from app.records.finding.between import find_between
from app.records.provinces import count_by_province
from app.records.resolved import Resolved

IN_A_WEEK = 70
ON_A_MAP = 40
DAYS = 7
THUMB = 2.9
"""A mark can be hit within so many times its radius: 44 px on a phone of 360."""


@dataclass(frozen=True)
class Province:
    """One of the country's map: its outline, its number, and where that stands."""

    name: str
    path: str
    number: int
    href: str
    x: float
    y: float


@dataclass(frozen=True)
class Mark:
    """A spot on a map, with the numbers in the list of the groups that are there."""

    numbers: tuple[int, ...]
    names: tuple[str, ...]
    href: str
    """Of the group, or of the first of them in the list."""
    x: float
    y: float

    @property
    def said(self) -> str:
        """Return `3`, `2·3`, or the first and how many more: `2+4`."""
        first, more = self.numbers[0], len(self.numbers) - 1
        return f"{first}+{more}" if more > 1 else "·".join(map(str, self.numbers))


@dataclass(frozen=True)
class WeekShown:
    """The coming seven days, each with its lines, those that are on first."""

    days: list[tuple[date, list[dict[str, Any]]]]
    is_cut: bool


@dataclass(frozen=True)
class CountryShown:
    """The country, with a number in each province."""

    box: country_map.Box
    provinces: list[Province]


@dataclass(frozen=True)
class PlaceShown:
    """One place, with a mark on each spot and a numbered line for each group."""

    box: country_map.Box
    land: list[str]
    """Outlines of provinces, drawn where there is no town."""
    town: TownMap | None
    here: tuple[float, float] | None
    marks: list[Mark]
    size: float
    """Half the height of a mark."""
    thumb: float
    """The radius of what a finger hits."""
    lines: list[dict[str, Any]]
    is_cut: bool


def week_page(asked: Resolved, read: Read, now: datetime) -> str:
    """Return the coming seven days: all that is on in them, and what is not."""
    today = day_at_home(now)
    in_order = [today + timedelta(days=number) for number in range(DAYS)]
    if asked.search.day:
        hits = find(asked, now, limit=IN_A_WEEK + 1)
    else:
        hits = find_between(asked, in_order[0], in_order[-1], limit=IN_A_WEEK + 1)
    days: dict[date, list[dict[str, Any]]] = {day: [] for day in in_order}
    found, preparing = with_preparing(hits[:IN_A_WEEK], asked, now)
    results = [one for one in found if one.meeting]
    for one in sorted(results, key=lambda one: not one.is_on):
        day = max(one.meeting.day, today) if one.meeting else today
        if day in days:
            days[day].append(one.line)
    return _page(
        asked,
        read,
        now,
        "week",
        preparing=preparing,
        is_empty=not any(hit.is_on or not asked.search.day for hit in hits),
        shown=WeekShown(list(days.items()), is_cut=len(hits) > IN_A_WEEK),
    )


def map_page(asked: Resolved, read: Read, now: datetime) -> str:
    """Return the country with a number in each province, or one place with a dot for each group."""
    search = asked.search
    if not search.province and not asked.around:
        counts = count_by_province(asked)
        provinces = [
            Province(
                name,
                path,
                counts.get(name, 0),
                search_form.address(replace(read.search, province=name, near=""), view="map"),
                *country_map.middle_of(name),
            )
            for name, path in country_map.outlines().items()
        ]
        country = CountryShown(country_map.COUNTRY, provinces)
        _none, preparing = with_preparing([], asked, now)
        return _page(asked, read, now, "map", country, preparing=preparing)
    hits = find(asked, now, limit=ON_A_MAP + 1)
    results, preparing = with_preparing(hits[:ON_A_MAP], asked, now)
    box = _box(asked, read)
    numbered = [
        (number, hit.position, one)
        for number, (hit, one) in enumerate(zip(hits[:ON_A_MAP], results, strict=True), start=1)
    ]
    placed = [
        (number, position, one) for number, position, one in numbered if position and one.is_on
    ]
    here = (
        country_map.point(asked.around.latitude, asked.around.longitude) if asked.around else None
    )
    within = asked.search.within or 0
    return _page(
        asked,
        read,
        now,
        "map",
        preparing=preparing,
        is_empty=not any(hit.is_on or not asked.search.day for hit in hits),
        shown=PlaceShown(
            box=box,
            land=list(country_map.outlines().values()),
            town=town_map(box, kilometres=within if here else 0),
            here=here,
            marks=_marks(placed, box),
            size=box.dot,
            thumb=THUMB * box.dot,
            lines=[
                one.line | {"name": f"{number}. {one.listing.name}", "id": f"n{number}"}
                for number, _at, one in numbered
            ],
            is_cut=len(hits) > ON_A_MAP,
        ),
    )


def _marks(placed: list[tuple[int, Position, Result]], box: country_map.Box) -> list[Mark]:
    """Return a mark for each spot, where it truly is; those that would lie on another share it."""
    spots: list[tuple[float, float, list[tuple[int, Result]]]] = []
    for number, position, one in placed:
        x, y = country_map.point(position.latitude, position.longitude)
        near = next((spot for spot in spots if dist((x, y), spot[:2]) < THUMB * box.dot), None)
        if near is None:
            spots.append((x, y, [(number, one)]))
        else:
            near[2].append((number, one))
    return [
        Mark(
            tuple(number for number, _one in some),
            tuple(one.listing.name for _number, one in some),
            some[0][1].line["href"] if len(some) == 1 else f"#n{some[0][0]}",
            x,
            y,
        )
        for x, y, some in spots
    ]


def _box(asked: Resolved, read: Read) -> country_map.Box:
    where = whereabouts(read.search.near) if read.search.near else None
    if asked.around and asked.search.within:
        return country_map.box_around(asked.around, asked.search.within)
    if asked.search.province:
        return country_map.box_of(asked.search.province)
    return country_map.box_of(where.province if isinstance(where, Whereabouts) else "")


def _page(
    asked: Resolved,
    read: Read,
    now: datetime,
    view: str,
    shown: WeekShown | CountryShown | PlaceShown,
    *,
    preparing: list[Result],
    is_empty: bool = False,
) -> str:
    return render_template(
        "public/finder/show.html",
        frame=frame(asked, read, now, view),
        instead=Instead(is_empty=is_empty),
        preparing=lines_of(preparing),
        shown=shown,
    )
