"""What was found, as the pages show it: each group with its next meeting, in the reader's words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

from flask_babel import gettext as _

from app.blueprints.languages import current
from app.blueprints.lines import meeting_line
from app.domain.listing import Listing
from app.domain.meeting import Meeting, Status
from app.domain.standstill import WEEKS_READ, standstill
from app.domain.week import Week
from app.domain.zones import HOME
from app.formats.wording import short_day
from app.records.finder import LATE_MINUTES, Hit
from app.records.listings import listings_of

WEEKS = 2
"""In which every group with a weekly time meets at least once, as seen from any day."""


@dataclass(frozen=True)
class Result:
    """A group that was found; its meeting may be one that is not on, and says so."""

    listing: Listing
    meeting: Meeting | None
    line: dict[str, Any]
    """The arguments of the macro `meeting_line`."""
    kilometres: int | None


def results_of(hits: Sequence[Hit], now: datetime) -> list[Result]:
    """Return hits with what is different this week, in their order. Seven queries."""
    today = now.astimezone(HOME).date()
    week = Week.of(today)
    found = []
    groups = [hit.group for hit in hits]
    listings = listings_of(groups, (week, week + WEEKS_READ), with_contacts=False)
    for hit, listing in zip(hits, listings, strict=True):
        meeting = _coming(listing, now)
        line = meeting_line(listing, meeting, today, hit.kilometres) | _again(listing, today)
        found.append(Result(listing, meeting, line, hit.kilometres))
    return found


def by_day(results: Iterable[Result]) -> list[tuple[date | None, list[dict[str, Any]]]]:
    """Return (date, lines): each group under the day it meets next, moved or not.

    Under None those without a time, at the end.
    """
    with_time = [one for one in results if one.meeting]
    with_time.sort(key=lambda one: (one.meeting.day, one.meeting.starts) if one.meeting else ())
    days: list[tuple[date | None, list[dict[str, Any]]]] = [
        (day, [one.line for one in some])
        for day, some in groupby(with_time, lambda one: one.meeting and one.meeting.day)
    ]
    without = [one.line for one in results if not one.meeting]
    return [*days, (None, without)] if without else days


def lines_of(results: Iterable[Result]) -> list[dict[str, Any]]:
    """Return the arguments of the macro `meeting_line` for each."""
    return [one.line for one in results]


def _coming(listing: Listing, now: datetime) -> Meeting | None:
    """Return the next meeting, on or not; of a group that begins later its first."""
    if listing.status is Status.PREPARING:
        return None
    schedule = listing.schedule
    week = Week.of(now.astimezone(HOME).date())
    still = now - timedelta(minutes=LATE_MINUTES)
    for meeting in schedule.meetings(week, WEEKS + 1):
        if meeting.starts.timestamp() >= still.timestamp():
            return meeting
    first = min((slot.since for slot in schedule.slots), default=week)
    return schedule.meeting_in(first) if first > week else None


def _again(listing: Listing, today: date) -> dict[str, str]:
    """Return when a group that is shut for a while meets again, in place of its theme."""
    still = standstill(listing.schedule, today)
    if still is None or still.again is None:
        return {}
    return {"what": _("weer vanaf %(day)s", day=short_day(still.again.day, current()))}
