"""One evening in the tables: who stays away, tasks, guests. Gone a week later."""

from collections.abc import Sequence

from sqlalchemy import CheckConstraint, ForeignKey, String, func, select
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, db
from app.domain.evening import Task
from app.domain.seating import SEATS
from app.domain.week import Week
from app.records.columns import WeekNumber, quoted
from app.records.participants import ParticipantRecord
from app.records.slots import whole_weeks


class Absence(Base):
    """A participant cannot come in a week; who is never shown to anyone but them."""

    __tablename__ = "absence"
    __table_args__ = (whole_weeks("week"),)

    participant_id: Mapped[int] = mapped_column(
        ForeignKey("participant.id", ondelete="CASCADE"), primary_key=True
    )
    week: Mapped[Week] = mapped_column(
        WeekNumber, primary_key=True, autoincrement=False, index=True
    )


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
        )
    )
    return db.session.scalar(query) or 0


def absences_of(participant_id: int) -> set[Week]:
    """Return the weeks in which a participant cannot come, for their own page. One query."""
    query = select(Absence.week).where(Absence.participant_id == participant_id)
    return set(db.session.scalars(query))


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
