"""Found groups as a week of seven days and as a map, each with its list."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from flask import render_template

from app.blueprints import asking
from app.blueprints.frame import frame
from app.blueprints.results import results_of
from app.domain.whereabouts import Whereabouts, whereabouts
from app.domain.zones import HOME
from app.formats import country_map
from app.formats.search import Read
from app.records.finder import Resolved, find, find_preparing
from app.records.provinces import count_by_province

IN_A_WEEK = 70
ON_A_MAP = 40
DAYS = 7


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
class Dot:
    """A group on a map, with its number in the list."""

    number: int
    name: str
    href: str
    x: float
    y: float


def week_page(asked: Resolved, read: Read, now: datetime) -> str:
    """Return the coming seven days; what is different this week is in it."""
    hits = find(asked, now, limit=IN_A_WEEK + 1)
    today = now.astimezone(HOME).date()
    days: dict[date, list[dict[str, Any]]] = {
        today + timedelta(days=number): [] for number in range(DAYS)
    }
    results = [one for one in results_of(hits[:IN_A_WEEK], now) if one.meeting]
    results.sort(key=lambda one: one.meeting.starts.timestamp() if one.meeting else 0)
    for one in results:
        if one.meeting and one.meeting.day in days:
            days[one.meeting.day].append(one.line)
    return _page(
        asked,
        read,
        now,
        "week",
        is_empty=not hits,
        week=list(days.items()),
        is_cut=len(hits) > IN_A_WEEK,
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
                asking.address(replace(read.search, province=name, near=""), view="map"),
                *country_map.middle_of(name),
            )
            for name, path in country_map.outlines().items()
        ]
        return _page(asked, read, now, "map", provinces=provinces, box=country_map.COUNTRY)
    hits = find(asked, now, limit=ON_A_MAP + 1)
    results = results_of(hits[:ON_A_MAP], now)
    box = _box(asked, read)
    numbered = [
        (number, hit.position, one)
        for number, (hit, one) in enumerate(zip(hits[:ON_A_MAP], results, strict=True), start=1)
    ]
    placed = [(number, position, one) for number, position, one in numbered if position]
    points = country_map.spread(
        [country_map.point(position.latitude, position.longitude) for _n, position, _one in placed],
        2.2 * box.dot,
    )
    dots = [
        Dot(number, one.listing.name, one.line["href"], x, y)
        for (number, _position, one), (x, y) in zip(placed, points, strict=True)
    ]
    return _page(
        asked,
        read,
        now,
        "map",
        is_empty=not hits,
        box=box,
        land=list(country_map.outlines().values()),
        dots=dots,
        size=box.dot,
        numbered=[
            one.line | {"name": f"{number}. {one.listing.name}"} for number, _at, one in numbered
        ],
        is_cut=len(hits) > ON_A_MAP,
    )


def _box(asked: Resolved, read: Read) -> country_map.Box:
    where = whereabouts(read.search.near) if read.search.near else None
    if asked.around and asked.search.within:
        return country_map.box_around(asked.around, asked.search.within)
    if asked.search.province:
        return country_map.box_of(asked.search.province)
    return country_map.box_of(where.province if isinstance(where, Whereabouts) else "")


def _page(asked: Resolved, read: Read, now: datetime, view: str, **values: Any) -> str:
    preparing = results_of(find_preparing(asked, now), now)
    defaults: dict[str, Any] = {
        "is_empty": False, "instead": [], "online": [], "days": [], "nearest_first": [],
        "earlier": None, "later": None, "is_cut": False, "provinces": [], "dots": [],
        "land": [], "numbered": [], "size": 1,
        "preparing": [one.line for one in preparing],
    }  # fmt: skip
    return render_template(
        "finder/show.html", **(frame(asked, read, now, view) | defaults | values)
    )
