"""Kept figures: what each group adds to them, their sums, and the history that no row tells.

Nothing here holds a number of people from one to four: not even the database could betray it.
"""

from collections import defaultdict
from datetime import date
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Index,
    String,
    case,
    func,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, db
from app.domain.meeting import Status
from app.domain.people_known import People
from app.domain.tally import ALWAYS, Amount
from app.domain.week import Week
from app.records.columns import WeekNumber, quoted
from app.records.slots import whole_weeks

Cell = tuple[str, str, Week, int, str]
"""Topic, value, since, fellowship and province: the key of a Tally."""


class Contribution(Base):
    """What one group adds to one figure; the list behind a figure is the list of these.

    Kept by actions/tallies.py in the transaction that changes the group, as is Tally.
    """

    __tablename__ = "contribution"
    __table_args__ = (
        CheckConstraint("exact = 0 OR exact > 4", name="betrays_nobody"),
        CheckConstraint("few >= 0", name="few"),
        whole_weeks("since"),
        Index("ix_contribution_fellowship_id_topic_value", "fellowship_id", "topic", "value"),
    )

    group_id: Mapped[int] = mapped_column(
        ForeignKey("groups.id", ondelete="CASCADE"), primary_key=True
    )
    topic: Mapped[str] = mapped_column(String(12), primary_key=True)
    value: Mapped[str] = mapped_column(String(80), primary_key=True)
    since: Mapped[Week] = mapped_column(
        WeekNumber, primary_key=True, autoincrement=False, default=ALWAYS
    )
    fellowship_id: Mapped[int] = mapped_column(ForeignKey("fellowship.id"))
    province: Mapped[str] = mapped_column(String(80))
    number: Mapped[int]
    exact: Mapped[int]
    few: Mapped[int]


class Tally(Base):
    """The sum of all contributions to one figure of a fellowship in a province."""

    __tablename__ = "tally"
    __table_args__ = (
        whole_weeks("since"),
        Index("ix_tally_fellowship_id_topic", "fellowship_id", "topic"),
    )

    topic: Mapped[str] = mapped_column(String(12), primary_key=True)
    value: Mapped[str] = mapped_column(String(80), primary_key=True)
    since: Mapped[Week] = mapped_column(WeekNumber, primary_key=True, autoincrement=False)
    fellowship_id: Mapped[int] = mapped_column(
        ForeignKey("fellowship.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    province: Mapped[str] = mapped_column(String(80), primary_key=True)
    number: Mapped[int]
    exact: Mapped[int]
    few: Mapped[int]


class MovedToday(Base):
    """By how much a contribution BY_DAY moved on a day, by the clock of HOME.

    The figures of that morning are those of now without it; of another day nothing is asked.
    """

    __tablename__ = "moved_today"

    day: Mapped[date] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(
        ForeignKey("groups.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    topic: Mapped[str] = mapped_column(String(12), primary_key=True)
    value: Mapped[str] = mapped_column(String(80), primary_key=True)
    fellowship_id: Mapped[int] = mapped_column(
        ForeignKey("fellowship.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    province: Mapped[str] = mapped_column(String(80), primary_key=True)
    number: Mapped[int]
    exact: Mapped[int]
    few: Mapped[int]


class StageRecord(Base):
    """A group has this status from a day on: the log forgets it after a year, the figures not."""

    __tablename__ = "stage"
    __table_args__ = (CheckConstraint(f"status IN ({quoted(Status)})", name="status"),)

    group_id: Mapped[int] = mapped_column(
        ForeignKey("groups.id", ondelete="CASCADE"), primary_key=True
    )
    since: Mapped[date] = mapped_column(primary_key=True)
    status: Mapped[str] = mapped_column(String(12))


class Occupancy(Base):
    """Since when every seat of an active group is taken, or none is; a group has one row."""

    __tablename__ = "occupancy"
    __table_args__ = (
        CheckConstraint("full_since IS NULL OR empty_since IS NULL", name="full_or_empty"),
        Index("ix_occupancy_full_since", "full_since"),
        Index("ix_occupancy_empty_since", "empty_since"),
    )

    group_id: Mapped[int] = mapped_column(
        ForeignKey("groups.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    full_since: Mapped[date | None]
    empty_since: Mapped[date | None]
    """Not of a group that people walk into: there an empty seat only means that nobody noted it."""
    moved_on: Mapped[date | None]
    """The day, by the clock of the office, on which it last became other than it was that morning."""
    full_before: Mapped[date | None]
    empty_before: Mapped[date | None]
    """What held on the morning of `moved_on`: one person who comes or goes is told by the day."""

    @classmethod
    def this_morning(cls, today: date) -> tuple[ColumnElement[date | None], ...]:
        """Return since when a group was full, and empty, as the day began."""
        return tuple(
            case((cls.moved_on == today, before), else_=now)
            for before, now in (
                (cls.full_before, cls.full_since),
                (cls.empty_before, cls.empty_since),
            )
        )


def tally_row(cell: Cell, amount: Amount) -> dict[str, Any]:
    """Return the columns of a Tally."""
    topic, value, since, fellowship_id, province = cell
    return {
        "topic": topic,
        "value": value,
        "since": since,
        "fellowship_id": fellowship_id,
        "province": province,
        "number": amount.number,
        "exact": amount.people.exact,
        "few": amount.people.few,
    }


def sums_of(record: type[Tally] | type[Contribution]) -> dict[Cell, Amount]:
    """Return what a table says of each figure, without what comes to nothing. One query."""
    cell = (record.topic, record.value, record.since, record.fellowship_id, record.province)
    sums = (func.sum(record.number), func.sum(record.exact), func.sum(record.few))
    found: dict[Cell, Amount] = {}
    for *key, number, exact, few in db.session.execute(select(*cell, *sums).group_by(*cell)):
        found[tuple(key)] = Amount(int(number), People(int(exact), int(few)))  # type: ignore[index]  # a row of five
    return {cell: amount for cell, amount in found.items() if amount != Amount()}


def lacking() -> dict[Cell, Amount]:
    """Return by how much each sum is less than what groups add to it, at one instant. One query."""
    parts = []
    for record, sign in ((Contribution, 1), (Tally, -1)):
        cell = (record.topic, record.value, record.since, record.fellowship_id, record.province)
        sums = [
            (func.sum(column) * sign).label(name)
            for column, name in (
                (record.number, "number"),
                (record.exact, "exact"),
                (record.few, "few"),
            )
        ]
        parts.append(select(*cell, *sums).group_by(*cell))
    both = union_all(*parts).subquery()
    *of, number, exact, few = both.columns
    totals = func.sum(number), func.sum(exact), func.sum(few)
    wrong = or_(*(one != 0 for one in totals))  # of very many, few or none are
    query = select(*of, *totals).group_by(*of).having(wrong)
    return {
        tuple(key): Amount(int(n), People(int(e), int(f)))
        for *key, n, e, f in db.session.execute(query)
    }


def begun(sums: dict[Cell, Amount], this: Week) -> dict[Cell, Amount]:
    """Return figures with all that began up to a week as if it always was: it holds as it does."""
    found: dict[Cell, Amount] = defaultdict(Amount)
    for (topic, value, since, fellowship_id, province), amount in sums.items():
        now = ALWAYS if since <= this else since
        found[topic, value, now, fellowship_id, province] += amount
    return {cell: amount for cell, amount in found.items() if amount != Amount()}
