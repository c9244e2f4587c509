"""The one question behind every list of groups: page, map, calendar, print, feed and JSON."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from math import sqrt
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    and_,
    case,
    func,
    literal,
    select,
    union_all,
)

from app.db import db
from app.domain.country import folded
from app.domain.meeting import MEETS, Status
from app.domain.place import Position
from app.domain.search import RADII, Search, Sort, Whom
from app.domain.whereabouts import Whereabouts, whereabouts
from app.domain.zones import HOME
from app.records.fellowships import Fellowship
from app.records.findables import FindableRecord, FindableWord
from app.records.groups import Group
from app.records.listings import with_fellowship
from app.records.resolved import Body, Resolved, begins_with, conditions, inside, meeting, squared
from app.records.unindexed import unindexed

ENOUGH = 12
"""So many groups make a radius wide enough."""
MANY = 4000
"""More groups than this with a word: it is quicker to look each up than to sort them all."""
FAR = 25
"""Kilometres from which on the nearest comes before the soonest."""
LATE_MINUTES = 15
"""So long after its start a meeting is still one to go to."""
_F = FindableRecord


class Hit(NamedTuple):
    """A group that was found, and how far it is from where the reader is, if that is known."""

    group: Group
    kilometres: int | None
    """Whole ones; 0 is less than one."""
    position: Position | None = None
    """As the public may know it: where an address is hidden, the middle of its town."""


def resolve(search: Search, now: datetime, bodies: tuple[Body, ...] | None = None) -> Resolved:
    """Decide what a search leaves open, at an aware instant: radius and order. At most three queries.

    A `near` that is a province becomes one; one that we do not know is left out (ask
    `whereabouts` why). Who looks for what is online is nowhere near. `bodies` are the fellowships
    if they were read already, which spares a query.
    """
    where = whereabouts(search.near) if search.near else None
    bodies = _bodies() if bodies is None else bodies
    anywhere = Resolved(
        replace(search, within=None, sort=Sort.SOONEST), now, bodies, is_common=_is_common(search)
    )
    if not isinstance(where, Whereabouts) or search.online:
        return anywhere
    if where.position is None:
        province = search.province or where.province
        return replace(anywhere, search=replace(anywhere.search, province=province))
    found = Resolved(search, now, bodies, where.position, anywhere.is_common)
    within = search.within or _wide_enough(found)
    is_far = within is None or within >= FAR
    sort = search.sort or (Sort.NEAREST if is_far else Sort.SOONEST)
    return replace(found, search=replace(search, within=within, sort=sort))


def find(
    search: Search | Resolved, now: datetime, *, offset: int = 0, limit: int = 20
) -> list[Hit]:
    """Return listed groups that meet (or are paused) and answer a search, in its order.

    This is the one query behind page, calendar, map, print, feed and JSON: whoever shows a
    selection asks here, and gets the same groups in the same order. `now` is aware. Soonest
    first: today's that still come, the days that follow, those of today that were, then groups
    without a time and paused ones; nearest first: by distance. It knows standing times only: what
    is different this week is in the listings (`listings_of`), and a page shows it. Groups in
    preparation are apart: `find_preparing`. Two queries; up to three more when it is not resolved yet.
    """
    asked = search if isinstance(search, Resolved) else resolve(search, now)
    meets = meeting()
    if asked.is_broad and asked.search.sort is Sort.SOONEST:
        rows = db.session.execute(_by_branches(asked, meets, offset + limit).offset(offset))
    else:
        rows = db.session.execute(_in_order(asked, meets).offset(offset).limit(limit))
    return _hits(rows.all())


def find_preparing(search: Search | Resolved, now: datetime, *, limit: int = 6) -> list[Hit]:
    """Return groups in preparation that answer a search, whatever its day and hour. Two queries."""
    asked = search if isinstance(search, Resolved) else resolve(search, now)
    timeless = replace(asked.search, day=None, time=None, free=False, sort=Sort.NEAREST)
    query = _in_order(replace(asked, search=timeless), _F.status == Status.PREPARING)
    rows = db.session.execute(query.limit(limit))
    return _hits(rows.all())


def find_nearest(
    search: Search, now: datetime, *, limit: int = 3, bodies: tuple[Body, ...] | None = None
) -> list[Hit]:
    """Return the nearest groups however far; without a `near` the soonest.

    Four queries, three when `bodies` are known (see `resolve`).
    """
    asked = resolve(replace(search, within=None), now, bodies)
    sort = Sort.NEAREST if asked.around else Sort.SOONEST
    return find(replace(asked, search=replace(asked.search, sort=sort)), now, limit=limit)


def find_for_relatives(asked: Resolved, now: datetime, *, limit: int = 2) -> list[Hit]:
    """Return the nearest groups for family and friends of who searches, by its place alone.

    Three queries, two without a place.
    """
    search = asked.search
    beside = Search(near=search.near, province=search.province, whom=Whom.RELATIVES)
    return find_nearest(beside, now, limit=limit, bodies=asked.fellowships)


def groups_for_relatives(group: Group, *, limit: int = 2) -> list[Group]:
    """Return groups for family and friends: same town first, then same province. One query."""
    query = (
        select(Group)
        .where(
            Group.listed,
            Group.status.in_(MEETS),
            Group.audience == "relatives",
            Group.id != group.id,
        )
        .order_by(
            case((Group.town == group.town, 0), (Group.province == group.province, 1), else_=2),
            case((Group.subject == group.subject, 0), else_=1),
            Group.id,
        )
        .options(with_fellowship())
    )
    return list(db.session.scalars(query.limit(limit)))


def _bodies() -> tuple[Body, ...]:
    query = select(Fellowship.id, Fellowship.slug, Fellowship.name, Fellowship.confirm_after)
    return tuple(Body(*row) for row in db.session.execute(query.order_by(Fellowship.name)))


def _hits(rows: Sequence[Row[Any]]) -> list[Hit]:
    query = select(Group).where(Group.id.in_([row.group_id for row in rows]))
    groups = {one.id: one for one in db.session.scalars(query.options(with_fellowship()))}
    return [
        Hit(
            groups[row.group_id],
            None if row.squared is None else _whole(sqrt(row.squared)),
            None if row.latitude is None else Position(row.latitude, row.longitude),
        )
        for row in rows
        if row.group_id in groups
    ]


def _whole(kilometres: float) -> int:
    return round(kilometres) if kilometres >= 1 else 0


def _wide_enough(asked: Resolved) -> int | None:
    """Return the smallest radius with enough groups in it; None when even the widest has not.

    One query; none of its parts counts further than it must.
    """
    assert asked.around
    meets = meeting()
    counts = []
    narrow = conditions(replace(asked, around=None))
    for radius in RADII:
        box = inside(asked.around, radius)
        some = select(literal(1)).select_from(_F).where(meets, *box, *narrow).limit(ENOUGH)
        counts.append(select(func.count()).select_from(some.subquery()).scalar_subquery())
    found = db.session.execute(select(*counts)).one()
    return next(
        (radius for radius, count in zip(RADII, found, strict=True) if count >= ENOUGH), None
    )


def _is_common(search: Search) -> bool:
    """Tell whether even the longest word is had by very many. One query, if there are words."""
    longest = max(folded(search.words).split(), key=len, default="")
    if not longest:
        return False
    some = select(literal(1)).select_from(FindableWord).where(*begins_with(longest))
    counted = select(func.count()).select_from(some.limit(MANY + 1).subquery())
    return (db.session.scalar(counted) or 0) > MANY


def _in_order(asked: Resolved, of_status: ColumnElement[bool]) -> Select[Any]:
    distance = squared(asked.around)
    soonest: tuple[ColumnElement[Any], ...] = (_rank(asked), unindexed(_F.minute))
    order: tuple[ColumnElement[Any], ...]
    if asked.search.sort is Sort.NEAREST and asked.around:
        order = (distance.is_(None), distance, *soonest)
    elif asked.around:
        order = (*soonest, distance)
    else:
        order = soonest
    return (
        select(_F.group_id, _F.latitude, _F.longitude, distance.label("squared"))
        .where(of_status, *conditions(asked))
        .order_by(*order, _F.group_id)
    )


def _by_branches(asked: Resolved, meets: ColumnElement[bool], limit: int) -> Select[Any]:
    """Return the soonest of very many: each day by its index, and no further than is shown."""
    today = asked.now.astimezone(HOME)
    comes = _F.minute >= today.hour * 60 + today.minute - LATE_MINUTES
    active = unindexed(_F.status) == Status.ACTIVE
    branches: list[tuple[ColumnElement[bool], ...]] = [
        (_F.weekday == today.isoweekday(), comes, active),
        *((_F.weekday == (today.isoweekday() + days - 1) % 7 + 1, active) for days in range(1, 7)),
        (_F.weekday == today.isoweekday(), ~comes, active),
        # Hardly any: PostgreSQL expects more, and would walk through all that are active.
        (_F.weekday.is_(None), _F.status + "" == Status.ACTIVE),
        (_F.status == Status.PAUSED,),
    ]
    parts = []
    for rank, branch in enumerate(branches):
        part = (
            select(
                _F.group_id,
                _F.latitude,
                _F.longitude,
                squared(asked.around).label("squared"),
                literal(rank).label("rank"),
                _F.minute,
            )
            .where(meets, *branch, *conditions(asked))
            .order_by(_F.minute, _F.group_id)
            .limit(limit)
            .subquery()
        )
        parts.append(select(part))
    every = union_all(*parts).subquery()
    return (
        select(every.c.group_id, every.c.latitude, every.c.longitude, every.c.squared)
        .order_by(every.c.rank, every.c.minute, every.c.group_id)
        .limit(limit)
    )


def _rank(asked: Resolved) -> ColumnElement[int]:
    """Return how many days away the next meeting of a standing time is."""
    today = asked.now.astimezone(HOME)
    weekday, minute = today.isoweekday(), today.hour * 60 + today.minute - LATE_MINUTES
    return case(
        (_F.status == Status.PAUSED, 9),
        (_F.weekday.is_(None), 8),
        (and_(_F.weekday == weekday, _F.minute >= minute), 0),
        (_F.weekday > weekday, _F.weekday - weekday),
        else_=_F.weekday + 7 - weekday,
    )
