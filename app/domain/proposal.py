"""What a visitor proposes when something in a listing is wrong."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from app.domain.refusal import Refusal
from app.domain.slot import Slot
from app.domain.week import Week

MOST_OPEN = 10
"""Of one group: beyond that somebody plays, or nobody reads."""
WAITS = timedelta(days=28)
"""What nobody answered for so long stands in nobody's way any more."""
OFFICER_AFTER = timedelta(days=7)
"""So long the coordinators have it to themselves."""
MOST_WORDS = 500


class NothingSaid(Refusal):
    """Whoever says that something is wrong says what, or that the group is gone."""


class MuchWaits(Refusal):
    """A group has MOST_OPEN proposals to answer: one more is not kept, and its sender knows."""


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


def check_says_what(wrong: Wrong, instead: Mapping[str, Any], words: str) -> None:
    """Refuse a proposal that nobody could act on. Raises NothingSaid."""
    if not instead and not words and wrong is not Wrong.GONE:
        raise NothingSaid


def first_week(here: datetime, slot: Slot | None) -> Week:
    """Return the first week whose evening has not begun: another time is true from there on.

    `here` is now, aware, in the group's zone; `slot` holds this week, or is the first to come.
    """
    week = Week.of(here.date())
    if slot is None or slot.since > week:
        return slot.since if slot else week
    has_begun = (here.isoweekday(), here.time()) >= (slot.weekday, slot.start)
    return week + 1 if has_begun else week
