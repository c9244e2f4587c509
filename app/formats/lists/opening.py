"""Opens a list: what kind it is shows in its content, and its rows come out under one set of keys."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from app.domain.imported import BrokenList, Problem
from app.formats.lists import bmlt, calendars, naws, tables
from app.formats.lists.decoding import text_of
from app.formats.lists.json_rows import rows_of_json
from app.formats.lists.keys import Row, by_own_keys
from app.formats.lists.kinds import BMLT, CALENDAR, MEETING_GUIDE, NAWS
from app.formats.lists.nested import rows_within
from app.formats.lists.rows import Rows
from app.formats.lists.type_names import NONE_NAMED

MOST_BYTES = 64 * 1024 * 1024
MOST_ROWS = 50_000


@dataclass(frozen=True)
class Opened:
    """The rows of a list by the specification's own keys; empty for one that is no object."""

    kind: str
    rows: list[Row] | Rows
    program: str = ""
    """Whose codes its types are, where the kind of list says so."""
    zone: str = ""
    """What the list says for all of its rows."""
    columns: dict[str, str] = field(default_factory=dict)
    """Of a table: what each of its columns is taken for; empty where it is not known."""

    @property
    def not_read(self) -> list[str]:
        """Keys under which its rows say something that nobody reads; known once they were read."""
        return self.rows.not_read if isinstance(self.rows, Rows) else []


def opened(data: bytes, said: Mapping[str, str], own: Mapping[str, str] = NONE_NAMED) -> Opened:
    """Return the rows of a list; `said` is what a person takes columns of a table for, `own` the
    codes of kinds that the fellowship named, by name.

    Raises BrokenList where it is none, or cannot be read.
    """
    if len(data) > MOST_BYTES:
        raise BrokenList(Problem.TOO_BIG, detail=str(MOST_BYTES // 1024 // 1024))
    found = _opened(data, said, own)
    if len(found.rows) > MOST_ROWS:
        raise BrokenList(Problem.TOO_MANY, detail=str(MOST_ROWS))
    if len(found.rows) and not any(
        row.get(key) for row in found.rows for key in ("name", "day", "time")
    ):
        raise BrokenList(Problem.NOT_KNOWN)
    return found


def _opened(data: bytes, said: Mapping[str, str], own: Mapping[str, str]) -> Opened:
    if data.startswith(b"PK\x03\x04"):
        return _of_table(*tables.of_workbook(data), said)
    text = text_of(data)
    start = text.lstrip()[:400]
    if not start:
        raise BrokenList(Problem.NOTHING)
    if start.upper().startswith("BEGIN:VCALENDAR"):
        return Opened(CALENDAR, calendars.rows(text))
    if (
        start.startswith(("[", "{"))
        or (start.endswith("]") and "(" in start[:80])
        or "([" in start[:80]
    ):
        return _of_json(text, data, own)
    if start.startswith("<"):
        raise BrokenList(Problem.NOT_KNOWN)
    return _of_table(*tables.of_text(text), said)


def _of_json(text: str, data: bytes, own: Mapping[str, str]) -> Opened:
    found, beside = rows_of_json(text, data)
    first = next((row for row in found if isinstance(row, dict)), None)
    if first and bmlt.is_bmlt(first):
        return Opened(BMLT, bmlt.rows([*found], beside, own), "NA")
    zone = beside.get("timezone") or beside.get("time_zone")
    return Opened(
        MEETING_GUIDE,
        Rows(found, _within, by_own_keys),
        zone=zone if isinstance(zone, str) else "",
    )


def _within(row: Any) -> list[Row]:
    return [*rows_within(row)] if isinstance(row, dict) else [{}]


def _of_table(header: list[str], lines: list[list[str]], said: Mapping[str, str]) -> Opened:
    def named(line: list[str]) -> Row:
        return dict(zip(header, line, strict=False))

    if naws.is_naws(header):
        return Opened(NAWS, naws.rows([named(line) for line in lines]), "NA")
    if lines and bmlt.is_bmlt(named(lines[0])):
        return Opened(BMLT, bmlt.rows([named(line) for line in lines], {}, {}), "NA")
    columns = tables.columns_of(header, said)
    known = [column for column, key in columns.items() if key]
    rows = Rows(lines, lambda line: [named(line)], partial(tables.row, columns), known)
    return Opened(MEETING_GUIDE, rows, columns=columns)
