"""Finding groups: by weekday, fellowship and words."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import case, func, or_, select
from sqlalchemy.orm import aliased

from app.db import db
from app.domain.meeting import Status
from app.domain.week import Week
from app.records.fellowships import Fellowship
from app.records.groups import Group
from app.records.listings import with_fellowship
from app.records.slots import SlotRecord


@dataclass(frozen=True)
class Search:
    """What a reader looks for; an empty value asks for nothing."""

    day: int | None = None
    """ISO weekday, 1 to 7."""
    fellowship: str = ""
    words: str = ""
    """Part of a name or a town."""


def find_groups(search: Search, *, today: date, offset: int, limit: int) -> list[Group]:
    """Return listed groups with a standing time, the nearest weekday first. One query."""
    slot = aliased(SlotRecord)
    query = (
        _listed(search)
        .join(slot, slot.group_id == Group.id)
        .where(
            slot.since == _latest_slot(Week.of(today)),
            Group.status.in_([Status.ACTIVE, Status.PAUSED]),
        )
        .order_by(
            case(
                (slot.weekday < today.isoweekday(), slot.weekday + 7),
                else_=slot.weekday,
            ),
            slot.start,
            Group.town,
            Group.name,
            Group.id,
        )
    )
    if search.day:
        query = query.where(slot.weekday == search.day)
    return list(db.session.scalars(query.offset(offset).limit(limit)))


def groups_in_preparation(search: Search, *, limit: int = 20) -> list[Group]:
    """Return listed groups that are being set up, by town. One query."""
    query = _listed(search).where(Group.status == Status.PREPARING)
    return list(db.session.scalars(query.order_by(Group.town, Group.name).limit(limit)))


def groups_for_relatives(group: Group, *, limit: int = 2) -> list[Group]:
    """Return groups for family and friends: same town first, then same province. One query."""
    query = (
        select(Group)
        .where(
            Group.listed,
            Group.status.in_([Status.ACTIVE, Status.PREPARING]),
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


def _listed(search: Search):
    query = select(Group).where(Group.listed).options(with_fellowship())
    if search.fellowship:
        wanted = select(Fellowship.id).where(Fellowship.slug == search.fellowship)
        query = query.where(Group.fellowship_id == wanted.scalar_subquery())
    if search.words:
        query = query.where(
            or_(
                Group.name.icontains(search.words, autoescape=True),
                Group.town.icontains(search.words, autoescape=True),
            )
        )
    return query


def _latest_slot(week: Week):
    """Return the subquery for the first week of the slot that holds in a week."""
    return (
        select(func.max(SlotRecord.since))
        .where(SlotRecord.group_id == Group.id, SlotRecord.since <= week)
        .correlate(Group)
        .scalar_subquery()
    )
