"""Slots: the standing agreement of a group, each from a week on."""

from collections.abc import Iterable
from datetime import time
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Time, UniqueConstraint, true
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base
from app.domain.place import Place, Visibility
from app.domain.slot import LEAST_MINUTES, MINUTES, MOST_MINUTES, Slot
from app.domain.themes import ByWeekOfMonth, NoThemes, Rotation, Theme, Themes
from app.domain.week import Week
from app.records.columns import WeekNumber
from app.records.groups import Group
from app.records.places import PlaceRecord

WEEKDAYS = "(1, 2, 3, 4, 5, 6, 7)"


def whole_weeks(column: str) -> CheckConstraint:
    """Refuse 1.5 weeks on SQLite, where a column type is only a wish."""
    return CheckConstraint(f"typeof({column}) = 'integer'", name=f"{column}_is_whole").ddl_if(
        dialect="sqlite"
    )


class SlotRecord(Base):
    """A later slot replaces this one from its own week on; no week has two."""

    __tablename__ = "slot"
    __table_args__ = (
        UniqueConstraint("group_id", "since"),
        CheckConstraint(f"weekday IN {WEEKDAYS}", name="weekday"),
        CheckConstraint(f"minutes BETWEEN {LEAST_MINUTES} AND {MOST_MINUTES}", name="minutes"),
        CheckConstraint("visibility IN ('whole', 'town', 'nothing')", name="visibility"),
        whole_weeks("since"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id", ondelete="CASCADE"))
    since: Mapped[Week] = mapped_column(WeekNumber)
    weekday: Mapped[int]
    start: Mapped[time] = mapped_column(Time)
    minutes: Mapped[int] = mapped_column(default=MINUTES)
    end_said: Mapped[bool] = mapped_column(default=True, server_default=true())
    """Whether anybody said when it ends: a list without an end leaves `minutes` a guess."""
    place_id: Mapped[int | None] = mapped_column(ForeignKey("place.id"), index=True)
    visibility: Mapped[str] = mapped_column(String(8), default=Visibility.WHOLE)
    themes: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    open_on: Mapped[list[int]] = mapped_column(JSON, default=list, server_default="[]")
    """TURNS of the month on which anybody may come."""
    closed_on: Mapped[list[int]] = mapped_column(JSON, default=list, server_default="[]")
    """TURNS on which a meeting is for the group alone."""

    group: Mapped[Group] = relationship(back_populates="slots")
    place: Mapped[PlaceRecord | None] = relationship(lazy="joined")

    def value(self) -> Slot:
        return slot_in(self, self.place.value() if self.place else None)


def slot_in(row: Any, place: Place | None) -> Slot:
    """Return the slot that a row holds: a record, or columns of these names."""
    return Slot(
        since=row.since,
        weekday=row.weekday,
        start=row.start,
        minutes=row.minutes,
        place=place,
        visibility=Visibility(row.visibility),
        themes=read_themes(row.themes),
        end_said=row.end_said,
        open_on=frozenset(row.open_on),
        closed_on=frozenset(row.closed_on),
    )


def write_themes(themes: Themes) -> dict[str, Any]:
    """Return themes as JSON; `read_themes` reads it back."""
    match themes:
        case Rotation():
            return {"kind": "rotation", "anchor": themes.anchor.number, "first": themes.first}
        case ByWeekOfMonth():
            return {
                "kind": "month",
                "themes": {
                    str(number): [theme.title, theme.reading, theme.question]
                    for number, theme in themes.themes.items()
                },
            }
        case NoThemes():
            return {}


def read_themes(stored: dict[str, Any]) -> Themes:
    match stored.get("kind"):
        case "rotation":
            return Rotation(anchor=Week(stored["anchor"]), first=stored["first"])
        case "month":
            return ByWeekOfMonth(
                {
                    int(number): Theme(title=title, reading=reading, question=question)
                    for number, (title, reading, question) in stored["themes"].items()
                }
            )
        case _:
            return NoThemes()


def slots_as_noted(records: Iterable[SlotRecord]) -> dict[str, Any]:
    """Return all slots as the change log keeps them, so that the whole can be put back."""
    return {"slots_kept": [slot_as_noted(one) for one in records]}


def slot_as_noted(record: SlotRecord | None) -> dict[str, Any]:
    """Return a slot as the change log keeps it, whole enough to be put back; nothing for none."""
    if record is None:
        return {}
    return slot_values(record.value()) | {
        "since": str(record.since),
        "place_id": record.place.id if record.place else None,
        "themes_kept": record.themes,
    }


def slot_values(slot: Slot | None) -> dict[str, Any]:
    """Return what a slot agrees, by the names of the log; nothing for none."""
    if slot is None:
        return {}
    return {
        "weekday": slot.weekday,
        "start": f"{slot.start:%H:%M}",
        "minutes": slot.minutes,
        "end_said": slot.end_said,
        "place": (slot.place.name or slot.place.address) if slot.place else "",
        "visibility": str(slot.visibility),
        "open_on": sorted(slot.open_on),
        "closed_on": sorted(slot.closed_on),
        "themes": write_themes(slot.themes).get("kind", ""),
    }
