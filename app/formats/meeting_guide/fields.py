"""The fields of a Meeting Guide row, as tolerant as real lists make it necessary."""

import re
from datetime import UTC, datetime, time
from functools import cache, lru_cache
from typing import Any

from babel import Locale

from app.domain.imported import Problem
from app.domain.place import Position
from app.formats.plain_text import one_line, plain
from app.formats.zones import zone_named

_SPOKEN_IN = ("nl", "en", "de", "fr", "es")
_TIME = re.compile(
    r"(?:\d{4}-\d\d-\d\dT)?(\d{1,2})(?:\s?[:.hu]\s?(\d{2})(?::\d{2}(?:\.\d+)?)?)?\s*"
    r"(?:([ap])\.?\s?m\.?|h|u|uur|uhr|hrs?|o'clock)?(?:Z|[+-]\d\d:?\d\d)?",
    re.IGNORECASE,
)
_UP_TO = re.compile(
    r"\s*(?:-|–|—|\bt/?m\b|\btot\b|\bthrough\b|\bthru\b|\bto\b|\bbis\b|\buntil\b|\btill\b)\s*",
    re.IGNORECASE,
)
_NOT_WEEKLY = re.compile(
    r"\b(?:[1-5](?:e|de|ste|st|nd|rd|th|ère|er)|eerste|tweede|derde|vierde|vijfde|laatste|first|second|third|fourth|fifth|last|"
    r"ersten?r?|zweiten?r?|dritten?r?|vierten?r?|letzten?r?|premier|deuxième|dernier|om de (?:andere )?(?:week|weken)|"
    r"om de (?:twee|2) weken|every other|every (?:two|2|second) weeks?|alternate|bi-?weekly|fortnightly|twee-?wekelijks|"
    r"(?:on)?even weken|(?:un)?gerade|14-täg\w*|alle (?:14 tage|zwei wochen)|maandelijks|monthly|monatlich|mensuel)\b",
    re.IGNORECASE,
)
_OF_SCHEMA_ORG = re.compile(r"https?://schema\.org/")
_UP_TO_AND_WITH = re.compile(r"\btot en met\b", re.IGNORECASE)
_DATED = re.compile(r"\d{4}-\d\d-\d\d")
_BETWEEN_DAYS = re.compile(r"[,;&+]|(?<!t)/(?!m)|\b(?:en|and|und|et|y)\b", re.IGNORECASE)
_DURATION = re.compile(
    r"(?:PT?)?(?:(\d{1,2})\s*(?:h|u|uur|hours?|std|stunden?)\.?)?\s*(?:(\d{1,4})\s*(?:m|min|minuten|minutes|minuten)?\.?)?",
    re.IGNORECASE,
)
_EVERY_DAY, _WORKDAYS, _WEEKEND = range(1, 8), range(1, 6), range(6, 8)
_MANY_DAYS = {
    "dagelijks": _EVERY_DAY, "elke dag": _EVERY_DAY, "iedere dag": _EVERY_DAY, "alle dagen": _EVERY_DAY,
    "daily": _EVERY_DAY, "every day": _EVERY_DAY, "everyday": _EVERY_DAY, "täglich": _EVERY_DAY, "jeden tag": _EVERY_DAY,
    "tous les jours": _EVERY_DAY, "diario": _EVERY_DAY, "werkdagen": _WORKDAYS, "doordeweeks": _WORKDAYS,
    "weekdays": _WORKDAYS, "werktags": _WORKDAYS, "weekend": _WEEKEND, "weekends": _WEEKEND, "weekeinde": _WEEKEND,
    "wochenende": _WEEKEND,
}  # fmt: skip
_ISO_STAMP = re.compile(r"(\d{4})-(\d{2})-(\d{2})[T ]*(?:(\d{2}):(\d{2})(?::(\d{2}))?)?.*")
_US_STAMP = re.compile(
    r"(\d{1,2})/(\d{1,2})/(\d{4})(?:\s+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([AP])?M?)?", re.IGNORECASE
)

_NAMED_HOURS = {
    "noon": 12, "12 noon": 12, "midnight": 0, "12 midnight": 0, "middag": 12, "mittag": 12,
    "middernacht": 0, "mitternacht": 0,
}  # fmt: skip


class Unreadable(Exception):
    """A field says something that cannot be understood and must not be guessed."""

    def __init__(self, field: str, problem: Problem, value: object = ""):
        super().__init__(field)
        self.field, self.problem, self.value = field, problem, str(value)[:80]


def text(value: object) -> str:
    """Return one line of plain text; null, lists and objects are empty."""
    if value is None:
        return ""  # of three fields in five nothing is said
    return one_line(value if isinstance(value, str) else _written(value))


def long_text(value: object) -> str:
    """Return plain text, its lines kept."""
    return plain(_written(value)) if value is not None else ""


def days(value: object, *, to_seven: bool = False) -> list[int]:
    """Return weekdays, 1 for Monday to 7 for Sunday, from 0 to 6, a name, or a list of them.

    Empty when there is none: the meeting is by appointment. Raises Unreadable; for any number where
    its list counts `to_seven`, from Sunday or from Monday.
    """
    if to_seven and (numbers := numbers_of(value)):
        raise Unreadable("day", Problem.NOT_SURE_WHICH_DAY, ", ".join(numbers))
    if isinstance(value, str):
        value = _BETWEEN_DAYS.split(_UP_TO_AND_WITH.sub("t/m", _OF_SCHEMA_ORG.sub("", value)))
    wanted = value if isinstance(value, list) else [value]
    found = [day for one in wanted if (said := text(one)) for day in _days(said)]
    return list(dict.fromkeys(found))


def numbers_of(value: object) -> list[str]:
    """Return the days that a field says as bare numbers."""
    wanted = value if isinstance(value, list) else _BETWEEN_DAYS.split(text(value))
    return [said for said in map(text, wanted) if said.isdecimal()]


def is_not_weekly(value: object) -> bool:
    """Tell whether a day is one of some weeks only: `1st Tuesday`, `om de week dinsdag`."""
    said = text(value)
    return len(said) > 1 and bool(_NOT_WEEKLY.search(said))


def start(value: object, field: str = "time") -> time | None:
    """Return a time of day from `19:30`, `7:30 PM`, `Noon`; None when there is none.

    `24:00` is midnight, as the end of an evening may be. Raises Unreadable.
    """
    words = text(value).lower()
    return _clock(words, field) if words else None


@lru_cache(maxsize=1024)
def _clock(words: str, field: str) -> time:
    if words in _NAMED_HOURS:
        return time(_NAMED_HOURS[words])
    match = _TIME.fullmatch(words)
    if not match or words.isdecimal():
        raise Unreadable(field, Problem.NOT_A_TIME, words)
    hour, minute, half = int(match[1]), int(match[2] or 0), match[3]
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour == 24 and minute == 0 and field == "end_time":
        hour = 0
    if hour > 23 or minute > 59:
        raise Unreadable(field, Problem.NOT_A_TIME, words)
    return time(hour, minute)


def hours(row: dict[str, Any]) -> tuple[time | None, time | None]:
    """Return start and end; `19:30 - 21:00` in the one field says both. Raises Unreadable."""
    said = text(row.get("time"))
    ends = start(row.get("end_time"), "end_time")
    if len(both := _UP_TO.split(said)) == 2 and all(both) and not _DATED.match(said):
        first, last = both
        if last[-2:].lower() in ("am", "pm") and not re.search("[a-z]", first, re.IGNORECASE):
            first += last[-2:]
        return start(first), start(last, "end_time") if ends is None else ends
    return start(said), ends


def duration(value: object) -> int | None:
    """Return minutes from `90`, `01:30:00`, `1h30`, `PT90M`; None where it says nothing readable."""
    said = text(value)
    if match := re.fullmatch(r"(\d{1,2}):(\d{2})(?::\d{2})?", said):
        return int(match[1]) * 60 + int(match[2])
    match = _DURATION.fullmatch(said)
    if not said or not match or not (match[1] or match[2]):
        return None
    return int(match[1] or 0) * 60 + int(match[2] or 0)


def zone(value: object) -> str | None:
    """Return an IANA name, or None when there is none. Raises Unreadable."""
    said = text(value)
    name = zone_named(said) if said else None
    if said and name is None:
        raise Unreadable("timezone", Problem.NOT_A_ZONE, said)
    return name


def stamp(value: object) -> datetime | None:
    """Return an aware datetime in UTC from the ways lists write one; None for any other."""
    return _instant(text(value)) if value is not None else None


@lru_cache(maxsize=1024)
def _instant(words: str) -> datetime | None:
    parts: list[int] = []
    if match := _ISO_STAMP.fullmatch(words):
        parts = [int(part or 0) for part in match.groups()]
    elif match := _US_STAMP.fullmatch(words):
        month, day, year, *clock = (int(part or 0) for part in match.groups()[:6])
        if match[7] and 1 <= clock[0] <= 12:
            clock[0] = clock[0] % 12 + (12 if match[7] in "pP" else 0)
        parts = [year, month, day, *clock]
    try:
        return datetime(*parts, tzinfo=UTC) if parts else None  # type: ignore[misc, arg-type]  # six at most
    except ValueError:
        return None


def position(row: dict[str, Any]) -> Position | None:
    """Return where `latitude` and `longitude`, or `coordinates`, point; None for 0, 0.

    Four numbers are an area: None. Raises Unreadable.
    """
    given = text(row.get("coordinates"))
    if given.count(",") == 1:
        latitude, longitude = given.split(",")
    else:
        latitude, longitude = text(row.get("latitude")), text(row.get("longitude"))
    if not latitude or not longitude:
        return None
    try:
        found = Position(float(latitude), float(longitude))
    except ValueError:
        raise Unreadable("latitude", Problem.NOT_A_POSITION, f"{latitude}, {longitude}") from None
    if not (abs(found.latitude) <= 90 and abs(found.longitude) <= 180):
        raise Unreadable("latitude", Problem.NOT_A_POSITION, f"{latitude}, {longitude}")
    return found if found.latitude or found.longitude else None


def _written(value: object) -> str:
    match value:
        case bool() | None:
            return ""
        case str():
            return value
        case int() if abs(value) < 10**30:
            return str(value)
        case float():
            return str(int(value)) if value.is_integer() else repr(value)
    return ""


@lru_cache(maxsize=256)
def _days(said: str) -> tuple[int, ...]:
    """Return the days that a word or a range of two days means: `dagelijks`, `ma t/m vr`."""
    if known := _MANY_DAYS.get(said.casefold().strip(". ")):
        return tuple(known)
    both = _UP_TO.split(said)
    if (
        len(both) == 2
        and all(_NO_DIGITS.fullmatch(one) for one in both)
        and not _AFTER_A_DAY.fullmatch(both[1])
    ):
        first, last = map(_day, both)
        return tuple((first + number - 1) % 7 + 1 for number in range((last - first) % 7 + 1))
    return (_day(said),)


def _day(value: object) -> int:
    name = text(value).casefold()
    if name in ("0", "1", "2", "3", "4", "5", "6"):
        return int(name) or 7
    for known in (name, name.rstrip(". "), _AROUND_A_DAY.sub("", name)):
        if known in _weekdays():
            return _weekdays()[known]
    raise Unreadable("day", Problem.NOT_A_DAY, name)


_NO_DIGITS = re.compile(r"\D+")
_OF_A_DAY = "avond|ochtend|middag|morgen|abend|nachmittag|evening|morning|afternoon"
_AFTER_A_DAY = re.compile(_OF_A_DAY)
_AROUND_A_DAY = re.compile(
    r"^(?:every|each|elke|iedere|op|jeden|on|chaque|cada)\s+|"
    rf"(?:[\s-]?(?:{_OF_A_DAY}|s|en|\.))$"
)


@cache
def _weekdays() -> dict[str, int]:
    found: dict[str, int] = {}
    for width in ("wide", "abbreviated", "short"):
        for language in _SPOKEN_IN:
            for number, name in Locale(language).days["format"][width].items():
                for written in (name.casefold(), name.casefold().rstrip(".")):
                    found.setdefault(written, number + 1)
    return found
