"""The parameters of the read API: what each address takes, and how a page is named."""

import base64
import binascii
import json
import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from app.domain.geography.netherlands import PROVINCES
from app.domain.listing import Subject
from app.domain.search import RADII, Day, PartOfDay, Sort, Whom

MOST_DAYS = 31
MOST, USUAL = 200, 50
Schema = dict[str, Any]
_INSTANT = re.compile(
    r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,20}))?(Z|[+-]\d\d:\d\d)", re.ASCII
)
_YES: Schema = {"type": "string", "enum": ["1"]}
_WORDS = r"^[^\u0000]*$"
"""As ECMA-262 and Python both read it: any text, but for the NUL that no database takes."""


@dataclass(frozen=True)
class Parameter:
    """One name in a query, what it may hold, and what it is for."""

    name: str
    schema: Schema
    told: str


FILTERS = (
    Parameter("q", {"type": "string", "maxLength": 80, "pattern": _WORDS}, "Beginnings of words in the name, town, building or fellowship."),
    Parameter("near", {"type": "string", "maxLength": 80, "pattern": _WORDS}, "A postcode, a town, or `52.09,5.12`."),
    Parameter("within", {"type": "integer", "enum": list(RADII)}, "Kilometres around `near`."),
    Parameter("province", {"type": "string", "enum": sorted(PROVINCES)}, "A Dutch province."),
    Parameter("day", {"type": "string", "enum": [str(day) for day in Day]}, "A weekday, 1 for Monday, `today` or `tomorrow`."),
    Parameter("time", {"type": "string", "enum": [str(one) for one in PartOfDay]}, "A part of the day."),
    Parameter("for", {"type": "string", "enum": [str(one) for one in Whom]}, "For whom it is; `self` is who has the problem."),
    Parameter("fellowship", {"type": "string", "pattern": "^[a-z0-9][a-z0-9-]{0,63}$"}, "The slug of a fellowship."),
    Parameter("subject", {"type": "string", "enum": [str(one) for one in Subject]}, "What it is about; groups for any addiction answer too."),
    Parameter("kind", {"type": "string", "pattern": "^[a-z0-9-]{1,64}([.][a-z0-9&/ +-]{1,32})?$"}, "A kind of meeting, one of a group's `kinds`."),
    Parameter("language", {"type": "string", "pattern": "^[a-z]{2,3}$"}, "ISO 639, of the meetings."),
    Parameter("online", {"type": "string", "enum": ["1", "0"]}, "One can join online; 0: there is a building to come to."),
    Parameter("free", _YES, "There is a free seat."),
    Parameter("wheelchair", _YES, "Toegankelijk: a wheelchair can come in."),
    Parameter("open", _YES, "Anyone may come."),
    Parameter("confirmed", _YES, "Its people lately said that all this is right."),
)  # fmt: skip
"""As the finder on the front page has them."""
SORTS = tuple(str(one) for one in Sort)
LIMIT = Parameter("limit", {"type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL}, "So many on a page.")  # fmt: skip
CURSOR = Parameter("cursor", {"type": "string", "maxLength": 200, "pattern": "^[A-Za-z0-9_-]*$"}, "Of the next page: take it from `next`.")  # fmt: skip
FIRST = Parameter("from", {"type": "string", "format": "date"}, "The first day; today if it is not said.")  # fmt: skip
LAST = Parameter("until", {"type": "string", "format": "date"}, f"The last day; six days after the first if it is not said, and at most {MOST_DAYS - 1}.")  # fmt: skip
SINCE = Parameter("since", {"type": "string", "format": "date-time"}, "An instant with its offset; without it every group comes.")  # fmt: skip
AFTER = Parameter("after", {"type": "integer", "minimum": 0, "maximum": 2**31 - 1}, "With `since`: take it from `next`.")  # fmt: skip


class NoSuchPage(Exception):
    """A cursor that nobody was given."""


def write_cursor(*values: int) -> str:
    """Return where a page ended as one word."""
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


def read_cursor(text: str, count: int) -> list[int]:
    """Return the numbers of a cursor. Raises NoSuchPage."""
    try:
        found = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except (ValueError, binascii.Error, RecursionError):
        raise NoSuchPage from None
    if not isinstance(found, list) or len(found) != count:
        raise NoSuchPage
    if not all(type(one) is int and 0 <= one < 2**31 for one in found):
        raise NoSuchPage
    return found


def is_allowed(parameter: Parameter, value: str) -> bool:
    """Tell whether a value in a query is what the description says that it may be."""
    schema = parameter.schema
    if schema["type"] == "integer":
        if not re.fullmatch(r"\d{1,10}", value, re.ASCII):
            return False
        number = int(value)
        least, most = schema.get("minimum", 0), schema.get("maximum", 2**31 - 1)
        return least <= number <= most and number in schema.get("enum", [number])
    if value not in schema.get("enum", [value]) or len(value) > schema.get("maxLength", 100):
        return False
    if "pattern" in schema and not re.fullmatch(schema["pattern"].removesuffix("$"), value):
        return False
    match schema.get("format"):
        case "date":
            return day_of(value) is not None
        case "date-time":
            return instant_of(value) is not None
    return True


def day_of(text: str) -> date | None:
    """Return a day that is written as 2026-11-23, None of anything else."""
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII):
        return None
    with suppress(ValueError):
        return date.fromisoformat(text)
    return None


def instant_of(text: str) -> datetime | None:
    """Return an instant of RFC 3339, aware; a `+` that became a blank on the way is one."""
    match = _INSTANT.fullmatch(text.replace(" ", "+").upper())
    if match is None:
        return None
    with suppress(ValueError, OverflowError):
        seconds, fraction, offset = match.groups()
        whole = datetime.fromisoformat(seconds + offset.replace("Z", "+00:00"))
        return whole.astimezone(UTC) + timedelta(microseconds=int(f"{fraction or '0':0<6.6}"))
    return None
