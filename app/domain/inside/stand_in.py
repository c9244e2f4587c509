"""A stand-in: somebody coordinates from one day to another, and it ends by itself."""

from dataclasses import dataclass
from datetime import date, timedelta

from app.domain.refusal import Refusal

LONGEST = timedelta(days=92)
"""Whoever coordinates for longer is a coordinator."""


@dataclass(eq=False)
class StandsInTooLong(Refusal):
    """A stand-in is for a holiday or an illness, not for good."""

    days: int


class StandsInBackwards(Refusal):
    """A stand-in begins today at the earliest, and not after its last day."""


def check_days(first: date, last: date, today: date) -> None:
    """Raise StandsInBackwards or StandsInTooLong."""
    if first < today or last < first:
        raise StandsInBackwards
    if last - first > LONGEST:
        raise StandsInTooLong(LONGEST.days)


def is_over(until: date | None, today: date) -> bool:
    """Tell whether a stand-in's last day has been."""
    return until is not None and until < today
