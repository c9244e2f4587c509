"""What a search selects for some weeks on end: groups with any meeting in them that answers."""

from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, func, select

from app.db import db
from app.domain.search import Day
from app.records.findables import FindableRecord
from app.records.finding.coming import ComingMeeting
from app.records.finding.unindexed import unindexed
from app.records.finding.when import asked_of_meetings, branches_between, joins
from app.records.groups import Group
from app.records.listings import with_fellowship
from app.records.resolved import Resolved, conditions, squared

_C, _F = ComingMeeting, FindableRecord
WEEK = timedelta(weeks=1)


def groups_selected(asked: Resolved, first: date, weeks: int, *, limit: int) -> list[Group]:
    """Return the groups with a meeting, on or not, that answers in some weeks from a Monday on.

    So a group whose evening of this week is moved or off stays for its others. The nearest come
    first, or those that meet soonest. Two or three queries.
    """
    last = first + weeks * WEEK - timedelta(days=1)
    find = _soonest if asked.is_broad else _narrow
    ids = find(asked, first, last, weeks, limit)
    query = select(Group).where(Group.id.in_(ids)).options(with_fellowship())
    return list(db.session.scalars(query.order_by(Group.id)))


def _narrow(asked: Resolved, first: date, last: date, _weeks: int, limit: int) -> list[int]:
    order = (func.min(squared(asked)),) if asked.around else (func.min(_C.starts),)
    query = (
        select(_F.group_id)
        .join_from(_F, _C, joins())
        .where(
            *conditions(asked),
            *asked_of_meetings(asked),
            *_on_day(asked, first, last),
            unindexed(_C.day).between(first, last),
        )
        .group_by(_F.group_id)
        .order_by(*order, _F.group_id)
    )
    return list(db.session.scalars(query.limit(limit)))


def _soonest(asked: Resolved, first: date, last: date, weeks: int, limit: int) -> list[int]:
    """Walk the index of starts no further than needed: a group has one meeting in each week."""
    rows: list[tuple[datetime | None, int]] = []
    for branch in branches_between(asked, first, last):
        query = (
            select(_C.starts, _F.group_id)
            .join_from(_C, _F, joins())
            .where(*branch, *conditions(asked), *_on_day(asked, first, last))
            .order_by(_C.starts, _C.group_id)
        )
        rows += [(starts, one) for starts, one in db.session.execute(query.limit(limit * weeks))]
    return list(dict.fromkeys(group_id for _, group_id in sorted(rows)))[:limit]


def _on_day(asked: Resolved, first: date, last: date) -> list[ColumnElement[bool]]:
    day = asked.search.day
    if day is None:
        return []
    if not isinstance(day, Day):
        return [unindexed(_C.day) == day]
    ahead = (int(day) - first.isoweekday()) % 7
    numbers = range((last - first).days // 7 + 1)
    days = [first + timedelta(days=ahead) + number * WEEK for number in numbers]
    return [unindexed(_C.day).in_(days)]
