"""Reads lists: each row becomes entries, one a day, or a reason why not.

The specification: https://github.com/code4recovery/spec. What real lists do besides stands in
docs/exchange.md. Contacts are not read at all: who they are of did not say yes to us.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from app.domain.imported import (
    SHUT,
    BrokenList,
    Entry,
    EntryWeek,
    Finding,
    Problem,
    Reading,
)
from app.domain.kinds.own import OwnKind
from app.domain.slot import LEAST_MINUTES, MOST_MINUTES
from app.formats.lists.decoding import GARBLED
from app.formats.lists.keys import MOST_NAMED, WEEKS
from app.formats.lists.languages import language_of
from app.formats.lists.opening import MOST_ROWS, Opened, opened
from app.formats.lists.prose.rows import Prose, without_asides
from app.formats.lists.type_names import named_codes
from app.formats.meeting_guide import fields
from app.formats.meeting_guide.facts import facts_of
from app.formats.meeting_guide.fields import Unreadable
from app.formats.meeting_guide.place import Around, cut_to, link, link_of, place_of
from app.formats.meeting_guide.row import Aim, Row
from app.formats.meeting_guide.twins import told_apart
from app.formats.meeting_guide.types import AA, Types, odd_types, read_types, split_types
from app.formats.plain_text import cut

STAMPED_TOGETHER = 0.5
"""Of the rows of a list, on one day: then a machine wrote the stamp, and nobody confirmed it."""
FEW_ROWS = 8
OnRow = Callable[[int, int], object]
_TYPES = ("types", "type", "languages", "features", "formats", "communities")


def read(
    data: bytes,
    *,
    program: str = AA,
    country: str = "",
    today: date | None = None,
    columns: Mapping[str, str] | None = None,
    own: Iterable[OwnKind] = (),
    on_row: OnRow = lambda _number, _of: None,
) -> Reading:
    """Read a list of any kind that docs/exchange.md names.

    `program` says whose codes the types are: the same one means different things elsewhere.
    `country` is the fellowship's, for rows that do not say so and may be there; `columns` what a
    person says that a table's columns are, `own` the kinds that the fellowship named: a list may
    write them by name. `on_row` hears which row it is at, and of how many. Raises BrokenList when
    the file as a whole cannot be read.
    """
    named = named_codes(own)
    found = opened(data, columns or {}, named)
    aim = Aim(found.program or program, country, found.zone, today, named)
    try:
        return _read(found, aim, on_row, to_seven=False)
    except _CountsToSeven:
        return _read(found, aim, on_row, to_seven=True)


class _CountsToSeven(Exception):
    """A row of the list says 7 for a day: then no number of any of its rows is sure."""


def _read(found: Opened, aim: Aim, on_row: OnRow, *, to_seven: bool) -> Reading:
    """Read row after row, and keep none. Raises _CountsToSeven where it does and `to_seven` is not said."""
    unreadable, left_out = [], []
    odd: Counter[str] = Counter()
    remarks: list[Finding] = []
    entries: list[Entry] = []
    for number, row in enumerate(found.rows, start=1):
        if number > MOST_ROWS:
            raise BrokenList(Problem.TOO_MANY, detail=str(MOST_ROWS))
        on_row(number, len(found.rows))
        if not to_seven and "7" in fields.numbers_of(row.get("day")):
            raise _CountsToSeven
        odd.update(_odd_types(row, aim.own))
        one = Row(number, row, aim, found.kind, counts_to_seven=to_seven)
        try:
            of_row = _entries(one)
        except Unreadable as fault:
            unreadable.append(one.find(fault.field, fault.problem, fault.value))
            continue
        if isinstance(of_row, Finding):
            left_out.append(of_row)
        else:
            entries += of_row
            remarks += one.remarks
            remarks += [one.find(text.field, Problem.PERSONAL, text.words) for text in one.held]
    entries, repeated, twins = told_apart(entries)
    entries, stamped = _without_bulk_stamp(entries)
    if unread := [*found.not_read, *(word for word, _ in odd.most_common())]:
        stamped.append(Finding(0, "", "", Problem.NOT_READ, ", ".join(unread[:MOST_NAMED])))
    return Reading(
        tuple(entries),
        tuple(unreadable),
        tuple(left_out + repeated),
        tuple(remarks + twins + stamped),
        kind=found.kind,
        columns=found.columns,
    )


def _entries(one: Row) -> list[Entry] | Finding:
    """Return an entry per day, or why the row is no weekly group. Raises Unreadable."""
    row = one.row
    if not row:
        raise Unreadable("", Problem.NOT_A_ROW)
    if not one.name:
        raise Unreadable("name", Problem.MISSING)
    if reason := _why_left_out(one):
        return reason
    weekdays = fields.days(row.get("day"), to_seven=one.counts_to_seven)
    start, end = fields.hours(row)
    if not weekdays or start is None:
        return one.find("day", Problem.BY_APPOINTMENT)
    types = _types(row, fields.text(row.get("program")) or one.aim.program, one.aim.own)
    language = types.language or language_of(fields.text(row.get("language")))
    zone = fields.zone(row.get("timezone")) or fields.zone(one.aim.zone)
    is_shut = any(code == SHUT for _, code in types.codes) or row.get("is_shut") is True
    prose = Prose(_written_on(one), weekdays[0])
    row = without_asides(row, prose)
    around = Around(one.aim.country, zone, language, is_shut, types.is_online)
    place, town, province = place_of(row, around, one.remark, one.public)
    if place and prose.near:
        prose.read(place.directions, "directions")
    named = fields.text(row.get("name"))
    name = one.public("name", named) or (place.name if place else "") or town or one.slug
    if GARBLED.search(f"{one.name} {row.get('notes')}"):
        one.remark("name", Problem.GARBLED, one.name)
    description = one.public(
        "description", prose.with_labels(_description(row, has_place=place is not None))
    )
    prose.read(description, "description")
    entry = Entry(
        source=one.source,
        slug=one.slug,
        name=cut_to("name", name, 120, one.remark),
        weekday=weekdays[0],
        start=start,
        minutes=_minutes(one, start, end),
        zone=zone,
        place=place,
        town=town,
        province=province,
        description=cut_to("notes", description, 1200, one.remark),
        language=language,
        is_open=types.is_open,
        audience=types.audience,
        features=types.features,
        codes=types.codes,
        confirmed=_confirmed(row),
        url=link(row, "url"),
        entity=fields.text(row.get("entity")),
        entity_url=link(row, "entity_url"),
        facts=facts_of(row, one.public, link_of),
        held=tuple(one.held),
        weeks=_weeks(row, weekdays[0]),
        asides=tuple(prose.found),
        row=one.number,
    )
    others = (replace(entry, weekday=day, weeks=_weeks(row, day)) for day in weekdays[1:])
    return [entry, *others]


def _why_left_out(one: Row) -> Finding | None:
    """Return why a row without a fault is no group here; None where it may be one."""
    row = one.row
    if fields.text(row.get("unpublished")) == "1":
        return one.find("unpublished", Problem.UNPUBLISHED)
    last_day = row.get("ends_on")
    if one.aim.today and isinstance(last_day, date) and last_day < one.aim.today:
        return one.find("day", Problem.ENDED, str(last_day))
    if fields.is_not_weekly(row.get("day")):
        return one.find("day", Problem.NOT_WEEKLY, fields.text(row.get("day")))
    return None


def _written_on(one: Row) -> date | None:
    """Return about when a row was written; a day without a year is near it."""
    stamp = fields.stamp(one.row.get("updated"))
    today = one.aim.today
    is_known = stamp is not None and stamp.year > 2000 and (today is None or stamp.date() <= today)
    return stamp.date() if stamp and is_known else today


def _description(row: dict[str, Any], *, has_place: bool) -> str:
    """Return the notes; with those on the way in where there is no place that could hold them."""
    description = fields.long_text(row.get("notes"))
    for key in ("group_notes",) if has_place else ("group_notes", "location_notes"):
        more = fields.long_text(row.get(key))
        if more and more not in description:
            description = f"{description}\n{more}".strip()
    return description


def _types(row: dict[str, Any], program: str, own: Mapping[str, str]) -> Types:
    """Read `types`, and the lists that the online intergroup splits them into."""
    codes = [code for key in _TYPES if key in row for code in split_types(row[key], own)]
    if fields.text(row.get("attendance_option")).lower() == "inactive":
        codes.append(SHUT)
    return read_types((program, code) for code in codes)


def _odd_types(row: dict[str, Any], own: Mapping[str, str]) -> Iterator[str]:
    """Yield types of a row that are neither codes nor known names."""
    for key in _TYPES:
        if key in row:
            yield from (f"“{cut(fields.text(word), 40)}”" for word in odd_types(row[key], own))


def _minutes(one: Row, start: time, end: time | None) -> int | None:
    """Return how long it takes, None where nobody says; an end before the start is on the next day."""
    if end is not None:
        midnight = date(2000, 1, 3)
        taken = datetime.combine(midnight, end) - datetime.combine(midnight, start)
        minutes: int | None = taken % timedelta(days=1) // timedelta(minutes=1)
    else:
        minutes = fields.duration(one.row.get("duration"))
    if minutes is not None and not LEAST_MINUTES <= minutes <= MOST_MINUTES:
        one.remark("end_time", Problem.ODD_END, str(minutes))
        return None
    return minutes


def _confirmed(row: dict[str, Any]) -> date | None:
    """Return when its people last confirmed it: our own field before the day it was written."""
    stamp = fields.stamp(row.get("confirmed_on")) or fields.stamp(row.get("updated"))
    return stamp.date() if stamp else None


def _weeks(row: dict[str, Any], weekday: int) -> tuple[EntryWeek, ...]:
    """Return the weeks that are otherwise for a row of that day; only a calendar says them."""
    return tuple(
        EntryWeek(one["week"], one["cancelled"], one.get("weekday"), one.get("start"))
        for one in row.get(WEEKS, ())
        if one["on"].isoweekday() == weekday
    )


def _without_bulk_stamp(entries: list[Entry]) -> tuple[list[Entry], list[Finding]]:
    """Return entries without a day that so many share that a machine must have written it."""
    days = Counter(one.confirmed for one in entries if one.confirmed)
    rows = len({one.row for one in entries})
    bulk = {
        day for day, count in days.items() if rows >= FEW_ROWS and count > rows * STAMPED_TOGETHER
    }
    if not bulk:
        return entries, []
    day = str(*bulk)
    said = Finding(0, "", "updated", Problem.BULK_STAMP, day)
    return [replace(one, confirmed=None) if one.confirmed in bulk else one for one in entries], [
        said
    ]
