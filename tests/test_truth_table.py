"""The great table: each fact about a week, with each other one, against what is computed of it.

The expectation is worked out here from plain dates, and shares no code with the app. Every row is
held against the computed meeting; of the groups a part that has each pair of facts is held against
what two programs read in its feed.
"""

import json
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import product
from pathlib import Path
from typing import Any
from uuid import uuid5
from zoneinfo import ZoneInfo

import pytest
import recurring_ical_events
import time_machine
from flask import Flask
from icalendar import Calendar
from sqlalchemy import insert, select
from sqlalchemy.orm import selectinload

from app import create_app
from app.db import db
from app.domain.feeds.appointment import Stamp
from app.domain.feeds.feed import FeedKind, Window
from app.domain.meeting import Difference, Meeting
from app.domain.week import Week
from app.formats.ical.feed import Feed, write_feed
from app.records.fellowships import Fellowship
from app.records.groups import Group
from app.records.holidays import HolidayAnswer
from app.records.listings import listings_of, schedules_of, with_fellowship
from app.records.places import PlaceRecord
from app.records.slots import SlotRecord
from app.records.weeks import ClosureRecord, DeviationRecord
from tests.conftest import settings

pytestmark = pytest.mark.long

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
ZONE = ZoneInfo("Europe/Amsterdam")
FIRST, LAST = date(2026, 8, 31), date(2027, 11, 22)
"""The Mondays of the feed's window."""
MONDAYS = [FIRST + timedelta(weeks=number) for number in range(65)]
BEGUN = date(2026, 9, 21)
CHANGED = date(2027, 5, 31)
STATUS_SINCE = date(2027, 7, 19)

DIFFERENT: dict[str, dict[str, Any]] = {
    "as usual": {},
    "a note": {"note": "Neem een stoel mee"},
    "another theme": {"theme_title": "Dankbaarheid"},
    "elsewhere": {},
    "another day": {"weekday": 5},
    "another hour": {"start": time(15)},
    "cancelled": {"cancelled": True, "reason": "De zaal is stuk"},
    "all the same": {"all_the_same": True},
}
IN_A_BREAK = [date(2026, 12, 21), date(2026, 12, 28)] + [
    date(2027, 7, 12) + timedelta(weeks=number) for number in range(6)
]
OUTSIDE = [date(2027, 1, 11) + timedelta(weeks=number) for number in range(4)] + [
    date(2027, 6, 7) + timedelta(weeks=number) for number in range(4)
]
BY_MONDAY = dict(zip([*IN_A_BREAK, *OUTSIDE], [*DIFFERENT] * 2, strict=True))
"""What is different in a week: each in a school holiday and outside, and not always the same."""

# Of region north, from rijksoverheid.nl; by hand, so that the package is held against it.
BREAKS = {
    "Herfstvakantie": [
        (date(2026, 10, 10), date(2026, 10, 18)),
        (date(2027, 10, 16), date(2027, 10, 24)),
    ],
    "Kerstvakantie": [(date(2026, 12, 19), date(2027, 1, 3))],
    "Voorjaarsvakantie": [(date(2027, 2, 20), date(2027, 2, 28))],
    "Meivakantie": [(date(2027, 4, 24), date(2027, 5, 2))],
    "Zomervakantie": [(date(2027, 7, 10), date(2027, 8, 22))],
}
PUBLIC = {
    date(2026, 12, 25): "Eerste Kerstdag",
    date(2026, 12, 26): "Tweede Kerstdag",
    date(2027, 1, 1): "Nieuwjaarsdag",
    date(2027, 3, 26): "Goede Vrijdag",
    date(2027, 3, 28): "Eerste Paasdag",
    date(2027, 3, 29): "Tweede Paasdag",
    date(2027, 4, 27): "Koningsdag",
    date(2027, 5, 5): "Bevrijdingsdag",
    date(2027, 5, 6): "Hemelvaartsdag",
    date(2027, 5, 16): "Eerste Pinksterdag",
    date(2027, 5, 17): "Tweede Pinksterdag",
}
ANSWERED = {
    "2026-12-19-christmas_break": ("Kerstvakantie", date(2026, 12, 19), date(2027, 1, 3)),
    "2027-07-10-summer_break": ("Zomervakantie", date(2027, 7, 10), date(2027, 8, 22)),
}
SHUT = (date(2026, 12, 28), date(2027, 7, 28))
"""From the middle of one break to that of another: also in weeks with every difference."""

PLACES = {
    "building": ("De Linde, Lindengracht 93, 1015 KD Amsterdam", "Amsterdam"),
    "online": ("Online", "Online"),
    "both": ("De Linde, Lindengracht 93, 1015 KD Amsterdam (ook online)", "Amsterdam (ook online)"),
    "unknown": ("", ""),
}
"""Where a calendar sends people: who sees all of it, and who does not."""
SHUT_HOUSE = "Lindengracht 95"
"""The closure of a place holds for its whole house: what is open stands in another, at 93."""
HALL = "Havenkerk, Kade 1, 1019 AA Amsterdam"


@dataclass(frozen=True)
class Facts:
    """All that is told of one group."""

    closure: str
    answer: str
    changes: bool
    place: str
    visibility: str
    status: str

    @property
    def slug(self) -> str:
        parts = (self.closure, self.answer, self.changes, self.place, self.visibility, self.status)
        return "-".join(map(str, parts)).lower()


FACTS = [
    Facts(*row)
    for row in product(
        ("none", "group", "place", "fellowship"),
        ("unanswered", "yes", "no"),
        (False, True),
        PLACES,
        ("whole", "town", "nothing"),
        ("preparing", "active", "paused", "closed"),
    )
]


@dataclass(frozen=True)
class Row:
    """What must be so of one week."""

    starts: datetime
    ends: datetime
    location: str
    off: str
    """Why it is not on, or nothing."""
    reason: str
    asks: str
    """The holiday that one should ask about, or nothing."""
    moved: bool
    elsewhere: bool
    note: str
    theme: str


def expected(facts: Facts, monday: date) -> Row | None:
    if monday < BEGUN:
        return None
    changed = facts.changes and monday >= CHANGED
    usual = monday + timedelta(days=2 if changed else 0)
    hour, minutes = (time(20), 90) if changed else (time(19, 30), 120)
    different = BY_MONDAY.get(monday, "as usual")
    day = monday + timedelta(days=4) if different == "another day" else usual
    if different == "another hour":
        hour = time(15)
    if facts.status == "closed" and day > STATUS_SINCE:
        return None
    off, reason = _off(facts, different, day)
    asks = (
        ""
        if off or different in ("another day", "another hour", "all the same")
        else _asks(facts, usual)
    )
    starts = datetime.combine(day, hour, ZONE)
    return Row(
        starts=starts,
        ends=starts + timedelta(minutes=minutes),
        location=HALL if different == "elsewhere" else _usual_place(facts),
        off=off,
        reason=reason,
        asks=asks,
        moved=different in ("another day", "another hour"),
        elsewhere=different == "elsewhere",
        note="Neem een stoel mee" if different == "a note" else "",
        theme="Dankbaarheid" if different == "another theme" else "",
    )


def _usual_place(facts: Facts) -> str:
    said = PLACES[facts.place][facts.visibility != "whole"]
    return said.replace("Lindengracht 93", SHUT_HOUSE) if facts.closure == "place" else said


def _off(facts: Facts, different: str, day: date) -> tuple[str, str]:
    if facts.status == "paused" and day >= STATUS_SINCE:
        return "paused", ""
    if different == "cancelled":
        return "cancelled", "De zaal is stuk"
    if different == "all the same":
        return "", ""
    there = facts.place != "unknown" and different != "elsewhere"
    if SHUT[0] <= day <= SHUT[1] and (
        facts.closure in ("group", "fellowship") or (facts.closure == "place" and there)
    ):
        return "shut", "Verbouwing"
    if facts.answer == "no":
        for name, first, last in ANSWERED.values():
            if first <= day <= last:
                return "shut", name
    return "", ""


def _asks(facts: Facts, day: date) -> str:
    if day in PUBLIC:
        return PUBLIC[day]
    for name, stretches in BREAKS.items():
        if any(first <= day <= last for first, last in stretches):
            answered = name in {one for one, _, _ in ANSWERED.values()}
            return "" if answered and facts.answer != "unanswered" else name
    return ""


# The groups, all in one database


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """Every group of the table, written down by plain rows."""
    file = tmp_path_factory.mktemp("table") / "table.sqlite"
    app = create_app(settings(f"sqlite:///{file}"))
    with time_machine.travel(NOW, tick=False), app.app_context():
        db.create_all()
        _tell_all()
        db.session.commit()
        yield app
        db.session.remove()
        db.engine.dispose()


def _tell_all() -> None:
    fellowships = [Fellowship(slug=slug, name=slug, created_at=NOW) for slug in ("open", "shut")]
    db.session.add_all(fellowships)
    hall = _place("building", "Havenkerk", "Kade 1", "1019 AA")
    places = {
        (kind, is_shut): _place(kind, street=SHUT_HOUSE if is_shut else "Lindengracht 93")
        if kind != "unknown"
        else None
        for kind in PLACES
        for is_shut in (False, True)
    }
    db.session.flush()
    rows: dict[type, list[dict]] = {
        one: [] for one in (SlotRecord, DeviationRecord, ClosureRecord, HolidayAnswer)
    }
    shut = {"first_day": SHUT[0], "last_day": SHUT[1], "reason": "Verbouwing"}
    nowhere = {"group_id": None, "place_id": None, "fellowship_id": None}
    rows[ClosureRecord] += [
        nowhere | shut | {"place_id": place.id}
        for (_, is_shut), place in places.items()
        if is_shut and place
    ]
    rows[ClosureRecord].append(nowhere | shut | {"fellowship_id": fellowships[1].id})
    groups = [
        Group(
            slug=facts.slug,
            name=facts.slug,
            fellowship_id=fellowships[facts.closure == "fellowship"].id,
            town="Amsterdam",
            province="Noord-Holland",
            status=facts.status,
            status_since=STATUS_SINCE if facts.status in ("paused", "closed") else BEGUN,
            created_at=NOW,
            calendar_changed_at=NOW,
        )
        for facts in FACTS
    ]
    db.session.add_all(groups)
    db.session.flush()
    for facts, group in zip(FACTS, groups, strict=True):
        place = places[facts.place, facts.closure == "place"]
        usual = {"group_id": group.id, "place_id": place.id if place else None}
        usual |= {"visibility": facts.visibility, "themes": {}}
        rows[SlotRecord].append(
            usual | {"since": Week.of(BEGUN), "weekday": 1, "start": time(19, 30), "minutes": 120}
        )
        if facts.changes:
            rows[SlotRecord].append(
                usual | {"since": Week.of(CHANGED), "weekday": 3, "start": time(20), "minutes": 90}
            )
        if facts.closure == "group":
            rows[ClosureRecord].append(nowhere | shut | {"group_id": group.id})
        if facts.answer != "unanswered":
            meets = facts.answer == "yes"
            for key, (name, first, last) in ANSWERED.items():
                rows[HolidayAnswer].append(
                    {"group_id": group.id, "holiday": key, "meets": meets, "last_day": last}
                )
                if not meets:
                    days = {"first_day": first, "last_day": last, "reason": name}
                    rows[ClosureRecord].append(nowhere | days | {"group_id": group.id})
        for monday, different in BY_MONDAY.items():
            there = {"place_id": hall.id if different == "elsewhere" else None}
            rows[DeviationRecord].append(
                dict.fromkeys(("weekday", "start"))
                | {"group_id": group.id, "week": Week.of(monday)}
                | {"cancelled": False, "reason": "", "note": "", "theme_title": ""}
                | {"all_the_same": False}
                | there
                | DIFFERENT[different]
            )
    for table, some in rows.items():
        db.session.execute(insert(table), some)


def _place(
    kind: str, name: str = "De Linde", street: str = "Lindengracht 93", postcode: str = "1015 KD"
) -> PlaceRecord:
    online = {"join_url": "https://meet.example/12"} if kind in ("online", "both") else {}
    building = {"name": name, "street": street, "postcode": postcode, "town": "Amsterdam"}
    place = PlaceRecord(kind=kind, **online, **({} if kind == "online" else building))
    db.session.add(place)
    return place


def _groups() -> list[Group]:
    query = select(Group).options(with_fellowship(), selectinload(Group.slots))
    found = {group.slug: group for group in db.session.scalars(query)}
    return [found[facts.slug] for facts in FACTS]


# The computed meeting


def seen(meeting: Meeting | None) -> tuple | None:
    if meeting is None:
        return None
    off = [one for one in ("paused", "cancelled", "shut") if one in meeting.differences]
    return (
        meeting.starts,
        meeting.ends,
        "".join(off),
        meeting.reason,
        meeting.is_on,
        Difference.HOLIDAY in meeting.differences,
        Difference.MOVED in meeting.differences,
        Difference.ELSEWHERE in meeting.differences,
        meeting.note,
        meeting.theme.title if meeting.theme else "",
        meeting.week.monday,
    )


def should_be_seen(facts: Facts, monday: date) -> tuple | None:
    row = expected(facts, monday)
    if row is None:
        return None
    return (
        row.starts,
        row.ends,
        row.off,
        row.reason,
        not row.off,
        bool(row.asks),
        row.moved,
        row.elsewhere,
        row.note,
        row.theme,
        monday,
    )


@pytest.mark.parametrize(
    "public", [True, False], ids=["as the public sees it", "as its own people do"]
)
def test_every_meeting_is_computed_as_the_table_has_it(told: Flask, public: bool):
    # The public sees all of the table; its own people see more of places, which a part will show.
    some = list(zip(FACTS, _groups(), strict=True))[:: 1 if public else 29]
    schedules = schedules_of(
        [group for _, group in some], (Week.of(FIRST), Week.of(LAST)), public=public
    )

    wrong = [
        (facts, monday, is_so, should_be)
        for facts, group in some
        for monday in [FIRST, BEGUN, *BY_MONDAY, date(2027, 3, 29), date(2027, 2, 22), LAST]
        if (is_so := seen(schedules[group.id].meeting_in(Week.of(monday))))
        != (should_be := should_be_seen(facts, monday))
    ]

    assert wrong[:3] == []


# The feed, as others read it


def _sample() -> list[Facts]:
    """Return a part of the table in which every two facts meet."""
    return FACTS[::29]


def _feeds() -> dict[Facts, Feed]:
    window = Window(Week.of(NOW.date()))
    assert (window.first.monday, window.last.monday) == (FIRST, LAST)
    by_slug = {group.slug: group for group in _groups()}
    groups = [by_slug[facts.slug] for facts in _sample()]
    return {
        facts: Feed(
            listing=listing,
            kind=FeedKind.NAMED,
            namespace=group.feed_uuid,
            floor=Stamp(group.calendar_rev, group.calendar_changed_at),
            window=window,
        )
        for facts, group, listing in zip(
            _sample(), groups, listings_of(groups, (window.first, window.last)), strict=True
        )
    }


def should_be_read(facts: Facts, feed: Feed) -> list[tuple]:
    """Return each event as (UID, start, end, status, location, says it is off, what it says)."""
    rows = [(monday, expected(facts, monday)) for monday in MONDAYS]
    if facts.status == "closed":
        # It is seen to stop: four meetings more, as of a paused group.
        after = [monday for monday, row in rows if row is None and monday >= BEGUN][:4]
        stopped = replace(facts, status="paused")
        rows = [
            (monday, expected(stopped, monday) if monday in after else row) for monday, row in rows
        ]
    return [
        (
            str(uuid5(feed.namespace, f"{monday.isocalendar()[0]}-W{monday.isocalendar()[1]:02}")),
            int(row.starts.timestamp()),
            int(row.ends.timestamp()),
            "CANCELLED" if row.off else "CONFIRMED",
            row.location,
            bool(row.off),
            row.moved and not row.off,
            row.asks,
            row.reason,
            row.note,
        )
        for monday, row in rows
        if row
    ]


def _as_read(
    uid: str, starts: int, ends: int, status: str, location: str, summary: str, text: str
) -> tuple:
    """Return an event's facts, found back in its words."""
    asked = [line.split(":")[0] for line in text.split("\n") if "vraag even na" in line]
    reasons = ("Verbouwing", "De zaal is stuk", "Kerstvakantie", "Zomervakantie")
    return (
        uid,
        starts,
        ends,
        status,
        location,
        summary.startswith("GAAT NIET DOOR"),
        summary.endswith("(verplaatst)"),
        "".join(asked),
        "".join(one for one in reasons if one in text.split("\n")),
        "Neem een stoel mee" if "Neem een stoel mee" in text else "",
    )


def test_every_two_facts_meet_in_the_groups_whose_feed_is_read():
    names = list(Facts.__dataclass_fields__)
    pairs = [(one, other) for one in names for other in names if one < other]

    def met(some: list[Facts]) -> set[tuple]:
        return {
            (one, getattr(facts, one), other, getattr(facts, other))
            for facts in some
            for one, other in pairs
        }

    assert met(_sample()) == met(FACTS)


def test_an_expander_reads_every_feed_as_the_table_has_it(told: Flask):
    for facts, feed in _feeds().items():
        calendar = Calendar.from_ical(write_feed(feed))
        found = recurring_ical_events.of(calendar).between(
            datetime(2026, 1, 1, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC)
        )
        read = [
            _as_read(
                str(event["UID"]),
                int(event.DTSTART.timestamp()),
                int(event.DTEND.timestamp()),
                str(event["STATUS"]),
                str(event.get("LOCATION", "")),
                str(event["SUMMARY"]),
                str(event.get("DESCRIPTION", "")),
            )
            for event in found
        ]

        assert sorted(read, key=lambda one: one[1]) == should_be_read(facts, feed), facts


@pytest.mark.server
def test_ical_js_reads_every_feed_as_the_table_has_it(told: Flask):
    feeds = _feeds()
    head, events = b"", []
    for feed in feeds.values():
        # As one calendar, so that one process reads them all.
        head, *some = write_feed(feed).removesuffix(b"END:VCALENDAR\r\n").split(b"BEGIN:VEVENT")
        events += some
    body = b"BEGIN:VEVENT".join([head, *events]) + b"END:VCALENDAR\r\n"

    reader = Path(__file__).parent / "formats" / "read_ical.mjs"
    ran = subprocess.run(["node", reader], input=body, capture_output=True, timeout=60, check=True)

    names = ("uid", "starts", "ends", "status", "location", "summary", "description")
    read = [_as_read(*(event[name] for name in names)) for event in json.loads(ran.stdout)]
    assert read == [row for facts, feed in feeds.items() for row in should_be_read(facts, feed)]
