"""The news of a standing time: what somebody knew to hold week after week, beside what holds now."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from app.domain.meeting import Schedule
from app.domain.place import Place
from app.domain.week import Week

TOLD_AGAIN_AHEAD = timedelta(days=7)
"""What holds from now on is told when it is decided, and once more so long before it begins."""


@dataclass(frozen=True)
class Agreed:
    """When and where a group meets from a week on, as far as somebody has to come elsewhere."""

    since: Week
    weekday: int
    start: time
    place: str
    """What tells one place from another, for nobody to read."""

    @property
    def what(self) -> tuple[int, time, str]:
        return self.weekday, self.start, self.place


@dataclass(frozen=True)
class Turn:
    """From its first meeting on a group meets otherwise."""

    first: datetime
    """Aware: the first meeting that a standing time would give."""
    is_otherwise: bool
    """Day or hour is other than it was before."""
    is_elsewhere: bool


def place_mark(place: Place | None) -> str:
    """Return what differs when one has to go somewhere else; the way in may be mended."""
    if place is None:
        return ""
    return "|".join((str(place.kind), place.street, place.postcode, place.town, place.join_url))


def agreements(schedule: Schedule) -> list[Agreed]:
    """Return what holds from which week on, in order."""
    return [
        Agreed(slot.since, slot.weekday, slot.start, place_mark(slot.place))
        for slot in sorted(schedule.slots, key=lambda slot: slot.since)
    ]


def turns(known: Sequence[Agreed], schedule: Schedule, now: datetime) -> list[Turn]:
    """Return how a group will meet otherwise than was known, from the first week that differs.

    Empty when nothing to come differs: what was taken back, or has begun, is no news.
    """
    agreed = agreements(schedule)
    this = Week.at(now, schedule.zone)
    borders = {one.since for one in (*known, *agreed) if one.since > this} | {this, this + 1}
    found: list[Turn] = []
    before = None
    for week in sorted(borders):
        was, is_now = what_in(known, week), what_in(agreed, week)
        if was is None or is_now is None:
            continue
        first = _begins(week, is_now, schedule)
        if first.astimezone(UTC) <= now.astimezone(UTC):
            continue
        if before is None and was != is_now:
            before = was
        if before is not None and before != is_now:
            found.append(Turn(first, before[:2] != is_now[:2], before[2] != is_now[2]))
            before = is_now
    return found


def reminded_at(some: Iterable[Turn], now: datetime) -> datetime | None:
    """Return when the first of some turns is to be told again; None when it is that near now."""
    instant = min(one.first.astimezone(UTC) for one in some) - TOLD_AGAIN_AHEAD
    return instant if instant > now.astimezone(UTC) else None


def what_in(agreed: Iterable[Agreed], week: Week) -> tuple[int, time, str] | None:
    begun = [one for one in agreed if one.since <= week]
    return max(begun, key=lambda one: one.since).what if begun else None


def _begins(week: Week, what: tuple[int, time, str], schedule: Schedule) -> datetime:
    weekday, start, _place = what
    return datetime.combine(week.day(weekday), start, tzinfo=schedule.zone)
