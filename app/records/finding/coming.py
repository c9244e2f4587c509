"""What is kept of each listed group's coming meetings so that they can be found; all of it can be made anew."""

from datetime import date, datetime

from sqlalchemy import (
    BindParameter,
    CheckConstraint,
    ForeignKey,
    Index,
    ScalarSelect,
    exists,
    false,
    func,
    select,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, db
from app.domain.coming import WEEKS_AHEAD
from app.domain.meeting import Status
from app.domain.week import Week
from app.records.columns import Minute, WeekNumber
from app.records.groups import Group
from app.records.slots import whole_weeks

MEETINGS_OF = (Status.ACTIVE, Status.PAUSED)
"""Groups in preparation have none that anybody may come to tonight."""


class ComingMeeting(Base):
    """One week's meeting of a group that meets or has paused, on or not: domain/coming.py.

    Derived from slots, deviations, closures and the group itself by actions/parts/derived/coming.py in the
    transaction that changes one of them, and rolled on from week to week. Instants are whole
    minutes; `day` and `minute` are by the clock of whoever looks.
    """

    __tablename__ = "coming_meeting"
    __table_args__ = (
        CheckConstraint("(starts IS NULL) = (day IS NULL)", name="day"),
        CheckConstraint("(starts IS NULL) = (minute IS NULL)", name="time"),
        CheckConstraint("minute BETWEEN 0 AND 1439", name="minute"),
        CheckConstraint("starts < ends", name="hours"),
        CheckConstraint("is_on = (starts IS NOT NULL AND next_from IS NOT NULL)", name="is_on"),
        CheckConstraint("is_on OR NOT is_soon", name="is_soon"),
        whole_weeks("week"),
        # It knows by itself what comes next of each group in a circle, and when.
        Index(
            "ix_coming_meeting_of_group", "group_id", "next_from", "ends", "starts", "week", "is_on"
        ),
        # Each walks in the order that is shown, and knows by itself what is over: of many that
        # begin at one hour, or began today, no more rows are read than are shown.
        Index("ix_coming_meeting_in_time", "is_soon", "starts", "group_id", "next_from", "ends"),
        Index(
            "ix_coming_meeting_of_day", "day", "is_on", "starts", "group_id", "next_from", "ends"
        ),
    )

    group_id: Mapped[int] = mapped_column(
        ForeignKey("groups.id", ondelete="CASCADE"), primary_key=True
    )
    week: Mapped[Week] = mapped_column(WeekNumber, primary_key=True, autoincrement=False)
    starts: Mapped[datetime | None] = mapped_column(Minute)
    ends: Mapped[datetime] = mapped_column(Minute)
    next_from: Mapped[datetime | None] = mapped_column(Minute)
    day: Mapped[date | None]
    minute: Mapped[int | None]
    is_on: Mapped[bool]
    is_soon: Mapped[bool]
    is_open: Mapped[bool] = mapped_column(server_default=false())


def groups_to_roll_on(this: Week, *, most: int = 15) -> list[int]:
    """Return ids of groups of which not all weeks are kept that should be in a week. One query."""
    reaches = exists().where(
        ComingMeeting.group_id == Group.id, ComingMeeting.week >= this + WEEKS_AHEAD
    )
    query = (
        select(Group.id)
        .where(Group.listed, Group.status.in_(MEETINGS_OF), ~reaches)
        .order_by(Group.id)
        .limit(most)
    )
    return list(db.session.scalars(query))


def next_start(
    group_id: BindParameter[int], now: BindParameter[datetime]
) -> ScalarSelect[datetime | None]:
    """Say in SQL when a listed group's next meeting that is on begins, after an aware instant."""
    ahead = (ComingMeeting.group_id == group_id, ComingMeeting.is_on, ComingMeeting.starts > now)
    return select(func.min(ComingMeeting.starts)).where(*ahead).scalar_subquery()
