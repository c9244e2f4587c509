"""What becomes of each field of a list from elsewhere: `python -m bench.lost FILE...`.

Of every field that a list says something in, how many rows have it, and in how many of those what it
says is found again in what would be published of the group, in another form or word for word. The
rest is lost, or means something that is said otherwise: docs/exchange.md tells which.
"""

import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import astuple
from datetime import time
from pathlib import Path
from typing import Any

from app.domain.imported import BrokenList, Entry
from app.formats.lists import tables
from app.formats.lists.countries import country_code
from app.formats.lists.decoding import text_of
from app.formats.lists.json_rows import rows_of_json
from app.formats.lists.type_names import name_of
from app.formats.meeting_guide.fields import days, start
from app.formats.meeting_guide.reading import read
from app.formats.meeting_guide.types import split_types, types_said
from app.formats.plain_text import plain


def rows_of(data: bytes) -> list[dict[str, Any]]:
    """Return the rows as they stand in a list of JSON or CSV."""
    text = text_of(data)
    if text.lstrip()[:1] in "[{":
        return [row for row in rows_of_json(text)[0] if isinstance(row, dict)]
    header, lines = tables.of_text(text)
    return [dict(zip(header, line, strict=False)) for line in lines]


def account(data: bytes) -> dict[str, tuple[int, int]]:
    """Return of each field in how many imported rows it says something, and in how many that is found.

    Raises BrokenList where the list cannot be read.
    """
    groups: dict[int, list[Entry]] = defaultdict(list)
    for entry in read(data).entries:
        groups[entry.row].append(entry)
    said: Counter[str] = Counter()
    found: Counter[str] = Counter()
    for number, row in enumerate(rows_of(data), start=1):
        if not (entries := groups.get(number)):
            continue
        published = " ".join(_words(entries)).casefold()
        for key, value in row.items():
            for one in value if isinstance(value, list) else [value]:
                if _says(one):
                    said[key] += 1
                    found[key] += _is_found(key, one, entries, published)
    return {key: (said[key], found[key]) for key in said}


def _says(value: object) -> bool:
    return value not in (None, "", [], {}, False, 0, "0") and bool(str(value).strip())


def _is_found(key: str, value: object, entries: list[Entry], published: str) -> bool:
    """Tell whether a value is in what would be published: as a day, an hour, a kind, a number or words."""
    text = str(value).rpartition("#@-@#")[2]  # old servers of BMLT write what they ask before it
    if _folded(plain(text)) in _folded(published) or text in _hours(entries):
        return True
    countries = {one.place.country for one in entries if one.place}
    parts = [
        part for part in map(str.strip, text.split(",")) if country_code(part) not in countries
    ]
    if {word for part in parts for word in _split(plain(part))} <= _split(published):
        return True
    if "updated" in key.casefold() and text[:10] in published:
        return True
    pairs = {code for entry in entries for _, code in types_said(entry)}
    if "type" in key.casefold() and set(split_types(text)) & {*pairs, "ONL"}:
        return True
    if "day" in key.casefold() and "bigint" not in key:
        said = _days(text)
        return bool({*said, *(day - 1 or 7 for day in said)} & {one.weekday for one in entries})
    return "time" in key.casefold() and _clock(text) in _hours(entries)


def _hours(entries: list[Entry]) -> set[str]:
    found = {f"{one.start:%H:%M}" for one in entries}
    for one in entries:
        if one.minutes is not None:
            minutes = one.start.hour * 60 + one.start.minute + one.minutes
            found |= {f"{minutes // 60 % 24:02}:{minutes % 60:02}", str(one.minutes)}
            found.add(f"{one.minutes // 60:02}:{one.minutes % 60:02}")
    return found


def _days(text: str) -> list[int]:
    try:
        return days(text)
    except Exception:
        return []


def _clock(text: str) -> str:
    try:
        return f"{start(text) or time(0):%H:%M}"
    except Exception:
        return ""


def _words(entries: list[Entry]) -> Iterator[str]:
    for entry in entries:
        for value in (*astuple(entry), *(astuple(entry.place) if entry.place else ())):
            yield str(value)
        for program, code in types_said(entry):
            yield f"{code} {name_of(program, code, 'en') or ''}"
        yield " ".join(one.words for one in (*entry.held, *entry.asides))


def _split(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))


def _folded(text: str) -> str:
    return re.sub(r"\W+", "", text.casefold())


def main() -> None:
    for name in sys.argv[1:]:
        print(f"\n{name}\n")
        try:
            fields = account(Path(name).read_bytes())
        except BrokenList as broken:
            print(f"is no list that can be read: {broken.problem}")
            continue
        for key, (rows, kept) in sorted(fields.items(), key=lambda one: one[1][1] - one[1][0]):
            print(f"{key:32} {rows:6} said {kept:6} found {rows - kept:6} not")


if __name__ == "__main__":
    main()
