"""What a change of something public does besides: a new revision, new stamps, a confirmation."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from app import clock
from app.actions.parts.derived.kept_rows import AT_ONCE, rows_from, upsert_rows
from app.actions.parts.told import schedules_told
from app.db import db
from app.domain.feeds.appointment import Telling, seats_told, seen_by_public
from app.domain.feeds.feed import WEEKS_AHEAD, WEEKS_SEEN_BACK
from app.domain.feeds.marks import Changed, Told, weeks_unlike
from app.domain.listing import FellowshipCard, Listing
from app.domain.meeting import Schedule
from app.domain.roles import Role
from app.domain.seating import Availability
from app.domain.week import Week
from app.domain.zones import HOME
from app.records.accounts import Account
from app.records.asked.roles import roles_in
from app.records.feeds.stamps import EventStamp
from app.records.groups import Group
from app.records.listings import schedules_of
from app.records.participants import known_figures

SECOND = timedelta(seconds=1)
TOLD = frozenset({"slug", "name", "town", "province", "language", "zone", "is_open"})
"""The columns of a listing that a calendar tells, or that decide when and where its group meets."""

_DISCREET = (Telling.DISCREET, Telling.OWN_DISCREET)


@contextmanager
def calendar_follows(
    *groups: Group,
    weeks: tuple[Week, Week] | None = None,
    before: dict[int, Schedule] | None = None,
) -> Iterator[None]:
    """Raise the revision of held groups for a deed, and the stamps of the events it touches.

    Wrap it round the deed, within its transaction. An event rises when a feed tells something
    else of it than before, whatever the cause; of `weeks`, the first and last that the deed can
    touch, when they are known; `before`, whole schedules of these weeks that were read already.
    Six queries before the deed (one, if those were read) and after it for every 500 groups.
    """
    now = clock.now()
    first, last = weeks or _in_feeds(now)
    those = [first + number for number in range(last - first + 1)]
    was_told = _told(groups, (first, last), before)
    yield
    is_told = _told(groups, (first, last))
    changed: dict[int, Changed] = {}
    for group in groups:
        week = Week.at(now, group.timezone)
        was, told = was_told.pop(group.id), is_told.pop(group.id)  # with the meetings made of them
        changed[group.id] = weeks_unlike(was, told, those, week=week)
    _raise(groups, changed)


def weeks_told(since: Week) -> tuple[Week, Week]:
    """Return the weeks that stand in any feed, from one on that may be further back."""
    last = _in_feeds(clock.now())[1]
    return min(since, last), last


def listing_changed(*groups: Group) -> None:
    """Raise the revision of held groups for what stands in no calendar, as who may be called."""
    _raise(groups, {})


def calendar_changed(*groups: Group) -> None:
    """Raise the revision of held groups, and the stamps of all of their events.

    For a deed that cannot tell which ones it touches.
    """
    _raise(groups, {})
    for group in groups:
        group.floor_rev = group.floor_at = group.discreet_rev = group.discreet_at = None


def seats_changed(group: Group, before: Availability, after: Availability) -> None:
    """Do what `calendar_follows` does when the public sees something else of the seats.

    That is said of coming meetings alone. Six queries.
    """
    weeks = _in_feeds(clock.now())
    week = Week.at(clock.now(), group.timezone)
    schedule = schedules_of([group], weeks, public=True)[group.id]
    coming = [
        meeting.week
        for meeting in schedule.meetings(weeks[0], weeks[1] - weeks[0] + 1)
        if seats_told(meeting, before, schedule.status, week)
        is not seats_told(meeting, after, schedule.status, week)
    ]
    _raise([group], {group.id: {telling: coming for telling in Telling if telling.turns}})


@contextmanager
def calendars_follow(fellowship_id: int) -> Iterator[None]:
    """Do what `calendar_follows` does for all groups of a fellowship."""
    with calendar_follows(*_held(fellowship_id)):
        yield


def listings_changed(fellowship_id: int) -> None:
    """Do what `listing_changed` does for all groups of a fellowship."""
    _raise(_held(fellowship_id), {})


def _held(fellowship_id: int) -> Sequence[Group]:
    """Lock the groups of a fellowship in the order of their ids. One query."""
    held = select(Group).where(Group.fellowship_id == fellowship_id).order_by(Group.id)
    return db.session.scalars(
        held.with_for_update(of=Group), execution_options={"populate_existing": True}
    ).all()


def _told(
    groups: Iterable[Group], weeks: tuple[Week, Week], schedules: dict[int, Schedule] | None = None
) -> dict[int, Told]:
    every = list(groups)
    told: dict[int, Told] = {}
    for start in range(0, len(every), AT_ONCE):
        some = every[start : start + AT_ONCE]
        read = schedules or schedules_told(some, public=False, weeks=weeks)
        figures = known_figures([group.id for group in some])
        for group in some:
            whole = read[group.id]
            listing = _listing(group, whole, figures.get(group.id, (0, 0)))
            told[group.id] = Told(listing, whole, group.listed)
    return told


def _listing(group: Group, whole: Schedule, seats: tuple[int, int]) -> Listing:
    """Return as much of a listing as a calendar tells."""
    return Listing(
        slug=group.slug,
        name=group.name,
        fellowship=FellowshipCard("", ""),
        schedule=seen_by_public(whole),
        language=group.language,
        availability=group.availability(*seats),
        town=group.town,
    )


def _in_feeds(now: datetime) -> tuple[Week, Week]:
    """Return all weeks that stand in any feed: the week differs around the world."""
    week = Week.at(now, HOME)
    return week + -(WEEKS_SEEN_BACK + 1), week + (WEEKS_AHEAD + 1)


def _raise(groups: Iterable[Group], changed: dict[int, Changed]) -> None:
    """Raise each group once; never back, never the same twice (RFC 5545 3.8.7.3, 3.8.7.4)."""
    now = clock.now()
    rows: list[dict[str, Any]] = []
    for group in groups:
        of_group = changed.get(group.id, {})
        _keep_what_stands(group)
        group.calendar_rev += 1
        group.calendar_changed_at = max(now, group.calendar_changed_at + SECOND)
        if any(of_group.get(one) for one in _DISCREET):
            group.discreet_rev, group.discreet_at = group.calendar_rev, group.calendar_changed_at
        rows += [
            {
                "group_id": group.id,
                "telling": telling,
                "week": week,
                "revision": group.calendar_rev,
                "changed_at": group.calendar_changed_at,
            }
            for telling, some in of_group.items()
            for week in some
        ]
    _write(rows)


def _keep_what_stands(group: Group) -> None:
    """Let the events that this change does not touch keep the stamp that the group had."""
    if group.floor_rev is None:
        group.floor_rev, group.floor_at = group.calendar_rev, group.calendar_changed_at
    if group.discreet_rev is None:
        group.discreet_rev, group.discreet_at = group.calendar_rev, group.calendar_changed_at


def _write(rows: list[dict[str, Any]]) -> None:
    if not rows:
        return
    upsert_rows(EventStamp, rows_from(EventStamp, rows))


def confirmed(*groups: Group, by: Account | None) -> None:
    """Let a deed confirm the listings of held groups, as far as `by` coordinates them.

    Whoever changes something public has looked at the rest. Not so the installation, an officer,
    or a coordinator whose own place is used by another group. One query, none for who held them.
    """
    if by is None:
        return
    roles = roles_in(by, [group.id for group in groups])
    coordinated = {one.group_id for one in roles if one.kind == Role.COORDINATOR}
    for group in groups:
        if group.id in coordinated:
            group.confirmed_on = group.day_of(clock.now())
