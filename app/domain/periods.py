"""Periods compared: what each month and year brought, and what is different since a day."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby

from app.domain.meeting import Status
from app.domain.overview import Month
from app.domain.people_known import People
from app.domain.tally import Amount, month_of

MOST_YEARS = 5
"""Beside each other."""
DAYS_LATE = 3
"""So long after its end a month may yet be kept; later it would tell of another time."""


def month_to_keep(today: date) -> str | None:
    """Return the month that has just ended; None when too much time went by since."""
    return month_of(today.replace(day=1) - timedelta(days=1)) if today.day <= DAYS_LATE else None


@dataclass(frozen=True)
class Kept:
    """How groups that did not stop stood as a month ended, or stand now."""

    seats: People
    line: People
    listed: int
    """Listings that are asked after."""
    confirmed: int
    """Of those, in time."""


@dataclass(frozen=True)
class Period:
    """Months that follow each other, as one."""

    name: str
    months: Sequence[Month]

    @property
    def founded(self) -> int:
        return sum(month.founded for month in self.months)

    @property
    def ended(self) -> int:
        return sum(month.ended for month in self.months)

    @property
    def heads(self) -> Amount:
        """Meetings with a shared head count, and the people at them: a small number stays hidden."""
        return sum((month.heads for month in self.months), Amount())

    def at_its_end(self, status: Status) -> int:
        return self.months[-1].by_status.get(status, 0)

    def month(self, number: int) -> Month | None:
        """Return its month of this number, from 1; None when it lies ahead or before the first."""
        ends = f"-{number:02}"
        return next((one for one in self.months if one.name.endswith(ends)), None)


@dataclass(frozen=True)
class Compared:
    """The time since a month began, beside what was there before it; and the years, in order."""

    since: Period
    before: Month | None
    """The last month before it; None when nothing was there yet."""
    years: Sequence[Period]
    kept: Mapping[str, Kept] = field(default_factory=dict)
    """By month, as far as it is known."""

    def was(self, status: Status) -> int:
        return self.before.by_status.get(status, 0) if self.before else 0


def compared(
    months: Sequence[Month], since: date, kept: Mapping[str, Kept] | None = None
) -> Compared:
    """Compare from the month of a day on, which is at most the last one. `months` are in order."""
    first = min(month_of(since), months[-1].name)
    later = [month for month in months if month.name >= first]
    earlier = [month for month in months if month.name < first]
    own = [one for one in years_of(months) if one.name >= first[:4]]
    return Compared(
        since=Period(later[0].name, later),
        before=earlier[-1] if earlier else None,
        years=own[-MOST_YEARS:],
        kept=kept or {},
    )


def years_of(months: Iterable[Month]) -> list[Period]:
    """Return the years that months lie in, the last one as far as it has come."""
    return [Period(year, list(some)) for year, some in groupby(months, lambda one: one.name[:4])]
