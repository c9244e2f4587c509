"""A stretch of days on which a place, a group or a fellowship's groups are shut."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from app.domain.refusal import Refusal

LONGEST = timedelta(days=366)
AHEAD = timedelta(days=2 * 366)


@dataclass(eq=False)
class EndsBeforeItBegins(Refusal):
    """A closure's last day is not before its first."""

    first: date
    last: date


@dataclass(eq=False)
class ShutInThePast(Refusal):
    """A closure is written down before its last day: what has been is not rewritten."""

    last: date


@dataclass(eq=False)
class LongerThanAYear(Refusal):
    """A closure ends within a year; who stops for longer pauses the group or takes another slot."""

    first: date
    last: date


@dataclass(eq=False)
class TooFarAhead(Refusal):
    """A closure begins within two years: a later year is mistyped."""

    first: date


class ClosureIsOver(Refusal):
    """A closure that has ended, or was withdrawn, cannot be changed or answered."""


@dataclass(frozen=True)
class Closure:
    """First to last day, both included; of places, or (None) of the group as a whole.

    `places` are the ids of all that is shut: every place in a house, or in one room of it. `id` is that of its record, None while it is only a thought. Raises EndsBeforeItBegins.
    """

    first: date
    last: date
    reason: str = ""
    places: frozenset[int] | None = None
    id: int | None = None
    said_at: datetime | None = field(default=None, kw_only=True)
    """The instant (aware) at which it was written down: what had begun by then was held. None where
    that was not kept: then it shuts each of its days."""

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise EndsBeforeItBegins(self.first, self.last)

    def shuts(self, day: date, place_id: int | None) -> bool:
        """Tell whether a meeting on that day in that place falls under it."""
        return self.is_of(place_id) and self.first <= day <= self.last

    def is_of(self, place_id: int | None) -> bool:
        """Tell whether it shuts whoever meets in that place, on the days that it lasts."""
        return self.places is None or place_id in self.places

    def falls_on(self, starts: datetime, place_id: int | None) -> bool:
        """Tell whether it shuts a meeting that begins at an aware instant of the group's zone."""
        is_to_come = self.said_at is None or starts.timestamp() > self.said_at.timestamp()
        return is_to_come and self.shuts(starts.date(), place_id)


def planned(
    first: date,
    last: date,
    reason: str,
    *,
    today: date,
    places: frozenset[int] | None = None,
    said_at: datetime | None = None,
    was: Closure | None = None,
) -> Closure:
    """Return a closure that may be written down today; it may have begun, but not ended.

    One that `was` there already is not drawn out over days that have been: people met on them.

    Raises EndsBeforeItBegins, ShutInThePast, LongerThanAYear (a group that stops for longer is
    paused), TooFarAhead (a year mistyped).
    """
    if was is not None:
        said_at = was.said_at
        if first < min(was.first, today):
            first = min(was.first, today)
    closure = Closure(first, last, reason, places, said_at=said_at)
    if last < today:
        raise ShutInThePast(last)
    if first - today > AHEAD:
        raise TooFarAhead(first)
    if last - first >= LONGEST:
        raise LongerThanAYear(first, last)
    return closure
