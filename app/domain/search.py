"""A search: what a reader looks for among the groups, as one value that an address can hold."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.domain.listing import Audience, Subject

DAYS_IN_A_WEEK = 7
RADII = (5, 10, 25, 50, 100)
"""Kilometres as the crow flies."""


class Day(StrEnum):
    """An ISO weekday, 1 for Monday, or a day that moves along; a search may ask for a date too."""

    MONDAY = "1"
    TUESDAY = "2"
    WEDNESDAY = "3"
    THURSDAY = "4"
    FRIDAY = "5"
    SATURDAY = "6"
    SUNDAY = "7"
    TODAY = "today"
    TOMORROW = "tomorrow"


WEEKDAYS = tuple(day for day in Day if day not in (Day.TODAY, Day.TOMORROW))


def days_asked(day: Day | date, today: date) -> tuple[date, ...]:
    """Return the days that answer, in order, seen from a day.

    A weekday is the coming one; on that day itself it is also the one after, for whom this
    one's meeting is over.
    """
    if not isinstance(day, Day):
        return (day,)
    match day:
        case Day.TODAY:
            return (today,)
        case Day.TOMORROW:
            return (today + timedelta(days=1),)
    ahead = (int(day) - today.isoweekday()) % DAYS_IN_A_WEEK
    first = today + timedelta(days=ahead)
    return (first,) if ahead else (first, first + timedelta(days=DAYS_IN_A_WEEK))


def answers_to(day: date, today: date, *, is_next: bool) -> frozenset[Day | date]:
    """Return what may be asked and is answered by a meeting on a day that is not over yet.

    `is_next`: no other meeting of its group that is on comes before it. One that began yesterday
    and goes on is of today.
    """
    found: set[Day | date] = {day}
    ahead = (day - today).days
    if ahead <= 0:
        found |= {Day.TODAY, today}
    elif ahead == 1:
        found.add(Day.TOMORROW)
    if 0 <= ahead < DAYS_IN_A_WEEK or (ahead == DAYS_IN_A_WEEK and is_next):
        found.add(Day(str(day.isoweekday())))
    return frozenset(found)


class PartOfDay(StrEnum):
    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"

    @classmethod
    def of(cls, hour: int) -> "PartOfDay":
        """Return the part that an hour of 0 to 23 lies in."""
        return next(part for part in cls if hour in range(*part.hours))

    @property
    def hours(self) -> tuple[int, int]:
        """The first hour, and the first one after it."""
        return _HOURS[self]


_HOURS = {
    PartOfDay.MORNING: (0, 12),
    PartOfDay.AFTERNOON: (12, 17),
    PartOfDay.EVENING: (17, 24),
}


class Whom(StrEnum):
    """For whom: each audience, and `self` for every group of people with the problem itself."""

    SELF = "self"
    RELATIVES = "relatives"
    YOUNG = "young"
    TEENS = "teens"
    WOMEN = "women"
    MEN = "men"
    LGBTQ = "lgbtq"
    DUAL_DIAGNOSIS = "dual_diagnosis"

    @property
    def audiences(self) -> frozenset[Audience]:
        if self is Whom.SELF:
            return frozenset(Audience) - {Audience.RELATIVES}
        return frozenset({Audience(self)})


def subjects_of(subject: Subject) -> frozenset[Subject]:
    """Return what answers a subject: it, or any addiction."""
    if subject is Subject.OTHER:
        return frozenset({subject})
    return frozenset({subject, Subject.ADDICTION})


class Sort(StrEnum):
    SOONEST = "soonest"
    NEAREST = "nearest"


@dataclass(frozen=True)
class Search:
    """What is asked; an empty value asks for nothing. Texts stand on one line, trimmed."""

    words: str = ""
    """Beginnings of words in the name of a group, its town, its building or its fellowship."""
    near: str = ""
    """A postcode, a town, a province, or `52.09,5.12`, as the reader wrote it."""
    day: Day | date | None = None
    time: PartOfDay | None = None
    whom: Whom | None = None
    fellowship: str = ""
    """Its slug."""
    subject: Subject | None = None
    kind: str = ""
    """A KindOfMeeting, or `fellowship.code` of one that a fellowship named itself."""
    language: str = ""
    """ISO 639, of the meetings."""
    online: bool | None = None
    """True: one can join online, wherever it is; False: there is a building to come to."""
    free: bool = False
    """A seat is free now."""
    wheelchair: bool = False
    is_open: bool = False
    """Anyone may come."""
    confirmed: bool = False
    """Its listing was confirmed lately."""
    province: str = ""
    """One of PROVINCES."""
    within: int | None = None
    """One of RADII, around `near`; None takes the smallest in which there are enough groups."""
    sort: Sort | None = None
    """None: soonest first where all is near by, nearest first where one must travel."""

    @property
    def asks_nothing(self) -> bool:
        return self == Search(within=self.within, sort=self.sort)
