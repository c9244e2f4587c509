"""What a visitor proposes when something in a listing is wrong."""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum

MOST_OPEN = 10
"""Of one group: beyond that somebody plays, or nobody reads."""
OFFICER_AFTER = timedelta(days=7)
"""So long the coordinators have it to themselves."""
MOST_WORDS = 500


class Wrong(StrEnum):
    """What is wrong; beside each, what a proposal may say instead."""

    TIME = "time"
    PLACE = "place"
    LISTING = "listing"
    CONTACT = "contact"
    GONE = "gone"
    OTHER = "other"


INSTEAD: Mapping[Wrong, tuple[str, ...]] = {
    Wrong.TIME: ("weekday", "start"),
    Wrong.PLACE: ("place_name", "street", "postcode", "town"),
    Wrong.LISTING: ("name", "description"),
}
"""The fields of each; the others are words only, for a coordinator to act on."""


class State(StrEnum):
    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
