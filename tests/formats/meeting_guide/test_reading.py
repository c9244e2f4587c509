"""Real lists, with all that is odd in them, are read as what their writers meant."""

import json
import tracemalloc
from datetime import date, time
from pathlib import Path

import pytest

from app.domain.imported import BrokenList, Entry, Problem, Reading
from app.domain.listing import Audience, Feature
from app.domain.place import Kind, Position
from app.formats.meeting_guide.reading import read

SAMPLES = Path(__file__).parents[1] / "samples"
ROW = {"slug": "oost", "name": "Oost", "day": 1, "time": "19:30", "city": "Amsterdam"}


def reading(*rows: object, **options: str) -> Reading:
    return read(json.dumps(rows).encode(), **({"country": "NL"} | options))


def entry(**more: object) -> Entry:
    """Return the one entry of a row like ROW."""
    (found,) = reading(ROW | more).entries
    return found


def problem(**more: object) -> tuple[str, Problem]:
    (found,) = reading(ROW | more).unreadable
    return found.field, found.problem


@pytest.mark.parametrize(
    ("day", "weekday"),
    [(0, 7), (1, 1), (6, 6), ("0", 7), ("6", 6), ([6], 6), ([0], 7), (1.0, 1), ("Zondag", 7), ("Monday", 1)],
)  # fmt: skip
def test_a_day_counts_from_sunday(day: object, weekday: int):
    assert entry(day=day).weekday == weekday


def test_each_day_of_a_row_is_a_group_of_its_own():
    found = reading(ROW | {"day": [1, "3", 1]}).entries

    assert [one.key for one in found] == ["meeting-guide:oost#1", "meeting-guide:oost#3"]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("19:30", time(19, 30)),
        ("7:30", time(7, 30)),
        ("19:30:00", time(19, 30)),
        ("8:00 PM", time(20)),
        ("8 pm", time(20)),
        ("12:00 AM", time(0)),
        ("12:15 p.m.", time(12, 15)),
        ("Noon", time(12)),
        ("Midnight", time(0)),
        ("19.30 uur", time(19, 30)),
    ],
)
def test_a_time_is_read_in_each_way_it_is_written(written: str, meant: time):
    assert entry(time=written).start == meant


@pytest.mark.parametrize(
    ("end", "minutes"),
    [
        ("21:00", 90),
        (None, None),
        ("", None),
        ("00:30", 300),
        ("24:00", 270),
        ("Midnight", 270),
        ("19:30", None),
        ("19:00", None),
    ],
)
def test_an_end_may_be_missing_past_midnight_or_senseless(end: str | None, minutes: int | None):
    assert entry(end_time=end).minutes == minutes


def test_a_senseless_end_is_remarked():
    (remark,) = reading(ROW | {"end_time": "19:00"}).remarks

    assert (remark.field, remark.problem, remark.row) == ("end_time", Problem.ODD_END, 1)


@pytest.mark.parametrize("missing", [{"day": None}, {"time": ""}, {"day": []}, {"time": None}])
def test_a_meeting_by_appointment_is_left_out_and_is_no_fault(missing: dict):
    found = reading(ROW | missing)

    assert not found.entries
    assert not found.unreadable
    assert [one.problem for one in found.left_out] == [Problem.BY_APPOINTMENT]


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ({"day": 7}, ("day", Problem.NOT_SURE_WHICH_DAY)),
        ({"day": 8}, ("day", Problem.NOT_A_DAY)),
        ({"day": "someday"}, ("day", Problem.NOT_A_DAY)),
        ({"day": [1, -1]}, ("day", Problem.NOT_A_DAY)),
        ({"time": "evening"}, ("time", Problem.NOT_A_TIME)),
        ({"time": "25:00"}, ("time", Problem.NOT_A_TIME)),
        ({"time": "8"}, ("time", Problem.NOT_A_TIME)),
        ({"end_time": "late"}, ("end_time", Problem.NOT_A_TIME)),
        ({"timezone": "Europe/Amsterdm"}, ("timezone", Problem.NOT_A_ZONE)),
        ({"name": None}, ("name", Problem.MISSING)),
        ({"name": {"en": "Oost"}}, ("name", Problem.MISSING)),
        (
            {"conference_url": "https://x.example/" + "a" * 500},
            ("conference_url", Problem.TOO_LONG),
        ),
    ],
)
def test_a_row_that_cannot_be_read_names_field_and_fault(row: dict, fault: tuple):
    assert problem(**row) == fault


def test_a_row_that_is_no_object_is_named_by_its_number():
    (found,) = reading(ROW, "oost").unreadable

    assert (found.row, found.problem) == (2, Problem.NOT_A_ROW)


@pytest.mark.parametrize(
    ("types", "codes"),
    [
        (["C", "M"], [("AA", "M")]),
        ("C,M", [("AA", "M")]),
        ("[open]", []),
        (["onl", "", None, "b"], [("AA", "B")]),
        (["12X12", "ASBI"], [("AA", "12x12"), ("AA", "ASBI")]),
        (None, []),
        ({"odd": 1}, []),
    ],
)
def test_types_come_as_lists_strings_or_nonsense(types: object, codes: list):
    assert list(entry(types=types).codes) == codes


def test_types_say_what_a_listing_says_in_its_own_words():
    found = entry(types=["O", "S", "NL", "X", "XB", "BA", "FF", "ASL", "W"])

    assert found.is_open
    assert found.language == "es"
    assert found.audience is Audience.WOMEN
    assert found.features == set(Feature) - {Feature.HEARING_LOOP}
    assert found.codes == (("AA", "NL"), ("AA", "W"))


@pytest.mark.parametrize(
    ("code", "audience"),
    [
        ("W", Audience.WOMEN),
        ("M", Audience.MEN),
        ("LGBTQ", Audience.LGBTQ),
        ("men only", Audience.MEN),
        ("lhbtqi+", Audience.LGBTQ),
        ("Y", Audience.YOUNG),
        ("G", None),
    ],
)
def test_for_whom_a_group_is_shows_in_its_types(code: str, audience: Audience | None):
    assert entry(types=[code]).audience is audience


def test_open_and_closed_at_once_is_closed():
    assert not entry(types=["O", "C"]).is_open


def test_a_code_is_kept_with_the_program_whose_word_it_is():
    (found,) = reading(ROW | {"types": ["POA"]}, program="Al-Anon").entries

    assert found.codes == (("Al-Anon", "POA"),)


def test_notes_are_plain_text_without_tags_and_entities():
    found = entry(notes="<p>Bel &amp; kom<br>binnen</p>\x00&lt;3", group_notes="Welkom\u202e")

    assert found.description == "Bel & kom\nbinnen\n<3\nWelkom"


@pytest.mark.parametrize(("types", "is_open"), [(["O"], True), (["C"], False), (["X"], None)])
def test_what_says_neither_open_nor_closed_leaves_it_unknown(types: list, is_open: bool | None):
    assert entry(types=types).is_open is is_open


def test_a_number_among_the_notes_is_remarked():
    (remark,) = reading(ROW | {"notes": "Bel Jan 06-12345678"}).remarks

    assert remark.problem is Problem.PERSONAL


def test_contacts_are_not_read_at_all():
    found = reading(
        ROW
        | {"contact_1_name": "Jan J.", "contact_1_phone": "0612345678", "email": "j@example.org"}
    )

    assert "Jan" not in repr(found)
    assert "0612345678" not in repr(found)
    assert "example.org" not in repr(found)


@pytest.mark.parametrize(
    ("row", "street", "postcode", "town", "country"),
    [
        ({"address": "Kade 1", "zip": 1015}, "Kade 1", "1015", "Amsterdam", "NL"),
        ({"address": "Kade 1 @ the church", "country": "Belgium"}, "Kade 1", "", "Amsterdam", "BE"),
        (
            {"city": "", "formatted_address": "Lindengracht 93, 1015 KD Amsterdam, Nederland"},
            "Lindengracht 93", "1015 KD", "Amsterdam", "NL",
        ),
        (
            {"city": "", "formatted_address": "123 Main St, Anytown, OK 12345, USA"},
            "123 Main St", "12345", "Anytown", "US",
        ),
        (
            {"city": "", "formatted_address": "1 High St, London SW1A 1AA, UK"},
            "1 High St", "SW1A 1AA", "London", "GB",
        ),
        ({"city": "", "formatted_address": "Kade 1, Gent, België"}, "Kade 1", "", "Gent", "BE"),
    ],
)  # fmt: skip
def test_an_address_is_taken_apart(row, street, postcode, town, country):
    place = entry(**row).place

    assert place
    assert (place.street, place.postcode, place.town, place.country) == (
        street, postcode, town, country,
    )  # fmt: skip


def test_a_town_alone_is_no_place():
    found = entry(
        formatted_address="Amsterdam, Nederland", approximate="yes", region="Noord-Holland"
    )

    assert found.place is None
    assert (found.town, found.province) == ("Amsterdam", "Noord-Holland")


@pytest.mark.parametrize(
    ("given", "position"),
    [
        ({"latitude": "52.37", "longitude": "4.88"}, Position(52.37, 4.88)),
        ({"latitude": 52.37, "longitude": 4.88}, Position(52.37, 4.88)),
        ({"latitude": None, "longitude": None}, None),
        ({"latitude": 0, "longitude": 0}, None),
        ({"coordinates": "52.37,4.88"}, Position(52.37, 4.88)),
        ({"coordinates": "52.3,4.8,52.4,4.9"}, None),
        ({"latitude": "north", "longitude": "4"}, None),
        ({"latitude": 520, "longitude": 4}, None),
    ],
)
def test_a_position_comes_as_text_number_null_or_nonsense(given: dict, position: Position | None):
    place = entry(address="Kade 1", **given).place

    assert place
    assert place.position == position


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        ({"conference_url": "https://zoom.us/j/1"}, Kind.ONLINE),
        ({"conference_phone": "+1,,2#"}, Kind.ONLINE),
        ({"conference_url": "https://zoom.us/j/1", "address": "Kade 1"}, Kind.BOTH),
        ({"address": "Kade 1"}, Kind.BUILDING),
        ({"conference_url": "https://zoom.us/j/1", "address": "Kade 1", "types": ["TC"]}, Kind.ONLINE),
        ({"location": "Zoom", "conference_url": "https://zoom.us/j/1"}, Kind.ONLINE),
    ],
)  # fmt: skip
def test_online_follows_from_the_ways_to_join(row: dict, kind: Kind):
    place = entry(**row).place

    assert place
    assert place.kind is kind


def test_what_is_no_link_never_becomes_one():
    found = reading(ROW | {"conference_url": "javascript:alert(1)", "url": "data:text/html,x"})

    assert found.entries[0].place is None
    assert found.entries[0].url == ""
    assert [one.problem for one in found.remarks] == [Problem.NOT_A_LINK]


def test_a_closed_building_shuts_a_group_that_is_not_online():
    assert entry(address="Kade 1", types=["TC"]).is_shut
    assert entry(address="Kade 1", attendance_option="inactive").is_shut
    assert not entry(types=["TC"], conference_url="https://zoom.us/j/1").is_shut


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2026-01-31 18:05:09", date(2026, 1, 31)),
        ("2020-04-0416:50:58", date(2020, 4, 4)),
        ("8/29/2021", date(2021, 8, 29)),
        ("9/8/2022 1:41:27 PM", date(2022, 9, 8)),
        ("2026-02-30", None),
        ("yesterday", None),
        (None, None),
    ],
)
def test_an_update_is_dated_in_each_way_it_is_written(written, meant):
    assert entry(updated=written).confirmed == meant


def test_aliases_of_sheets_and_of_tsml_are_understood():
    row = {"ID": "a1", "Meeting": "Oost", "Day": "Monday", "Start Time": "7:30 PM",
           "Location Name": "De Linde", "Full Address": "Kade 1, 1015 KD Amsterdam"}  # fmt: skip

    (found,) = reading(row).entries

    assert (found.slug, found.name, found.start) == ("a1", "Oost", time(19, 30))
    assert found.place
    assert (found.place.name, found.place.postcode) == ("De Linde", "1015 KD")


def test_a_sheets_records_are_rows_and_their_id_a_slug():
    row = {key: value for key, value in ROW.items() if key != "slug"}
    data = json.dumps({"records": [{"id": "rec1", "fields": row | {"Helper": [1]}}]})

    assert [one.slug for one in read(data.encode()).entries] == ["rec1"]


@pytest.mark.parametrize("slug", [8, "8", 8.0])
def test_a_slug_may_be_a_number(slug: object):
    assert entry(slug=slug).key == "meeting-guide:8#1"


def test_a_slug_that_is_too_long_stays_its_own():
    one, other = reading(ROW | {"slug": "a" * 300}, ROW | {"slug": "a" * 301}).entries

    assert one.slug != other.slug
    assert len(one.key) <= 96


def test_a_row_without_a_slug_is_known_by_its_name():
    assert entry(slug=None, name="Oost één").slug == "oost-een"


def test_a_slug_used_twice_on_one_day_is_told_apart_by_its_hour():
    found = reading(ROW, ROW | {"time": "12:00"}, ROW)

    assert [one.slug for one in found.entries] == ["oost~1930", "oost~1200"]
    assert [one.problem for one in found.remarks] == [Problem.SLUG_TWICE]
    assert [(one.problem, one.value) for one in found.left_out] == [(Problem.SAME_AS_ROW, "1")]


def test_long_notes_are_cut_and_it_is_said():
    found = reading(ROW | {"notes": "a" * 5000})

    assert len(found.entries[0].description) == 1200
    assert [one.problem for one in found.remarks] == [Problem.CUT]


@pytest.mark.parametrize(
    ("data", "fault", "line", "column"),
    [
        (b'[\n  {"a": 1},\n]', Problem.NOT_JSON, 3, 1),
        (b"[1", Problem.NOT_JSON, 1, 3),
        (b"", Problem.NOTHING, 0, 0),
        (b"<html>", Problem.NOT_KNOWN, 0, 0),
        (b'[\n"\x81"]', Problem.NOT_TEXT, 2, 2),
        (b'{"a": 1}', Problem.NOT_KNOWN, 0, 0),
        (b"7", Problem.NOT_KNOWN, 0, 0),
        (b"[\n" + b"[" * 100_000, Problem.TOO_DEEP, 2, 12),
        (b"[" + b"1," * 60_000 + b"1]", Problem.TOO_MANY, 0, 0),
        (b"[" + b'{"name": "Oost"},' * 99_999 + b"{}]", Problem.TOO_MANY, 0, 0),
        (b"name,day,time\n" + b"Oost,1,19:30\n" * 100_000, Problem.TOO_MANY, 0, 0),
    ],
)
def test_a_broken_file_is_refused_with_line_and_column(data, fault, line, column):
    with pytest.raises(BrokenList) as refused:
        read(data)

    assert (refused.value.problem, refused.value.line, refused.value.column) == (
        fault,
        line,
        column,
    )


def test_a_row_with_very_many_times_counts_as_that_many():
    times = [{"day": 1, "time": "19:30"}] * 50_001

    with pytest.raises(BrokenList) as refused:
        reading({"name": "Oost", "meetings": times})

    assert (refused.value.problem, refused.value.detail) == (Problem.TOO_MANY, "50000")


def test_a_fault_far_down_a_list_is_found_in_its_line():
    rows = b",\n".join([json.dumps(ROW).encode()] * 200)

    with pytest.raises(BrokenList) as refused:
        read(b"[" + rows + b',\n{"name": "a\\q"}]')

    assert (refused.value.problem, refused.value.line) == (Problem.NOT_JSON, 201)


def test_a_long_list_is_read_row_after_row():
    rows = [ROW | {"slug": f"g{number}", "notes": f"Zaal {number}. " * 10} for number in range(800)]
    data = json.dumps(rows).encode()
    reading(ROW)  # what is loaded once for all

    tracemalloc.start()
    found = read(data)
    kept, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert len(found.entries) == 800
    assert most - kept < 2 * len(data)


def test_brackets_inside_text_are_no_levels():
    assert entry(notes="[" * 50 + '\\"').description


def test_the_sample_of_the_specification_is_read_whole():
    found = read((SAMPLES / "spec_kansas_city_sample.json").read_bytes())

    assert len(found.entries) == 45
    assert not found.unreadable
    assert not found.left_out
    assert {one.place.country for one in found.entries if one.place} == {"CA"}


def test_the_test_lists_of_readers_are_read():
    times = read((SAMPLES / "tsmlui_times.json").read_bytes())
    online = read((SAMPLES / "oiaa_test_meeting_data.json").read_bytes())

    assert (len(times.entries), len(times.left_out), len(times.unreadable)) == (8, 1, 0)
    assert [one.language for one in online.entries] == ["en", "es", "en"]
    assert {one.minutes for one in online.entries} == {60}
    assert {one.minutes for one in times.entries} == {60, 120, None}


def test_a_list_that_is_not_json_says_where():
    with pytest.raises(BrokenList) as refused:
        read((SAMPLES / "tsmlui_invalid.json").read_bytes())

    assert refused.value.line == 80


@pytest.mark.parametrize(
    ("row", "province"),
    [
        ({"region": "Regio Amsterdam", "postal_code": "1015 KD"}, "Noord-Holland"),
        ({"region": "Regio Oost", "city": "Zwolle"}, "Overijssel"),
        ({"region": "Utrecht"}, "Utrecht"),
        ({"region": "Vlaanderen", "city": "Zwolle", "country": "BE"}, "Vlaanderen"),
        ({"region": "Online", "city": ""}, ""),
    ],
)
def test_a_dutch_region_becomes_the_province_it_lies_in(row: dict, province: str):
    assert entry(**row).province == province
