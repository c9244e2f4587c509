"""One evening in the tables: who stays away, tasks, guests. Gone a week later."""

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base
from app.domain.evening import Task
from app.domain.seating import SEATS
from app.domain.week import Week
from app.records.columns import WeekNumber
from app.records.slots import whole_weeks

KINDS = ", ".join(f"'{task}'" for task in Task)


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
    __table_args__ = (CheckConstraint(f"kind IN ({KINDS})", name="kind"), whole_weeks("week"))

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
