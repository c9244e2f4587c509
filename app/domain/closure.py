"""A stretch of days on which a place, a group or a fellowship's groups are shut."""

from dataclasses import dataclass
from datetime import date, timedelta

from app.domain.refusal import (
    EndsBeforeItBegins,
    LongerThanAYear,
    ShutInThePast,
    TooFarAhead,
)

LONGEST = timedelta(days=366)
AHEAD = timedelta(days=2 * 366)


@dataclass(frozen=True)
class Closure:
    """First to last day, both included; of one place, or (None) of the group as a whole.

    `id` is that of its record, None while it is only a thought. Raises EndsBeforeItBegins.
    """

    first: date
    last: date
    reason: str = ""
    place_id: int | None = None
    id: int | None = None

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise EndsBeforeItBegins(self.first, self.last)

    def shuts(self, day: date, place_id: int | None) -> bool:
        """Tell whether a meeting on that day in that place falls under it."""
        return self.first <= day <= self.last and self.place_id in (None, place_id)


def planned(
    first: date, last: date, reason: str, *, today: date, place_id: int | None = None
) -> Closure:
    """Return a closure that may be written down today; it may have begun, but not ended.

    Raises EndsBeforeItBegins, ShutInThePast, LongerThanAYear (a group that stops for longer is
    paused), TooFarAhead (a year mistyped).
    """
    closure = Closure(first, last, reason, place_id)
    if last < today:
        raise ShutInThePast(last)
    if first - today > AHEAD:
        raise TooFarAhead(first)
    if last - first >= LONGEST:
        raise LongerThanAYear(first, last)
    return closure
