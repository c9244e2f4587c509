"""The revision of a group's calendar: it rises with every change that its feed prints."""

from datetime import timedelta

from app import clock
from app.records.groups import Group


def calendar_changed(*groups: Group) -> None:
    """Raise SEQUENCE and LAST-MODIFIED of held groups: never back, never the same twice.

    RFC 5545 3.8.7.3 and 3.8.7.4; some clients take an event only when the stamp is newer.
    """
    now = clock.now()
    for group in groups:
        group.calendar_rev += 1
        group.calendar_changed_at = max(now, group.calendar_changed_at + timedelta(seconds=1))
