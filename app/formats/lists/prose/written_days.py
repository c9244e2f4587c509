"""Finds days in a sentence as people write them, each by itself, its year perhaps not said."""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from app.formats.lists.prose.named_days import (
    NAMED,
    SIGNS,
    OfYear,
    day_of_year,
    days_named,
    week_around,
    week_of_year,
)
from app.formats.lists.prose.names import PART_OF_MONTH, by_first_letter, months, names_of, weekdays

_WEEKDAY = rf"(?:(?P<weekday>{names_of(weekdays())})(?:avond|ochtend|middag)?\b\.?,?\s+(?:de\s+|the\s+|den\s+)?)?"
_PLAIN_WEEKDAY = _WEEKDAY.replace("?P<weekday>", "?:")
_DAY = r"(?<![\d.:])(?:0?[1-9]|[12]\d|3[01])(?!\d)(?:ste|de|e|st|nd|rd|th|\.)?"
_YEAR = r"(?:,?\s*'?(?P<year>20\d\d|\b\d\d(?![\d:.]|\s?(?:uur|u\b|h\b|uhr|am|pm))))?"
_JOIN = (
    r"\s*(?:(?P<range>-|–|—|\bt/m\b|\btm\b|\bt\.e\.m\.|\btot en met\b|\btot\b|\bbis(?: zum| einschließlich)?\b"
    r"|\bto\b|\bthrough\b|\bthru\b|\buntil\b|\btill?\b)"
    r"|,?\s*(?:\ben\b|\band\b|\bund\b|\bof\b|\bor\b|&|\+|/|,))\s*(?:op\s+|on\s+|am\s+|van\s+)?"
)
_PLAIN_JOIN = _JOIN.replace("?P<range>", "?:")
_MONTH = rf"(?P<month>{names_of(months())})\b\.?"
_FULL_YEAR = r"(?:,?\s*'?(?P<year>20\d\d))?"
_ISO = re.compile(r"\b(?P<year>20\d\d)-(?P<month>\d\d)-(?P<day>\d\d)\b")
_NUMERIC = re.compile(
    rf"{_WEEKDAY}(?<![\d.,:/-])(?P<day>0?[1-9]|[12]\d|3[01])(?P<mark>[./-])(?P<month>0?[1-9]|1[0-2])"
    r"(?:(?P=mark)(?P<year>20\d\d|\d\d)|\.)?(?![\d:]|[./-]\d)(?!\s*(?:uur|u\b|h\b|uhr|am\b|pm\b|euro|€|km|m\b|%))",
    re.IGNORECASE,
)
_DAY_MONTH = re.compile(
    rf"{_WEEKDAY}(?P<days>{_DAY}(?:{_PLAIN_JOIN}{_PLAIN_WEEKDAY}{_DAY})*)\s*(?:of\s+)?{_MONTH}{_YEAR}",
    re.IGNORECASE,
)
_MONTH_DAY = re.compile(
    rf"{_WEEKDAY}\b{_MONTH}\s+(?:the\s+)?(?P<days>{_DAY}(?!\s?[:.]\d|\s?(?:uur|am|pm|h\b|uhr))(?:{_PLAIN_JOIN}{_DAY}(?!\s?[:.]\d|\s?(?:uur|am|pm|{names_of(months())})))*)"
    rf"(?!\d){_FULL_YEAR}",
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(
    rf"{_WEEKDAY}(?<![\d.,:/-])(?P<month>0?[1-9]|1[0-2])/(?P<day>1[3-9]|2\d|3[01])(?:/(?P<year>20\d\d|\d\d))?(?![\d/])",
    re.IGNORECASE,
)
"""As Americans write it, where it can be nothing else: 12/24."""
_WEEKS = re.compile(
    rf"\b(?:weken|weeks?|wochen?|kw)\s(?P<weeks>(?:[6-9]|[1-4]\d|5[0-3])(?:{_PLAIN_JOIN}(?:weeks?\s|woche\s)?(?:5[0-3]|[1-4]?\d))*)(?![\w%]|[.,:]\d)",
    re.IGNORECASE,
)
"""By their number in the year; one to five may be those of a month."""
_MONTH_ALONE = re.compile(rf"\b{_MONTH}{_FULL_YEAR}", re.IGNORECASE)
_PATTERNS = (_ISO, _DAY_MONTH, _MONTH_DAY, _NUMERIC, _MONTH_FIRST, NAMED, _WEEKS, _MONTH_ALONE)
_ONE_DAY = re.compile(_DAY, re.IGNORECASE)
_ONE_WEEK = re.compile(r"\d+")
_JOINED = re.compile(_JOIN, re.IGNORECASE)
BETWEEN_DATES = re.compile(rf"(?:{_JOIN})+{_PLAIN_WEEKDAY}", re.IGNORECASE)
_MAY_HOLD = re.compile(
    rf"\d[./-]\d|(?:we[eo]\w+|kw)\s\d|{by_first_letter('|'.join(sorted({name[:3] for name in months()})))}|{by_first_letter(SIGNS)}"
)
"""In every text with a day in it, in small letters: to look for the days themselves takes long."""
BETWEEN = re.compile(r"\b(?:tussen|between|zwischen)\s+(?:de\s+|the\s+)?$", re.IGNORECASE)
"""Before two days that are first and last, whatever stands between them."""
_WEEK_OF = re.compile(r"\b(?:week|woche)\s+(?:van|of|vom|von)\s+$", re.IGNORECASE)
_VAGUE = re.compile(
    rf"\b(?:{PART_OF_MONTH})[ -](?:van |of )?$"
    r"|\b(?:week|weken|weeks?|wochen?)\s+(?:van|of|in|im)\s+$",
    re.IGNORECASE,
)
"""Before a month of which only a part is meant."""
_HOUR_BEFORE = re.compile(r"\b(?:om|at|um|vanaf|tussen|from|ab)\s*$", re.IGNORECASE)


@dataclass(frozen=True)
class Part:
    """A day, a week or a month as written."""

    start: int
    end: int
    first: OfYear
    """Its first day in a year."""
    year: int | None = None
    length: str = "day"
    """Or week, or month."""
    weekday: int | None = None
    is_named: bool = False
    runs_to_next: bool = False

    def last(self, first: date) -> date:
        """Return its last day, of the year in which this is its first."""
        if self.length == "month":
            return first.replace(day=monthrange(first.year, first.month)[1])
        return first + timedelta(days=6 if self.length == "week" else 0)


@lru_cache(maxsize=1024)
def parts_in(text: str) -> tuple[Part, ...]:
    """Return the parts that stand in a sentence, in order: rows of a list say the same ones."""
    if not _MAY_HOLD.search(text.lower()):
        return ()
    found: list[Part] = []
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            if any(match.start() < one.end and one.start < match.end() for one in found):
                continue
            if pattern is _NUMERIC and _is_hour(text, match):
                continue
            if pattern is _MONTH_ALONE and _VAGUE.search(text[: match.start()]):
                continue  # nobody said from when to when
            is_of_week = _WEEK_OF.search(text[: match.start()])
            found += map(_week_around, _read(match)) if is_of_week else _read(match)
    return tuple(sorted(found, key=lambda part: part.start))


def _read(match: re.Match[str]) -> Iterator[Part]:
    known = match.groupdict()
    if match.re is NAMED:
        for of_year in days_named(match):
            yield Part(match.start(), match.end(), of_year, is_named=True)
        return
    if "weeks" in known:
        for at, end, number in _numbers(match, "weeks", _ONE_WEEK):
            yield Part(at, end, week_of_year(number), length="week")
        return
    written = known["month"].casefold().rstrip(".")
    month = int(written) if written.isdecimal() else months()[written]
    year = _year(known.get("year"))
    named = known.get("weekday")
    weekday = weekdays().get(named.casefold().rstrip(".")) if named else None
    if "days" in known:
        for at, end, number in _numbers(match, "days", _ONE_DAY):
            of_first = weekday if at == match.start() else None
            yield Part(at, end, day_of_year(month, number), year, weekday=of_first)
    elif day := known.get("day"):
        yield Part(match.start(), match.end(), day_of_year(month, int(day)), year, weekday=weekday)
    else:
        yield Part(match.start(), match.end(), day_of_year(month, 1), year, "month")


def _week_around(part: Part) -> Part:
    return replace(part, first=week_around(part.first), length="week", weekday=None)


def _numbers(
    match: re.Match[str], group: str, one: re.Pattern[str]
) -> Iterator[tuple[int, int, int]]:
    """Yield the numbers of a group with where each begins and ends; what is around it belongs to the outer ones."""
    found = list(one.finditer(match.string, match.start(group), match.end(group)))
    for number, each in enumerate(found):
        yield (
            each.start() if number else match.start(),
            match.end() if each is found[-1] else each.end(),
            int(re.match(r"\d+", each[0])[0]),  # type: ignore[index]  # it begins with digits
        )


def is_range(between: str) -> bool:
    """Tell whether what stands between two parts makes them first and last."""
    return any(match["range"] for match in _JOINED.finditer(between))


def _is_hour(text: str, match: re.Match[str]) -> bool:
    """Tell `om 20.10` from a day; a year or a closing dot makes it one."""
    if match["mark"] != "." or match["year"] or match[0].endswith("."):
        return False
    return bool(_HOUR_BEFORE.search(text[: match.start()])) or len(match["month"]) != 2


def _year(said: str | None) -> int | None:
    return None if not said else int(said) if len(said) == 4 else 2000 + int(said)
