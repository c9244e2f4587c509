"""What a list says within objects is read like the rest, and what nobody reads is told."""

from datetime import time

import pytest

from app.domain.imported import Entry, Problem
from app.domain.place import Kind
from app.formats.meeting_guide.reading import read
from tests.formats.lists.test_opening import one
from tests.formats.meeting_guide.test_reading import reading

OOST = {"name": "Oost", "day": 1, "time": "19:30"}
HALL = {
    "name": "De Brug",
    "street": "Brugstraat",
    "houseNumber": 5,
    "zip": "7411 AB",
    "city": "Deventer",
}
SPOT = {"lat": 52.25, "lng": 6.16}


@pytest.mark.parametrize(
    "row",
    [
        OOST | {"location": HALL | SPOT},
        OOST | {"venue": HALL, "geo": SPOT},
        OOST | {"venue": HALL, "geo": {"type": "Point", "coordinates": [6.16, 52.25]}},
        OOST | {"location": {"name": "De Brug", "address": HALL, "coordinates": SPOT}},
        OOST | {"location": "De Brug", "address": HALL, "position": SPOT},
        OOST | {"location": {"@type": "Place", "name": "De Brug", "geo": SPOT, "address": {
            "@type": "PostalAddress", "streetAddress": "Brugstraat 5", "postalCode": "7411 AB",
            "addressLocality": "Deventer"}}},
        {"acf": OOST | {"location": "De Brug", "address": HALL} | SPOT},
    ],
)  # fmt: skip
def test_a_place_is_read_whatever_it_is_wrapped_in(row: dict):
    place = one([row]).place

    assert place is not None
    assert (place.name, place.street, place.postcode) == ("De Brug", "Brugstraat 5", "7411 AB")
    assert (place.town, place.province, place.country) == ("Deventer", "Overijssel", "NL")
    assert place.position is not None
    assert (place.position.latitude, place.position.longitude) == (52.25, 6.16)


def test_two_bare_numbers_are_no_position_for_their_order_is_not_known():
    found = one([OOST | {"location": HALL | {"coordinates": [52.25, 6.16]}}])

    assert found.place is not None
    assert found.place.position is None


def test_words_within_an_object_are_what_it_is_called():
    found = one([{
        "title": {"rendered": "Vrij &amp; Blij"}, "content": {"rendered": "<p>Welkom</p>"},
        "day": {"id": 2, "name": "Tuesday"}, "time": {"start": "19:30", "end": "21:00"},
        "language": {"code": "nl", "name": "Dutch"}, "types": [{"id": 1, "name": "Open"}, {"code": "SP"}],
    }])  # fmt: skip

    assert (found.name, found.description) == ("Vrij & Blij", "Welkom")
    assert (found.weekday, found.start, found.minutes) == (2, time(19, 30), 90)
    assert (found.language, found.is_open, found.codes) == ("nl", True, (("AA", "SP"),))


def test_a_group_with_a_list_of_its_times_is_one_for_each():
    times = [
        {"day": "Monday", "start": "19:30", "end": "21:00"},
        {"day": "Thursday", "start": "10:00"},
    ]

    found = reading({"id": 5, "name": "Oost", "venue": HALL, "meetings": times}).entries

    assert [(one.key, one.start, one.minutes) for one in found] == [
        ("meeting-guide:5#1", time(19, 30), 90),
        ("meeting-guide:5#4", time(10), None),
    ]
    assert {one.town for one in found} == {"Deventer"}


@pytest.mark.parametrize(
    "more",
    [
        {"types": ["ONL"]},
        {"types": ["Online"]},
        {"online": True},
        {"isOnline": "yes"},
        {"attendance_option": "Virtual"},
        {"attendanceOption": "online-only"},
        {"conference_url": "ja"},
        {"zoom": "https://zoom.example/j/1"},
        {"online": "https://zoom.example/j/1"},
        {"virtual": {"provider": "Zoom", "url": "https://zoom.example/j/1", "password": "een"}},
    ],
)
def test_a_group_is_online_as_soon_as_its_list_says_so(more: dict):
    found = one([OOST | more])

    assert found.place is not None
    assert found.place.kind is Kind.ONLINE
    assert found.place.join_url == (
        "https://zoom.example/j/1" if "zoom.example" in str(more) else ""
    )


@pytest.mark.parametrize(
    "more", [{"online": False}, {"conference_url": "nee"}, {"types": ["ONL"], "attendance_option": "In person"}]
)  # fmt: skip
def test_a_group_is_not_online_because_a_list_asks_it(more: dict):
    found = reading(OOST | more | {"city": "Zwolle"})

    assert found.entries[0].place is None
    assert found.remarks == ()


@pytest.mark.parametrize(
    ("city", "town", "postcode"),
    [
        ("8011 AB Zwolle", "Zwolle", "8011 AB"),
        ("Zwolle 8011AB", "Zwolle", "8011AB"),
        ("Zwolle, Overijssel", "Zwolle", ""),
        ("Zwolle (Overijssel)", "Zwolle", ""),
        ("Zwolle, Nederland", "Zwolle", ""),
        ("Zwolle", "Zwolle", ""),
    ],
)
def test_a_town_is_a_town_whatever_stands_beside_it(city: str, town: str, postcode: str):
    found = one([OOST | {"address": "Dorpsweg 1", "city": city}])

    assert (found.town, found.province) == (town, "Overijssel")
    assert found.place is not None
    assert (found.place.postcode, found.place.country) == (postcode, "NL")


@pytest.mark.parametrize(
    ("day", "weekdays"),
    [
        ("dagelijks", [1, 2, 3, 4, 5, 6, 7]),
        ("Every day", [1, 2, 3, 4, 5, 6, 7]),
        ("weekend", [6, 7]),
        ("ma t/m vr", [1, 2, 3, 4, 5]),
        ("maandag tot en met woensdag", [1, 2, 3]),
        ("Fri-Mon", [5, 6, 7, 1]),
        ("Di. bis Do.", [2, 3, 4]),
        ("ma/do", [1, 4]),
        ("maandag-avond", [1]),
        ("https://schema.org/Tuesday", [2]),
    ],
)
def test_days_are_read_as_people_write_them(day: str, weekdays: list[int]):
    assert [found.weekday for found in reading(OOST | {"day": day}).entries] == weekdays


@pytest.mark.parametrize(
    "hours", ["20:00 – 21:30", "20.00-21.30", "20:00 tot 21:30 uur", "8-9:30pm"]
)
def test_hours_in_one_field_are_start_and_end(hours: str):
    found: Entry = one([OOST | {"time": hours}])

    assert (found.start, found.minutes) == (time(20), 90)


def test_how_to_get_in_is_told_also_where_only_the_town_is_known():
    found = one([OOST | {"city": "Zwolle", "location_notes": "Bel aan bij de zijdeur."}])

    assert (found.place, found.description) == (None, "Bel aan bij de zijdeur.")


@pytest.mark.parametrize(
    "when",
    ["dinsdag 19.30-21.00", "Dinsdagavond, 19:30 tot 21:00 uur", "Tuesdays from 7:30 pm to 9 pm", "Di. um 19.30 Uhr - 21 Uhr"],
)  # fmt: skip
def test_a_day_and_its_hours_may_stand_in_one_field(when: str):
    table = f"Groep;Wanneer;Waar\nOost;{when};Buurthuis, Dorpsweg 1, 8011 AB Zwolle\n"

    for found in (one(table), one([{"name": "Oost", "day": when}])):
        assert (found.weekday, found.start, found.minutes) == (2, time(19, 30), 90)


def test_two_days_and_their_hours_may_stand_in_one_field():
    found = reading({"name": "Oost", "day": "woensdag en vrijdag, 20.00 uur"}).entries

    assert [(one.weekday, one.start) for one in found] == [(3, time(20)), (5, time(20))]


def test_a_list_that_counts_days_to_seven_is_not_guessed():
    """In some of them Sunday is the first, in others Monday: people would come a day early or late."""
    found = reading(OOST | {"day": 3}, OOST | {"day": 7}, OOST | {"day": "woensdag"})

    assert [(one.row, one.problem) for one in found.unreadable] == [
        (1, Problem.NOT_SURE_WHICH_DAY),
        (2, Problem.NOT_SURE_WHICH_DAY),
    ]
    assert [one.weekday for one in found.entries] == [3]


def test_what_nobody_reads_is_named_once():
    found = reading(
        OOST | {"status": "cancelled", "tags": ["gezellig"], "contact_1_phone": "0612345678"},
        OOST | {"day": 2, "status": "cancelled", "odd": {"x": 1}, "empty": ""},
    )

    (remark,) = found.remarks
    assert (remark.problem, remark.value) == (Problem.NOT_READ, "status, tags, odd")


def test_kinds_that_nobody_knows_are_named():
    found = reading(OOST | {"types": ["O", "Voor tuiniers!", "Nur für Frauen"]})

    assert found.entries[0].codes == (("AA", "W"),)
    assert [(one.problem, one.value) for one in found.remarks] == [
        (Problem.NOT_READ, "“VOOR TUINIERS!”")
    ]


@pytest.mark.parametrize(
    "day",
    ["1st Tuesday", "eerste en derde dinsdag", "om de week dinsdag", "Every other Friday", "2e donderdag", "jeden letzten Montag"],
)  # fmt: skip
def test_a_group_of_some_weeks_is_left_out_with_its_reason(day: str):
    found = reading(OOST | {"day": day})

    assert found.entries == ()
    assert [(one.problem, one.value) for one in found.left_out] == [(Problem.NOT_WEEKLY, day)]


def test_a_call_without_a_link_is_known_by_its_notes_alone():
    notes = {"conference_url_notes": "845 1234 5678"}

    online = one([OOST | notes]).place
    building = one([OOST | notes | {"address": "Dorpsweg 1", "city": "Zwolle"}]).place

    assert online is not None
    assert (online.kind, online.join_notes) == (Kind.ONLINE, "845 1234 5678")
    assert building is not None
    assert (building.kind, building.join_notes) == (Kind.BUILDING, "")


def test_columns_that_nobody_reads_are_named():
    found = one_remark("Naam;Dag;Tijd;Kleur;Leeg\nOost;maandag;20.00;rood;\n")

    assert found == (Problem.NOT_READ, "Kleur")


def one_remark(text: str) -> tuple[Problem, str]:
    (found,) = read(text.encode()).remarks
    return found.problem, found.value
