"""What a closure does to one group's meetings when it comes, changes or goes."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from app.domain.closure import Closure
from app.domain.meeting import Meeting, Schedule
from app.domain.week import Week


@dataclass(frozen=True)
class Effect:
    """The days that fall away, those that come back, and the weeks whose yes is asked again."""

    off: tuple[date, ...] = ()
    on: tuple[date, ...] = ()
    asked_again: tuple[Week, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.off or self.on or self.asked_again)


def weeks_of(*closures: Closure | None) -> tuple[Week, Week]:
    """Return the first and the last week that any of these falls in."""
    stretches = [closure for closure in closures if closure]
    return (
        Week.of(min(closure.first for closure in stretches)),
        Week.of(max(closure.last for closure in stretches)),
    )


def effect_of(
    schedule: Schedule, old: Closure | None, new: Closure | None, *, today: date
) -> Effect:
    """Return what a group notices from today on when `new` takes the place of `old`.

    The schedule holds `old`, if any, and reaches over `weeks_of(old, new)`. A week in which the
    group said that it meets all the same is asked again when a closure falls on it that did not
    before: a yes to one closure is no yes to another.
    """
    weeks = weeks_of(old, new)
    said_yes = {week for week, one in schedule.deviations.items() if one.all_the_same}
    asked_again = said_yes & _newly_shut(schedule, old, new) if said_yes else set()
    others = tuple(one for one in schedule.closures if old is None or one.id != old.id)
    after = replace(
        schedule,
        closures=(*others, new) if new else others,
        deviations={
            week: replace(one, all_the_same=False) if week in asked_again else one
            for week, one in schedule.deviations.items()
        },
    )
    was_on, is_on = _days_on(schedule, weeks, today), _days_on(after, weeks, today)
    return Effect(
        tuple(sorted(was_on - is_on)), tuple(sorted(is_on - was_on)), tuple(sorted(asked_again))
    )


def _newly_shut(schedule: Schedule, old: Closure | None, new: Closure | None) -> set[Week]:
    def weeks(meetings: Iterable[Meeting]) -> set[Week]:
        return {meeting.week for meeting in meetings}

    if new is None:
        return set()
    return weeks(schedule.shut_by(new)) - (weeks(schedule.shut_by(old)) if old else set())


def _days_on(schedule: Schedule, weeks: tuple[Week, Week], today: date) -> set[date]:
    meetings = schedule.meetings(weeks[0], weeks[1] - weeks[0] + 1)
    return {meeting.day for meeting in meetings if meeting.is_on and meeting.day >= today}
