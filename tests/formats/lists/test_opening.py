"""Lists of every kind are known by their content, and come out as the same groups."""

import io
import json
import zipfile
from datetime import date, time
from pathlib import Path

import openpyxl
import pytest

from app.domain.imported import BrokenList, Entry, Problem
from app.domain.kinds.own import OwnKind
from app.domain.listing import Feature
from app.domain.place import Kind
from app.domain.week import Week
from app.formats.meeting_guide.reading import read

SAMPLES = Path(__file__).parents[1] / "samples"
CAMEL = {
    "id": "AA:oost", "name": "Oost", "day": 1, "time": "19:30", "endTime": "21:00", "lang": "nl",
    "address": "Lindengracht 93", "city": "Amsterdam", "postalCode": "1015 KD", "lat": 52.379,
    "lng": 4.881, "locationNotes": "Achterom.", "types": ["Step Study", "Gesloten"],
}  # fmt: skip
SHEET = """Groep;Dag;Tijd;Einde;Adres;Plaats;Taal;Open
Oost;maandagavond;19.30;21:00;Lindengracht 93, 1015 KD Amsterdam;Amsterdam;Nederlands;ja
"""
CALENDAR = """BEGIN:VCALENDAR\r
VERSION:2.0\r
PRODID:-//x//y//EN\r
BEGIN:VEVENT\r
UID:oost\r
SUMMARY:Oost\r
DTSTART;TZID=Europe/Amsterdam:20261102T193000\r
DTEND;TZID=Europe/Amsterdam:20261102T210000\r
RRULE:FREQ=WEEKLY\r
EXDATE;TZID=Europe/Amsterdam:20261228T193000\r
LOCATION:Lindengracht 93\\, 1015 KD Amsterdam\r
END:VEVENT\r
BEGIN:VEVENT\r
UID:oost\r
SUMMARY:Oost\r
RECURRENCE-ID;TZID=Europe/Amsterdam:20261221T193000\r
DTSTART;TZID=Europe/Amsterdam:20261222T200000\r
DTEND;TZID=Europe/Amsterdam:20261222T213000\r
END:VEVENT\r
END:VCALENDAR\r
"""


def one(data: bytes | str | object) -> Entry:
    """Return the one entry of a list."""
    if not isinstance(data, bytes | str):
        data = json.dumps(data)
    found = read(data.encode() if isinstance(data, str) else data, country="NL")
    assert not found.unreadable
    (entry,) = found.entries
    return entry


def workbook(*lines: list) -> bytes:
    book = openpyxl.Workbook()
    for line in lines:
        book.active.append(line)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


@pytest.mark.parametrize(
    "wrapped",
    [
        [CAMEL],
        {"meetings": [CAMEL]},
        {"generated": "2026", "count": 1, "programs": ["AA"], "meetings": [CAMEL]},
        {"data": {"items": [CAMEL]}},
        {"records": [{"id": "AA:oost", "fields": CAMEL}]},
        {"AA:oost": {key: value for key, value in CAMEL.items() if key != "id"}},
    ],
)
def test_a_list_is_read_whatever_it_is_wrapped_in(wrapped: object):
    entry = one(wrapped)

    assert (entry.slug, entry.minutes, entry.language, entry.is_open) == (
        "AA:oost",
        90,
        "nl",
        False,
    )
    assert entry.codes == (("AA", "ST"),)
    assert entry.place
    assert (entry.place.postcode, entry.place.directions) == ("1015 KD", "Achterom.")
    assert entry.place.position


def test_a_wrapper_says_the_zone_of_all_its_rows():
    assert one({"timezone": "Europe/Amsterdam", "meetings": [CAMEL]}).zone == "Europe/Amsterdam"
    assert one([CAMEL]).zone is None


@pytest.mark.parametrize(
    "data",
    [
        SHEET.encode(),
        SHEET.encode("utf-16"),
        SHEET.replace(";", "\t").encode(),
        workbook(*(line.split(";") for line in SHEET.splitlines())),
        workbook(
            ["Onze groepen"], [],
            ["Gruppe", "Wochentag", "Uhrzeit", "Ende", "Anschrift", "Sprache", "Offen"],
            ["Oost", "Montag", time(19, 30), time(21), "Lindengracht 93, 1015 KD Amsterdam", "Niederländisch", "ja"],
        ),
    ],
    ids=["csv", "utf-16", "tabs", "xlsx", "german"],
)  # fmt: skip
def test_a_table_is_read_by_its_headers(data: bytes):
    entry = one(data)

    assert (entry.name, entry.weekday, entry.start, entry.minutes) == ("Oost", 1, time(19, 30), 90)
    assert (entry.language, entry.is_open) == ("nl", True)
    assert entry.place
    assert (entry.place.street, entry.place.town) == ("Lindengracht 93", "Amsterdam")


def test_a_weekly_event_becomes_a_time_and_the_weeks_that_differ():
    entry = one(CALENDAR)

    assert (entry.weekday, entry.start, entry.minutes) == (1, time(19, 30), 90)
    assert entry.zone == "Europe/Amsterdam"
    assert [(week.week, week.cancelled, week.weekday) for week in entry.weeks] == [
        (Week.of(date(2026, 12, 28)), True, None),
        (Week.of(date(2026, 12, 21)), False, 2),
    ]


def test_bmlt_says_its_days_ways_and_ends():
    found = read((SAMPLES / "bmlt_berlin_getsearchresults.json").read_bytes(), country="NL")

    assert len(found.entries) == 108
    assert not found.unreadable
    assert {entry.place.country for entry in found.entries if entry.place} == {"DE", ""}
    assert found.entries[0].weekday == 7
    assert found.entries[0].minutes == 35
    assert found.entries[0].place
    assert found.entries[0].place.kind is Kind.ONLINE


def test_the_formats_that_bmlt_sends_along_explain_its_keys():
    row = {
        "id_bigint": "7", "meeting_name": "Dinsdag", "weekday_tinyint": "3", "start_time": "20:00:00",
        "duration_time": "01:30:00", "formats": "offen,RS,nl", "format_shared_id_list": "1,2,3",
        "location_municipality": "prompt#@-@#Utrecht", "venue_type": "1", "published": "1",
    }  # fmt: skip
    formats = [
        {"id": "1", "key_string": "offen", "world_id": "OPEN"},
        {"id": "2", "key_string": "RS", "world_id": "WCHR"},
        {"id": "3", "key_string": "nl", "world_id": "LANG"},
    ]

    entry = one({"meetings": [row], "formats": formats})

    assert (entry.weekday, entry.minutes, entry.town) == (2, 90, "Utrecht")
    assert (entry.is_open, entry.language) == (True, "nl")
    assert entry.features == {Feature.WHEELCHAIR}


MOON = OwnKind("MAANLICHT", {"nl": "Bij maanlicht", "en": "By moonlight"})
FORMATS = [
    {"id": "1", "key_string": "ML", "name_string": "By moonlight", "world_id": ""},
    {"id": "2", "key_string": "MAANLICHT", "name_string": "anders genoemd", "world_id": ""},
    {"id": "3", "key_string": "RW", "name_string": "Roundtable", "world_id": ""},
]


@pytest.mark.parametrize(
    "said",
    [
        ["bij maanlicht"],
        ["By  Moonlight", "Speaker"],
        "BIJ-MAANLICHT; Step Study",
        "[maanlicht]",
        {"nested": "no list of kinds"},
    ],
)
def test_a_kind_that_the_office_named_is_read_by_any_of_its_names(said: object):
    found = read(json.dumps([CAMEL | {"types": said}]).encode(), own=[MOON])

    (entry,) = found.entries
    assert (("AA", "MAANLICHT") in entry.codes) == (not isinstance(said, dict))
    assert not [one for one in found.remarks if one.problem is Problem.NOT_READ]


def test_a_column_of_a_sheet_says_it_by_name():
    sheet = SHEET.replace("Taal;Open", "Soort;Open").replace("Nederlands", "bij maanlicht")

    (entry,) = read(sheet.encode(), own=[MOON]).entries

    assert entry.codes == (("AA", "MAANLICHT"),)


@pytest.mark.parametrize(("id", "code"), [("1", "MAANLICHT"), ("2", "MAANLICHT"), ("3", None)])
def test_a_format_of_bmlt_is_the_kind_that_the_office_named_so(id: str, code: str | None):
    row = {
        "id_bigint": "7", "meeting_name": "Dinsdag", "weekday_tinyint": "3", "start_time": "20:00:00",
        "formats": "x", "format_shared_id_list": id, "published": "1",
    }  # fmt: skip
    data = json.dumps({"meetings": [row], "formats": FORMATS}).encode()

    (entry,) = read(data, own=[MOON]).entries

    assert entry.codes == ((("NA", code),) if code else ())
    assert entry.description == ("" if code else "Roundtable")


def test_a_name_that_lists_of_everybody_have_keeps_its_meaning():
    step = OwnKind("STAPPEN", {"nl": "Step study"})

    (entry,) = read(json.dumps([CAMEL]).encode(), own=[step]).entries

    assert entry.codes == (("AA", "ST"),)


def test_bmlts_admin_api_counts_its_days_from_nought():
    row = {"id": 7, "name": "Dinsdag", "day": 2, "startTime": "20:00", "duration": "01:30",
           "venueType": 1, "published": True, "formatIds": [1]}  # fmt: skip

    assert (one([row]).weekday, one([row]).key) == (2, "bmlt:7#2")


def test_naws_is_read_and_what_is_not_published_there_is_left_out():
    found = read((SAMPLES / "naws_cape_cod.csv").read_bytes())

    (entry,) = found.entries
    assert (entry.weekday, entry.start, entry.is_open) == (7, time(7, 30), True)
    assert [left.problem for left in found.left_out] == [Problem.UNPUBLISHED]


def test_tsmls_own_table_is_read_whole():
    found = read((SAMPLES / "tsml_template.csv").read_bytes())

    assert len(found.entries) == 36
    assert {entry.place.country for entry in found.entries if entry.place} == {"US"}
    assert not found.remarks


def bomb() -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 250_000_000)
    return written.getvalue()


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", Problem.NOTHING),
        (b"<!doctype html><p>Inloggen", Problem.NOT_KNOWN),
        (b"naam;telefoon\nOost;1", Problem.NOT_KNOWN),
        (b"PK\x03\x04torn", Problem.NOT_A_WORKBOOK),
        (b"BEGIN:VCALENDAR\nthis is no calendar", Problem.NOT_A_CALENDAR),
        (b'[{"key_string": "ru"}]', Problem.NOT_KNOWN),
    ],
)
def test_what_is_no_list_is_refused_by_name(data: bytes, problem: Problem):
    with pytest.raises(BrokenList) as refused:
        read(data)

    assert refused.value.problem is problem


def test_a_workbook_that_would_fill_the_memory_is_refused_unopened():
    with pytest.raises(BrokenList) as refused:
        read(bomb())

    assert refused.value.problem is Problem.TOO_BIG


def test_a_day_that_most_rows_share_was_written_by_a_machine():
    rows = [
        {"slug": str(n), "name": f"Groep {n}", "day": 1, "time": "19:30", "updated": "2026-11-01"}
        for n in range(10)
    ]

    found = read(json.dumps([*rows, rows[0] | {"slug": "x", "updated": "2026-10-01"}]).encode())

    assert [entry.confirmed for entry in found.entries] == [*[None] * 10, date(2026, 10, 1)]
    assert [remark.problem for remark in found.remarks] == [Problem.BULK_STAMP]
