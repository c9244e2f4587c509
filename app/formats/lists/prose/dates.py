"""Finds days in a sentence as people write them, Dutch, English or German, with or without a year."""

import re
from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache

from babel import Locale

BEFORE = timedelta(days=90)
"""So long before a list was written a day without a year may lie; else it is of the next year."""
YEARS_BACK = 8

_MORE_MONTHS = {
    "sept": 9, "mrt": 3, "jan": 1, "febr": 2, "märz": 3, "maerz": 3, "mär": 3, "okt": 10, "dez": 12,
    "mei": 5, "mai": 5, "juni": 6, "juli": 7, "june": 6, "july": 7, "aug": 8, "jänner": 1,
}  # fmt: skip
_NAMED_DAYS = {
    r"(?:beide\s+)?kerstdagen|weihnachtsfeiertage": ((12, 25), (12, 26)),
    r"(?:1e|eerste)(?=\s*(?:en|&|\+)\s*(?:2e|tweede)\s+kerstdag)": ((12, 25),),
    r"(?:1e|eerste)\s+kerstdag|christmas day|(?:1\.|erster?)\s+weihnachts(?:feier)?tag": ((12, 25),),
    r"(?:2e|tweede)\s+kerstdag|boxing day|(?:2\.|zweiter?)\s+weihnachts(?:feier)?tag": ((12, 26),),
    r"kerstavond|christmas eve|heilig\s?abend": ((12, 24),),
    r"oud(?:e)?jaarsavond|oud(?:e)?jaarsdag|new year'?s eve|silvester": ((12, 31),),
    r"oud\s?(?:en|&)\s?nieuw": ((12, 31), (1, 1)),
    r"nieuwjaarsdag|new year'?s day|neujahr(?:stag)?": ((1, 1),),
    r"koningsdag|king'?s day": ((4, 27),),
    r"sinterklaas(?:avond)?|pakjesavond": ((12, 5),),
    r"bevrijdingsdag": ((5, 5),),
}  # fmt: skip


@cache
def _months() -> dict[str, int]:
    found = dict(_MORE_MONTHS)
    for language in ("nl", "en", "de"):
        for width in ("wide", "abbreviated"):
            for number, name in Locale(language).months["format"][width].items():
                found.setdefault(name.casefold().rstrip("."), number)
    return {name: number for name, number in found.items() if len(name) > 2}


@cache
def weekdays() -> dict[str, int]:
    """Return names of weekdays, 1 for Monday; short ones of two letters only in Dutch and German."""
    found: dict[str, int] = {}
    for language in ("nl", "en", "de"):
        for width in ("wide", "abbreviated"):
            for number, name in Locale(language).days["format"][width].items():
                found.setdefault(name.casefold().rstrip("."), number + 1)
    return found


def by_first_letter(words: str) -> str:
    """Return a pattern of alternatives that gives up on most letters at once: four times as fast."""
    of_letter: dict[str, list[str]] = defaultdict(list)
    for word in words.split("|"):
        of_letter[word[0]].append(word[1:])
    return "|".join(f"{letter}(?:{'|'.join(some)})" for letter, some in of_letter.items())


def names_of(known: dict[str, int]) -> str:
    return "|".join(sorted(map(re.escape, known), key=len, reverse=True))


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
_MONTH = rf"(?P<month>{names_of(_months())})\b\.?"
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
    rf"{_WEEKDAY}\b{_MONTH}\s+(?:the\s+)?(?P<days>{_DAY}(?!\s?[:.]\d|\s?(?:uur|am|pm|h\b|uhr))(?:{_PLAIN_JOIN}{_DAY}(?!\s?[:.]\d|\s?(?:uur|am|pm|{names_of(_months())})))*)"
    rf"(?!\d){_FULL_YEAR}",
    re.IGNORECASE,
)
_MONTH_ALONE = re.compile(rf"\b{_MONTH}{_FULL_YEAR}", re.IGNORECASE)
_ONE_DAY = re.compile(_DAY, re.IGNORECASE)
_BETWEEN = re.compile(_JOIN, re.IGNORECASE)
_BETWEEN_DATES = re.compile(rf"(?:{_JOIN})+{_PLAIN_WEEKDAY}", re.IGNORECASE)
_OF_NAMED_DAYS = "kerst|weihnacht|christmas|boxing|heilig|oud|new year|silvester|nieuwjaar|neujahr|koning|king|sinterklaas|pakjes|bevrijding"
_MAY_HOLD = re.compile(
    rf"\d[./-]\d|{by_first_letter('|'.join(sorted({name[:3] for name in _months()})))}|{by_first_letter(_OF_NAMED_DAYS)}"
)
"""In every text with a day in it, in small letters: to look for the days themselves takes long."""
_HOUR_BEFORE = re.compile(r"\b(?:om|at|um|vanaf|tussen|from|ab)\s*$", re.IGNORECASE)


@dataclass(frozen=True)
class _Part:
    """A day or a month as written, its year perhaps not said."""

    start: int
    end: int
    month: int
    day: int | None
    year: int | None
    weekday: int | None = None
    is_holiday: bool = False
    runs_to_next: bool = False


@dataclass(frozen=True)
class Days:
    """Where in a sentence days stand, and which: single ones, or stretches first to last."""

    start: int
    end: int
    stretches: tuple[tuple[date, date], ...]

    @property
    def first(self) -> date:
        return self.stretches[0][0]

    @property
    def last(self) -> date:
        return self.stretches[-1][1]

    @property
    def singles(self) -> tuple[date, ...]:
        """The days, when each stands by itself; else none."""
        if any(first != last for first, last in self.stretches):
            return ()
        return tuple(first for first, _ in self.stretches)


def days_in(text: str, near: date, weekday: int | None = None) -> list[Days]:
    """Return the days that stand in a sentence, in order.

    A year that is not said is the one that brings the day near the date `near`; of single days
    the year in which it is the group's weekday, when the nearest is not.
    """
    groups: list[list[_Part]] = []
    for part in _parts(text):
        before = groups[-1] if groups else None
        is_beside = before is not None and (
            before[-1].start == part.start
            or _BETWEEN_DATES.fullmatch(text[before[-1].end : part.start])
        )
        if before and is_beside:
            if _is_range(text[before[-1].end : part.start]):
                before[-1] = replace(before[-1], runs_to_next=True)
            before.append(part)
        else:
            groups.append([part])
    return [days for parts in groups if (days := _resolved(parts, near, weekday))]


def _parts(text: str) -> Iterator[_Part]:
    if not _MAY_HOLD.search(text.lower()):
        return
    found: list[_Part] = []
    for pattern in (_ISO, _DAY_MONTH, _MONTH_DAY, _NUMERIC, _named_days(), _MONTH_ALONE):
        for match in pattern.finditer(text):
            if any(match.start() < one.end and one.start < match.end() for one in found):
                continue
            if pattern is _NUMERIC and _is_hour(text, match):
                continue
            found += _read(match)
    yield from sorted(found, key=lambda part: part.start)


def _read(match: re.Match[str]) -> Iterator[_Part]:
    known = match.groupdict()
    if "name" in known:
        for of_month, on in _days_named(match[0]):
            yield _Part(match.start(), match.end(), of_month, on, None, is_holiday=True)
        return
    written = known["month"].casefold().rstrip(".")
    month = int(written) if written.isdecimal() else _months()[written]
    year = _year(known.get("year"))
    named = known.get("weekday")
    weekday = weekdays().get(named.casefold().rstrip(".")) if named else None
    if "days" not in known:
        day = int(known["day"]) if known.get("day") else None
        yield _Part(match.start(), match.end(), month, day, year, weekday)
        return
    begins, found = match.start("days"), list(_ONE_DAY.finditer(match["days"]))
    for number, one in enumerate(found):
        is_last = number == len(found) - 1
        yield _Part(
            match.start() if number == 0 else begins + one.start(),
            match.end() if is_last else begins + one.end(),
            month,
            int(re.match(r"\d+", one[0])[0]),  # type: ignore[index]  # it begins with digits
            year,
            weekday if number == 0 else None,
        )


def _is_range(between: str) -> bool:
    return any(match["range"] for match in _BETWEEN.finditer(between))


def _is_hour(text: str, match: re.Match[str]) -> bool:
    """Tell `om 20.10` from a day; a year or a closing dot makes it one."""
    if match["mark"] != "." or match["year"] or match[0].endswith("."):
        return False
    return bool(_HOUR_BEFORE.search(text[: match.start()])) or len(match["month"]) != 2


def _resolved(parts: list[_Part], near: date, weekday: int | None) -> Days | None:
    years: list[int | None] = [part.year for part in parts]
    for number in range(len(parts) - 2, -1, -1):
        years[number] = years[number] or years[number + 1]
    if not any(years) and (past := _past_year(parts, near, weekday)):
        years = [past for _ in parts]
    stretches: list[tuple[date, date]] = []
    first: date | None = None
    for part, year in zip(parts, years, strict=True):
        start = _day(part, year, first or near, follows=first is not None)
        if start is None:
            return None
        end = (
            start
            if part.day
            else date(start.year, start.month, monthrange(start.year, start.month)[1])
        )
        if first is None and part.runs_to_next:
            first = start
            continue
        stretches.append((first if first is not None and first <= end else start, end))
        first = None
    return Days(parts[0].start, parts[-1].end, tuple(stretches)) if stretches else None


def _past_year(parts: list[_Part], near: date, weekday: int | None) -> int | None:
    """Return the last year in which single days were all the group's weekday, when those to come
    are not: lists keep what was announced years ago."""
    wanted = next((part.weekday for part in parts if part.weekday), weekday)
    if wanted is None or any(
        one.runs_to_next or one.day is None or one.is_holiday for one in parts
    ):
        return None
    coming = [_day(part, None, near, follows=False) for part in parts]
    if any(day is None or day.isoweekday() == wanted for day in coming):
        return None
    for earlier in range(near.year, near.year - YEARS_BACK, -1):
        days = [_made(earlier, part) for part in parts]
        if all(day and day.isoweekday() == wanted and day < near for day in days):
            return earlier
    return None


def _day(part: _Part, year: int | None, near: date, *, follows: bool) -> date | None:
    """Return a day of the year that is said, or else the first after a while before `near`."""
    if year is not None:
        return _made(year, part)
    reach = near if follows else near - (BEFORE if part.day else timedelta(days=31))
    years = range(reach.year, reach.year + 5)  # 29 February may be so far
    return next((day for one in years if (day := _made(one, part)) and day >= reach), None)


def _made(year: int, part: _Part) -> date | None:
    try:
        return date(year, part.month, part.day or 1)
    except ValueError:
        return None


def _year(said: str | None) -> int | None:
    return None if not said else int(said) if len(said) == 4 else 2000 + int(said)


def _days_named(words: str) -> tuple[tuple[int, int], ...]:
    for known, days in _NAMED_DAYS.items():
        if re.fullmatch(known.partition("(?=")[0], words, re.IGNORECASE):
            return days
    return ()


@cache
def _named_days() -> re.Pattern[str]:
    return re.compile(rf"\b(?P<name>{'|'.join(_NAMED_DAYS)})\b", re.IGNORECASE)
