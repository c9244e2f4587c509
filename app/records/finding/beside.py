"""What stands beside the groups that were found: further off, and for family and friends."""

from dataclasses import replace
from datetime import datetime
from functools import cache

from sqlalchemy import Select, bindparam, case, select

from app.db import db
from app.domain.meeting import MEETS
from app.domain.search import Search, Sort, Whom
from app.records.finder import Hit, find, find_nearest
from app.records.groups import Group
from app.records.listings import with_fellowship
from app.records.resolved import Resolved


def find_farther(asked: Resolved, now: datetime, found: int, *, limit: int = 5) -> list[Hit]:
    """Return the nearest outside the circle, of which all that were `found` are known. Two queries."""
    wider = replace(asked, search=replace(asked.search, within=None, sort=Sort.NEAREST))
    edge = asked.search.within
    if not asked.around or edge is None:
        return []
    hits = find(wider, now, offset=found, limit=limit)
    return [
        hit for hit in hits if hit.is_on and hit.kilometres is not None and hit.kilometres >= edge
    ]


def find_for_relatives(asked: Resolved, now: datetime, *, limit: int = 2) -> list[Hit]:
    """Return the nearest groups for family and friends of who searches, by its place and subject.

    Two queries.
    """
    search = asked.search
    beside = Search(
        near=search.near, province=search.province, whom=Whom.RELATIVES, subject=search.subject
    )
    return find_nearest(beside, now, limit=limit, bodies=asked.fellowships)


def groups_for_relatives(group: Group, *, limit: int = 2) -> list[Group]:
    """Return groups for family and friends: same town first, then same province. One query."""
    asked = {
        "itself": group.id, "town": group.town, "province": group.province,
        "subject": group.subject, "number": limit,
    }  # fmt: skip
    return list(db.session.scalars(_for_relatives(), asked))


@cache
def _for_relatives() -> Select[Group]:
    return (
        select(Group)
        .where(
            Group.listed,
            Group.status.in_(MEETS),
            Group.audience == "relatives",
            Group.id != bindparam("itself"),
        )
        .order_by(
            case(
                (Group.town == bindparam("town"), 0),
                (Group.province == bindparam("province"), 1),
                else_=2,
            ),
            case((Group.subject == bindparam("subject"), 0), else_=1),
            Group.id,
        )
        .limit(bindparam("number"))
        .options(with_fellowship())
    )
