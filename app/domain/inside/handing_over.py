"""Handing over: a coordinator offers the group to somebody, who says yes, and then it is told."""

from datetime import date, timedelta
from enum import StrEnum

from app.domain.refusal import Refusal

TOLD_FOR = timedelta(days=30)
"""So long everyone with a seat reads on their own page that somebody took over."""


class Afterwards(StrEnum):
    """What whoever hands over does once somebody took over."""

    GONE = "gone"
    """Stops, also as contact person."""
    CONTACT = "contact"
    """Stops, and goes on as contact person."""
    COORDINATES = "coordinates"
    """Goes on until they stop themselves."""

    @property
    def stops(self) -> bool:
        return self is not Afterwards.COORDINATES


class HandsOverToOneself(Refusal):
    """Who hands over names somebody else."""


def is_news(on: date | None, joined_on: date, today: date) -> bool:
    """Tell whether who joined on a day is told today that somebody took over."""
    return on is not None and joined_on <= on and today < on + TOLD_FOR


def asks_contact_again(until: date, agreed_on: date) -> bool:
    """Tell whether a yes as contact person was given while serving, and so may have ended with it."""
    return agreed_on <= until
