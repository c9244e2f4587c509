"""Listings become Meeting Guide JSON, and come back from it as they were."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from app.domain.closure import Closure
from app.domain.contact import Contact
from app.domain.deviation import Deviation
from app.domain.listing import Audience, Feature, FellowshipCard, Listing
from app.domain.meeting import Schedule, Status
from app.domain.place import Kind, Place, Position, Visibility
from app.domain.seating import Availability
from app.domain.slot import Slot
from app.domain.week import Week
from app.formats.meeting_guide.reading import read
from app.formats.meeting_guide.writing import entry_of, write

GOLDEN = Path(__file__).with_name("golden.json")
NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
WEEK = Week.parse("2026-W48")
ZONE = ZoneInfo("Europe/Amsterdam")

LINDE = Place(
    id=1, kind=Kind.BUILDING, name="De Linde", street="Lindengracht 93", postcode="1015 KD",
    town="Amsterdam", province="Noord-Holland", position=Position(52.3791234, 4.8812345),
    directions="De groene deur.",
)  # fmt: skip
ZOOM = Place(
    id=2, kind=Kind.ONLINE, join_url="https://zoom.us/j/1", join_notes="Code: 12",
    join_is_public=True,
)  # fmt: skip


def page(listing: Listing) -> str:
    return f"https://groups.example.org/groups/{listing.slug}"


def schedule(place: Place | None = LINDE, visibility: Visibility = Visibility.WHOLE, **more):
    slot = Slot(Week.parse("2026-W02"), 1, time(19, 30), 120, place, visibility)
    facts = {"zone": ZONE, "status": Status.ACTIVE, "status_since": date(2026, 1, 5)}
    return Schedule(**(facts | {"slots": (slot,)} | more))


def listing(slug: str = "oost", **more) -> Listing:
    """Return a group in De Linde on Monday evenings."""
    facts = {
        "slug": slug,
        "name": slug.capitalize(),
        "fellowship": FellowshipCard("stay-clean", "Stay Clean", website="https://sc.example"),
        "schedule": schedule(),
        "town": "Amsterdam",
        "province": "Noord-Holland",
        "updated_at": datetime(2026, 11, 1, 18, 5, 9, tzinfo=UTC),
    }
    return Listing(**(facts | more))


def written(*listings: Listing, **options) -> list[dict]:
    return json.loads(write(listings, page=page, now=NOW, **options))


def row(**more) -> dict:
    (found,) = written(listing(**more))
    return found


def test_the_golden_file_is_what_is_written():
    anna = Contact(1, "Anna", phone="+31612345678")
    groups = [
        listing(
            "oost",
            contacts=(anna,),
            is_open=True,
            features=frozenset({Feature.WHEELCHAIR}),
            confirmed_on=NOW.date() - timedelta(weeks=3),
        ),
        listing(
            "west",
            confirmed_on=NOW.date() - timedelta(weeks=9),
            schedule=schedule(LINDE, Visibility.TOWN),
            audience=Audience.WOMEN,
        ),
        listing("scherm", schedule=schedule(ZOOM), town="", province="", language="en"),
        listing(
            "straks",
            schedule=schedule(None, status=Status.PREPARING),
            availability=Availability.PREPARING,
        ),
    ]

    found = write(groups, page=page, now=NOW)

    assert found.decode() == GOLDEN.read_text()


TEXT = st.text(max_size=200) | st.sampled_from(
    ["<b>Oost</b> &amp; West", "a\u2028b", "&amp;lt;p", "@"]
)
WORD = st.text(max_size=40)
LINKS = st.sampled_from(
    ["", "https://zoom.us/j/1?pwd=a&b", "javascript:alert(1)", "http://x.example/ü"]
)
TOWNS = WORD | st.sampled_from(
    ["Zwolle", "Den Haag", "Utrecht", "Regio Oost", "US", "Nederland", "online", "ß"]
)
POSITIONS = st.builds(Position, st.floats(-90, 90), st.floats(-180, 180))
PLACES = st.builds(
    Place, id=st.just(1), kind=st.sampled_from(Kind), name=WORD, street=WORD,
    postcode=st.text(max_size=12) | st.just("1015 KD"), town=TOWNS, province=TOWNS,
    country=st.sampled_from(["NL", "US", "CA", "BE"]), position=st.none() | POSITIONS,
    directions=TEXT, join_url=LINKS, join_phone=st.sampled_from(["", "+31201234567,,1#"]),
    join_notes=TEXT, join_is_public=st.booleans(),
)  # fmt: skip
SLOTS = st.builds(
    Slot, since=st.integers(-3, 3).map(lambda weeks: WEEK + weeks), weekday=st.integers(1, 7),
    start=st.builds(time, st.integers(0, 23), st.integers(0, 59)), minutes=st.integers(15, 600),
    end_said=st.booleans(), place=st.none() | PLACES, visibility=st.sampled_from(Visibility),
)  # fmt: skip
SCHEDULES = st.builds(
    Schedule, zone=st.sampled_from([ZONE, ZoneInfo("America/Denver"), ZoneInfo("Asia/Tokyo")]),
    status=st.sampled_from([Status.ACTIVE, Status.PREPARING]), status_since=st.just(date(2026, 1, 5)),
    slots=SLOTS.map(lambda slot: (slot,)),
    deviations=st.builds(
        Deviation, week=st.just(WEEK), cancelled=st.booleans(), reason=WORD, note=TEXT,
        weekday=st.none() | st.integers(1, 7),
    ).map(lambda deviation: {WEEK: deviation}),
)  # fmt: skip
LISTINGS = st.builds(
    Listing, slug=st.from_regex("[a-z0-9]{1,80}", fullmatch=True), name=TEXT,
    fellowship=st.builds(FellowshipCard, slug=st.just("aa"), name=WORD, website=LINKS),
    schedule=SCHEDULES, description=TEXT, audience=st.sampled_from(Audience),
    language=st.sampled_from(["nl", "en", "es", "pap"]), is_open=st.none() | st.booleans(),
    language_said=st.booleans(), zone_said=st.booleans(),
    confirmed_on=st.none() | st.dates(date(2001, 1, 1), date(2026, 11, 1)),
    features=st.frozensets(st.sampled_from(Feature)), town=TOWNS, province=TOWNS,
    updated_at=st.none() | st.datetimes(datetime(2001, 1, 1), datetime(2099, 1, 1), timezones=st.just(UTC)),
    codes=st.lists(
        st.tuples(st.just("AA"), st.sampled_from(["12x12", "M", "S", "EN", "O", "C", "X", "TC", "Y", "asbi", "GL"]))
    ).map(tuple),
)  # fmt: skip


@pytest.mark.long
@given(st.lists(LISTINGS, max_size=4, unique_by=lambda one: one.slug))
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_what_is_written_is_read_back_as_it_was(listings: list[Listing]):
    found = read(write(listings, page=page, now=NOW))
    assume(not any(one.held for one in found.entries))

    assert list(found.entries) == [entry_of(one, page=page, now=NOW) for one in listings]
    assert not found.unreadable
    assert not found.left_out


def test_every_group_is_one_object_with_one_day():
    assert row()["day"] == 1
    assert row(schedule=schedule(slots=(Slot(WEEK, 7, time(9)),)))["day"] == 0


def test_an_end_past_midnight_is_a_time_of_the_next_day():
    late = schedule(slots=(Slot(WEEK, 6, time(23), 120),))

    assert (row(schedule=late)["time"], row(schedule=late)["end_time"]) == ("23:00", "01:00")


def test_a_dutch_address_is_never_called_approximate():
    assert row()["approximate"] == "no"
    assert row(schedule=schedule(LINDE, Visibility.TOWN))["approximate"] == "no"


def test_a_group_that_is_online_alone_does_not_meet_in_its_town():
    found = row(schedule=schedule(ZOOM))

    assert (found["approximate"], found["attendance_option"]) == ("yes", "online")
    assert found["country"] == "NL"


@pytest.mark.parametrize("visibility", [Visibility.TOWN, Visibility.NOTHING])
def test_a_hidden_address_is_nowhere_in_the_list(visibility: Visibility):
    found = json.dumps(row(schedule=schedule(LINDE, visibility)))

    for secret in ("Lindengracht", "De Linde", "1015", "52.37", "groene"):
        assert secret not in found


def test_a_link_that_is_for_participants_is_not_in_the_list():
    private = replace(ZOOM, join_is_public=False)

    assert "zoom" not in json.dumps(row(schedule=schedule(private)))


def test_a_contact_person_stands_in_it_as_far_as_they_said_yes():
    messages_only, anna = Contact(1, "Bea"), Contact(2, "Anna", phone="+31612345678")

    found = row(contacts=(messages_only, anna))

    assert (found["contact_1_name"], found["contact_1_phone"]) == ("Anna", "+31612345678")
    assert "Bea" not in json.dumps(found)
    assert "contact_1_email" not in found


def test_what_does_not_apply_is_left_out():
    assert not [value for value in row().values() if value in ("", None, [])]


@pytest.mark.parametrize("status", [Status.PAUSED, Status.CLOSED])
def test_a_group_that_does_not_meet_is_not_in_the_list(status: Status):
    assert written(listing(schedule=schedule(status=status))) == []


def test_a_group_without_a_weekly_time_is_not_in_the_list():
    assert written(listing(schedule=schedule(status=Status.PREPARING, slots=()))) == []


def test_a_group_in_preparation_says_so_and_when_it_begins():
    first = Slot(Week.parse("2027-W01"), 1, time(19, 30))
    found = row(schedule=schedule(status=Status.PREPARING, slots=(first,)))

    assert found["notes"] == (
        "Deze groep is in oprichting.\nDe eerste bijeenkomst is op maandag 4 januari 2027."
    )


def test_a_cancelled_week_stays_and_is_told_in_the_notes():
    off = {WEEK: Deviation(WEEK, cancelled=True, reason="De zaal is bezet.")}

    found = row(schedule=schedule(deviations=off), description="Welkom.")

    assert found["notes"] == (
        "Welkom.\nLet op: maandag 23 november gaat het niet door.\nDe zaal is bezet."
    )


def test_a_closure_this_week_is_told_in_the_notes():
    shut = (Closure(date(2026, 11, 23), date(2026, 11, 23), "Storm", places=frozenset({1})),)

    assert "gaat het niet door" in row(schedule=schedule(closures=shut))["notes"]


def test_a_moved_evening_is_told_in_the_notes_and_changes_no_standing_time():
    moved = {WEEK: Deviation(WEEK, weekday=3, start=time(20))}

    found = row(schedule=schedule(deviations=moved))

    assert (found["day"], found["time"]) == (1, "19:30")
    assert found["notes"] == (
        "Let op, deze week: woensdag 25 november, 20.00–22.00, "
        "De Linde, Lindengracht 93, 1015 KD Amsterdam."
    )


def test_what_another_week_brings_is_not_told_yet():
    later = {WEEK + 1: Deviation(WEEK + 1, cancelled=True)}

    assert "notes" not in row(schedule=schedule(deviations=later))


def test_long_notes_never_push_out_what_differs_this_week():
    off = {WEEK: Deviation(WEEK, cancelled=True)}

    notes = row(schedule=schedule(deviations=off), description="a" * 1200)["notes"]

    assert notes.endswith("gaat het niet door.")
    assert len(notes) <= 1200


def test_codes_of_another_program_that_mean_something_else_stay_out_of_a_mixed_list():
    parents = listing(codes=(("Al-Anon", "POA"), ("Al-Anon", "AC")))

    (own,) = written(parents)
    (mixed,) = written(parents, mixed=True)

    assert own["types"] == ["C", "NL", "AC", "POA"]
    assert mixed["types"] == ["C", "NL", "AC"]


def test_an_empty_list_is_an_empty_array():
    assert written() == []
