"""The standing agreement of a group from a given week on."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from app.domain.place import Place, Visibility
from app.domain.refusal import Refusal
from app.domain.themes import ByWeekOfMonth, NoThemes, Themes, turns_of
from app.domain.week import NoSuchWeekday, Week

MINUTES = 120
IMPORTED_MINUTES = 60
"""What an import takes when its source gives no end (Meeting Guide JSON)."""
LEAST_MINUTES, MOST_MINUTES = 15, 600


@dataclass(eq=False)
class TooShortOrTooLong(Refusal):
    """A meeting takes between a quarter of an hour and ten hours."""

    minutes: int
    least: int
    most: int


@dataclass(eq=False)
class StartsInThePast(Refusal):
    """A standing time begins this week or later: what has been is not rewritten."""

    since: date


class NoSlotYet(Refusal):
    """A place, or half a time, changes a standing time: nobody invents the rest of one."""


class NoSlotToWithdraw(Refusal):
    """Only a standing time that has not begun can be withdrawn, and never the first."""


@dataclass(frozen=True)
class Slot:
    """Weekday 1 (Monday) to 7, start by the wall clock of the group's zone.

    Raises NoSuchWeekday, TooShortOrTooLong.
    """

    since: Week
    weekday: int
    start: time
    minutes: int = MINUTES
    place: Place | None = None
    visibility: Visibility = Visibility.WHOLE
    themes: Themes = NoThemes()
    end_said: bool = True
    """Whether anybody said when it ends; else `minutes` is what is reckoned with, and not shown."""
    open_on: frozenset[int] = frozenset()
    """Of TURNS of its weekday in the month: then anybody may come, whatever the group is else."""
    closed_on: frozenset[int] = frozenset()
    """The same for meetings of the group alone. A turn that is both is closed: nobody is sent there."""

    def __post_init__(self) -> None:
        if self.weekday not in range(1, 8):
            raise NoSuchWeekday(self.weekday)
        if not LEAST_MINUTES <= self.minutes <= MOST_MINUTES:
            raise TooShortOrTooLong(self.minutes, LEAST_MINUTES, MOST_MINUTES)

    def is_open_on(self, day: date, usually: bool | None) -> bool | None:
        """Tell whether anybody may come on a day of the standing time; None where nobody said."""
        if not (self.open_on or self.closed_on):
            return usually
        turns = turns_of(day)
        if self.closed_on & turns:
            return False
        return True if self.open_on & turns else usually

    @property
    def agreed(self) -> tuple[object, ...]:
        """Return what is news when it changes; of themes by rotation that they rotate."""
        kind = self.themes if isinstance(self.themes, ByWeekOfMonth) else type(self.themes)
        when = self.weekday, self.start, self.minutes
        return *when, self.place, self.visibility, kind, self.open_on, self.closed_on

    def seen_by_public(self) -> "Slot":
        """Return it without what its visibility hides, so that no format can print it by mistake."""
        place = self.place.seen_by_public(self.visibility) if self.place else None
        return self if place is self.place else replace(self, place=place)


def slot_in(week: Week, slots: Iterable[Slot]) -> Slot | None:
    """Return the latest slot that does not begin after the week, or None before the first."""
    found = None
    for slot in slots:
        if slot.since <= week and (found is None or slot.since > found.since):
            found = slot
    return found


def changes_after(week: Week, slots: Iterable[Slot]) -> list[Slot]:
    """Return the slots after a week with another day, hour, place or kind of themes than before.

    One that only moves the steps is no news: the weeks themselves show it.
    """
    in_order = sorted(slots, key=lambda slot: slot.since)
    return [
        slot
        for before, slot in zip([None, *in_order], in_order, strict=False)
        if slot.since > week and (before is None or before.agreed != slot.agreed)
    ]


@lru_cache(maxsize=8192)
def hours_on(day: date, start: time, minutes: int, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Return start and end, aware, in the zone; both rest on UTC.

    A start in the hour that spring skips becomes the hour after it; an evening over a clock
    change lasts as long as any other.
    """
    begins = datetime.combine(day, start, tzinfo=zone).astimezone(UTC)
    return begins.astimezone(zone), (begins + timedelta(minutes=minutes)).astimezone(zone)
