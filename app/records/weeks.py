"""What is stored of single weeks and stretches of days: deviations and closures."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Time, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base, db
from app.domain.closure import Closure
from app.domain.deviation import Deviation
from app.domain.geography.house import is_one_room
from app.domain.place import Place, Visibility
from app.domain.themes import STEPS, Theme
from app.domain.week import Week
from app.records.columns import Instant, Sealed, WeekNumber
from app.records.places import PlaceRecord
from app.records.slots import WEEKDAYS, whole_weeks


class DeviationRecord(Base):
    """At most one row per group and week: a second meeting in a week cannot be written down."""

    __tablename__ = "deviation"
    __table_args__ = (
        CheckConstraint(f"weekday IN {WEEKDAYS}", name="weekday"),
        CheckConstraint(
            f"theme_step IN ({', '.join(map(str, range(1, STEPS + 1)))})", name="theme_step"
        ),
        CheckConstraint("visibility IN ('whole', 'town', 'nothing')", name="visibility"),
        whole_weeks("week"),
    )

    group_id: Mapped[int] = mapped_column(
        ForeignKey("groups.id", ondelete="CASCADE"), primary_key=True
    )
    week: Mapped[Week] = mapped_column(WeekNumber, primary_key=True, autoincrement=False)
    cancelled: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str] = mapped_column(String(200), default="")
    weekday: Mapped[int | None]
    start: Mapped[time | None] = mapped_column(Time)
    place_id: Mapped[int | None] = mapped_column(ForeignKey("place.id"), index=True)
    visibility: Mapped[str] = mapped_column(String(8), default=Visibility.WHOLE)
    theme_step: Mapped[int | None]
    theme_title: Mapped[str] = mapped_column(String(120), default="")
    note: Mapped[str] = mapped_column(String(400), default="")
    inside_note: Mapped[str | None] = mapped_column(Sealed)
    """For who has a seat and the coordinators alone; None for nothing."""
    is_open: Mapped[bool | None]
    """Whether anybody may come this time; None: as usual."""
    all_the_same: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)

    place: Mapped[PlaceRecord | None] = relationship(lazy="joined")

    def value(self) -> Deviation:
        return deviation_in(self, self.place.value() if self.place else None)


def deviation_in(row: Any, place: Place | None) -> Deviation:
    """Return the deviation that a row holds: a record, or columns of these names."""
    theme = None
    if row.theme_step or row.theme_title:
        theme = Theme(step=row.theme_step, title=row.theme_title)
    return Deviation(
        week=row.week,
        cancelled=row.cancelled,
        reason=row.reason,
        weekday=row.weekday,
        start=row.start,
        place=place,
        visibility=Visibility(row.visibility),
        theme=theme,
        note=row.note,
        inside_note=row.inside_note or "",
        is_open=row.is_open,
        all_the_same=row.all_the_same,
    )


_HERE = PlaceRecord.__table__.alias("here")
"""The place that a closure was written down on, beside the others in its house."""


class ClosureRecord(Base):
    """On exactly one of a place, a group, a fellowship; it ends by itself."""

    __tablename__ = "closure"
    __table_args__ = (
        CheckConstraint("first_day <= last_day", name="days"),
        CheckConstraint(
            "(place_id IS NOT NULL AND group_id IS NULL AND fellowship_id IS NULL)"
            " OR (place_id IS NULL AND group_id IS NOT NULL AND fellowship_id IS NULL)"
            " OR (place_id IS NULL AND group_id IS NULL AND fellowship_id IS NOT NULL)",
            name="one_subject",
        ),
        Index("ix_closure_group_id", "group_id"),
        Index("ix_closure_place_id", "place_id"),
        Index("ix_closure_fellowship_id", "fellowship_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    place_id: Mapped[int | None] = mapped_column(ForeignKey("place.id", ondelete="CASCADE"))
    group_id: Mapped[int | None] = mapped_column(ForeignKey("groups.id", ondelete="CASCADE"))
    fellowship_id: Mapped[int | None] = mapped_column(
        ForeignKey("fellowship.id", ondelete="CASCADE")
    )
    first_day: Mapped[date]
    last_day: Mapped[date]
    reason: Mapped[str] = mapped_column(String(200), default="")
    version: Mapped[int] = mapped_column(default=1)

    said_at: Mapped[datetime | None] = mapped_column(Instant)
    """When it was written down; None: before that was kept."""

    only_room: Mapped[bool] = mapped_column(default=False)
    """Not the whole house: one room of it."""

    place: Mapped[PlaceRecord | None] = relationship()
    in_house: Mapped[list[PlaceRecord]] = relationship(
        secondary=_HERE,
        primaryjoin=lambda: ClosureRecord.place_id == _HERE.c.id,
        secondaryjoin=lambda: _HERE.c.house == PlaceRecord.house,
        viewonly=True,
        lazy="selectin",
    )

    @property
    def places(self) -> frozenset[int] | None:
        """The ids of all places that it shuts; None when it is on no place."""
        rooms = {one.id: one.room for one in self.in_house}
        return None if self.place_id is None else _shut(self, rooms)

    def value(self) -> Closure:
        return closure_in(self, {one.id: one.room for one in self.in_house})


def closure_in(row: Any, rooms: Mapping[int, str]) -> Closure:
    """Return the closure that a row holds; `rooms` are those of the places in its house, by id."""
    places = None if row.place_id is None else _shut(row, rooms)
    return Closure(row.first_day, row.last_day, row.reason, places, row.id, said_at=row.said_at)


def _shut(row: Any, rooms: Mapping[int, str]) -> frozenset[int]:
    """Return the ids of the places that a row shuts: a whole house, or one room of it."""
    room = rooms.get(row.place_id, "")
    return frozenset({row.place_id}) | {
        one for one, name in rooms.items() if not row.only_room or is_one_room(name, room)
    }


def deviation_version(group_id: int, week: Week) -> int:
    """Return the version of what is different in a week, 0 for nothing yet. One query."""
    query = select(DeviationRecord.version).where(
        DeviationRecord.group_id == group_id, DeviationRecord.week == week
    )
    return db.session.scalar(query) or 0


def deviation_versions(weeks: Iterable[tuple[int, Week]]) -> dict[tuple[int, Week], int]:
    """Return the versions of some weeks, each by group and week, of those that differ. One query."""
    wanted = set(weeks)
    query = select(DeviationRecord.group_id, DeviationRecord.week, DeviationRecord.version).where(
        DeviationRecord.group_id.in_({group_id for group_id, _week in wanted}),
        DeviationRecord.week.in_({week for _group_id, week in wanted}),
    )
    rows = db.session.execute(query)
    return {(id, week): version for id, week, version in rows if (id, week) in wanted}
