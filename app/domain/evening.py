"""One evening of a group: who stays away, who takes a task, how many guests fit."""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.refusal import Refusal
from app.domain.seating import SEATS


@dataclass(eq=False)
class TooManyGuests(Refusal):
    """Who has a seat goes first: guests sit on the chairs that stay empty this evening."""

    fit: int


class TaskIsTaken(Refusal):
    """Somebody else took this task of the evening already."""


class NotThisEvening(Refusal):
    """An evening is arranged this week or in the coming five, when the group meets."""


class Task(StrEnum):
    """What somebody does for the group on one evening."""

    OPENER = "opener"
    CHAIR = "chair"
    TEA = "tea"
    KEY = "key"


WEEKS_AHEAD = 6
"""This week and the coming five: so far one can say that one stays away, or take a task."""


def room_for_guests(*, seated: int, away: int) -> int:
    """Return how many guests fit: seated, less who stays away, and guests are at most SEATS."""
    return max(0, SEATS - (seated - away))
