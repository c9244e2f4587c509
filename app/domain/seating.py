"""Twelve seats, and the ways in which a group fills them."""

from collections.abc import Collection
from datetime import timedelta
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


HELD = {
    Hold.ASKED: timedelta(hours=48),
    Hold.OFFERED: timedelta(days=7),
    Hold.GREETED: timedelta(days=7),
}


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


def free_seat(taken: Collection[int], capacity: int) -> int | None:
    """Return the lowest free seat number, 1 to SEATS, or None when no chair is left.

    `capacity` is how many chairs the group offers, whatever their numbers.
    """
    if len(taken) >= min(capacity, SEATS):
        return None
    return next(number for number in SEAT_NUMBERS if number not in taken)
