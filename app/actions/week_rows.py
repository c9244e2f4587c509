"""How a week stands in its row and in the log, and how it is put back from there."""

from dataclasses import dataclass, fields
from datetime import time
from typing import Any

from app.actions.steps import Shift, shift_back
from app.db import db
from app.domain.place import Visibility
from app.domain.themes import Rotation
from app.domain.week import Week
from app.records.changes import Change
from app.records.groups import Group
from app.records.places import PlaceRecord
from app.records.slots import SlotRecord, read_themes
from app.records.weeks import DeviationRecord


@dataclass(frozen=True)
class WeekEdit:
    """What is different in a week; each name is a column of DeviationRecord.

    What is the same as usual may be set or left out: it is not stored.
    """

    cancelled: bool = False
    reason: str = ""
    weekday: int | None = None
    start: time | None = None
    place_id: int | None = None
    visibility: str = Visibility.WHOLE
    theme_step: int | None = None
    theme_title: str = ""
    note: str = ""
    all_the_same: bool = False


Row = dict[str, Any]
"""The columns of WeekEdit by name."""
_NAMES = tuple(field.name for field in fields(WeekEdit))


def row_of(group: Group, week: Week) -> DeviationRecord | None:
    """Return the row of a week of a held group, as it is now."""
    return db.session.get(DeviationRecord, (group.id, week), populate_existing=True)


def held_in(row: DeviationRecord | None) -> Row:
    return dict(vars(WeekEdit())) if row is None else {name: getattr(row, name) for name in _NAMES}


def beside(slot: SlotRecord, week: Week, edit: Row) -> Row:
    """Return a week without what is as its slot has it anyway, nor a reason for nothing."""
    wanted = dict(edit)
    if edit["weekday"] == slot.weekday:
        wanted["weekday"] = None
    if edit["start"] == slot.start:
        wanted["start"] = None
    where = (edit["place_id"], str(edit["visibility"]))
    if edit["place_id"] is None or where == (slot.place_id, slot.visibility):
        wanted |= {"place_id": None, "visibility": Visibility.WHOLE}
    if not edit["cancelled"]:
        wanted["reason"] = ""
    themes = read_themes(slot.themes)
    if isinstance(themes, Rotation) and themes.step_in(week) == edit["theme_step"]:
        wanted["theme_step"] = None
    return wanted


def write_row(group: Group, week: Week, wanted: Row) -> DeviationRecord:
    """Write a week whole; its version rises. A row never goes: an old form could pass again."""
    row = row_of(group, week)
    if row is None:
        row = DeviationRecord(group_id=group.id, week=week, version=0)
        db.session.add(row)
    for name, value in wanted.items():
        setattr(row, name, value)
    row.place = db.session.get(PlaceRecord, row.place_id) if row.place_id else None
    row.version += 1
    db.session.flush()
    return row


def in_log(week: Week, row: DeviationRecord | None) -> dict[str, Any]:
    """Return the week whole, so that undoing can put it back."""
    held = held_in(row)
    place = row.place if row else None
    return held | {
        "week": str(week),
        "version": row.version if row else 0,
        "start": f"{held['start']:%H:%M}" if held["start"] else None,
        "visibility": str(held["visibility"]),
        "place": (place.name or place.value().address) if place else "",
    }


def week_stands(group: Group, change: Change) -> bool:
    """Tell whether a week is still as a change left it, and the steps that it shifted."""
    row = row_of(group, Week.parse(change.after["week"]))
    shift = change.after.get("shift")
    return (
        row is not None
        and row.version == change.after["version"]
        and (shift is None or shift["slot_version"] == group.slot_version)
    )


def put_week_back(group: Group, change: Change) -> dict[str, Any]:
    """Let a week be as it was before a change; return it for the log."""
    week = Week.parse(change.after["week"])
    if "shift" in change.after:
        shift_back(group, week, Shift(**change.after["shift"]))
    wanted = {name: change.before[name] for name in _NAMES}
    wanted["start"] = time.fromisoformat(wanted["start"]) if wanted["start"] else None
    return in_log(week, write_row(group, week, wanted))
