"""A stretch of days on which a place, a group or a fellowship's groups are shut."""

from dataclasses import dataclass
from datetime import date

from app.domain.refusal import EndsBeforeItBegins


@dataclass(frozen=True)
class Closure:
    """First to last day, both included; of one place, or (None) of the group as a whole.

    Raises EndsBeforeItBegins.
    """

    first: date
    last: date
    reason: str = ""
    place_id: int | None = None

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise EndsBeforeItBegins(self.first, self.last)

    def shuts(self, day: date, place_id: int | None) -> bool:
        """Tell whether a meeting on that day in that place falls under it."""
        return self.first <= day <= self.last and self.place_id in (None, place_id)
