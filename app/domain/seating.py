"""Twelve seats, and the ways in which a group fills them."""

from enum import StrEnum

SEATS = 12
"""The one constant behind every seat rule, in the tables too."""
SEAT_NUMBERS = tuple(range(1, SEATS + 1))


class Seating(StrEnum):
    SEATS_ITSELF = "seats_itself"
    WELCOMES = "welcomes"
    BY_CONTACT = "by_contact"
    WALK_IN = "walk_in"


class Hold(StrEnum):
    """Why a seat is held for somebody until an instant."""

    ASKED = "asked"
    """Until the mailed link or the coordinator confirms it, else it is free again."""
    OFFERED = "offered"
    """It came to the first in line; then to the next."""
    GREETED = "greeted"
    """To be greeted by the coordinator; in the end it stands by itself."""


class Availability(StrEnum):
    """All that the public learns of the seats: never a number."""

    FREE = "free"
    FULL = "full"
    PREPARING = "preparing"


def availability(*, preparing: bool, taken: int, waiting: int, capacity: int) -> Availability:
    """Return what the public sees; someone in line means full, for nobody jumps the line."""
    if preparing:
        return Availability.PREPARING
    return Availability.FULL if waiting or taken >= capacity else Availability.FREE
