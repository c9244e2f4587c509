"""F8: the clock goes over every edge of the calendar, and back; no meeting moves and nothing is lost."""

import json
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from icalendar import Calendar
from sqlalchemy import select

from app.db import db
from app.records.groups import Group
from bench.faults.serving import Place, Server, Told, ask, serving

ZONE = ZoneInfo("Europe/Amsterdam")
EDGES = (
    datetime(2026, 12, 31, 22, 59, 50, tzinfo=UTC),  # New Year's Eve, in week 53
    datetime(2027, 3, 28, 0, 59, 55, tzinfo=UTC),  # a moment before summer time
    datetime(2027, 3, 28, 1, 0, tzinfo=UTC),  # as it begins
    datetime(2027, 10, 31, 0, 30, tzinfo=UTC),  # half past two, for the first time
    datetime(2027, 10, 31, 1, 30, tzinfo=UTC),  # half past two, for the second
    datetime(2027, 10, 31, 0, 30, tzinfo=UTC),  # an hour back, as a clock that is set right
    datetime(2028, 2, 29, 12, tzinfo=UTC),
)
GROUP = "oost"


def clock_moved(place: Place, edges: tuple[datetime, ...] = EDGES) -> tuple[Told, str]:
    """F8: serve at each edge; the calendar, the list and the asks say the same as ever."""
    told, seen = Told(), 0
    with place.app.app_context():
        group = db.session.scalars(select(Group).filter_by(slug=GROUP)).one()
        key, weekday, start = group.feed_key, group.slots[0].weekday, group.slots[0].start
        db.session.remove()
        db.engine.dispose()
    for at in edges:
        with serving(Server(place, at=at)) as server:
            ask(server, place.slugs[0], told)
            begins = _begins(server.read(f"/feeds/{key}/agenda.ics"))
            listed = {one["slug"]: one for one in json.loads(server.read("/meetings.json"))}
            page = server.read(f"/groups/{GROUP}").decode()
        weeks = [one.isocalendar()[:2] for one in begins]
        assert len(weeks) == len(set(weeks)), f"two meetings in a week at {at}"
        moved = [one for one in begins if (one.isoweekday(), one.time()) != (weekday, start)]
        assert not moved, f"moved at {at}: {moved[:3]}"
        gaps = {after - before for before, after in pairwise(begins)}
        assert gaps == {timedelta(weeks=1)}, f"a week without its meeting at {at}"
        assert (listed[GROUP]["day"], listed[GROUP]["time"]) == (weekday % 7, f"{start:%H:%M}")
        assert f"{start:%H.%M}" in page
        seen += len(begins)
    return (
        told,
        f"{len(edges)} edges; {seen} meetings in the calendar, none moved, missing or twice",
    )


def _begins(calendar: bytes) -> list[datetime]:
    """Return when each meeting begins on the clock of the wall."""
    events = Calendar.from_ical(calendar).walk("VEVENT")
    return sorted(one["DTSTART"].dt.astimezone(ZONE).replace(tzinfo=None) for one in events)
