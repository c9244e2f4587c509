"""The ISO week: the identity of a meeting within its group."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from app.domain.refusal import Refusal

EPOCH = date(1970, 1, 5)
"""Monday of week 0."""
_FIRST = EPOCH.toordinal()

FIRST_YEAR, LAST_YEAR = 2000, 2100
_TEXT = re.compile(r"(\d{4})-W(\d{2})", re.ASCII)


@dataclass(eq=False)
class NoSuchWeek(Refusal):
    """A week is written as 2026-W48, and some years have no week 53."""

    text: str


@dataclass(eq=False)
class NoSuchWeekday(Refusal):
    """A meeting stands on one of the seven days of its week."""

    weekday: int


@dataclass(frozen=True, order=True)
class Week:
    """An ISO 8601 week, kept as whole weeks since Monday 5 January 1970.

    Two weeks are equal exactly when ISO year and ISO week number are, so week 53 and New Year
    need no care anywhere else.
    """

    number: int

    @classmethod
    def of(cls, day: date) -> "Week":
        """Return the week that a calendar day belongs to."""
        return cls((day - EPOCH).days // 7)

    @classmethod
    def at(cls, instant: datetime, zone: ZoneInfo) -> "Week":
        """Return the week of an aware datetime by the wall clock of a zone.

        Monday 00:30 in Amsterdam is still Sunday in UTC: the other week.
        """
        return cls.of(instant.astimezone(zone).date())

    @classmethod
    def parse(cls, text: str) -> "Week":
        """Read `2026-W48`. Raises NoSuchWeek, also for a week 53 in a year without one."""
        match = _TEXT.fullmatch(text)
        if not match or not FIRST_YEAR <= int(match[1]) <= LAST_YEAR:
            raise NoSuchWeek(text)
        try:
            return cls.of(date.fromisocalendar(int(match[1]), int(match[2]), 1))
        except ValueError:
            raise NoSuchWeek(text) from None

    @property
    def monday(self) -> date:
        return self.day(1)

    @property
    def sunday(self) -> date:
        return self.day(7)

    @property
    def iso(self) -> tuple[int, int]:
        """ISO year and ISO week number."""
        year, week, _ = self.monday.isocalendar()
        return year, week

    def day(self, weekday: int) -> date:
        """Return the date of an ISO weekday, 1 for Monday to 7 for Sunday."""
        return date.fromordinal(_FIRST + self.number * 7 + weekday - 1)

    def __add__(self, weeks: int) -> "Week":
        return Week(self.number + weeks)

    def __sub__(self, other: "Week") -> int:
        """Return how many weeks lie between, negative when the other is later."""
        return self.number - other.number

    def __str__(self) -> str:
        year, week = self.iso
        return f"{year}-W{week:02}"
