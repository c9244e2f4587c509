"""Days and weeks that lists call by a name or a number, and when these are in a year."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

from app.domain.holiday import HolidayName, Region, begun_in

OfYear = Callable[[int], date | None]
"""When it is in a year; None in a year that does not have it."""


def day_of_year(month: int, day: int) -> OfYear:
    """Return that day of each year: 29 February is not in all of them."""
    return partial(_made, month, day)


def week_of_year(number: int) -> OfYear:
    """Return the Monday of an ISO week of each year: 53 is not in all of them."""
    return partial(_monday, number)


def week_around(day: OfYear) -> OfYear:
    """Return the Monday of the week in which another day is."""

    def of(year: int) -> date | None:
        found = day(year)
        return found - timedelta(days=found.weekday()) if found else None

    return of


def _made(month: int, day: int, year: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _monday(number: int, year: int) -> date | None:
    try:
        return date.fromisocalendar(year, number, 1)
    except ValueError:
        return None


def _holiday(name: HolidayName) -> OfYear:
    """Of those that move with Easter, and are on the same day everywhere."""

    def of(year: int) -> date | None:
        return next((one.first for one in begun_in(year, Region.NORTH) if one.name is name), None)

    return of


def _nth(nth: int, weekday: int, month: int) -> OfYear:
    def of(year: int) -> date | None:
        first = date(year, month, 1)
        return first + timedelta(days=(weekday - first.isoweekday()) % 7 + 7 * (nth - 1))

    return of


_DAYS = {
    r"(?:beide\s+)?kerstdagen|weihnachtsfeiertage": (day_of_year(12, 25), day_of_year(12, 26)),
    r"(?:1e|eerste)(?=\s*(?:en|&|\+)\s*(?:2e|tweede)\s+kerstdag)": (day_of_year(12, 25),),
    r"(?:1e|eerste)\s+kerstdag|christmas day|(?:1\.|erster?)\s+weihnachts(?:feier)?tag": (day_of_year(12, 25),),
    r"(?:2e|tweede)\s+kerstdag|boxing day|(?:2\.|zweiter?)\s+weihnachts(?:feier)?tag": (day_of_year(12, 26),),
    r"(?<=tussen )kerst(?:mis)?|(?<=van )kerst(?:mis)?|(?<=between )christmas|(?<=from )christmas"
    r"|(?<=zwischen )weihnachten|(?<=von )weihnachten": (day_of_year(12, 25),),
    r"kerst(?:mis)?(?=\s+(?:en|&)\s+(?:oud|nieuw))|weihnachten(?=\s+und\s+(?:silv|neuj))|christmas(?=\s+and\s+new)": (
        day_of_year(12, 25), day_of_year(12, 26),
    ),
    r"kerstavond|christmas eve|heilig\s?abend": (day_of_year(12, 24),),
    r"oud(?:e)?jaarsavond|oud(?:e)?jaarsdag|new year'?s eve|silvester": (day_of_year(12, 31),),
    r"oud\s?(?:en|&)\s?nieuw": (day_of_year(12, 31), day_of_year(1, 1)),
    r"nieuwjaar(?:sdag)?|new year(?:'?s)?(?: day)?|neujahr(?:stag)?": (day_of_year(1, 1),),
    r"koningsdag|king'?s day": (day_of_year(4, 27),),
    r"sinterklaas(?:avond)?|pakjesavond": (day_of_year(12, 5),),
    r"bevrijdingsdag": (day_of_year(5, 5),),
    r"goede\s+vrijdag|good friday|karfreitag": (_holiday(HolidayName.GOOD_FRIDAY),),
    r"(?:1e|eerste)\s+paasdag|paaszondag|easter sunday|oster(?:sonntag)": (_holiday(HolidayName.EASTER_SUNDAY),),
    r"(?:2e|tweede)\s+paasdag|paasmaandag|easter monday|ostermontag": (_holiday(HolidayName.EASTER_MONDAY),),
    r"(?:beide\s+)?paasdagen": (_holiday(HolidayName.EASTER_SUNDAY), _holiday(HolidayName.EASTER_MONDAY)),
    r"hemelvaart(?:sdag)?|ascension day|(?:christi\s+)?himmelfahrt": (_holiday(HolidayName.ASCENSION_DAY),),
    r"(?:1e|eerste)\s+pinksterdag|pinksterzondag|whit sunday|pfingstsonntag": (_holiday(HolidayName.PENTECOST),),
    r"(?:2e|tweede)\s+pinksterdag|pinkstermaandag|whit monday|pfingstmontag": (_holiday(HolidayName.WHIT_MONDAY),),
    r"(?:beide\s+)?pinksterdagen": (_holiday(HolidayName.PENTECOST), _holiday(HolidayName.WHIT_MONDAY)),
    r"thanksgiving(?: day)?": (_nth(4, 4, 11),),
    r"labor day": (_nth(1, 1, 9),),
}  # fmt: skip
_OF_NUMBER = list(_DAYS.values())
NAMED = re.compile(
    r"\b(?:" + "|".join(f"(?P<day{n}>{words})" for n, words in enumerate(_DAYS)) + r")\b",
    re.IGNORECASE,
)
SIGNS = (
    "kerst|weihnacht|christmas|boxing|heilig|oud|new year|silvester|nieuwjaar|neujahr|koning|king|sinterklaas|pakjes"
    "|bevrijding|goede|good f|karfr|paas|easter|oster|hemelv|ascension|himmelf|pinkster|whit|pfingst|thanksg|labor"
)
"""Beginnings, in small letters, one of which is in every text that names such a day."""


def days_named(match: re.Match[str]) -> tuple[OfYear, ...]:
    """Return the days that a match of NAMED is of."""
    return _OF_NUMBER[int(str(match.lastgroup).removeprefix("day"))]
