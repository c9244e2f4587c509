"""What coordinators do to the standing time: a new one from a coming week on, or withdraw it."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from app import clock
from app.actions.parts.new_place import place_of
from app.actions.parts.news.everybody import telling_everybody
from app.actions.parts.revision import calendar_follows, confirmed, weeks_told
from app.actions.parts.slot_rows import write_slots
from app.actions.parts.transaction import hold_group, hold_group_for, note, transaction
from app.domain.meeting import Schedule
from app.domain.refusal import ChangedMeanwhile, NotTheirs
from app.domain.slot import NoSlotToWithdraw, Slot, StartsInThePast
from app.domain.slot_change import Fate, SlotChange, touched_from, with_slot
from app.domain.week import Week
from app.records.accounts import Account
from app.records.changes import last_editor
from app.records.groups import Group
from app.records.houses import may_use_place, places_owned_by
from app.records.listings import schedule_ahead
from app.records.slots import slot_as_noted, slots_as_noted


@transaction
def set_slot(
    group: Group,
    slot: Slot,
    *,
    by: Account | None,
    version: int | None = None,
    fates: Mapping[Week, Fate] | None = None,
    as_officer: bool = False,
) -> SlotChange:
    """Let a standing time begin with its week; it replaces one that begins in the same week.

    Return what that makes of the weeks to come.
    `version` is the one the form was opened with; None overwrites. `fates` says what becomes of
    weeks that were arranged otherwise and have another day now. Raises ChangedMeanwhile with
    the slot that now holds in that week, StartsInThePast, MeetingHasBegun, WouldHaveBegun,
    NotTheirs (also for a place that is not this group's to use).
    """
    group = hold_group_for(group.id, by, as_officer=as_officer, regional=True)
    _check_version(group, slot.since, version)
    if slot.since < Week.at(clock.now(), group.timezone):
        raise StartsInThePast(slot.since.monday)
    schedule = schedule_ahead(group, clock.now())
    [slot] = _in_own_places(group, [slot], by)
    return _write("set_slot", group, schedule, with_slot(schedule, slot), slot.since, by, fates)


@transaction
def withdraw_slot(group: Group, since: Week, *, by: Account | None) -> None:
    """Take back a standing time that has not begun. Raises NoSlotToWithdraw, NotTheirs."""
    group = hold_group(group.id, by)
    record = next((slot for slot in group.slots if slot.since == since), None)
    is_first = record is not None and record is min(group.slots, key=lambda slot: slot.since)
    if record is None or is_first or since <= Week.at(clock.now(), group.timezone):
        raise NoSlotToWithdraw
    schedule = schedule_ahead(group, clock.now())
    slots = [one for one in schedule.slots if one.since != since]
    _write("withdraw_slot", group, schedule, slots, since, by)


@transaction
def set_slots(
    group: Group,
    slots: Iterable[Slot],
    since: Week,
    *,
    by: Account | None,
    version: int | None = None,
    fates: Mapping[Week, Fate] | None = None,
    as_officer: bool = False,
) -> None:
    """Let the standing times from a week on be these, and no others; the earlier ones stay.

    Raises what set_slot raises.
    """
    group = hold_group_for(group.id, by, as_officer=as_officer, regional=True)
    _check_version(group, since, version)
    if since < Week.at(clock.now(), group.timezone):
        raise StartsInThePast(since.monday)
    schedule = schedule_ahead(group, clock.now())
    slots = _in_own_places(group, list(slots), by)
    earlier = [one for one in schedule.slots if one.since < since]
    _write("set_slots", group, schedule, [*earlier, *slots], since, by, fates)


def _check_version(group: Group, since: Week, version: int | None) -> None:
    if version is not None and version != group.slot_version:
        current = group.slot_in(since)
        raise ChangedMeanwhile(last_editor(group.id), current.value() if current else None)


def _in_own_places(group: Group, slots: list[Slot], by: Account | None) -> list[Slot]:
    """Return the slots in places of the group's own. Raises NotTheirs for one it may not use."""
    kept = {one.place_id for one in group.slots}
    for slot in slots:
        place = slot.place
        if place is None or by is None or place.id in kept:
            continue
        if not (may_use_place(place.id, group, by.id) or place.id in places_owned_by(group.id)):
            raise NotTheirs
    places = [place_of(group, slot.place, by) for slot in slots]
    return [
        replace(slot, place=place.value() if place else None)
        for slot, place in zip(slots, places, strict=True)
    ]


def _write(
    deed: str,
    group: Group,
    schedule: Schedule,
    slots: Iterable[Slot],
    since: Week,
    by: Account | None,
    fates: Mapping[Week, Fate] | None = None,
) -> SlotChange:
    """Write them, and note what held in a week before and does now, and all that stood."""
    before = slot_as_noted(group.slot_in(since)) | slots_as_noted(group.slots)
    first = touched_from(schedule, since)
    follows = calendar_follows(group, weeks=weeks_told(first))
    with follows, telling_everybody(group):
        change = write_slots(group, slots, fates, schedule)
    confirmed(group, by=by)
    after = {} if deed == "withdraw_slot" else slot_as_noted(group.slot_in(since))
    note(deed, by=by, groups=[group], before=before, after=after)
    return change
