"""Opens a list in JSON: text becomes rows as they stand in it, whatever they are wrapped in."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from app.domain.imported import BrokenList, Problem

MOST_LEVELS = 12

_WRAPPERS = (
    "meetings",
    "records",
    "rows",
    "items",
    "results",
    "data",
    "groups",
    "value",
    "features",
)
_TO_A_BRACKET = re.compile(
    rb'(?:[^"\[\]{}]++|"(?:[^"\\]++|\\.)*+(?:"|\\?\Z))*+([\[\]{}]|\Z)', re.DOTALL
)
"""One match for each bracket outside strings, whatever stands before it; it fails nowhere, so that
no byte is looked at twice."""
_CALLED = re.compile(r"\s*[\w.$]+\(\s*([\[{].*[\]}])\s*\)\s*;?\s*", re.DOTALL)


@dataclass(frozen=True)
class JsonRows:
    """Rows as they stand in JSON, each decoded when it is asked for."""

    data: bytes
    raw: Sequence[msgspec.Raw]

    def __len__(self) -> int:
        return len(self.raw)

    def __iter__(self) -> Iterator[Any]:
        for one in self.raw:
            try:
                row = msgspec.json.decode(one)
            except (msgspec.DecodeError, RecursionError):
                _decoded(self.data)  # where in all of it the fault is
                raise
            yield _row(row)


def rows_of_json(text: str, data: bytes = b"") -> tuple[JsonRows | list[Any], dict[str, Any]]:
    """Return the rows, and what stands beside them in their wrapper.

    `data` is what the text came from: of a long list one copy is enough. Raises BrokenList, with line and column where there is one.
    """
    if match := _CALLED.fullmatch(text):
        text = match[1]
    encoded = text.encode("utf-8", "replace")
    data = data if data == encoded else encoded
    del encoded
    _refuse_depth(data)
    if text.lstrip().startswith("["):
        return JsonRows(data, _decoded(data, list[msgspec.Raw])), {}
    rows, beside = _unwrapped(_decoded(data))
    return [_row(one) for one in rows], beside


def _decoded(data: bytes, what: Any = Any) -> Any:
    try:
        return msgspec.json.decode(data, type=what)
    except (msgspec.DecodeError, RecursionError) as fault:
        raise _not_json(data, str(fault)) from None


def _unwrapped(found: Any) -> tuple[list[Any], dict[str, Any]]:
    """Take the rows out of `{"meetings": […]}`, `{"data": {"items": […]}}` or an object by id."""
    beside: dict[str, Any] = {}
    for _ in range(3):
        if isinstance(found, list):
            return found, beside
        if not isinstance(found, dict):
            break
        inner = next(
            (found[key] for key in _WRAPPERS if isinstance(found.get(key), list | dict)), None
        )
        if inner is None:
            lists = [one for one in found.values() if isinstance(one, list)]
            if len(lists) == 1 and all(isinstance(one, dict) for one in lists[0]):
                inner = lists[0]
        if inner is None:
            rows = [one for one in found.values() if isinstance(one, dict)]
            if rows and len(rows) == len(found):
                return [{"id": key} | one for key, one in found.items()], beside
            break
        beside |= {key: value for key, value in found.items() if value is not inner}
        found = inner
    raise BrokenList(Problem.NOT_KNOWN)


def _row(row: Any) -> Any:
    """Take the fields out of a sheet's record or a map's feature; its id is kept."""
    if not isinstance(row, dict):
        return row
    if isinstance(row.get("fields"), dict):
        return {"id": row.get("id")} | row["fields"]
    if isinstance(row.get("properties"), dict):
        geometry = row.get("geometry")
        spot = geometry.get("coordinates") if isinstance(geometry, dict) else None
        found = {"id": row.get("id")} | row["properties"]
        if isinstance(spot, list) and len(spot) == 2:
            found |= {"longitude": spot[0], "latitude": spot[1]}
        return found
    return row


def _refuse_depth(data: bytes) -> None:
    """Count brackets outside strings before anything is built of them."""
    level = 0
    for match in _TO_A_BRACKET.finditer(data):
        sign = match[1]
        if sign in (b"[", b"{"):
            level += 1
            if level > MOST_LEVELS:
                where = _line_and_column(data, match.start(1))
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
