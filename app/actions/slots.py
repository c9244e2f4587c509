"""What coordinators do to the standing time: a new one from a coming week on, or withdraw it."""

from app import clock
from app.actions.evening_news import telling_the_seated
from app.actions.revision import calendar_changed, confirmed
from app.actions.transaction import hold_group, hold_group_for, note, transaction
from app.db import db
from app.domain.refusal import ChangedMeanwhile, NoSlotToWithdraw, NotTheirs, StartsInThePast
from app.domain.slot import Slot
from app.domain.week import Week
from app.records.accounts import Account
from app.records.changes import last_editor
from app.records.groups import Group
from app.records.places import PlaceRecord
from app.records.places_in_use import may_use_place
from app.records.slots import SlotRecord, slot_as_noted, write_themes


@transaction
def set_slot(
    group: Group,
    slot: Slot,
    *,
    by: Account | None,
    version: int | None = None,
    as_officer: bool = False,
) -> None:
    """Let a standing time begin with its week; it replaces one that begins in the same week.

    `version` is the one the form was opened with; None overwrites. Raises ChangedMeanwhile with
    the slot that now holds in that week, StartsInThePast, NotTheirs (also for a place that is
    not this group's to use).
    """
    group = hold_group_for(group.id, by, as_officer=as_officer)
    current = group.slot_in(slot.since)
    if version is not None and version != group.slot_version:
        raise ChangedMeanwhile(last_editor(group.id), current.value() if current else None)
    if slot.since < Week.at(clock.now(), group.timezone):
        raise StartsInThePast(slot.since.monday)
    is_kept = slot.place is not None and any(one.place_id == slot.place.id for one in group.slots)
    if slot.place and by and not is_kept and not may_use_place(slot.place.id, group, by.id):
        raise NotTheirs
    before = slot_as_noted(current)
    record = current if current and current.since == slot.since else None
    with telling_the_seated(group):
        if record is None:
            record = SlotRecord(since=slot.since)
            group.slots.append(record)
        record.weekday, record.start, record.minutes = slot.weekday, slot.start, slot.minutes
        record.place = db.session.get(PlaceRecord, slot.place.id) if slot.place else None
        record.visibility = slot.visibility
        record.themes = write_themes(slot.themes)
    _slots_changed(group, by)
    note("set_slot", by=by, groups=[group], before=before, after=slot_as_noted(record))


@transaction
def withdraw_slot(group: Group, since: Week, *, by: Account | None) -> None:
    """Take back a standing time that has not begun. Raises NoSlotToWithdraw, NotTheirs."""
    group = hold_group(group.id, by)
    record = next((slot for slot in group.slots if slot.since == since), None)
    is_first = record is not None and record is min(group.slots, key=lambda slot: slot.since)
    if record is None or is_first or since <= Week.at(clock.now(), group.timezone):
        raise NoSlotToWithdraw
    before = slot_as_noted(record)
    with telling_the_seated(group):
        group.slots.remove(record)
    _slots_changed(group, by)
    note("withdraw_slot", by=by, groups=[group], before=before)


def _slots_changed(group: Group, by: Account | None) -> None:
    group.slot_version += 1
    confirmed(group, by=by)
    calendar_changed(group)
