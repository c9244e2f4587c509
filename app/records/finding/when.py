"""Which of the coming meetings a search is about: the next of each group, or those of some days."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, true

from app.domain.search import Day, days_asked
from app.domain.week import Week
from app.domain.zones import HOME, day_at_home
from app.records.findables import FindableRecord
from app.records.finding.coming import ComingMeeting
from app.records.finding.unindexed import unindexed
from app.records.resolved import LONGEST, Resolved

_C, _F = ComingMeeting, FindableRecord
A_DAY = timedelta(days=1)


def asks_when(asked: Resolved) -> bool:
    """Tell whether a search asks for a day, an hour or an open door: not every group answers."""
    return bool(asked.search.day or asked.search.time or asked.search.is_open)


def joins() -> ColumnElement[bool]:
    """Return how a meeting belongs to where its group is in that week."""
    return and_(
        _C.group_id == _F.group_id,
        _F.since <= _C.week,
        or_(_F.until.is_(None), _F.until > _C.week),
    )


def meetings_asked(asked: Resolved) -> list[ColumnElement[bool]]:
    """Return what a meeting must be to answer, by the index of its group.

    Of each group the one that comes next and is on, or that nothing is known; where a day is
    asked those of that day, also the ones that are not on.
    """
    now = asked.said("now")
    found: list[ColumnElement[bool]] = [*asked_of_meetings(asked), unindexed(_C.ends) > now]
    if asked.search.day is None:
        return [*found, _C.next_from <= now]
    days = [
        and_(unindexed(_C.day) == day, _is_next(asked) if must_be_next else true())
        for day, must_be_next in _days(asked)
    ]
    all_days = [day for day, _ in _days(asked)]
    return [*found, or_(*days), _weeks_of(min(all_days), max(all_days))]


def meetings_ahead(asked: Resolved) -> list[ColumnElement[bool]]:
    """Return what a meeting must be to answer with any day or none: the next, or one of this week."""
    soon = unindexed(_C.starts) < asked.said("soon")
    day = asked.search.day
    over = unindexed(_C.ends) > asked.said("now")
    if day is not None and not isinstance(day, Day):
        either = or_(_is_next(asked), soon, unindexed(_C.day) == day)
        return [over, unindexed(_C.next_from).is_not(None), either]
    # It says the same again, by the index: what is soon is next as soon as the one before ends.
    return [over, _C.next_from <= asked.said("soon_over"), or_(_is_next(asked), soon)]


def branches(asked: Resolved) -> Iterator[tuple[int, list[ColumnElement[bool]]]]:
    """Yield (rank, conditions) that together ask the same, each in the order of an index.

    Each is walked from its first row and no further than is shown, however many groups there are.
    """
    now, begun, soon, far = (asked.said(name) for name in ("now", "begun", "soon", "far"))
    hours, is_next = [*asked_of_meetings(asked), _C.ends > now], _is_next(asked)
    if asked.search.day is None:
        yield 0, [*hours, _C.is_soon.is_(True), _C.starts.between(begun, soon), is_next]
        # Of more than there are groups SQLite, once it has statistics, would read all groups first.
        yield 0, [*hours, _C.is_soon.is_(False), _C.starts.between(begun, far), is_next]
        if not asked.search.time:
            yield 2, [*hours, _C.is_soon.is_(False), _C.starts.is_(None), is_next]
        return
    for day, must_be_next in _days(asked):
        narrow = [is_next] if must_be_next else []
        yield 0, [*hours, _C.day == day, _C.is_on.is_(True), *narrow]
        if not must_be_next:
            yield 1, [*hours, _C.day == day, _C.is_on.is_(False)]


def branches_between(
    asked: Resolved, first: date, last: date
) -> Iterator[list[ColumnElement[bool]]]:
    """Yield conditions that together ask for all that is not over on some days, on or not."""
    begins, ends = _hours_between(first, last)
    for is_soon in (True, False):
        yield [
            *asked_of_meetings(asked), _C.is_soon.is_(is_soon), _C.starts.between(begins, ends),
            _C.day <= last, _C.ends > asked.said("now"),
        ]  # fmt: skip


def of_days(asked: Resolved, first: date, last: date) -> list[ColumnElement[bool]]:
    """Return the same for groups that are few, by the index of the group."""
    begins, ends = _hours_between(first, last)
    return [
        *asked_of_meetings(asked), _weeks_of(first, last), unindexed(_C.starts).between(begins, ends),
        unindexed(_C.day) <= last, unindexed(_C.ends) > asked.said("now"),
    ]  # fmt: skip


def _hours_between(first: date, last: date) -> tuple[datetime, datetime]:
    begins = datetime.combine(first, time(), tzinfo=HOME) - LONGEST
    return begins, datetime.combine(last + A_DAY, time(), tzinfo=HOME)


def _weeks_of(first: date, last: date) -> ColumnElement[bool]:
    """Return that a meeting is of a week of these days, wherever in the world its group is.

    It says nothing that the day does not say, but an index knows it.
    """
    return _C.week.between(Week.of(first) + -1, Week.of(last) + 1)


def order_of_time() -> tuple[Any, ...]:
    """Return the order: what is on, by its start; what is not; what nothing is known of."""
    return _C.next_from.is_(None), _C.starts.is_(None), _C.starts


def _is_next(asked: Resolved) -> ColumnElement[bool]:
    return unindexed(_C.next_from) <= asked.said("now")


def asked_of_meetings(asked: Resolved) -> list[ColumnElement[bool]]:
    """Return at what hours a meeting must begin, and that anybody may come, if that is asked."""
    found: list[ColumnElement[bool]] = [_C.is_open.is_(True)] if asked.search.is_open else []
    if asked.search.time:
        first, after = asked.search.time.hours
        found.append(_C.minute.between(first * 60, after * 60 - 1))
    return found


def _days(asked: Resolved) -> Iterator[tuple[date, bool]]:
    """Yield each day asked, and whether a meeting on it must be the next of its group."""
    day = asked.search.day
    assert day is not None
    today = day_at_home(asked.now)
    first, *later = days_asked(day, today)
    yield first, False
    if first == today and day in (Day.TODAY, today):
        yield today - A_DAY, False
    for one in later:
        yield one, True
