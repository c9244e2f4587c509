"""Groups that answer a search in the order of their ids, so that a program reads page after page."""

from datetime import date, datetime

from sqlalchemy import and_, or_, select

from app.db import db
from app.domain.meeting import MEETS
from app.records.findables import FindableRecord
from app.records.finder import Hit, hits_of
from app.records.finding.coming import ComingMeeting
from app.records.finding.unindexed import unindexed
from app.records.finding.when import asks_when, branches_between, joins, meetings_asked
from app.records.groups import Group
from app.records.listings import with_fellowship
from app.records.resolved import Resolved, at_present, conditions

_C, _F = ComingMeeting, FindableRecord


def groups_in_order(asked: Resolved, after_id: int, *, limit: int) -> list[Group]:
    """Return groups that meet or prepare to and answer, after an id. One query.

    Where a day or an hour is asked, those with a meeting that is on then.
    """
    meets = unindexed(_F.status).in_(MEETS)
    query = select(_F.group_id).where(_F.group_id > after_id, meets, *conditions(asked))
    if asks_when(asked):
        query = query.join_from(_F, _C, joins()).where(*meetings_asked(asked), _C.is_on.is_(True))
    else:
        query = query.where(*at_present(asked))
    ids = query.distinct().order_by(_F.group_id).limit(limit)
    found = select(Group).where(Group.id.in_(ids), Group.listed).options(with_fellowship())
    return list(db.session.scalars(found.order_by(Group.id)))


def meetings_in_order(
    asked: Resolved, first: date, last: date, after: tuple[datetime, int] | None, *, limit: int
) -> list[Hit]:
    """Return every meeting of some days that is not over, on or not, after a start and a group.

    In the order of their starts, then of the groups. Two queries.
    """
    either = or_(*(and_(*branch) for branch in branches_between(asked, first, last)))
    query = (
        select(_F.group_id, _F.latitude, _F.longitude, _C.week, _C.starts, _C.is_on)
        .join_from(_C, _F, joins())
        .where(either, _C.day >= first, *conditions(asked))
        .order_by(_C.starts, _F.group_id)
        .limit(limit)
    )
    if after:
        starts, group_id = after
        query = query.where(
            or_(_C.starts > starts, and_(_C.starts == starts, _F.group_id > group_id))
        )
    return hits_of(db.session.execute(query).all(), asked)
