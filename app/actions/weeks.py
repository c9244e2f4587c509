"""What coordinators do to one week: what is different this time, or as usual again."""

from collections.abc import Collection
from dataclasses import asdict

from app.actions.parts.new_place import NewPlace, place_of_own
from app.actions.parts.news.everybody import telling_everybody
from app.actions.parts.revision import calendar_follows, confirmed
from app.actions.parts.steps import shift_steps
from app.actions.parts.transaction import hold_group_for, note, transaction
from app.actions.parts.week_rows import (
    Row,
    WeekEdit,
    beside,
    check_row,
    held_in,
    in_log,
    row_of,
    write_row,
)
from app.domain.deviation import Deviation
from app.domain.meeting import Meeting
from app.domain.refusal import ChangedMeanwhile, NotTheirs
from app.domain.week import NoSuchWeek, Week
from app.records.accounts import Account
from app.records.changes import last_editor_of_week
from app.records.groups import Group
from app.records.houses import may_use_place
from app.records.listings import schedule_of
from app.records.slots import SlotRecord


@transaction
def change_week(
    group: Group,
    week: Week,
    edit: WeekEdit,
    *,
    by: Account | None,
    version: int | None = None,
    slot_version: int | None = None,
    rest_follows: bool = False,
    new_place: NewPlace | None = None,
    as_officer: bool = False,
) -> Meeting | None:
    """Write what is different in a week; one row a week, whatever was there before.

    Return what the group does then. Nothing is noted when nothing changes. With `rest_follows` a step is not this evening's alone:
    the steps after it go on from there. A `new_place` is written down as one of the group's own,
    and is where it meets. `version` is the one the form was opened with, 0 when there was nothing,
    and `slot_version` that of the standing time; None overwrites.

    Raises ChangedMeanwhile with the deviation as it is now, MeetingIsOver, MovedToThePast for a
    move to what has been, NoSuchWeekday, NoSuchWeek where the group has no meeting, NotTheirs
    (also for a place that is not this group's to use).
    """
    group = hold_group_for(group.id, by, as_officer=as_officer, regional=True)
    _check_version(group, week, version, slot_version)
    slot, stands = _slot_of(group, week), held_in(row_of(group, week))
    is_new_place = edit.place_id not in (None, stands["place_id"])
    if is_new_place and by and not may_use_place(edit.place_id or 0, group, by.id):
        raise NotTheirs
    moves_rest = rest_follows and edit.theme_step
    wanted = beside(slot, week, asdict(edit))
    check_row(group, week, wanted)
    if new_place:
        wanted["place_id"] = place_of_own(group, new_place).id
        wanted["visibility"] = edit.visibility
    if moves_rest or wanted != beside(slot, week, stands):
        _write("change_week", group, week, wanted, by, edit.theme_step if moves_rest else None)
    return _meeting(group, week)


@transaction
def call_off(
    group: Group,
    week: Week,
    *,
    by: Account | None,
    reason: str = "",
    version: int | None = None,
    slot_version: int | None = None,
    as_officer: bool = False,
) -> Meeting | None:
    """Let a week's meeting not take place; what else is different in it stays.

    Return what the group does then. Raises what change_week raises.
    """
    group = hold_group_for(group.id, by, as_officer=as_officer, regional=True)
    _check_version(group, week, version, slot_version)
    slot, stands = _slot_of(group, week), held_in(row_of(group, week))
    wanted = beside(slot, week, stands | {"cancelled": True, "reason": reason})
    check_row(group, week, wanted)
    if wanted != beside(slot, week, stands):
        _write("call_off", group, week, wanted, by)
    return _meeting(group, week)


@transaction
def as_usual(
    group: Group,
    week: Week,
    *,
    by: Account | None,
    version: int | None = None,
    knowing: Collection[int] | None = None,
    as_officer: bool = False,
) -> None:
    """Let a week be like any other: its meeting is on, also when a closure says otherwise.

    `knowing` are the ids of the closures that this person saw, None for any: none is set aside
    unseen. Raises ChangedMeanwhile with the deviation as it is now, MeetingIsOver, MovedToThePast
    when its usual time has been, NoSuchWeek, NotTheirs.
    """
    group = hold_group_for(group.id, by, as_officer=as_officer, regional=True)
    _check_version(group, week, version, None)
    slot, stands = _slot_of(group, week), held_in(row_of(group, week))
    closures = _closures_as_usual(group, week)
    if knowing is not None and not closures <= set(knowing):
        raise ChangedMeanwhile("", _deviation(group, week))
    # What is for participants only is not an officer's to take away.
    kept = stands["inside_note"] if as_officer else None
    wanted = asdict(WeekEdit(all_the_same=bool(closures), inside_note=kept))
    check_row(group, week, wanted)
    if wanted != beside(slot, week, stands):
        _write("as_usual", group, week, wanted, by)


def _check_version(group: Group, week: Week, version: int | None, slot_version: int | None) -> None:
    row = row_of(group, week)
    is_stale = version is not None and version != (row.version if row else 0)
    if is_stale or slot_version not in (None, group.slot_version):
        raise ChangedMeanwhile(last_editor_of_week(group.id, week), _deviation(group, week))


def _deviation(group: Group, week: Week) -> Deviation:
    row = row_of(group, week)
    return row.value() if row else Deviation(week)


def _slot_of(group: Group, week: Week) -> SlotRecord:
    slot = group.slot_in(week)
    if slot is None:
        raise NoSuchWeek(str(week))
    return slot


def _meeting(group: Group, week: Week) -> Meeting | None:
    return schedule_of(group, (week, week), public=False).meeting_in(week)


def _closures_as_usual(group: Group, week: Week) -> set[int]:
    """Return those that fall on the meeting where and when it usually is."""
    schedule = schedule_of(group, (week, week), public=False)
    return schedule.with_week(Deviation(week)).closures_in(week)


def _write(
    deed: str,
    group: Group,
    week: Week,
    wanted: Row,
    by: Account | None,
    step: int | None = None,
) -> None:
    """Write the row; with a step, it and those of later weeks go on from there."""
    before = in_log(week, row_of(group, week))
    weeks = None if step else (week, week)
    with calendar_follows(group, weeks=weeks), telling_everybody(group):
        shift = shift_steps(group, week, step) if step else None
        if shift:
            wanted = wanted | {"theme_step": None}
        row = write_row(group, week, wanted)
    confirmed(group, by=by)
    after = in_log(week, row) | (shift.in_log() if shift else {})
    note(deed, by=by, groups=[group], before=before, after=after)
