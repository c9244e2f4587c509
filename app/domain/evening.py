"""One evening of a group: who stays away, who takes a task, how many guests fit."""

from enum import StrEnum

from app.domain.seating import SEATS


class Task(StrEnum):
    """What somebody does for the group on one evening."""

    OPENER = "opener"
    CHAIR = "chair"
    TEA = "tea"
    KEY = "key"


def room_for_guests(*, seated: int, away: int) -> int:
    """Return how many guests fit: seated, less who stays away, and guests are at most SEATS."""
    return max(0, SEATS - (seated - away))
