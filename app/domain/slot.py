"""The standing agreement of a group from a given week on."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import time

from app.domain.place import Place, Visibility
from app.domain.refusal import NoSuchWeekday, TooShortOrTooLong
from app.domain.themes import NoThemes, Themes
from app.domain.week import Week

MINUTES = 120
IMPORTED_MINUTES = 60
"""What an import takes when its source gives no end (Meeting Guide JSON)."""
LEAST_MINUTES, MOST_MINUTES = 15, 600


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

    def __post_init__(self) -> None:
        if self.weekday not in range(1, 8):
            raise NoSuchWeekday(self.weekday)
        if not LEAST_MINUTES <= self.minutes <= MOST_MINUTES:
            raise TooShortOrTooLong(self.minutes, LEAST_MINUTES, MOST_MINUTES)


def slot_in(week: Week, slots: Iterable[Slot]) -> Slot | None:
    """Return the latest slot that does not begin after the week, or None before the first."""
    begun = [slot for slot in slots if slot.since <= week]
    return max(begun, key=lambda slot: slot.since, default=None)
