"""What coordinators do to one week: what is different this time, or as usual again."""

from dataclasses import dataclass, fields
from datetime import time
from typing import Any

from app import clock
from app.actions.evening_news import telling_the_seated
from app.actions.revision import calendar_changed, confirmed
from app.actions.steps import Shift, shift_back, shift_steps
from app.actions.transaction import hold_group, note, transaction
from app.db import db
from app.domain.deviation import Deviation
from app.domain.place import Visibility
from app.domain.refusal import (
    ChangedMeanwhile,
    DayIsOver,
    NoSuchWeek,
    NoSuchWeekday,
    NotTheirs,
    TooLateToUndo,
    WeekIsOver,
)
from app.domain.week import Week
from app.records.accounts import Account
from app.records.changes import change_of_group, last_editor
from app.records.groups import Group
from app.records.listings import schedule_of
from app.records.places import PlaceRecord
from app.records.places_in_use import may_use_place
from app.records.slots import SlotRecord
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


@transaction
def change_week(
    group: Group,
    week: Week,
    edit: WeekEdit,
    *,
    by: Account | None,
    version: int | None = None,
    rest_follows: bool = False,
) -> None:
    """Write what is different in a week; one row a week, whatever was there before.

    With `rest_follows` a step is not this evening's alone: the steps after it go on from there.
    `version` is the one the form was opened with, 0 when there was nothing; None overwrites.
    Raises ChangedMeanwhile with the deviation as it is now, WeekIsOver, DayIsOver for a move onto
    a day that has been, NoSuchWeekday, NoSuchWeek before the first, NotTheirs (also for a place that is not
    this group's to use).
    """
    group = hold_group(group.id, by)
    record = _record(group, week)
    if version is not None and version != (record.version if record else 0):
        current = record.value() if record else Deviation(week)
        raise ChangedMeanwhile(last_editor(group.id), current)
    slot = _slot_to_change(group, week)
    today = group.day_of(clock.now())
    if edit.weekday not in (None, *range(1, 8)):
        raise NoSuchWeekday(edit.weekday or 0)
    if edit.weekday not in (None, slot.weekday) and week.day(edit.weekday) < today:
        raise DayIsOver(week.day(edit.weekday))
    if edit.place_id and by and not may_use_place(edit.place_id, group, by.id):
        raise NotTheirs
    with telling_the_seated(group):
        wanted, shift = _without_what_is_usual(edit, slot), None
        if rest_follows and edit.theme_step:
            shift = shift_steps(group, week, edit.theme_step)
            wanted["theme_step"] = None if shift else edit.theme_step
        _write("change_week", group, week, record, wanted, by, shift)


@transaction
def as_usual(group: Group, week: Week, *, by: Account | None) -> None:
    """Let a week be like any other: its meeting is on, also when a closure says otherwise.

    Raises WeekIsOver, NoSuchWeek, NotTheirs.
    """
    group = hold_group(group.id, by)
    _slot_to_change(group, week)
    with telling_the_seated(group):
        wanted = vars(WeekEdit(all_the_same=bool(_closures(group, week))))
        _write("as_usual", group, week, _record(group, week), dict(wanted), by)


@transaction
def undo(group: Group, change_id: int, *, by: Account | None) -> Week:
    """Put a week back as it was before a change of the last hour; that is a change in itself.

    Returns the week. Raises TooLateToUndo, also when the week was changed since, and NotTheirs.
    """
    group = hold_group(group.id, by)
    change = change_of_group(change_id, group.id)
    if change is None or not change.can_be_undone(clock.now()):
        raise TooLateToUndo
    week = Week.parse(change.after["week"])
    record = _record(group, week)
    if record is None or record.version != change.after["version"]:
        raise TooLateToUndo
    wanted = {name: change.before[name] for name in _NAMES}
    if wanted["start"]:
        wanted["start"] = time.fromisoformat(wanted["start"])
    shift = Shift(**change.after["shift"]) if "shift" in change.after else None
    if shift and shift.slot_version != group.slot_version:
        raise TooLateToUndo
    with telling_the_seated(group):
        if shift:
            shift_back(group, week, shift)
        _write("undo", group, week, record, wanted, by)
    return week


_NAMES = tuple(field.name for field in fields(WeekEdit))


def _record(group: Group, week: Week) -> DeviationRecord | None:
    return db.session.get(DeviationRecord, (group.id, week), populate_existing=True)


def _slot_to_change(group: Group, week: Week) -> SlotRecord:
    if week < Week.at(clock.now(), group.timezone):
        raise WeekIsOver(week.monday)
    slot = group.slot_in(week)
    if slot is None:
        raise NoSuchWeek(str(week))
    return slot


def _closures(group: Group, week: Week) -> set[int]:
    return schedule_of(group, (week, week), public=False).closures_in(week)


def _without_what_is_usual(edit: WeekEdit, slot: SlotRecord) -> dict[str, Any]:
    wanted = dict(vars(edit))
    if edit.weekday == slot.weekday:
        wanted["weekday"] = None
    if edit.start == slot.start:
        wanted["start"] = None
    if edit.place_id is None or (edit.place_id, edit.visibility) == (
        slot.place_id,
        slot.visibility,
    ):
        wanted |= {"place_id": None, "visibility": Visibility.WHOLE}
    if not edit.cancelled:
        wanted["reason"] = ""
    return wanted


def _write(
    deed: str,
    group: Group,
    week: Week,
    record: DeviationRecord | None,
    wanted: dict[str, Any],
    by: Account | None,
    shift: Shift | None = None,
) -> None:
    """Write the row, which is never deleted: a form opened long ago can never pass for new."""
    before = _in_log(week, record)
    if record is None:
        record = DeviationRecord(group_id=group.id, week=week, version=0)
        db.session.add(record)
    for name, value in wanted.items():
        setattr(record, name, value)
    record.place = db.session.get(PlaceRecord, record.place_id) if record.place_id else None
    record.version += 1
    db.session.flush()
    confirmed(group, by=by)
    calendar_changed(group)
    after = _in_log(week, record) | (shift.in_log() if shift else {})
    note(deed, by=by, groups=[group], before=before, after=after)


def _in_log(week: Week, record: DeviationRecord | None) -> dict[str, Any]:
    """Return the week whole, so that undoing it can put it back."""
    held = vars(WeekEdit()) if record is None else {name: getattr(record, name) for name in _NAMES}
    start = held["start"]
    place = record.place if record else None
    return held | {
        "week": str(week),
        "version": record.version if record else 0,
        "start": f"{start:%H:%M}" if start else None,
        "visibility": str(held["visibility"]),
        "place": (place.name or place.value().address) if place else "",
    }
