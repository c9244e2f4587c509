"""Head counts: a number per group and week, and nothing about who."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, and_, exists, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, db
from app.domain.head_count import COUNTS
from app.domain.meeting import MEETS
from app.domain.week import Week
from app.records.columns import WeekNumber
from app.records.finding.coming import ComingMeeting
from app.records.groups import Group
from app.records.slots import whole_weeks


class HeadCount(Base):
    """How many were there; 13 stands for "more than twelve"."""

    __tablename__ = "head_count"
    __table_args__ = (
        CheckConstraint(f"people IN ({', '.join(map(str, COUNTS))})", name="people"),
        whole_weeks("week"),
    )

    group_id: Mapped[int] = mapped_column(
        ForeignKey("groups.id", ondelete="CASCADE"), primary_key=True
    )
    week: Mapped[Week] = mapped_column(WeekNumber, primary_key=True, autoincrement=False)
    people: Mapped[int]


def counts_of(group_id: int, *, most: int) -> list[tuple[Week, int]]:
    """Return a group's last counts, the latest first, for its own coordinators alone. One query."""
    query = (
        select(HeadCount.week, HeadCount.people)
        .where(HeadCount.group_id == group_id)
        .order_by(HeadCount.week.desc())
        .limit(most)
    )
    return [(week, people) for week, people in db.session.execute(query)]


def count_in(group_id: int, week: Week) -> int | None:
    """Return how many came in a week, or None when nobody counted."""
    count = db.session.get(HeadCount, (group_id, week))
    return count.people if count else None


def counted(group_ids: Collection[int], weeks: tuple[Week, Week]) -> set[tuple[int, Week]]:
    """Return which groups were counted in which weeks. One query."""
    query = select(HeadCount.group_id, HeadCount.week).where(
        HeadCount.group_id.in_(group_ids), HeadCount.week.between(*weeks)
    )
    return {(group_id, week) for group_id, week in db.session.execute(query)}


def groups_that_count(group_ids: Collection[int]) -> list[Group]:
    """Return those of some groups that want to be asked after each meeting. One query."""
    query = select(Group).where(Group.id.in_(group_ids), _COUNTS)
    return list(db.session.scalars(query.order_by(Group.id)))


def counting_after(group_id: int, ended: tuple[datetime, datetime], most: int) -> list[int]:
    """Return the ids of the next groups that count and may have met between two instants.

    What is not listed may always have. One query.
    """
    met = exists().where(ComingMeeting.group_id == Group.id, ComingMeeting.ends.between(*ended))
    query = select(Group.id).where(Group.id > group_id, _COUNTS, or_(~Group.listed, met))
    return list(db.session.scalars(query.order_by(Group.id).limit(most)))


_COUNTS = and_(Group.counts_heads, Group.status.in_(MEETS))
