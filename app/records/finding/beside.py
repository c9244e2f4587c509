"""What stands beside the groups that were found: further off, and for family and friends."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache
from math import ceil, sqrt
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Select, bindparam, literal, select, union_all

from app.db import db
from app.domain.listing import Audience
from app.domain.meeting import MEETS
from app.domain.search import Search, Sort, Whom
from app.records.finder import FAR, Hit, find_nearest, hits_of, in_order
from app.records.finding.built import rows_of
from app.records.finding.coming import ComingMeeting
from app.records.finding.unindexed import unindexed
from app.records.groups import Group
from app.records.listings import with_fellowship
from app.records.resolved import Resolved, squared


def find_farther(asked: Resolved, found: int, *, limit: int = 5) -> list[Hit]:
    """Return the nearest outside the circle that are on. Two queries; three where few are near.

    By how many were `found` within is told how much wider a circle has as many again as are shown:
    there first, for else all groups are sorted.
    """
    edge = asked.search.within
    if not asked.around or edge is None:
        return []
    nearest = replace(asked.search, sort=Sort.NEAREST)
    rows: Sequence[Any] = ()
    wide = min(2.0, sqrt(1 + 2 * limit / max(found, 1)))
    for radius in (ceil(wide * edge), None):
        wider = replace(asked, search=replace(nearest, within=radius))
        rows = rows_of(_outside, wider, edge, limit)
        if len(rows) == limit:
            break
    return hits_of(rows, asked)


def _outside(asked: Resolved, edge: int, limit: int) -> Select[Any]:
    beyond = squared(asked) > edge * edge
    return in_order(asked, 0, limit).where(beyond, ComingMeeting.is_on.is_(True))


def find_for_relatives(asked: Resolved, now: datetime, *, limit: int = 2) -> list[Hit]:
    """Return the nearest groups for family and friends of who searches, by its place and subject.

    Two queries.
    """
    search = asked.search
    beside = Search(
        near=search.near, province=search.province, whom=Whom.RELATIVES, subject=search.subject
    )
    first = 2 * (search.within or FAR)
    return find_nearest(beside, now, limit=limit, bodies=asked.fellowships, first=first)


def groups_for_relatives(group: Group, *, limit: int = 2) -> list[Group]:
    """Return groups for family and friends: same town first, then same province. One query."""
    asked = {
        "itself": group.id, "town": group.town, "province": group.province,
        "subject": group.subject, "number": limit,
    }  # fmt: skip
    return list(db.session.scalars(_for_relatives(), asked))


@cache
def _for_relatives() -> Select[Group]:
    """Return the statement: each of its parts is walked by an index of its own, and no further than
    is shown, however many groups there are."""
    number: BindParameter[int] = bindparam("number")
    parts = [
        select(Group.id, literal(rank).label("rank"))
        .where(
            unindexed(Group.listed).is_(True),
            Group.status.in_(MEETS),
            Group.audience == literal(Audience.RELATIVES, literal_execute=True),
            Group.id != bindparam("itself"),
            *where,
        )
        .order_by(Group.id)
        .limit(number)
        .subquery()
        for rank, where in enumerate(_ranked())
    ]
    every = union_all(*(select(part) for part in parts)).subquery()
    return (
        select(Group)
        .join(every, every.c.id == Group.id)
        .order_by(every.c.rank, Group.id)
        .limit(number)
        .options(with_fellowship())
    )


def _ranked() -> Iterator[list[ColumnElement[bool]]]:
    """Yield what groups for relatives are, the nearest first; of those near, of its subject first."""
    town: BindParameter[str] = bindparam("town")
    province: BindParameter[str] = bindparam("province")
    subject: BindParameter[str] = bindparam("subject")
    its, others = unindexed(Group.subject) == subject, unindexed(Group.subject) != subject
    away, far = unindexed(Group.town) != town, unindexed(Group.province) != province
    yield [Group.town == town, its]
    yield [Group.town == town, others]
    yield [Group.province == province, away, its]
    yield [Group.province == province, away, others]
    yield [away, far, Group.subject == subject]
    yield [away, far, others]
