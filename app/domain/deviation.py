"""What is different in one week of one group."""

from dataclasses import dataclass
from datetime import time

from app.domain.place import Place, Visibility
from app.domain.refusal import NoSuchWeekday
from app.domain.themes import Theme
from app.domain.week import Week


@dataclass(frozen=True)
class Deviation:
    """Only what differs is set; a moved meeting has a weekday, so it cannot leave its week.

    Raises NoSuchWeekday.
    """

    week: Week
    cancelled: bool = False
    reason: str = ""
    weekday: int | None = None
    start: time | None = None
    place: Place | None = None
    """Another place this time; None means the usual one."""
    visibility: Visibility = Visibility.WHOLE
    theme: Theme | None = None
    note: str = ""
    all_the_same: bool = False
    """We meet all the same, though a closure says otherwise."""

    def __post_init__(self) -> None:
        if self.weekday is not None and self.weekday not in range(1, 8):
            raise NoSuchWeekday(self.weekday)
