"""The stamps of single events: when each last told something else, in each way it is told."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, bindparam, select
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base
from app.domain.feeds.appointment import Stamp, Telling
from app.domain.week import Week
from app.records.asked.columns import read_columns
from app.records.columns import Instant, WeekNumber, quoted
from app.records.slots import whole_weeks


class EventStamp(Base):
    """One week of one group as one kind of feed tells it; without a row it has the group's floor."""

    __tablename__ = "event_stamp"
    __table_args__ = (
        CheckConstraint(f"telling IN ({quoted(Telling)})", name="telling"),
        CheckConstraint("revision >= 1", name="revision"),
        whole_weeks("week"),
        Index("ix_event_stamp_week", "week"),
    )

    group_id: Mapped[int] = mapped_column(
        ForeignKey("groups.id", ondelete="CASCADE"), primary_key=True
    )
    telling: Mapped[str] = mapped_column(String(12), primary_key=True)
    week: Mapped[Week] = mapped_column(WeekNumber, primary_key=True, autoincrement=False)
    revision: Mapped[int]
    """Of the group when it rose."""
    changed_at: Mapped[datetime] = mapped_column(Instant)


_STAMPS = select(
    EventStamp.group_id, EventStamp.week, EventStamp.revision, EventStamp.changed_at
).where(
    EventStamp.group_id.in_(bindparam("groups", expanding=True)),
    EventStamp.telling == bindparam("telling"),
    EventStamp.week.between(bindparam("first"), bindparam("last")),
)


def stamps_of(
    group_ids: Collection[int], telling: Telling, weeks: tuple[Week, Week]
) -> Mapping[int, Mapping[Week, Stamp]]:
    """Return the stamps of the events of some groups between two weeks, both included. One query."""
    asked = {"groups": [*group_ids], "telling": telling, "first": weeks[0], "last": weeks[1]}
    found: dict[int, dict[Week, Stamp]] = {group_id: {} for group_id in group_ids}
    for group_id, week, revision, changed_at in read_columns(_STAMPS, asked):
        found[group_id][week] = Stamp(revision, changed_at)
    return found
