"""The news of an evening: who has a seat is told when one of the coming days is other than it was."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from sqlalchemy import select

from app import clock
from app.actions.line import tell
from app.db import db
from app.domain.meeting import Meeting
from app.domain.week import Week
from app.records.groups import Group
from app.records.listings import schedules_of
from app.records.participants import ParticipantRecord

SOON = timedelta(days=7)
"""What changes further ahead is in the calendar long before."""


@contextmanager
def telling_the_seated(*groups: Group) -> Iterator[None]:
    """Write a letter to each who has a seat and wants letters, about meetings that a deed changes.

    Wrap it round the deed, within its transaction. One query when nobody wants letters, else
    nine.
    """
    readers = _readers(groups)
    concerned = [group for group in groups if group.id in readers]
    before = _coming(concerned)
    yield
    db.session.flush()
    after = _coming(concerned)
    for group in concerned:
        for week in sorted(before[group.id] | after[group.id]):
            was, is_now = before[group.id].get(week), after[group.id].get(week)
            if news := _news(was, is_now):
                for person in readers[group.id]:
                    tell(person, "evening_changed", group=group, values=news)


def _readers(groups: tuple[Group, ...]) -> dict[int, list[ParticipantRecord]]:
    """Return who has a seat and wants letters, by group. One query."""
    found: dict[int, list[ParticipantRecord]] = {}
    rows = select(ParticipantRecord).where(
        ParticipantRecord.group_id.in_([group.id for group in groups]),
        ParticipantRecord.seat.is_not(None),
        ParticipantRecord.wants_letters,
    )
    for person in db.session.scalars(rows):
        found.setdefault(person.group_id, []).append(person)
    return found


def _coming(groups: list[Group]) -> dict[int, dict[Week, Meeting]]:
    """Return each group's meetings of this week and the next by week, as they stand now."""
    if not groups:
        return {}
    now = clock.now()
    # A week more on either side: the week differs around the world.
    first = Week.of(now.date()) + -1
    schedules = schedules_of(groups, (first, first + 3), public=False)
    return {
        group.id: {meeting.week: meeting for meeting in schedules[group.id].meetings(first, 4)}
        for group in groups
    }


def _news(was: Meeting | None, is_now: Meeting | None) -> dict[str, object] | None:
    """Return what a letter says, or None when nothing is other than it was, or it is not soon."""
    if was is None or is_now is None or _what_counts(was) == _what_counts(is_now):
        return None
    if not (was.is_on or is_now.is_on):
        return None
    now = clock.now()
    first = min(was.starts, is_now.starts)
    if max(was.ends, is_now.ends) <= now or first > now + SOON:
        return None
    return {
        "was": _local(was.starts),
        "now": _local(is_now.starts),
        "is_on": is_now.is_on,
        "was_on": was.is_on,
        "moved": was.starts != is_now.starts,
        "elsewhere": was.place != is_now.place,
    }


def _what_counts(meeting: Meeting) -> tuple[object, ...]:
    return meeting.is_on, meeting.starts, meeting.place


def _local(moment: datetime) -> str:
    """Return the wall clock of the group's zone: `2026-11-23T19:30`."""
    return moment.replace(tzinfo=None).isoformat(timespec="minutes")
