"""What a mirror asks to follow the lists: groups that changed since an instant, and those that are gone."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select

from app.db import db
from app.domain.meeting import MEETS
from app.records.changes import Change, ChangeOfGroup
from app.records.groups import Group
from app.records.listings import with_fellowship

REMEMBERED = timedelta(days=30)
"""So long it is told that a group is gone; who was away longer takes the whole list again."""
_CONFIRMS = ("confirm_listing", "confirm_by_link", "confirm_after_call")
_UNLISTS = ("list_group", "undo_import")


@dataclass(frozen=True)
class Followed:
    """A group, when it last changed for a reader, and whether it is still in the lists."""

    group: Group
    modified: datetime
    is_listed: bool


def followed(since: datetime | None, after_id: int, *, limit: int) -> list[Followed]:
    """Return groups that changed after an instant, in the order of their last change, then id.

    Without an instant all that are listed. A group that never was in a list is in none of them.
    One query.
    """
    asked = _asked(since)
    if since is not None:
        modified = asked.selected_columns.modified
        of_same = and_(modified == since, Group.id > after_id)
        asked = asked.where(or_(modified > since, of_same))
    rows = db.session.execute(
        asked.order_by(asked.selected_columns.modified, Group.id).limit(limit)
    ).all()
    return [Followed(row.Group, row.modified, bool(row.is_listed)) for row in rows]


def _asked(since: datetime | None) -> Select[Any]:
    confirmed = (
        select(ChangeOfGroup.group_id, func.max(Change.at).label("at"))
        .join(Change, Change.id == ChangeOfGroup.change_id)
        .where(Change.deed.in_(_CONFIRMS))
        .group_by(ChangeOfGroup.group_id)
    )
    if since is not None:
        confirmed = confirmed.where(Change.at >= since)
    last = confirmed.subquery()
    modified = case(
        (last.c.at > Group.calendar_changed_at, last.c.at), else_=Group.calendar_changed_at
    ).label("modified")
    listed = and_(Group.listed, Group.status.in_(MEETS))
    query = (
        select(Group, modified, listed.label("is_listed"))
        .outerjoin(last, last.c.group_id == Group.id)
        .options(with_fellowship())
    )
    return query.where(listed) if since is None else query.where(or_(Group.listed, _was_listed()))


def _was_listed() -> ColumnElement[bool]:
    return exists().where(
        ChangeOfGroup.group_id == Group.id,
        ChangeOfGroup.change_id == Change.id,
        Change.deed.in_(_UNLISTS),
    )
