"""Weekly events of a calendar (RFC 5545): a row each, with the weeks that are otherwise."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from icalendar import Calendar

from app.domain.imported import BrokenList, Problem
from app.domain.week import Week
from app.formats.lists.keys import WEEKS, Row

_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
MOST_WEEKS = 60
"""Weeks that are otherwise, of one event."""


def rows(text: str) -> list[Row]:
    """Return a row for each event that comes back every week; other events are by appointment.

    Raises BrokenList.
    """
    try:
        calendars = Calendar.from_ical(text, multiple=True)
        events = [event for one in calendars for event in one.walk("VEVENT")]
        moved = defaultdict(list)
        for event in events:
            if "RECURRENCE-ID" in event:
                moved[str(event.get("UID", ""))].append(event)
        return [
            _row(event, moved[str(event.get("UID", ""))])
            for event in events
            if "RECURRENCE-ID" not in event
        ]
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, OverflowError) as fault:
        raise BrokenList(Problem.NOT_A_CALENDAR, detail=str(fault)[:100]) from None


def _row(event: Any, moved: list[Any]) -> Row:
    starts, ends = _moment(event, "DTSTART"), _moment(event, "DTEND")
    rule = event.get("RRULE") or {}
    if isinstance(rule, list):
        rule = rule[0]
    row: Row = {
        "slug": str(event.get("UID", "")),
        "name": str(event.get("SUMMARY", "")),
        "notes": str(event.get("DESCRIPTION", "")),
        "formatted_address": str(event.get("LOCATION", "")),
        "url": str(event.get("URL", "")),
    }
    is_weekly = _first(rule, "FREQ") == "WEEKLY" and _first(rule, "INTERVAL", 1) == 1
    until = _first(rule, "UNTIL")
    if not is_weekly or not isinstance(starts, datetime):
        return row
    weekdays = [str(day).upper() for day in rule.get("BYDAY", [])] or [_DAYS[starts.weekday()]]
    zone = getattr(starts.tzinfo, "key", "") or ""
    duration = event.get("DURATION")
    minutes = None
    if isinstance(ends, datetime):
        minutes = int((ends - starts) / timedelta(minutes=1))
    elif duration is not None and isinstance(duration.dt, timedelta):
        minutes = int(duration.dt / timedelta(minutes=1))
    return row | {
        "day": [(_DAYS.index(day) + 1) % 7 for day in weekdays if day in _DAYS],
        "time": f"{starts:%H:%M}",
        "duration": minutes,
        "timezone": "" if zone in ("UTC", "Etc/UTC") else zone,
        WEEKS: [*_left_out(event), *_moved(moved)][:MOST_WEEKS],
        "ends_on": (until.date() if isinstance(until, datetime) else until) if until else None,
    }


def _left_out(event: Any) -> Iterator[dict[str, Any]]:
    """Yield the weeks that EXDATE takes out."""
    given = event.get("EXDATE") or []
    for some in given if isinstance(given, list) else [given]:
        for one in some.dts:
            yield {"week": Week.of(_day(one.dt)), "on": _day(one.dt), "cancelled": True}


def _moved(events: list[Any]) -> Iterator[dict[str, Any]]:
    """Yield the weeks that an event of their own moves or cancels; never into another week."""
    for event in events:
        was, starts = _moment(event, "RECURRENCE-ID"), _moment(event, "DTSTART")
        if not isinstance(was, date):
            continue
        week = Week.of(_day(was))
        if str(event.get("STATUS", "")).upper() == "CANCELLED":
            yield {"week": week, "on": _day(was), "cancelled": True}
        elif isinstance(starts, datetime) and Week.of(starts.date()) == week and starts != was:
            yield {
                "week": week, "on": _day(was), "cancelled": False,
                "weekday": starts.isoweekday(), "start": starts.time().replace(tzinfo=None),
            }  # fmt: skip


def _moment(event: Any, name: str) -> Any:
    return event[name].dt if name in event else None


def _day(moment: Any) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _first(rule: Any, name: str, usual: Any = None) -> Any:
    value = rule.get(name, usual)
    return value[0] if isinstance(value, list) and value else value
