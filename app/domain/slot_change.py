"""Another standing time meets weeks that were arranged otherwise: each stays, goes along or goes."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from app.domain.deviation import Deviation
from app.domain.holiday import Holiday, holiday_on
from app.domain.meeting import Meeting, Schedule
from app.domain.slot import Slot, slot_in
from app.domain.week import Week


class Fate(StrEnum):
    """What becomes of a week that was arranged otherwise when its usual day changes."""

    KEEP = "keep"
    """The evening stays as people know it, on its old day."""
    CARRY = "carry"
    """What is different goes along to the new day; a move is over."""
    DROP = "drop"
    """The week is as any other."""


@dataclass(frozen=True)
class Arranged:
    """A week that was arranged otherwise, and whose usual day or hour another slot changes."""

    was: Meeting
    deviation: Deviation
    holiday: Holiday | None = None
    """One that the group answered about, and that the new day is not in."""
    meets: bool | None = None
    """That answer."""

    @property
    def week(self) -> Week:
        return self.was.week

    @property
    def is_moved(self) -> bool:
        return self.deviation.weekday is not None or self.deviation.start is not None

    @property
    def fate(self) -> Fate:
        """What becomes of it unless somebody says otherwise."""
        if self.is_moved:
            return Fate.KEEP
        return Fate.DROP if self.meets is False else Fate.CARRY


@dataclass(frozen=True)
class SlotChange:
    """What other standing times make of a schedule, whole."""

    before: Schedule
    after: Schedule
    """With every arranged week as it was decided."""
    arranged: tuple[Arranged, ...]
    deviations: Mapping[Week, Deviation]
    """The weeks to write anew."""
    answers: Mapping[str, bool]
    """Answers that go along to the holiday of the new day."""


def with_slot(schedule: Schedule, slot: Slot) -> tuple[Slot, ...]:
    """Return the slots of a schedule with one that replaces what begins in its week."""
    others = (one for one in schedule.slots if one.since != slot.since)
    return tuple(sorted((*others, slot), key=lambda one: one.since))


def touched_from(schedule: Schedule, since: Week) -> Week:
    """Return the first week that other slots from a week on can touch.

    An answer that goes along holds for all of its holiday, which may have begun before.
    """
    running = (one for one in schedule.holidays if one.last >= since.monday)
    return min((since, *(Week.of(one.first) for one in running)))


def standing_differences(
    week: Week, slots: Iterable[Slot], others: Iterable[Slot]
) -> list[tuple[Week, Slot | None, Slot | None]]:
    """Return from which weeks on, from one on, two standing agreements differ, and how each is."""
    slots, others = tuple(slots), tuple(others)
    found: list[tuple[Week, Slot | None, Slot | None]] = []
    begins = {one.since for one in (*slots, *others) if one.since > week}
    stood: tuple[Slot | None, Slot | None] = (None, None)
    for since in sorted({week, *begins}):
        pair = _beginning(since, slot_in(since, slots)), _beginning(since, slot_in(since, others))
        if pair[0] != pair[1] and pair != (
            _beginning(since, stood[0]),
            _beginning(since, stood[1]),
        ):
            found.append((since, *pair))
        stood = pair
    return found


def _beginning(week: Week, slot: Slot | None) -> Slot | None:
    return replace(slot, since=week) if slot else None


def change_slots(
    schedule: Schedule, slots: Iterable[Slot], fates: Mapping[Week, Fate] | None = None
) -> SlotChange:
    """Return what other slots make of a schedule, and of each week that was arranged otherwise.

    `fates` says it for some weeks; the others go as they would by themselves. The schedule holds
    every deviation, holiday and closure to come.
    """
    bare = replace(schedule, slots=tuple(slots))
    arranged = tuple(_arranged(schedule, bare))
    deviations: dict[Week, Deviation] = {}
    answers: dict[str, bool] = {}
    for one in arranged:
        fate = (fates or {}).get(one.week, one.fate)
        settled = _settled(one, fate, schedule, bare)
        if settled != one.deviation:
            deviations[one.week] = settled
        if fate is Fate.CARRY and one.holiday and one.meets is not None:
            answers |= _answer_of_new_day(one, bare)
    after = replace(
        bare,
        deviations={**bare.deviations, **deviations},
        answers={**bare.answers, **answers},
    )
    return SlotChange(schedule, after, arranged, deviations, answers)


def _arranged(before: Schedule, after: Schedule) -> Iterator[Arranged]:
    of_holidays = {
        week
        for holiday in before.holidays
        if holiday.key in before.answers
        for week in _weeks_of(holiday)
    }
    different = {week for week, one in before.deviations.items() if one != Deviation(week)}
    for week in sorted(different | of_holidays):
        was, would_be = before.meeting_in(week), after.meeting_in(week)
        if was is None or would_be is None or was.usually_starts == would_be.usually_starts:
            continue
        one = _of_week(before, was, would_be)
        is_other_day = was.usually_starts.date() != would_be.usually_starts.date()
        if one.is_moved or (is_other_day and (one.holiday or week in different)):
            yield one


def _weeks_of(holiday: Holiday) -> Iterator[Week]:
    first, last = Week.of(holiday.first), Week.of(holiday.last)
    return (first + number for number in range(last - first + 1))


def _of_week(schedule: Schedule, was: Meeting, would_be: Meeting) -> Arranged:
    deviation = schedule.deviations.get(was.week, Deviation(was.week))
    holiday = holiday_on(was.usually_starts.date(), schedule.holidays)
    new = holiday_on(would_be.usually_starts.date(), schedule.holidays)
    if holiday is None or holiday.key not in schedule.answers or holiday == new:
        return Arranged(was, deviation)
    meets = schedule.answers[holiday.key]
    if meets and (new is None or new.key in schedule.answers):
        return Arranged(was, deviation)  # a yes to a day that they are not asked about
    return Arranged(was, deviation, holiday, meets)


def _settled(one: Arranged, fate: Fate, before: Schedule, after: Schedule) -> Deviation:
    old, new = before.slot_in(one.week), after.slot_in(one.week)
    assert old is not None
    assert new is not None
    match fate:
        case Fate.DROP:
            return Deviation(one.week)
        case Fate.CARRY:
            return _carried(one, before, after)
    kept = _kept(one.deviation, old, new)
    if kept.is_open is None:
        usually = new.is_open_on(one.week.day(new.weekday), after.is_open)
        kept = replace(kept, is_open=one.was.is_open if one.was.is_open != usually else None)
    return kept


def _kept(deviation: Deviation, old: Slot, new: Slot) -> Deviation:
    weekday, start = deviation.weekday or old.weekday, deviation.start or old.start
    place, visibility = deviation.place, deviation.visibility
    if place is None and old.place is not None:
        place, visibility = old.place, old.visibility
    if (place, visibility) == (new.place, new.visibility):
        place, visibility = None, Deviation(deviation.week).visibility
    return replace(
        deviation,
        weekday=None if weekday == new.weekday else weekday,
        start=None if start == new.start else start,
        place=place,
        visibility=visibility,
    )


def _carried(one: Arranged, before: Schedule, after: Schedule) -> Deviation:
    carried = replace(one.deviation, weekday=None, start=None)
    if one.meets is False and not one.was.is_on:
        carried = replace(carried, cancelled=True, reason=carried.reason or one.was.reason)
    if carried.all_the_same:
        # No closure is set aside unseen: only those that they said no to stay so.
        then = after.with_week(carried).closures_in(one.week)
        if not then <= before.closures_in(one.week):
            carried = replace(carried, all_the_same=False)
    return carried


def _answer_of_new_day(one: Arranged, after: Schedule) -> dict[str, bool]:
    meeting = after.with_week(Deviation(one.week)).meeting_in(one.week)
    holiday = meeting and holiday_on(meeting.usually_starts.date(), after.holidays)
    if not holiday or holiday.key in after.answers or one.meets is None:
        return {}
    return {holiday.key: one.meets}
