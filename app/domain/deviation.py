"""What is different in one week of one group."""

from dataclasses import dataclass, replace
from datetime import time
from functools import lru_cache

from app.domain.place import Place, Visibility
from app.domain.themes import Theme
from app.domain.week import NoSuchWeekday, Week


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
    inside_note: str = ""
    """For who has a seat and the coordinators alone."""
    is_open: bool | None = None
    """Whether anybody may come this time; None: as usual."""
    all_the_same: bool = False
    """We meet all the same, though a closure says otherwise."""

    def __post_init__(self) -> None:
        if self.weekday is not None and self.weekday not in range(1, 8):
            raise NoSuchWeekday(self.weekday)

    def note_for(self, *, public: bool) -> str:
        """Return what is said of the week to who looks: the public never reads the inside note."""
        notes = (self.note,) if public else (self.note, self.inside_note)
        return "\n".join(filter(None, notes))

    def seen_by_public(self) -> "Deviation":
        """Return it without what its visibility hides, so that no format can print it by mistake."""
        place = self.place.seen_by_public(self.visibility) if self.place else None
        if (place, "") == (self.place, self.inside_note):
            return self
        return replace(self, place=place, inside_note="")


@lru_cache(maxsize=256)
def as_usual(week: Week) -> Deviation:
    """Return that nothing is different in a week."""
    return Deviation(week)
