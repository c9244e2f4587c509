"""Writing how a group stands, in the transaction that changes it; its people are told."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from app import clock
from app.actions.parts.held_circle import Circle, tell
from app.actions.parts.news.followers import telling_followers
from app.actions.parts.news.seated import telling_the_seated
from app.actions.parts.request_rows import tell_askers_of_start
from app.actions.parts.revision import calendar_follows
from app.db import db
from app.domain.meeting import Status
from app.domain.seating import Hold
from app.domain.status_change import News, news_of, waits_meanwhile
from app.domain.week import Week
from app.records.accounts import Account
from app.records.changes import Change
from app.records.groups import Group
from app.records.listings import schedule_of
from app.records.participants import people_of
from app.records.weeks import ClosureRecord

DAY = timedelta(days=1)


def write_status(
    group: Group,
    status: Status,
    *,
    by: Account | None,
    since: tuple[date, datetime | None] | None = None,
) -> None:
    """Start, pause, resume or close a held group from now on; nothing when it stands so.

    `since` is the day and the instant that a status which is put back had begun.
    """
    before = Status(group.status)
    if status == before:
        return
    now = clock.now()
    told = [] if news_of(before, status) else [group]
    with calendar_follows(group), telling_the_seated(*told), telling_followers(group):
        if since is None and waits_meanwhile(before) and not waits_meanwhile(status):
            _remember_standstill(group, before, now)
        group.status = status
        group.status_since, group.status_at = since or (group.day_of(now), now)
    _tell_people(group, news_of(before, status), before)
    if waits_meanwhile(before) and not waits_meanwhile(status):
        _hold_anew(group)
    if status is Status.ACTIVE and before is Status.PREPARING:
        tell_askers_of_start(group, by=by)


def _remember_standstill(group: Group, before: Status, now: datetime) -> None:
    """Keep as a closure on which days the group stood still: nobody met then, whatever comes after."""
    today = group.day_of(now)
    schedule = schedule_of(group, (Week.of(today), Week.of(today)), public=False)
    of_today = replace(schedule, status=Status.ACTIVE).meeting_in(Week.of(today))
    has_begun = of_today is not None and of_today.day == today and of_today.starts <= now
    first, last = group.status_since, today if has_begun else today - DAY
    if before is Status.CLOSED and group.status_at is None:
        first += DAY  # it closed after the meeting of its last day
    if first <= last:
        closure = ClosureRecord(group_id=group.id, first_day=first, last_day=last)
        closure.said_at = group.status_at
        db.session.add(closure)


def status_as_noted(group: Group) -> dict[str, Any]:
    """Return how a group stands as the change log keeps it, whole enough to be put back."""
    return {
        "status": str(group.status),
        "status_since": group.status_since.isoformat(),
        "status_at": group.status_at.isoformat() if group.status_at else None,
    }


def status_stands(group: Group, change: Change) -> bool:
    """Tell whether a group still stands as a change left it, and the log holds how it stood."""
    return "status_since" in change.before and change.after == status_as_noted(group)


def put_status_back(group: Group, change: Change, by: Account | None) -> dict[str, Any]:
    """Let a group stand as before a change; who was told of that hears of this. For the log."""
    stood = change.before
    at = datetime.fromisoformat(stood["status_at"]) if stood["status_at"] else None
    since = (date.fromisoformat(stood["status_since"]), at)
    write_status(group, Status(stood["status"]), by=by, since=since)
    return status_as_noted(group)


def _tell_people(group: Group, news: News | None, before: Status) -> None:
    """Tell who has a seat or waits, as far as they want letters; who knew of it is not told twice."""
    if news is None:
        return
    was = {"was": str(before)}
    for person in people_of(group.id):
        waits = person.seat is None and person.hold is None
        match news:
            case News.ENDS:
                tell(person, "seat_ended", group=group, values={"reason": "closed"} | was)
            case News.STARTS:
                tell(person, "group_starts", group=group, values={"waits": waits} | was)
            case _:
                values = {"news": str(news), "waits": waits, "held": person.hold == Hold.OFFERED}
                tell(person, "group_stands", group=group, values=values | was)


def _hold_anew(group: Group) -> None:
    """Give who was held a seat their whole time again: while the group stood still, none ran."""
    circle = Circle(group)
    for person in circle.people:
        if person.hold:
            circle.hold(person, Hold(person.hold))
