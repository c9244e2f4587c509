"""Days, hours and ways to meet, as tables have them."""

from datetime import date, datetime, timedelta

from app.domain.imported import Entry
from app.domain.place import Kind

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

WAYS = {Kind.BUILDING: "in_person", Kind.ONLINE: "online", Kind.BOTH: "hybrid"}
"""As Meeting Guide calls them."""


def way_of(entry: Entry) -> str:
    """Return how one meets; of whom only a town is known, that is in person."""
    return WAYS[entry.place.kind if entry.place else Kind.BUILDING]


def end_of(entry: Entry) -> str:
    """Return when it ends by the clock; nothing where nobody said so."""
    if entry.minutes is None:
        return ""
    begins = datetime.combine(date(2000, 1, 3), entry.start)
    return f"{begins + timedelta(minutes=entry.minutes):%H:%M}"
