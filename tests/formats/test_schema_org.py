"""A listing as schema.org data: what a robot may keep about a group."""

from datetime import date, time
from zoneinfo import ZoneInfo

import pytest

from app.domain.contact import Contact
from app.domain.deviation import Deviation
from app.domain.listing import FellowshipCard, Listing
from app.domain.meeting import Schedule, Status
from app.domain.place import Kind, Place, Position, Visibility
from app.domain.slot import Slot
from app.domain.week import Week
from app.formats.schema_org import event

FIRST = Week.parse("2026-W48")
HALL = Place(
    id=1,
    kind=Kind.BUILDING,
    name="De Linde",
    street="Lindengracht 93",
    postcode="1015 KD",
    town="Amsterdam",
    position=Position(52.38, 4.88),
)
ADDRESSES = {"page": "https://twaalf.example/groups/oost", "fellowship": "https://twaalf.example/x"}


def data(*deviations: Deviation, later: tuple[Slot, ...] = (), **slot) -> dict:
    schedule = Schedule(
        zone=ZoneInfo("Europe/Amsterdam"),
        status=Status.ACTIVE,
        status_since=date(2026, 1, 1),
        slots=(Slot(FIRST + -10, 1, time(19, 30), **({"place": HALL} | slot)), *later),
        deviations={one.week: one for one in deviations},
    )
    contact = Contact(position=1, name="Anna", phone="+31612345678", email="anna@example.org")
    listing = Listing(
        "oost", "Oost", FellowshipCard("aa", "AA"), schedule, town="Amsterdam", contacts=(contact,)
    )
    return event(listing, list(schedule.meetings(FIRST, 6)), **ADDRESSES)


def test_the_standing_time_is_a_schedule_of_a_week():
    assert data()["eventSchedule"] == [
        {
            "@type": "Schedule",
            "repeatFrequency": "P1W",
            "byDay": "https://schema.org/Monday",
            "startDate": "2026-09-14",
            "startTime": "19:30:00",
            "duration": "PT120M",
            "scheduleTimezone": "Europe/Amsterdam",
        }
    ]


def test_what_is_agreed_for_later_follows_upon_what_is():
    now, later = data(later=(Slot(FIRST + 3, 2, time(20)),))["eventSchedule"]

    assert (now["startDate"], now["endDate"]) == ("2026-09-14", "2026-12-07")
    assert (later["byDay"], later["startDate"]) == ("https://schema.org/Tuesday", "2026-12-15")
    assert "endDate" not in later


def test_a_week_that_is_cancelled_and_one_that_moved_say_so():
    whole = data(Deviation(FIRST, cancelled=True), Deviation(FIRST + 1, weekday=2, start=time(20)))

    off, moved = whole["subEvent"]
    assert off["eventStatus"] == "https://schema.org/EventCancelled"
    assert off["startDate"] == "2026-11-23T19:30+01:00"
    assert moved["eventStatus"] == "https://schema.org/EventRescheduled"
    assert moved["previousStartDate"] == "2026-11-30T19:30+01:00"
    assert moved["startDate"] == whole["startDate"] == "2026-12-01T20:00+01:00"


def test_no_person_and_no_way_to_reach_one_is_in_it():
    said = repr(data())

    assert [one for one in ("Anna", "example.org", "3161", "Person") if one in said] == []


@pytest.mark.parametrize(
    ("visibility", "shown"),
    [
        (Visibility.WHOLE, {"Lindengracht", "1015 KD", "52.38", "De Linde"}),
        (Visibility.TOWN, set()),
        (Visibility.NOTHING, set()),
    ],
)
def test_of_a_place_only_what_the_public_sees_is_in_it(visibility, shown):
    said = repr(data(visibility=visibility))

    told = {one for one in ("Lindengracht", "1015 KD", "52.38", "De Linde") if one in said}
    assert told == shown
    assert "'addressLocality': 'Amsterdam'" in said


@pytest.mark.parametrize(
    ("is_public", "address"),
    [(True, "https://meet.example/1"), (False, "https://twaalf.example/groups/oost")],
)
def test_an_online_meeting_has_its_link_only_if_that_is_public(is_public, address):
    online = Place(
        id=2, kind=Kind.ONLINE, join_url="https://meet.example/1", join_is_public=is_public
    )

    whole = data(place=online)

    assert whole["location"] == {"@type": "VirtualLocation", "url": address}
    assert whole["eventAttendanceMode"].endswith("/OnlineEventAttendanceMode")
