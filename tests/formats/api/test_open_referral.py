"""Open Referral's services: what HSDS 3 asks of them, the weeks of a schedule, and no number of seats.

The schema is a small one, written after the tables of https://docs.openreferral.org: the names, kinds,
enumerations and required fields of what we write, and nothing besides.
"""

import json
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from app.domain.deviation import Deviation
from app.domain.listing import Audience, Feature, FellowshipCard, Listing
from app.domain.meeting import Schedule, Status
from app.domain.place import Kind, Place, Position, Visibility
from app.domain.slot import Slot
from app.domain.week import Week
from app.formats.api.open_referral import id_of, service_of

ID: dict[str, Any] = {"type": "string", "format": "uuid"}
TEXT: dict[str, Any] = {"type": "string"}
WORDS: dict[str, Any] = {"type": "string", "minLength": 1}
DAY: dict[str, Any] = {"type": "string", "format": "date"}
LINK: dict[str, Any] = {"type": "string", "format": "uri", "pattern": "^https?://"}
CLOCK: dict[str, Any] = {"type": "string", "pattern": r"^([01]\d|2[0-3]):[0-5]\d$"}


def thing(required: tuple[str, ...], **properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
    }


def some(of: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": of, "minItems": 1}


SCHEDULE = thing(
    ("id", "valid_from", "freq", "byday", "opens_at"),
    id=ID,
    valid_from=DAY,
    valid_to=DAY,
    dtstart=DAY,
    freq={"enum": ["WEEKLY", "MONTHLY"]},
    interval={"type": "number"},
    byday={"enum": ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]},
    opens_at=CLOCK,
    closes_at=CLOCK,
    notes=WORDS,
)
ADDRESS = thing(
    ("id", "address_1", "city", "state_province", "postal_code", "country", "address_type"),
    id=ID,
    address_1=TEXT,
    city=TEXT,
    state_province=TEXT,
    postal_code=TEXT,
    country={"type": "string", "pattern": "^([A-Z]{2})?$"},
    address_type={"enum": ["physical", "postal", "virtual"]},
)
LOCATION = thing(
    ("id", "location_type"),
    id=ID,
    location_type={"enum": ["physical", "postal", "virtual"]},
    url=LINK,
    name=WORDS,
    description=WORDS,
    latitude={"type": "number", "minimum": -90, "maximum": 90},
    longitude={"type": "number", "minimum": -180, "maximum": 180},
    addresses=some(ADDRESS),
    accessibility=some(thing(("id",), id=ID, description=WORDS)),
)
SERVICE = thing(
    ("id", "name", "status", "organization"),
    id=ID,
    name=WORDS,
    description=WORDS,
    url=LINK,
    status={"enum": ["active", "inactive", "defunct", "temporarily closed"]},
    eligibility_description=WORDS,
    assured_date=DAY,
    alert=WORDS,
    languages=some(thing(("id",), id=ID, name=WORDS, code=WORDS)),
    organization=thing(
        ("id", "name", "description"),
        id=ID,
        name=WORDS,
        alternate_name=WORDS,
        description=TEXT,
        website=LINK,
    ),
    schedules=some(SCHEDULE),
    service_at_locations=some(
        thing(("id", "location"), id=ID, location=LOCATION, schedules=some(SCHEDULE))
    ),
)

ZONE = ZoneInfo("Europe/Amsterdam")
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
WEEK = Week.of(NOW.date())
LINDE = Place(
    id=1,
    kind=Kind.BUILDING,
    name="De Linde",
    street="Lindengracht 93",
    postcode="1015 KD",
    town="Amsterdam",
    province="Noord-Holland",
    country="NL",
    position=Position(52.38, 4.88),
)
BOTH = Place(id=2, kind=Kind.BOTH, town="Haarlem", country="NL", join_url="https://meet.example/1", join_is_public=True)  # fmt: skip
CARD = FellowshipCard("aa", "AA", identity="Voor wie wil stoppen.", website="https://aa.example")


def group(*slots: Slot, deviations: dict[Week, Deviation] | None = None, **more: Any) -> Listing:
    schedule = Schedule(
        zone=ZONE,
        status=more.pop("status", Status.ACTIVE),
        status_since=date(2025, 1, 6),
        slots=slots or (Slot(since=WEEK + -50, weekday=4, start=time(19, 30), place=LINDE),),
        deviations=deviations or {},
    )
    return Listing("oost", "Oost", CARD, schedule, **more)


def written(listing: Listing) -> dict[str, Any]:
    page = "https://twaalf.example/groups/oost"
    row = service_of(listing, 7, page=page, root="https://twaalf.example", now=NOW)
    return json.loads(json.dumps(row))  # type: ignore[no-any-return]


FULL = group(
    Slot(since=WEEK + -50, weekday=4, start=time(23, 0), minutes=90, place=LINDE),
    Slot(since=WEEK + 3, weekday=1, start=time(20), place=BOTH),
    deviations={WEEK: Deviation(week=WEEK, cancelled=True, reason="Vloer wordt gelegd.")},
    description="Met koffie.",
    audience=Audience.WOMEN,
    is_open=True,
    features=frozenset({Feature.WHEELCHAIR}),
    confirmed_on=date(2026, 11, 1),
)
BARE = group(Slot(since=WEEK, weekday=7, start=time(9), end_said=False), language_said=False, zone_said=False, is_open=None)  # fmt: skip
TOWN = group(Slot(since=WEEK, weekday=7, start=time(9), place=LINDE, visibility=Visibility.TOWN))


@pytest.mark.parametrize("listing", [FULL, BARE, TOWN, group(status=Status.PREPARING)])
def test_a_service_is_as_hsds_has_it(listing: Listing):
    Draft202012Validator.check_schema(SERVICE)

    wrong = Draft202012Validator(SERVICE, format_checker=FormatChecker()).iter_errors(
        written(listing)
    )

    assert [f"{list(one.path)}: {one.message}" for one in wrong] == []


def test_a_schedule_holds_until_the_next_one_begins():
    first, second = written(FULL)["schedules"]

    assert (first["byday"], first["opens_at"], first["closes_at"]) == ("TH", "23:00", "00:30")
    assert first["valid_to"] == "2026-12-13"
    assert (second["byday"], second["valid_from"]) == ("MO", "2026-12-14")
    assert "valid_to" not in second


def test_each_place_has_its_own_times():
    at = {
        (one["location"]["location_type"], one["location"].get("name")): [
            schedule["byday"] for schedule in one["schedules"]
        ]
        for one in written(FULL)["service_at_locations"]
    }

    assert at == {("physical", "De Linde"): ["TH"], ("physical", None): ["MO"], ("virtual", None): ["MO"]}  # fmt: skip


def test_what_is_otherwise_this_week_is_an_alert():
    assert "donderdag 26 november" in written(FULL)["alert"]
    assert "Vloer wordt gelegd." in written(FULL)["alert"]
    assert "alert" not in written(TOWN)
    assert written(FULL)["assured_date"] == "2026-11-01"


def test_what_nobody_said_is_not_there():
    bare = written(BARE)

    assert bare.keys() == {"id", "name", "url", "status", "organization", "schedules"}
    assert bare["schedules"][0].keys().isdisjoint({"closes_at", "notes"})


def test_of_a_hidden_address_there_is_the_town_alone():
    text = json.dumps(written(TOWN))

    assert "Amsterdam" in text
    assert not any(one in text for one in ("Lindengracht", "1015", "De Linde", "52.38"))


def test_an_id_stays_whatever_a_group_is_called():
    assert written(FULL)["id"] == written(BARE)["id"] == id_of("https://twaalf.example", 7)
