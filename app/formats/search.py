"""Searches as the query of an address: the same search always reads the same, and is shareable."""

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from urllib.parse import urlencode

from app.domain.geography.gazetteer import province_named
from app.domain.geography.netherlands import folded
from app.domain.geography.whereabouts import LONGEST, is_postcode
from app.domain.kinds.of_meeting import KindOfMeeting
from app.domain.listing import Subject
from app.domain.search import RADII, Day, PartOfDay, Search, Sort, Whom
from app.formats.text import one_line

MOST_WORDS = 80
_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,63}", re.ASCII)
_OWN_KIND = re.compile(r"[a-z0-9][a-z0-9-]{0,63}\.[a-z0-9][a-z0-9&/ +-]{0,31}", re.ASCII)
_DATE = re.compile(r"2[01]\d\d-\d\d-\d\d", re.ASCII)
_LANGUAGE = re.compile(r"[a-z]{2,3}", re.ASCII)


@dataclass(frozen=True)
class _Field:
    """One name in the query, and the field of Search that it holds."""

    name: str
    of: str
    read: Callable[[str], Any]
    """Returns None for what it cannot mean."""
    write: Callable[[Any], str] = str


def _one_of(kind: type[StrEnum]) -> Callable[[str], StrEnum | None]:
    known = {str(value): value for value in kind}
    return lambda text: known.get(text.lower())


def _day(text: str) -> Day | date | None:
    """Read `today`, a weekday or `2026-12-08`; ISO 8601 knows more ways, which we do not."""
    if _DATE.fullmatch(text):
        with suppress(ValueError):
            return date.fromisoformat(text)
    return {str(one): one for one in Day}.get(text.lower())


def _yes(text: str) -> bool | None:
    return True if text in _YES else None


def _yes_or_no(text: str) -> bool | None:
    return True if text in _YES else False if text in _NO else None


def _matching(pattern: re.Pattern[str]) -> Callable[[str], str | None]:
    return lambda text: text.lower() if pattern.fullmatch(text.lower()) else None


def _kind(text: str) -> str | None:
    text = text.lower()
    is_own = bool(_OWN_KIND.fullmatch(text))
    return text if is_own or text in {str(one) for one in KindOfMeeting} else None


def _radius(text: str) -> int | None:
    return {str(one): one for one in RADII}.get(text)


def _write_yes(value: bool) -> str:
    return "1" if value else "0"


_YES, _NO = ("1", "yes", "ja", "on", "true"), ("0", "no", "nee", "false")
_FIELDS = (
    _Field("q", "words", lambda text: text[:MOST_WORDS].strip()),
    _Field("near", "near", lambda text: text[:LONGEST].strip()),
    _Field("within", "within", _radius),
    _Field("province", "province", province_named,
           lambda name: folded(name).replace(" ", "-")),
    _Field("day", "day", _day),
    _Field("time", "time", _one_of(PartOfDay)),
    _Field("for", "whom", _one_of(Whom)),
    _Field("fellowship", "fellowship", _matching(_SLUG)),
    _Field("subject", "subject", _one_of(Subject)),
    _Field("kind", "kind", _kind),
    _Field("language", "language", _matching(_LANGUAGE)),
    _Field("online", "online", _yes_or_no, _write_yes),
    _Field("free", "free", _yes, _write_yes),
    _Field("wheelchair", "wheelchair", _yes, _write_yes),
    _Field("open", "is_open", _yes, _write_yes),
    _Field("confirmed", "confirmed", _yes, _write_yes),
    _Field("sort", "sort", _one_of(Sort)),
)  # fmt: skip
NAMES = tuple(field.name for field in _FIELDS)
"""Of everything that a search may hold, in the order in which it is written."""


@dataclass(frozen=True)
class Read:
    """A search as an address has it, and the (name, text) of what could not be understood."""

    search: Search
    ignored: tuple[tuple[str, str], ...] = ()


def read_search(query: Mapping[str, str]) -> Read:
    """Return what a query asks; names that are not ours and empty values say nothing.

    A postcode among the words is a place: that is where people type it.
    """
    found: dict[str, Any] = {}
    ignored = []
    for field in _FIELDS:
        text = one_line(query.get(field.name, "")).strip()
        if not text:
            continue
        value = field.read(text)
        if value is None:
            ignored.append((field.name, text[:MOST_WORDS]))
        else:
            found[field.of] = value
    if not found.get("near") and is_postcode(found.get("words", "")):
        found["near"] = found.pop("words")
    return Read(Search(**found), tuple(ignored))


def query_of(search: Search) -> dict[str, str]:
    """Return the query of a search, in one order: read_search reads the same search from it."""
    written = {}
    for field in _FIELDS:
        value = getattr(search, field.of)
        if value not in ("", None) and (value is not False or field.name == "online"):
            written[field.name] = field.write(value)
    return written


def write_search(search: Search) -> str:
    """Return the same as it stands in an address, without the question mark."""
    return urlencode(query_of(search))
