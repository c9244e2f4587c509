"""A word to the circle: what coordinators tell everyone who has a seat, and may tell who waits."""

from dataclasses import dataclass
from datetime import timedelta

from app.domain.refusal import Refusal

LONGEST = 1000
"""Characters."""
MOST = 3
WITHIN = timedelta(days=1)
"""A word is no chat: MOST of them within so long a time."""


@dataclass(eq=False)
class EnoughSaid(Refusal):
    """Who is written to every hour turns letters off, also those of a cancelled evening."""

    most: int


def check_said(number: int) -> None:
    """Raise EnoughSaid when so many were said within WITHIN already."""
    if number >= MOST:
        raise EnoughSaid(MOST)
