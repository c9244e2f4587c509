"""What somebody who wants to start a group asks for, and where their request stands."""

from dataclasses import dataclass
from datetime import time, timedelta
from enum import StrEnum

from app.domain.geography.found import Whereabouts
from app.domain.geography.whereabouts import whereabouts
from app.domain.listing import Audience
from app.domain.refusal import Refusal
from app.domain.seating import Seating
from app.domain.week import NoSuchWeekday


class RequestIsOver(Refusal):
    """A request for a group is answered while it stands: not after a yes, nor once withdrawn."""


class NotTheirTurn(Refusal):
    """Who asked for a group writes again when the officers asked something."""


class RequestStatus(StrEnum):
    ASKED = "asked"
    """The officers' turn."""
    ASKED_BACK = "asked_back"
    """The asker's turn."""
    FOUNDED = "founded"
    NOT_YET = "not_yet"
    WITHDRAWN = "withdrawn"


OPEN = frozenset({RequestStatus.ASKED, RequestStatus.ASKED_BACK})
"""Somebody is still to answer."""
LATELY = timedelta(days=1)
MOST_AT_ONCE = 5
"""Groups that a fellowship founds lately without anybody's yes: more look like somebody's game."""
ANSWERABLE = OPEN | {RequestStatus.NOT_YET}
"""What officers may answer: "not yet" can become yes."""


class Speaker(StrEnum):
    """Whose words these are, of what was written to and fro."""

    ASKER = "asker"
    OFFICER = "officer"


@dataclass(frozen=True)
class Wish:
    """A town, perhaps a weekday (1 Monday) and an hour by the wall clock. Raises NoSuchWeekday.

    With a province the town is one that we know, spelt as it should be; without one it is what
    somebody typed.
    """

    town: str
    province: str = ""
    weekday: int | None = None
    start: time | None = None

    def __post_init__(self) -> None:
        if self.weekday is not None and self.weekday not in range(1, 8):
            raise NoSuchWeekday(self.weekday)

    @property
    def is_known(self) -> bool:
        return bool(self.province)


def wish(typed: str, weekday: int | None = None, start: time | None = None) -> Wish:
    """Return a wish with the town as we know it: from a postcode or another spelling too."""
    found = whereabouts(typed)
    if isinstance(found, Whereabouts) and found.position and found.name and found.province:
        return Wish(found.name, found.province, weekday, start)
    return Wish(typed, "", weekday, start)


def seating_at_first(audience: Audience) -> Seating:
    """Return how a new group fills its seats: somebody speaks with the young first
    (security.md, "What to keep on a participant")."""
    is_young = audience in (Audience.YOUNG, Audience.TEENS)
    return Seating.BY_CONTACT if is_young else Seating.SEATS_ITSELF


def founds_at_once(wish: Wish, *, lately: int, prepares_there: bool) -> bool:
    """Tell whether a group may be founded that no officer has seen.

    Not where we do not know the town: what was typed there would stand on a public page. Not a
    second one in preparation in a town, and not many in a day.
    """
    return wish.is_known and not prepares_there and lately < MOST_AT_ONCE
