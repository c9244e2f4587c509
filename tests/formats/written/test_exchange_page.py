"""The table of docs/exchange.md says of each field what a format keeps; it is held to the writers."""

import re
from dataclasses import replace

import pytest

from app.domain.imported import Entry, EntryPlace
from app.domain.listing import Audience, Feature
from app.domain.place import Kind, Position
from app.formats.meeting_guide.reading import read
from app.formats.meeting_guide.writing import write
from tests.formats.bmlt.test_rows import all_of, answer, asked
from tests.formats.meeting_guide.test_writing import LINDE, NOW, listing, page, schedule
from tests.formats.written.test_tables import WRITERS, entries
from tests.source import ROOT

PAGE = ROOT / "docs" / "exchange.md"
FORMATS = ("Meeting Guide JSON", "BMLT JSON", "TSML CSV", "NAWS CSV", "CSV and XLSX")


def group():
    """Return a group of which everything is said."""
    house = replace(
        LINDE,
        kind=Kind.BOTH,
        join_url="https://zoom.us/j/1",
        join_phone="+31201234567",
        join_notes="Code: 12",
        join_is_public=True,
        position=Position(52.37912, 4.88123),
    )
    return listing(
        "oost",
        name="Oost",
        schedule=schedule(house),
        description="Kom gerust.\nDe koffie staat klaar.",
        is_open=True,
        audience=Audience.WOMEN,
        features=frozenset({Feature.WHEELCHAIR, Feature.FRAGRANCE_FREE}),
        codes=(("AA", "ST"), ("AA", "12x12")),
        facts=(
            ("district", "4"),
            ("feedback_url", "https://aa.example/"),
            ("group", "Thuisgroep Oost"),
        ),
        confirmed_on=NOW.date(),
    )


def fields(entry: Entry) -> dict[str, object]:
    place = entry.place or EntryPlace(Kind.BUILDING)
    return {
        "slug": entry.slug, "name": entry.name, "day and start": (entry.weekday, entry.start),
        "end": entry.minutes, "time zone": entry.zone, "in a building, online, or both": place.kind,
        "name of the building": place.name, "street": place.street, "postcode": place.postcode,
        "town": entry.town, "province": entry.province, "country": place.country,
        "position": place.position, "way in": place.directions, "join link": place.join_url,
        "phone to join": place.join_phone, "notes to join": place.join_notes,
        "description": entry.description, "language": entry.language, "open or closed": entry.is_open,
        "for whom": entry.audience, "wheelchair": Feature.WHEELCHAIR in entry.features,
        "other ease": Feature.FRAGRANCE_FREE in entry.features,
        "codes of its kind": {code for _, code in entry.codes},
        "program of those codes": {program for program, _ in entry.codes},
        "group, district, sub-region, its sites": entry.facts,
        "confirmed on": entry.confirmed, "page": entry.url, "fellowship": entry.entity,
    }  # fmt: skip


def as_written(name: str) -> list[bytes]:
    known = entries([group()])
    files = {
        "Meeting Guide JSON": [write([group()], page=page, now=NOW)],
        "BMLT JSON": [answer(all_of([group()]), asked("switcher=GetSearchResults&get_used_formats")) or b""],
        "TSML CSV": [WRITERS["tsml.csv"](known)],
        "NAWS CSV": [WRITERS["naws.csv"](known)],
        "CSV and XLSX": [WRITERS["groups.csv"](known), WRITERS["groups.xlsx"](known)],
    }  # fmt: skip
    return files[name]


def told() -> dict[str, dict[str, str]]:
    """Return what the page says, by format and field."""
    lines = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in PAGE.read_text("utf-8").splitlines()
        if line.startswith("|")
    ]
    head = next(number for number, cells in enumerate(lines) if cells[1:] == list(FORMATS))
    rows = [cells for cells in lines[head + 2 :] if len(cells) == len(FORMATS) + 1]
    return {
        name: {cells[0]: cells[column] for cells in rows} for column, name in enumerate(FORMATS, 1)
    }


@pytest.mark.parametrize("name", FORMATS)
def test_what_the_page_says_of_a_format_is_what_it_does(name: str):
    (known,) = (fields(one) for one in entries([group()]))
    for body in as_written(name):
        (entry,) = read(body).entries
        found = {field: "kept" if value == known[field] else "not kept" for field, value in fields(entry).items()}  # fmt: skip
        says = {
            field: "kept" if re.match("kept", cell) else "not kept"
            for field, cell in told()[name].items()
        }

        assert found == says
