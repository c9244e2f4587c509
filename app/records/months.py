"""How groups stood as each month ended: kept once, for no row tells it afterwards.

As in all kept figures, no number of people from one to four stands here.
"""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    String,
    case,
    func,
    select,
    union_all,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, db
from app.domain.confirmation import Freshness, freshness
from app.domain.meeting import Status
from app.domain.people_known import People
from app.domain.periods import Kept
from app.domain.tally import Topic
from app.records.fellowships import Fellowship
from app.records.figures import Scope
from app.records.groups import Group
from app.records.tallies import Contribution, MovedToday


class MonthKept(Base):
    """A group that did not stop, as a month ended."""

    __tablename__ = "month_kept"
    __table_args__ = (
        CheckConstraint(
            "(seats_exact = 0 OR seats_exact > 4) AND (line_exact = 0 OR line_exact > 4)",
            name="betrays_nobody",
        ),
    )

    month: Mapped[str] = mapped_column(String(7), primary_key=True)
    """As 2026-11."""
    group_id: Mapped[int] = mapped_column(
        ForeignKey("groups.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
        index=True,
    )
    seats_exact: Mapped[int]
    seats_few: Mapped[int]
    line_exact: Mapped[int]
    line_few: Mapped[int]
    is_confirmed: Mapped[bool | None]
    """Whether its listing was confirmed in time; None of a group that is asked nothing."""


def is_kept(month: str) -> bool:
    """Tell whether a month is kept already, of some groups at least. One query."""
    query = select(MonthKept.month).where(MonthKept.month == month)
    return db.session.scalar(query.limit(1)) is not None


def running_after(group_id: int, at_once: int) -> list[int]:
    """Return the next groups after one, in order, that did not stop. One query."""
    query = select(Contribution.group_id).where(
        Contribution.topic == Topic.LISTED, Contribution.group_id > group_id
    )
    return list(db.session.scalars(query.order_by(Contribution.group_id).limit(at_once)))


def standing_of_groups(month: str, today: date, group_ids: Collection[int]) -> list[dict[str, Any]]:
    """Return what to keep of groups, as this morning began. Two queries."""
    people: dict[tuple[int, str], People] = defaultdict(People)
    parts = []
    for table, sign in ((Contribution, 1), (MovedToday, -1)):
        asked = [table.topic.in_((Topic.SEATS, Topic.LINE)), table.value != Status.CLOSED]
        if table is MovedToday:
            asked.append(MovedToday.day == today)
        columns = (table.group_id, table.topic, sign * table.exact, sign * table.few)
        parts.append(select(*columns).where(table.group_id.in_(group_ids), *asked))
    for group_id, topic, exact, few in db.session.execute(union_all(*parts)):
        people[group_id, topic] += People(exact, few)
    confirmed = _confirmed(today, group_ids)
    return [
        {
            "month": month,
            "group_id": id,
            "seats_exact": people[id, Topic.SEATS].exact,
            "seats_few": people[id, Topic.SEATS].few,
            "line_exact": people[id, Topic.LINE].exact,
            "line_few": people[id, Topic.LINE].few,
            "is_confirmed": confirmed.get(id),
        }
        for id in group_ids
    ]


def months_kept(scope: Scope, since: str) -> dict[str, Kept]:
    """Return what groups of a scope add up to at the end of each month that is kept. One query."""
    row = MonthKept
    counted = [
        *map(func.sum, (row.seats_exact, row.seats_few, row.line_exact, row.line_few)),
        func.count(row.is_confirmed),
        func.sum(case((row.is_confirmed.is_(True), 1), else_=0)),
    ]
    query = select(row.month, *counted).join(Group, Group.id == row.group_id)
    query = query.where(row.month >= since)
    if scope.fellowship_id is not None:
        query = query.where(Group.fellowship_id == scope.fellowship_id)
    if scope.province is not None:
        query = query.where(Group.province == scope.province)
    if scope.groups is not None:
        query = query.where(Group.id.in_(scope.groups))
    found = {}
    for month, *numbers in db.session.execute(query.group_by(row.month)):
        seats, few, line, few_in_line, listed, confirmed = map(int, numbers)
        found[month] = Kept(People(seats, few), People(line, few_in_line), listed, confirmed)
    return found


def _confirmed(today: date, group_ids: Collection[int]) -> dict[int, bool]:
    query = (
        select(Contribution.group_id, Contribution.value, Fellowship.confirm_after)
        .join(Fellowship, Fellowship.id == Contribution.fellowship_id)
        .where(Contribution.topic == Topic.CONFIRMED, Contribution.group_id.in_(group_ids))
    )
    return {
        id: freshness(date.fromisoformat(day) if day else None, today, after) is Freshness.GREEN
        for id, day, after in db.session.execute(query)
    }
