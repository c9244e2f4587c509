"""Opens a Meeting Guide file: bytes become rows under the specification's own keys."""

import re
from functools import lru_cache
from typing import Any

import msgspec

from app.domain.imported import BrokenList, Problem
from app.formats.meeting_guide_fields import text

MOST_BYTES = 64 * 1024 * 1024
MOST_ROWS = 50_000
MOST_LEVELS = 6

_ALIASES = {
    "slug": ("id", "post_name"),
    "name": ("meeting", "meeting_name", "title"),
    "time": ("start_time",),
    "postal_code": ("zip",),
    "location": ("location_name",),
    "formatted_address": ("full_address",),
    "conference_url_notes": ("conference_notes",),
    "entity_url": ("entity_website_url",),
}
_STRING_OR_BRACKET = re.compile(rb'"(?:[^"\\]++|\\.)*+"|[\[{]|[\]}]', re.DOTALL)


def rows_of(data: bytes) -> list[dict[str, Any]]:
    """Return the rows by the specification's own keys; empty for one that is no object.

    Raises BrokenList, with line and column where there is one.
    """
    if len(data) > MOST_BYTES:
        raise BrokenList(Problem.TOO_BIG, detail=str(MOST_BYTES // 1024 // 1024))
    data = data.removeprefix(b"\xef\xbb\xbf")
    _refuse_depth(data)
    try:
        data.decode()
        found = msgspec.json.decode(data)
    except UnicodeDecodeError as fault:
        raise BrokenList(Problem.NOT_UTF8, *_line_and_column(data, fault.start)) from None
    except (msgspec.DecodeError, RecursionError) as fault:
        raise _not_json(data, str(fault)) from None
    if isinstance(found, dict) and isinstance(found.get("records"), list):
        found = [_record(one) for one in found["records"]]
    if not isinstance(found, list):
        raise BrokenList(Problem.NOT_A_LIST)
    if len(found) > MOST_ROWS:
        raise BrokenList(Problem.TOO_MANY, detail=str(MOST_ROWS))
    return [_with_plain_keys(row) if isinstance(row, dict) else {} for row in found]


def _refuse_depth(data: bytes) -> None:
    """Count brackets outside strings before anything is built of them."""
    level = 0
    for match in _STRING_OR_BRACKET.finditer(data):
        sign = match[0]
        if sign in (b"[", b"{"):
            level += 1
            if level > MOST_LEVELS:
                where = _line_and_column(data, match.start())
                raise BrokenList(Problem.TOO_DEEP, *where, detail=str(MOST_LEVELS))
        elif sign in (b"]", b"}"):
            level -= 1


def _not_json(data: bytes, words: str) -> BrokenList:
    """Turn msgspec's `… trailing comma in array (byte 1880)` into a line and a column."""
    match = re.search(r"\(byte (\d+)\)", words)
    at = int(match[1]) if match else len(data)
    detail = re.sub(r"^JSON is malformed: |\s*\(byte \d+\)", "", words)
    if not match:
        detail = "the file ends too early"
    return BrokenList(Problem.NOT_JSON, *_line_and_column(data, at), detail=detail)


def _line_and_column(data: bytes, at: int) -> tuple[int, int]:
    before = data[:at]
    return before.count(b"\n") + 1, at - (before.rfind(b"\n") + 1) + 1


def _record(record: object) -> Any:
    """Take the fields out of a sheet's record; its id is the slug of a row that has none."""
    if not isinstance(record, dict) or not isinstance(record.get("fields"), dict):
        return record
    return {"id": record.get("id")} | record["fields"]


def _with_plain_keys(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row by the specification's own keys: a sheet writes `Start Time`, TSML `zip`."""
    plain = {_key(key): value for key, value in row.items()}
    for key, others in _ALIASES.items():
        if not text(plain.get(key)):
            plain[key] = next((plain[one] for one in others if text(plain.get(one))), None)
    return plain


@lru_cache(maxsize=1000)
def _key(key: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", key[:80].lower()).strip("_")
