"""Says which days a sentence means: by what stands beside each other, and by what is near."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from app.formats.lists.prose.written_days import BETWEEN, BETWEEN_DATES, Part, is_range, parts_in

BEFORE = timedelta(days=90)
"""So long before a list was written a day without a year may lie; else it is of the next year."""
MONTH = timedelta(days=31)
YEARS_BACK = 8


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
    found = [
        (parts, days)
        for parts in _beside_each_other(text)
        if (days := _resolved(parts, near, weekday))
    ]
    written = {
        day
        for parts, days in found
        if not any(one.is_named for one in parts)
        for day in days.singles
    }
    return [days for parts, days in found if not _is_name_of(parts, written)]


def _beside_each_other(text: str) -> list[list[Part]]:
    groups: list[list[Part]] = []
    for part in parts_in(text):
        before = groups[-1] if groups else None
        is_beside = before is not None and (
            before[-1].start == part.start
            or BETWEEN_DATES.fullmatch(text[before[-1].end : part.start])
        )
        if before and is_beside:
            if is_range(text[before[-1].end : part.start]):
                before[-1] = replace(before[-1], runs_to_next=True)
            before.append(part)
        else:
            groups.append([part])
    for parts in groups:
        if len(parts) > 1 and BETWEEN.search(text[: parts[0].start]):
            parts[0] = replace(parts[0], runs_to_next=True)
    return groups


def _is_name_of(parts: list[Part], written: set[date]) -> bool:
    """Tell a name that stands beside its own date: `25 mei (tweede pinksterdag)`."""
    return all(one.is_named for one in parts) and any(
        one.first(day.year) == day for one in parts for day in written
    )


def _resolved(parts: list[Part], near: date, weekday: int | None) -> Days | None:
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
        end = part.last(start)
        if first is None and part.runs_to_next:
            first = start
            continue
        stretches.append((first if first is not None and first <= end else start, end))
        first = None
    return Days(parts[0].start, parts[-1].end, tuple(stretches)) if stretches else None


def _past_year(parts: list[Part], near: date, weekday: int | None) -> int | None:
    """Return the last year in which single days were all the group's weekday, when those to come
    are not: lists keep what was announced years ago."""
    wanted = next((part.weekday for part in parts if part.weekday), weekday)
    if wanted is None or any(
        one.runs_to_next or one.length != "day" or one.is_named for one in parts
    ):
        return None
    coming = [_day(part, None, near, follows=False) for part in parts]
    if any(day is None or day.isoweekday() == wanted for day in coming):
        return None
    for earlier in range(near.year, near.year - YEARS_BACK, -1):
        days = [part.first(earlier) for part in parts]
        if all(day and day.isoweekday() == wanted and day < near for day in days):
            return earlier
    return None


def _day(part: Part, year: int | None, near: date, *, follows: bool) -> date | None:
    """Return a day of the year that is said, or else the first after a while before `near`."""
    if year is not None:
        return part.first(year)
    reach = near if follows else near - (BEFORE if part.length == "day" else MONTH)
    years = range(reach.year, reach.year + 5)  # 29 February may be so far
    return next((day for one in years if (day := part.first(one)) and day >= reach), None)
