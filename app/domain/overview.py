"""The overview of a fellowship, a province or all: figures put together, numbers and never names."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from app.domain.confirmation import Freshness
from app.domain.meeting import Status
from app.domain.people_known import People
from app.domain.search import PartOfDay
from app.domain.tally import Amount, Topic, month_of

MONTHS = 36
"""How far back the overview looks."""
RUNNING = (Status.ACTIVE, Status.PREPARING, Status.PAUSED)
"""What did not stop."""


@dataclass(frozen=True)
class Share:
    """Groups that did not stop and their people: of a province, a region, or a fellowship."""

    name: str
    groups: int = 0
    people: People = People()
    line: People = People()
    full: int = 0
    """Groups with people in line."""
    slug: str = ""
    """Of a fellowship."""
    region: int = 0
    """The id of a region."""

    def with_amount(self, topic: Topic, amount: Amount) -> "Share":
        match topic:
            case Topic.STATUS:
                return replace(self, groups=self.groups + amount.number)
            case Topic.SEATS:
                return replace(self, people=self.people + amount.people)
            case Topic.LINE:
                return replace(self, line=self.line + amount.people, full=self.full + amount.number)
        raise ValueError(topic)


@dataclass(frozen=True)
class Town:
    """A town where people wait, or ask for a group of their own."""

    name: str
    province: str
    groups: int = 0
    """Active ones."""
    free: int = 0
    """Of those, with a free seat."""
    full: int = 0
    """Groups with people in line, in preparation or not."""
    line: People = People()
    requests: int = 0
    """Requests to start a group."""

    @property
    def is_white_spot(self) -> bool:
        """Tell whether nobody who asks today finds a seat here."""
        return not self.free

    def with_amount(self, topic: Topic, amount: Amount) -> "Town":
        match topic:
            case Topic.TOWN:
                return replace(self, groups=self.groups + amount.number)
            case Topic.TOWN_FREE:
                return replace(self, free=self.free + amount.number)
            case Topic.TOWN_LINE:
                return replace(self, line=self.line + amount.people, full=self.full + amount.number)
        raise ValueError(topic)


@dataclass(frozen=True)
class Month:
    """What one month brought, and how it ended."""

    name: str
    """As 2026-11."""
    by_status: Mapping[Status, int]
    """At its end, or today."""
    founded: int
    ended: int
    heads: Amount
    """Meetings with a shared head count, and the people at them."""

    @property
    def day(self) -> date:
        return date.fromisoformat(f"{self.name}-01")


@dataclass(frozen=True)
class Overview:
    """All figures of one page."""

    by_status: Mapping[Status, int]
    seats: Mapping[Status, People]
    line: Mapping[Status, People]
    full: Mapping[Status, int]
    """Groups with people in line."""
    listed: int
    unlisted: int
    times: Mapping[tuple[int, PartOfDay], int]
    months: Sequence[Month]
    freshness: Mapping[Freshness, int]
    provinces: Sequence[Share] = ()
    regions: Sequence[Share] = ()
    towns: Sequence[Town] = ()
    fellowships: Sequence[Share] = ()

    @property
    def groups(self) -> int:
        """Groups that did not stop."""
        return sum(self.by_status[status] for status in RUNNING)

    @property
    def people(self) -> People:
        """Who has a seat in a group that did not stop."""
        return People.total(self.seats[status] for status in RUNNING)

    @property
    def waiting(self) -> People:
        return People.total(self.line[status] for status in RUNNING)


def overview(
    figures: Mapping[Topic, Mapping[str, Amount]],
    *,
    today: date,
    freshness: Mapping[Freshness, int],
    provinces: Sequence[Share],
    towns: Sequence[Town],
    regions: Sequence[Share] = (),
    fellowships: Sequence[Share] = (),
) -> Overview:
    """Put figures together as they are on a day."""

    def of(topic: Topic, value: str) -> Amount:
        return figures.get(topic, {}).get(value, Amount())

    return Overview(
        by_status={status: of(Topic.STATUS, status).number for status in Status},
        seats={status: of(Topic.SEATS, status).people for status in Status},
        line={status: of(Topic.LINE, status).people for status in Status},
        full={status: of(Topic.LINE, status).number for status in Status},
        listed=of(Topic.LISTED, "yes").number,
        unlisted=of(Topic.LISTED, "no").number,
        times={
            (weekday, part): of(Topic.TIME, f"{weekday} {part}").number
            for weekday in range(1, 8)
            for part in PartOfDay
        },
        months=every_month(figures, today)[-MONTHS:],
        freshness={one: freshness.get(one, 0) for one in Freshness},
        provinces=provinces,
        regions=regions,
        towns=towns,
        fellowships=fellowships,
    )


def towns_in_need(towns: Iterable[Town], requests: Mapping[tuple[str, str], int]) -> list[Town]:
    """Return the towns where people wait or ask for a group, the white spots that need most first.

    `requests` to start a group are by town and province.
    """
    found = {(town.name, town.province): town for town in towns}
    for (name, province), number in requests.items():
        town = found.get((name, province), Town(name, province))
        found[name, province] = replace(town, requests=number)
    return sorted(
        (town for town in found.values() if town.full or town.requests),
        key=lambda town: (not town.is_white_spot, -town.line.number - town.requests, town.name),
    )


def every_month(figures: Mapping[Topic, Mapping[str, Amount]], today: date) -> list[Month]:
    """Return the months from that of the first group up to today's."""
    moved = figures.get(Topic.MOVED, {})
    first = min((value.split()[0] for value in moved), default=month_of(today))
    running: Counter[Status] = Counter()
    found = []
    year, month = map(int, first.split("-"))
    while (name := f"{year}-{month:02}") <= month_of(today):
        for status in Status:
            running[status] += moved.get(f"{name} {status}", Amount()).number
        found.append(
            Month(
                name=name,
                by_status=dict(running),
                founded=figures.get(Topic.FOUNDED, {}).get(name, Amount()).number,
                ended=figures.get(Topic.ENDED, {}).get(name, Amount()).number,
                heads=figures.get(Topic.HEADS, {}).get(name, Amount()),
            )
        )
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return found
