"""How a week stands in its row and in the log, and how it is put back from there."""

from dataclasses import dataclass, fields
from datetime import time
from typing import Any

from app import clock
from app.actions.parts.new_place import own_place
from app.actions.parts.steps import Shift, shift_back
from app.db import db
from app.domain.deviation import Deviation
from app.domain.held import check_week
from app.domain.place import Visibility
from app.domain.refusal import Refusal
from app.domain.themes import Rotation, Theme
from app.domain.week import NoSuchWeek, Week
from app.records.asked.schedule_rows import week_rows
from app.records.changes import Change
from app.records.columns import seal, unseal
from app.records.groups import Group
from app.records.listings import schedule_of
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
    inside_note: str | None = None
    """Sealed in its row and in the log; None for nothing."""
    is_open: bool | None = None
    all_the_same: bool = False


Row = dict[str, Any]
"""The columns of WeekEdit by name."""
_NAMES = tuple(field.name for field in fields(WeekEdit))


def row_of(group: Group, week: Week) -> DeviationRecord | None:
    """Return the row of a week of a held group, as it is now."""
    rows = week_rows([group.id], (week, week))
    return next((one for one in rows if one.week == week), None)


def held_in(row: DeviationRecord | None) -> Row:
    return dict(vars(WeekEdit())) if row is None else {name: getattr(row, name) for name in _NAMES}


def row_for(deviation: Deviation) -> Row:
    """Return what the domain says of a week as its row holds it."""
    theme = deviation.theme
    edit = WeekEdit(
        cancelled=deviation.cancelled,
        reason=deviation.reason,
        weekday=deviation.weekday,
        start=deviation.start,
        place_id=deviation.place.id if deviation.place else None,
        visibility=deviation.visibility,
        theme_step=theme.step if theme else None,
        theme_title=theme.title if theme else "",
        note=deviation.note,
        inside_note=deviation.inside_note or None,
        is_open=deviation.is_open,
        all_the_same=deviation.all_the_same,
    )
    return dict(vars(edit))


def deviation_in(week: Week, row: Row) -> Deviation:
    """Return the columns of a week as the domain computes with them. Raises NoSuchWeekday."""
    place = db.session.get(PlaceRecord, row["place_id"]) if row["place_id"] else None
    theme = None
    if row["theme_step"] or row["theme_title"]:
        theme = Theme(step=row["theme_step"], title=row["theme_title"])
    return Deviation(
        week=week,
        cancelled=row["cancelled"],
        reason=row["reason"],
        weekday=row["weekday"],
        start=row["start"],
        place=place.value() if place else None,
        visibility=Visibility(row["visibility"]),
        theme=theme,
        note=row["note"],
        inside_note=row["inside_note"] or "",
        is_open=row["is_open"],
        all_the_same=row["all_the_same"],
    )


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
    usually = slot.value().is_open_on(week.day(slot.weekday), slot.group.is_open)
    if edit["is_open"] == usually:
        wanted["is_open"] = None
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
        if name != "place_id":
            setattr(row, name, value)
    row.place = own_place(group, wanted["place_id"]) if wanted["place_id"] else None
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
        "inside_note": seal(held["inside_note"]),
        "place": (place.name or place.value().address) if place else "",
    }


def check_row(group: Group, week: Week, wanted: Row) -> None:
    """Raise MeetingIsOver, MovedToThePast or NoSuchWeek when a week cannot be so any more."""
    schedule = schedule_of(group, (week, week), public=False)
    was = schedule.meeting_in(week)
    would_be = schedule.with_week(deviation_in(week, wanted)).meeting_in(week)
    if was is None or would_be is None:
        raise NoSuchWeek(str(week))
    check_week(was, would_be, clock.now())


def week_stands(group: Group, change: Change) -> bool:
    """Tell whether a week is as a change left it, the steps that it shifted too, and may go back."""
    week, shift = Week.parse(change.after["week"]), change.after.get("shift")
    row = row_of(group, week)
    if row is None or row.version != change.after["version"]:
        return False
    if shift is not None and shift["slot_version"] != group.slot_version:
        return False
    try:
        check_row(group, week, row_before(change))
    except Refusal:
        return False
    return True


def put_week_back(group: Group, change: Change) -> dict[str, Any]:
    """Let a week be as it was before a change; return it for the log."""
    week = Week.parse(change.after["week"])
    if "shift" in change.after:
        shift_back(group, week, Shift(**change.after["shift"]))
    return in_log(week, write_row(group, week, row_before(change)))


def row_before(change: Change) -> Row:
    """Return the columns of a week as they were before a change of it."""
    before = {name: change.before.get(name) for name in _NAMES}
    start = time.fromisoformat(before["start"]) if before["start"] else None
    return before | {"start": start, "inside_note": unseal(before["inside_note"])}
