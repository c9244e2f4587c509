"""One evening in the tables: who stays away, tasks, guests. Gone a week later."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, func, select, text, true
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, db
from app.domain.evening import Task
from app.domain.feeds.appointment import Said
from app.domain.seating import SEATS
from app.domain.week import Week
from app.records.columns import Instant, WeekNumber, quoted
from app.records.participants import ParticipantRecord
from app.records.slots import whole_weeks


class Absence(Base):
    """What a participant said last of a week: "I cannot come", or "I come after all".

    Who is never shown to anyone but them.
    """

    __tablename__ = "absence"
    __table_args__ = (whole_weeks("week"),)

    participant_id: Mapped[int] = mapped_column(
        ForeignKey("participant.id", ondelete="CASCADE"), primary_key=True
    )
    week: Mapped[Week] = mapped_column(
        WeekNumber, primary_key=True, autoincrement=False, index=True
    )
    is_away: Mapped[bool] = mapped_column(default=True, server_default=true())
    times_said: Mapped[int] = mapped_column(default=1, server_default=text("1"))
    """Their own calendar takes an event anew only when its number rises."""
    said_at: Mapped[datetime | None] = mapped_column(Instant)
    """None: before this was kept."""


class TaskTaken(Base):
    """One task of an evening; NULL is somebody whom the coordinator did not name."""

    __tablename__ = "task"
    __table_args__ = (
        CheckConstraint(f"kind IN ({quoted(Task)})", name="kind"),
        whole_weeks("week"),
    )

    group_id: Mapped[int] = mapped_column(
        ForeignKey("groups.id", ondelete="CASCADE"), primary_key=True
    )
    week: Mapped[Week] = mapped_column(WeekNumber, primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(String(8), primary_key=True)
    participant_id: Mapped[int | None] = mapped_column(
        ForeignKey("participant.id", ondelete="CASCADE"), index=True
    )


class Guests(Base):
    """How many guests come to an evening: a number, no names."""

    __tablename__ = "guests"
    __table_args__ = (
        CheckConstraint(f"number IN ({', '.join(map(str, range(SEATS + 1)))})", name="number"),
        whole_weeks("week"),
    )

    group_id: Mapped[int] = mapped_column(
        ForeignKey("groups.id", ondelete="CASCADE"), primary_key=True
    )
    week: Mapped[Week] = mapped_column(WeekNumber, primary_key=True, autoincrement=False)
    number: Mapped[int]


def away_in(group_id: int, week: Week) -> int:
    """Return how many of those with a seat stay away in a week, and never who. One query."""
    query = (
        select(func.count())
        .select_from(Absence)
        .join(ParticipantRecord)
        .where(
            ParticipantRecord.group_id == group_id,
            ParticipantRecord.seat.is_not(None),
            Absence.week == week,
            Absence.is_away,
        )
    )
    return db.session.scalar(query) or 0


def absences_of(participant_id: int) -> set[Week]:
    """Return the weeks in which a participant cannot come, for their own page. One query."""
    query = select(Absence.week).where(Absence.participant_id == participant_id, Absence.is_away)
    return set(db.session.scalars(query))


def said_of_weeks(participant_id: int) -> dict[Week, Said]:
    """Return what a participant said of each week, for their own calendar. One query."""
    query = select(Absence).where(Absence.participant_id == participant_id)
    return {
        one.week: Said(one.is_away, one.times_said, one.said_at)
        for one in db.session.scalars(query)
    }


def guests_in(group_id: int, week: Week) -> int:
    """Return how many guests come in a week. One query."""
    query = select(Guests.number).where(Guests.group_id == group_id, Guests.week == week)
    return db.session.scalar(query) or 0


def guests_since(group_id: int, week: Week) -> Sequence[Guests]:
    """Return the rows of guests from a week on. One query."""
    query = select(Guests).where(Guests.group_id == group_id, Guests.week >= week)
    return db.session.scalars(query).all()


def tasks_in(group_id: int, first: Week, weeks: int = 1) -> dict[tuple[Week, Task], int | None]:
    """Return who does which task in so many weeks; None is somebody without a name. One query."""
    query = select(TaskTaken.week, TaskTaken.kind, TaskTaken.participant_id).where(
        TaskTaken.group_id == group_id, TaskTaken.week.between(first, first + (weeks - 1))
    )
    return {(week, Task(kind)): person_id for week, kind, person_id in db.session.execute(query)}


def tasks_of(participant_id: int) -> list[tuple[Week, Task]]:
    """Return the tasks that a participant took, for their own page. One query."""
    query = (
        select(TaskTaken.week, TaskTaken.kind)
        .where(TaskTaken.participant_id == participant_id)
        .order_by(TaskTaken.week, TaskTaken.kind)
    )
    return [(week, Task(kind)) for week, kind in db.session.execute(query)]
