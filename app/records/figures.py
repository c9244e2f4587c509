"""The figures of a fellowship, a province or all together: read from what is kept, never counted.

No table with people, names or contacts is read here.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, case, func, select, union_all

from app.db import db
from app.domain.confirmation import Freshness, freshness
from app.domain.geography.alphabet import sorting
from app.domain.meeting import Status
from app.domain.overview import Share, Town
from app.domain.people_known import People
from app.domain.tally import NEVER, Amount, Topic
from app.domain.week import Week
from app.records.fellowships import Fellowship
from app.records.regions import NOWHERE, Region
from app.records.tallies import Contribution, MovedToday, Tally

_EVERYWHERE = (
    Topic.STATUS, Topic.SEATS, Topic.LINE, Topic.LISTED, Topic.TIME, Topic.FOUNDED, Topic.ENDED,
    Topic.MOVED, Topic.HEADS,
)  # fmt: skip
_AMOUNT = ("number", "exact", "few")


@dataclass(frozen=True)
class Scope:
    """Of which groups: all, those of a fellowship, those in a province or region, or both."""

    fellowship_id: int | None = None
    province: str | None = None
    groups: Select[tuple[int]] | None = None
    """The ids of those in a region."""

    @property
    def table(self) -> type[Tally | Contribution]:
        """Return where the figures stand: of a region, as its groups add to them."""
        return Tally if self.groups is None else Contribution

    def conditions(
        self, of: type[Tally | Contribution | MovedToday] | None = None
    ) -> list[ColumnElement[bool]]:
        of = of or self.table
        found: list[ColumnElement[bool]] = []
        if self.groups is not None and of is not Tally:
            found.append(_group_id(of).in_(self.groups))
        if self.fellowship_id is not None:
            found.append(of.fellowship_id == self.fellowship_id)
        if self.province is not None:
            found.append(of.province == self.province)
        return found


def _group_id(of: type[Tally | Contribution | MovedToday]) -> ColumnElement[int]:
    """Return the column; the sums have none."""
    return of.__table__.c["group_id"]


Figures = dict[Topic, dict[str, Amount]]


def figures_of(scope: Scope, today: date) -> Figures:
    """Return what is counted by its value, as it is on a day by HOME. One query."""
    found: Figures = defaultdict(dict)
    for topic, value, amount in _sums(
        ("topic", "value"), _EVERYWHERE, scope, today, scope.table.since <= Week.of(today)
    ):
        found[Topic(topic)][value] = amount
    return found


def provinces_in(scope: Scope, today: date) -> list[Share]:
    """Return each province with its groups and people, by name; last, the unknown. One query."""
    found: dict[str, Share] = {}
    for name, topic, amount in _by("province", scope, today):
        found[name] = found.get(name, Share(name)).with_amount(topic, amount)
    return [
        found[name]
        for name in sorted(found, key=lambda name: (not name, sorting(name)))
        if found[name] != Share(name)
    ]


def shares_by_region(
    regions: Sequence[Region], among: Subquery, scope: Scope, today: date
) -> list[Share]:
    """Return what each region has of groups and people, in the order given; last, what lies in none.

    `among` is `by_region` of them. One query.
    """
    found = {one.id: Share(one.name, region=one.id) for one in regions} | {NOWHERE: Share("")}
    for key, topic, amount in _by("region", scope, today, among=among):
        found[key] = found[key].with_amount(topic, amount)
    return [share for key, share in found.items() if key != NOWHERE or share != Share("")]


def shares_of(fellowships: Sequence[Fellowship], scope: Scope, today: date) -> list[Share]:
    """Return what each fellowship has of groups and people, in the order given. One query."""
    found = {one.id: Share(one.name, slug=one.slug) for one in fellowships}
    for id, topic, amount in _by("fellowship_id", scope, today, of=found):
        found[id] = found[id].with_amount(topic, amount)
    return list(found.values())


def listings_by_freshness(scope: Scope, today: date) -> Counter[Freshness]:
    """Return how many listings are how sure on a day: one query for the days, one for the terms."""
    query = select(Fellowship.id, Fellowship.confirm_after)
    if scope.fellowship_id is not None:
        query = query.where(Fellowship.id == scope.fellowship_id)
    terms = dict(db.session.execute(query).all())
    oldest = today - timedelta(weeks=2 * max(terms.values(), default=0))
    of = scope.table
    day = case((of.value < oldest.isoformat(), NEVER), else_=of.value)
    found: Counter[Freshness] = Counter()
    days = (
        select(of.fellowship_id, day, func.sum(of.number))
        .where(of.topic == Topic.CONFIRMED, *scope.conditions())
        .group_by(of.fellowship_id, day)
    )
    for fellowship_id, value, number in db.session.execute(days):
        confirmed_on = date.fromisoformat(value) if value else None
        found[freshness(confirmed_on, today, terms[fellowship_id])] += int(number)
    return found


def towns_in(scope: Scope, today: date) -> list[Town]:
    """Return each town with its active groups and who waits there. One query."""
    found: dict[tuple[str, str], Town] = {}
    topics = (Topic.TOWN, Topic.TOWN_FREE, Topic.TOWN_LINE)
    for name, province, topic, amount in _sums(
        ("value", "province", "topic"), topics, scope, today
    ):
        town = found.get((name, province), Town(name, province))
        found[name, province] = town.with_amount(Topic(topic), amount)
    return list(found.values())


def _by(
    column: str,
    scope: Scope,
    today: date,
    of: Collection[int] | None = None,
    among: Subquery | None = None,
) -> Iterator[tuple[Any, Topic, Amount]]:
    """Yield the sums over what did not stop, by a column and topic, `of` some fellowships."""
    topics = (Topic.STATUS, Topic.SEATS, Topic.LINE)
    for name, topic, value, amount in _sums(
        (column, "topic", "value"), topics, scope, today, of=of, among=among
    ):
        if value != Status.CLOSED:
            yield name, Topic(topic), amount


def _sums(
    by: Sequence[str],
    topics: Collection[Topic],
    scope: Scope,
    today: date,
    *conditions: ColumnElement[bool],
    of: Collection[int] | None = None,
    among: Subquery | None = None,
) -> Iterator[tuple[Any, ...]]:
    """Yield sums by some columns, each with its Amount: what is told BY_DAY as it was this
    morning, the rest as it is now. `conditions` are on the scope's table; groups have their
    `region` of `among`. One query.
    """
    parts = []
    kept: type[Tally | Contribution] = scope.table if among is None else Contribution
    for table, sign in ((kept, 1), (MovedToday, -1)):
        amounts = [(sign * func.sum(getattr(table, name))).label(name) for name in _AMOUNT]
        columns = [among.c.region if name == "region" and among is not None else getattr(table, name)
                   for name in by]  # fmt: skip
        asked = [table.topic.in_(topics), *scope.conditions(table)]
        if among is not None and table is not Tally:
            asked.append(_group_id(table) == among.c.group_id)
        asked += [table.day == today] if table is MovedToday else conditions
        asked += [] if of is None else [table.fellowship_id.in_(of)]
        parts.append(select(*columns, *amounts).where(*asked).group_by(*columns))
    both = union_all(*parts).subquery()
    keys = [both.c[name] for name in by]
    total = select(*keys, *(func.sum(both.c[name]) for name in _AMOUNT)).group_by(*keys)
    for row in db.session.execute(total):
        number, exact, few = map(int, row[len(by) :])
        yield *row[: len(by)], Amount(number, People(exact, few))
