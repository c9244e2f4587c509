"""Writing the standing times of a group whole: the one way, which keeps what was held."""

from collections.abc import Iterable, Mapping

from app import clock
from app.actions.parts.new_place import own_place
from app.actions.parts.week_rows import row_for, write_row
from app.db import db
from app.domain.held import check_slots
from app.domain.meeting import Schedule
from app.domain.slot import Slot
from app.domain.slot_change import Fate, SlotChange, change_slots
from app.domain.week import Week
from app.records.groups import Group
from app.records.holidays import HolidayAnswer
from app.records.listings import schedule_ahead
from app.records.slots import SlotRecord, write_themes


def write_slots(
    group: Group,
    slots: Iterable[Slot],
    fates: Mapping[Week, Fate] | None = None,
    schedule: Schedule | None = None,
) -> SlotChange:
    """Let these be the standing times of a held group, and settle the weeks they meet.

    `fates` says what becomes of weeks that were arranged otherwise; `schedule` is that of the
    group as it stands, if it was read already. Raises MeetingHasBegun, WouldHaveBegun; then
    nothing is written.
    """
    schedule = schedule or schedule_ahead(group, clock.now())
    change = change_slots(schedule, slots, fates)
    check_slots(schedule, change.after, clock.now())
    _write(group, change.after.slots)
    for week, deviation in change.deviations.items():
        write_row(group, week, row_for(deviation))
    for key, meets in change.answers.items():
        last = next(one.last for one in schedule.holidays if one.key == key)
        db.session.add(HolidayAnswer(group_id=group.id, holiday=key, meets=meets, last_day=last))
    db.session.flush()
    group.slot_version += 1
    return change


def _write(group: Group, slots: Iterable[Slot]) -> None:
    wanted = {slot.since: slot for slot in slots}
    known = {record.since: record for record in group.slots}
    for since, record in known.items():
        if since not in wanted:
            group.slots.remove(record)
    for since, slot in wanted.items():
        record = known.get(since) or SlotRecord(since=since)
        if since not in known:
            group.slots.append(record)
        elif record.value() == slot:
            continue
        record.weekday, record.start, record.minutes = slot.weekday, slot.start, slot.minutes
        record.end_said = slot.end_said
        record.place = own_place(group, slot.place.id) if slot.place else None
        record.visibility = slot.visibility
        record.themes = write_themes(slot.themes)
        record.open_on = sorted(slot.open_on)
        record.closed_on = sorted(slot.closed_on)
