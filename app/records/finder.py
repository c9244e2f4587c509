"""The one question behind every list of groups: page, map, calendar, print, feed and JSON."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from math import sqrt
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, false, func, literal, null, select, union_all

from app.db import db
from app.domain.findable import words_asked
from app.domain.geography.found import Whereabouts
from app.domain.geography.whereabouts import whereabouts
from app.domain.meeting import Status
from app.domain.place import Position
from app.domain.search import RADII, WEEKDAYS, Search, Sort
from app.domain.week import Week
from app.records.asked.columns import read_columns
from app.records.asked.listed import LISTED, GroupFound
from app.records.fellowships import Body, all_bodies
from app.records.findables import FindableRecord, FindableWord
from app.records.finding.built import rows_of
from app.records.finding.coming import ComingMeeting
from app.records.finding.unindexed import unindexed
from app.records.finding.when import (
    asks_when,
    branches,
    joins,
    meetings_asked,
    order_of_time,
)
from app.records.groups import Group
from app.records.resolved import (
    Resolved,
    at_present,
    begins_with,
    conditions,
    inside,
    meeting,
    squared,
)

ENOUGH = 12
"""So many groups make a radius wide enough."""
MANY = 4000
"""More groups than this with a word: it is quicker to look each up than to sort them all."""
FAR = 25
"""Kilometres of the first circle, and from which on the nearest comes before the soonest."""
_NEAR = [radius for radius in RADII if radius < FAR]
_C, _F = ComingMeeting, FindableRecord


class Hit(NamedTuple):
    """A group that was found, and how far it is from where the reader is, if that is known."""

    group: Group | GroupFound
    kilometres: int | None
    """Whole ones; 0 is less than one."""
    position: Position | None = None
    """As the public may know it: where an address is hidden, the middle of its town."""
    week: Week | None = None
    """Of the meeting that answers; None where nothing is known of any."""
    is_on: bool = True


def resolve(search: Search, now: datetime, bodies: tuple[Body, ...] | None = None) -> Resolved:
    """Decide what a search leaves open, at an aware instant: radius and order. At most three queries.

    A `near` that is a province becomes one; one that we do not know is left out (ask
    `whereabouts` why). Who looks for what is online is nowhere near. `bodies` are the fellowships
    if they were read already, which spares a query.
    """
    found = _placed(search, now, bodies)
    if not found.around:
        return found
    within = search.within or _wide_enough(found)
    is_far = within >= FAR
    sort = search.sort or (Sort.NEAREST if is_far else Sort.SOONEST)
    return replace(found, search=replace(search, within=within, sort=sort))


def _placed(search: Search, now: datetime, bodies: tuple[Body, ...] | None) -> Resolved:
    """Decide where a search is around, and of what is nowhere the order."""
    where = whereabouts(search.near) if search.near else None
    bodies = all_bodies() if bodies is None else bodies
    anywhere = Resolved(
        replace(search, within=None, sort=Sort.SOONEST), now, bodies, is_common=_is_common(search)
    )
    if not isinstance(where, Whereabouts) or search.online:
        return anywhere
    if where.position is None:
        province = search.province or where.province
        return replace(anywhere, search=replace(anywhere.search, province=province))
    return Resolved(search, now, bodies, where.position, anywhere.is_common)


def find(
    search: Search | Resolved, now: datetime, *, offset: int = 0, limit: int = 20
) -> list[Hit]:
    """Return listed groups that meet (or are paused) and answer a search, in its order.

    This is the one query behind page, calendar, map, print, feed and JSON: whoever shows a
    selection asks here, and gets the same meetings in the same order. `now` is aware. Each group
    stands with its next meeting that is on and not over; the paused and those of whose coming
    weeks nothing is known stand last. Where a day is asked those of that day stand here, and after
    them those that are not on. Soonest first, or nearest. Groups in preparation are apart:
    `find_preparing`. Two queries; up to three more when it is not resolved yet.
    """
    asked = search if isinstance(search, Resolved) else resolve(search, now)
    if asked.is_broad and asked.search.sort is Sort.SOONEST:
        return hits_of(rows_of(soonest, asked, offset, limit), asked)
    return hits_of(rows_of(in_order, asked, offset, limit), asked)


def find_preparing(search: Search | Resolved, now: datetime, *, limit: int = 6) -> list[Hit]:
    """Return groups in preparation that answer a search, whatever its hour. Two queries.

    None where one day is asked, such as tonight: nobody can come to them yet.
    """
    asked = search if isinstance(search, Resolved) else resolve(search, now)
    if asked.search.day not in (None, *WEEKDAYS):
        return []
    timeless = replace(asked.search, day=None, time=None, free=False)
    return hits_of(rows_of(_preparing_in_order, replace(asked, search=timeless), limit), asked)


def find_nearest(
    search: Search,
    now: datetime,
    *,
    limit: int = 3,
    bodies: tuple[Body, ...] | None = None,
    first: int = FAR,
) -> list[Hit]:
    """Return the nearest groups however far; without a `near` the soonest.

    Three queries, two when `bodies` are known (see `resolve`); two more where few are near. `first`
    are the kilometres within which to look first.
    """
    asked = _placed(search, now, bodies)
    sort = Sort.NEAREST if asked.around else Sort.SOONEST
    anywhere = replace(asked, search=replace(asked.search, sort=sort, within=None))
    if asked.around and asked.search.day is None:
        # All of these have a time, so whatever lies in a circle comes before what lies outside:
        # to sort every group of the country is for where hardly any is near.
        for radius in sorted({min(first, FAR), FAR}):
            circle = replace(anywhere, search=replace(anywhere.search, within=radius))
            near = find(circle, now, limit=limit)
            if len(near) == limit:
                return near
    return find(anywhere, now, limit=limit)


_OF_IDS = select(*LISTED).where(Group.id.in_(bindparam("groups", expanding=True)))


def hits_of(rows: Sequence[Any], asked: Resolved) -> list[Hit]:
    """Return the groups of rows that name them by their ids, in the same order. One query, if there are any."""
    if not rows:
        return []
    bodies = {one.id: one for one in asked.fellowships}
    found = read_columns(_OF_IDS, {"groups": [row.group_id for row in rows]})
    groups = {
        one.id: GroupFound._make((*one, bodies[one.fellowship_id]))
        for one in found
        if one.fellowship_id in bodies
    }
    return [
        Hit(
            groups[row.group_id],
            None if getattr(row, "squared", None) is None else _whole(sqrt(row.squared)),
            None if row.latitude is None else Position(row.latitude, row.longitude),
            None if row.starts is None else row.week,
            row.is_on,
        )
        for row in rows
        if row.group_id in groups
    ]


def _whole(kilometres: float) -> int:
    return round(kilometres) if kilometres >= 1 else 0


def _wide_enough(asked: Resolved) -> int:
    """Return the smallest radius with enough groups in it, or FAR: whoever is further off is far.

    One query; none of its parts counts further than it must.
    """
    [found] = rows_of(_counted_by_radius, asked)
    counted = zip(_NEAR, found, strict=True)
    return next((radius for radius, count in counted if count >= ENOUGH), FAR)


def _counted_by_radius(asked: Resolved) -> Select[Any]:
    counts = []
    narrow = conditions(replace(asked, around=None))
    if asks_when(asked):
        meeting_then = select(literal(1)).join_from(_F, _C, joins())
        narrow += [*meetings_asked(asked), _C.is_on.is_(True)]
    else:
        meeting_then = select(literal(1)).select_from(_F)
        narrow += [meeting(), *at_present(asked)]
    for radius in _NEAR:
        some = meeting_then.where(*inside(asked, radius), *narrow).limit(ENOUGH)
        counts.append(select(func.count()).select_from(some.subquery()).scalar_subquery())
    return select(*counts)


def _is_common(search: Search) -> bool:
    """Tell whether even the longest word is had by very many. One query, if there are words."""
    longest = max(words_asked(search.words), key=len, default="")
    if not longest:
        return False
    some = select(literal(1)).select_from(FindableWord).where(*begins_with(longest))
    counted = select(func.count()).select_from(some.limit(MANY + 1).subquery())
    return (db.session.scalar(counted) or 0) > MANY


def in_order(asked: Resolved, offset: int, limit: int) -> Select[Any]:
    """Return all that answer, sorted: for what place or words narrow down."""
    distance = squared(asked).label("squared")
    order: tuple[Any, ...] = order_of_time()
    if asked.around and asked.search.sort is Sort.NEAREST:
        order = (order[0], _F.latitude.is_(None), distance, *order[1:])
    elif asked.around:
        order = (*order, distance)
    return (
        select(
            _F.group_id, _F.latitude, _F.longitude, distance,
            _C.week, _C.starts, _C.is_on,
        )
        .join_from(_F, _C, joins())
        .where(*conditions(asked), *meetings_asked(asked))
        .order_by(*order, _F.group_id)
        .offset(offset)
        .limit(limit)
    )  # fmt: skip


def _preparing_in_order(asked: Resolved, limit: int) -> Select[Any]:
    distance = squared(asked).label("squared")
    order: tuple[Any, ...] = (_F.latitude.is_(None), distance) if asked.around else ()
    is_open = [_F.is_open.is_(True)] if asked.search.is_open else []
    status = _F.status if asked.is_broad else unindexed(_F.status)
    return (
        select(
            _F.group_id, _F.latitude, _F.longitude, distance,
            null().label("week"), null().label("starts"), false().label("is_on"),
        )
        .where(status == Status.PREPARING, *at_present(asked), *conditions(asked), *is_open)
        .order_by(*order, _F.group_id)
        .limit(limit)
    )  # fmt: skip


def soonest(
    asked: Resolved, offset: int, limit: int, ranked: Iterable[tuple[int, Any]] | None = None
) -> Select[Any]:
    """Return the soonest of very many: each branch by its index, and no further than is shown."""
    parts = []
    for rank, branch in ranked or branches(asked):
        part = (
            select(
                _F.group_id, _F.latitude, _F.longitude, squared(asked).label("squared"),
                _C.week, _C.starts, _C.is_on, literal(rank).label("rank"),
            )
            .join_from(_C, _F, joins())
            .where(*branch, *conditions(asked))
            .order_by(_C.starts, _C.group_id)
            .limit(offset + limit)
            .subquery()
        )  # fmt: skip
        parts.append(select(part))
    every = union_all(*parts).subquery()
    return (
        select(*(column for column in every.c if column.name != "rank"))
        .order_by(every.c.rank, every.c.starts, every.c.group_id)
        .offset(offset)
        .limit(limit)
    )
