"""Reads Meeting Guide JSON: each row becomes entries, one a day, or a reason why not.

The specification: https://github.com/code4recovery/spec. What real lists do besides stands in
docs/exchange.md. Contacts are not read at all: who they are of did not say yes to us.
"""

import hashlib
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from app.domain.imported import SHUT, Entry, Finding, Problem, Reading
from app.domain.slot import IMPORTED_MINUTES, LEAST_MINUTES, MOST_MINUTES
from app.domain.slug import slug_from
from app.formats import meeting_guide_fields as fields
from app.formats.meeting_guide_fields import Unreadable
from app.formats.meeting_guide_file import rows_of
from app.formats.meeting_guide_place import Remark, cut_to, link, place_of
from app.formats.meeting_guide_types import AA, read_types, split_types
from app.formats.phone import findings_in
from app.formats.plain_text import cut

SOURCE = "meeting-guide"
LONGEST_SLUG = 64


def read(data: bytes, *, program: str = AA, country: str = "NL") -> Reading:
    """Read a list: UTF-8, an array of flat objects, or `records[].fields` of a sheet.

    `program` says whose codes the types are: the same one means different things elsewhere.
    `country` is where rows are that do not say so. Raises BrokenList when the file as a whole
    cannot be read.
    """
    entries: dict[str, Entry] = {}
    unreadable, left_out, remarks = [], [], []
    for number, row in enumerate(rows_of(data), start=1):
        name, slug = fields.text(row.get("name")), _slug(row)

        def find(field: str, problem: Problem, value: str = "", at=(number, name, slug)) -> Finding:
            return Finding(at[0], cut(at[1] or at[2], 120), field, problem, cut(value, 80), at[2])

        def remark(field: str, problem: Problem, value: str = "", find=find) -> None:
            remarks.append(find(field, problem, value))

        try:
            of_row = _entries(row, number, program, country, remark)
        except Unreadable as fault:
            unreadable.append(find(fault.field, fault.problem, fault.value))
            continue
        if not of_row:
            left_out.append(find("day", Problem.BY_APPOINTMENT))
        for entry in of_row:
            entry, twin = _among(entries, entry)
            if twin == entry:
                left_out.append(find("slug", Problem.SAME_AS_ROW, str(twin.row)))
            elif twin:
                remark("slug", Problem.SLUG_TWICE, str(twin.row))
            entries.setdefault(entry.key, entry)
    return Reading(tuple(entries.values()), tuple(unreadable), tuple(left_out), tuple(remarks))


def _slug(row: dict[str, Any]) -> str:
    """Return the row's identity; without one, what its name gives, as TSML does."""
    slug = fields.text(row.get("slug"))
    if not slug and (name := fields.text(row.get("name"))):
        slug = slug_from(name)
    return short_slug(slug)


def short_slug(slug: str) -> str:
    """Return a slug of 64 characters at most: a longer one keeps its head and a hash of it all."""
    if len(slug) <= LONGEST_SLUG:
        return slug
    return slug[: LONGEST_SLUG - 13] + "-" + hashlib.sha256(slug.encode()).hexdigest()[:12]


def _entries(
    row: dict[str, Any], number: int, program: str, country: str, remark: Remark
) -> list[Entry]:
    """Return an entry per day; none for a meeting by appointment. Raises Unreadable."""
    if not row:
        raise Unreadable("", Problem.NOT_A_ROW)
    name = fields.text(row.get("name"))
    if not name:
        raise Unreadable("name", Problem.MISSING)
    weekdays, start = fields.days(row.get("day")), fields.start(row.get("time"))
    if not weekdays or start is None:
        return []
    types = _types(row, program)
    is_shut = any(code == SHUT for _, code in types.codes)
    place, town, province = place_of(row, country, remark, is_shut=is_shut)
    description = fields.long_text(row.get("notes"))
    group_notes = fields.long_text(row.get("group_notes"))
    if group_notes and group_notes not in description:
        description = f"{description}\n{group_notes}".strip()
    _warn_of_people(description, country, remark)
    entry = Entry(
        source=SOURCE,
        slug=_slug(row),
        name=cut_to("name", name, 120, remark),
        weekday=weekdays[0],
        start=start,
        minutes=_minutes(row, start, remark),
        zone=fields.zone(row.get("timezone")),
        place=place,
        town=town,
        province=province,
        description=cut_to("notes", description, 1200, remark),
        language=types.language,
        is_open=types.is_open,
        audience=types.audience,
        features=types.features,
        codes=types.codes,
        updated=fields.stamp(row.get("updated")),
        url=link(row, "url"),
        entity=fields.text(row.get("entity")),
        entity_url=link(row, "entity_url"),
        row=number,
    )
    return [replace(entry, weekday=weekday) for weekday in weekdays]


def _types(row: dict[str, Any], program: str):
    """Read `types`, and the lists that the online intergroup splits them into."""
    codes = split_types(row.get("types"))
    for key in ("type", "languages", "features", "formats", "communities"):
        codes += split_types(row.get(key))
    if fields.text(row.get("attendance_option")) == "inactive":
        codes.append(SHUT)
    return read_types((program, code) for code in codes)


def _minutes(row: dict[str, Any], start: time, remark: Remark) -> int:
    """Return how long it takes; an end before the start is on the next day."""
    end = fields.start(row.get("end_time"), "end_time")
    duration = fields.text(row.get("duration"))
    if end is not None:
        midnight = date(2000, 1, 3)
        taken = datetime.combine(midnight, end) - datetime.combine(midnight, start)
        minutes = taken % timedelta(days=1) // timedelta(minutes=1)
    elif duration.isdecimal():
        minutes = int(duration[:4])
    else:
        return IMPORTED_MINUTES
    if not LEAST_MINUTES <= minutes <= MOST_MINUTES:
        remark("end_time", Problem.ODD_END, str(minutes))
        return IMPORTED_MINUTES
    return minutes


def _warn_of_people(text: str, country: str, remark: Remark) -> None:
    for found in findings_in(text, country).values() if text else ():
        remark("notes", Problem.PERSONAL, found)


def _among(entries: dict[str, Entry], entry: Entry) -> tuple[Entry, Entry | None]:
    """Return the entry, and the one before it with the same slug and day, if any.

    It is told from others of its slug and day by a number, as TSML does, `slug~2`, unless it is
    word for word the same as one of them.
    """
    slug, number, twin = entry.slug, 1, None
    while (known := entries.get(entry.key)) is not None:
        if known == entry:
            return entry, known
        number, twin = number + 1, twin or known
        entry = replace(entry, slug=f"{slug}~{number}")
    return entry, twin
