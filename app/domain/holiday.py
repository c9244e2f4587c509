"""Public and school holidays: days on which a group is asked beforehand whether it meets."""

import csv
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path

from app.domain.refusal import Refusal

WEEKS_AHEAD = 6
"""From so many weeks before, the desk and a letter ask."""
ASKED_AHEAD = timedelta(weeks=WEEKS_AHEAD)
REMINDED_AHEAD = timedelta(weeks=2)
TABLE = Path(__file__).with_name("holidays.csv")
"""Of the Netherlands and its school regions. From the package holidays, MIT (see NOTICE); made by assets/holiday_table.py."""


@dataclass(eq=False)
class NoSuchHoliday(Refusal):
    """A group is asked about the holidays of its own country and region."""

    key: str


@dataclass(eq=False)
class HolidayIsOver(Refusal):
    """A holiday is answered before it is over: what has been is not rewritten."""

    last: date


class HolidayName(StrEnum):
    NEW_YEAR = "new_year"
    GOOD_FRIDAY = "good_friday"
    EASTER_SUNDAY = "easter_sunday"
    EASTER_MONDAY = "easter_monday"
    KINGS_DAY = "kings_day"
    LIBERATION_DAY = "liberation_day"
    ASCENSION_DAY = "ascension_day"
    PENTECOST = "pentecost"
    WHIT_MONDAY = "whit_monday"
    CHRISTMAS_DAY = "christmas_day"
    SECOND_CHRISTMAS_DAY = "second_christmas_day"
    CHRISTMAS_BREAK = "christmas_break"
    SPRING_BREAK = "spring_break"
    MAY_BREAK = "may_break"
    SUMMER_BREAK = "summer_break"
    AUTUMN_BREAK = "autumn_break"


class Region(StrEnum):
    """Where the Ministry of Education lets the school holidays fall together."""

    NORTH = "north"
    MIDDLE = "middle"
    SOUTH = "south"


@dataclass(frozen=True, order=True)
class Holiday:
    """First to last day, both included: one day, or the weeks of a school holiday."""

    first: date
    last: date
    name: HolidayName

    @property
    def key(self) -> str:
        """Its identity in an answer and an address: `2026-12-26-second_christmas_day`."""
        return f"{self.first.isoformat()}-{self.name}"

    @property
    def is_one_day(self) -> bool:
        return self.first == self.last


def holiday_on(day: date, holidays: Iterable[Holiday]) -> Holiday | None:
    """Return the holiday that a day falls in; a public one before the school's."""
    found = [one for one in holidays if one.first <= day <= one.last]
    return min(found, key=lambda one: (not one.is_one_day, one.first), default=None)


def unanswered(day: date, holidays: Iterable[Holiday], answered: Collection[str]) -> Holiday | None:
    """Return the holiday of a day as long as the group has not said whether it meets."""
    holiday = holiday_on(day, holidays)
    return holiday if holiday and holiday.key not in answered else None


def begun_in(year: int, region: Region) -> tuple[Holiday, ...]:
    """Return what begins in a year, in order; nothing of years that the table does not have."""
    return _by_year().get((year, region), ())


@cache
def _by_year() -> dict[tuple[int, Region], tuple[Holiday, ...]]:
    found: dict[tuple[int, Region], list[Holiday]] = defaultdict(list)
    with TABLE.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            first, last = date.fromisoformat(row["first"]), date.fromisoformat(row["last"])
            holiday = Holiday(first, last, HolidayName(row["name"]))
            for region in (Region(row["region"]),) if row["region"] else Region:
                found[first.year, region].append(holiday)
    return {key: tuple(sorted(those)) for key, those in found.items()}
