"""The figures of a fellowship, a province or all together: read from what is kept, never counted.

No table with people, names or contacts is read here.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, case, func, select

from app.db import db
from app.domain.confirmation import Freshness, freshness
from app.domain.figures import People
from app.domain.meeting import Status
from app.domain.overview import Share, Town
from app.domain.tally import NEVER, Amount, Topic
from app.domain.week import Week
from app.records.fellowships import Fellowship
from app.records.tallies import Tally

_EVERYWHERE = (
    Topic.STATUS, Topic.SEATS, Topic.LINE, Topic.LISTED, Topic.TIME, Topic.FOUNDED, Topic.ENDED,
    Topic.MOVED, Topic.HEADS,
)  # fmt: skip
_SUMS = (func.sum(Tally.number), func.sum(Tally.exact), func.sum(Tally.few))


@dataclass(frozen=True)
class Scope:
    """Of which groups: all, those of a fellowship, those in a province, or both."""

    fellowship_id: int | None = None
    province: str | None = None

    def conditions(self) -> list[ColumnElement[bool]]:
        found = []
        if self.fellowship_id is not None:
            found.append(Tally.fellowship_id == self.fellowship_id)
        if self.province is not None:
            found.append(Tally.province == self.province)
        return found


Figures = dict[Topic, dict[str, Amount]]


def figures_of(scope: Scope, this: Week) -> Figures:
    """Return what is counted by its value, as it is in a week. One query."""
    found: Figures = defaultdict(dict)
    query = (
        select(Tally.topic, Tally.value, *_SUMS)
        .where(Tally.topic.in_(_EVERYWHERE), Tally.since <= this, *scope.conditions())
        .group_by(Tally.topic, Tally.value)
    )
    for topic, value, *sums in db.session.execute(query):
        found[Topic(topic)][value] = _amount(sums)
    return found


def provinces_in(scope: Scope) -> list[Share]:
    """Return each province with its groups and people, by name; last, the unknown. One query."""
    found: dict[str, Share] = {}
    for name, topic, amount in _by(Tally.province, scope):
        found[name] = found.get(name, Share(name)).with_amount(topic, amount)
    return [
        found[name]
        for name in sorted(found, key=lambda name: (not name, name))
        if found[name] != Share(name)
    ]


def shares_of(fellowships: Sequence[Fellowship], scope: Scope) -> list[Share]:
    """Return what each fellowship has of groups and people, in the order given. One query."""
    found = {one.id: Share(one.name, slug=one.slug) for one in fellowships}
    theirs = Tally.fellowship_id.in_(found)
    for id, topic, amount in _by(Tally.fellowship_id, scope, theirs):
        found[id] = found[id].with_amount(topic, amount)
    return list(found.values())


def listings_by_freshness(scope: Scope, today: date) -> Counter[Freshness]:
    """Return how many listings are how sure on a day: one query for the days, one for the terms."""
    query = select(Fellowship.id, Fellowship.confirm_after)
    if scope.fellowship_id is not None:
        query = query.where(Fellowship.id == scope.fellowship_id)
    terms = dict(db.session.execute(query).all())
    oldest = today - timedelta(weeks=2 * max(terms.values(), default=0))
    day = case((Tally.value < oldest.isoformat(), NEVER), else_=Tally.value)
    found: Counter[Freshness] = Counter()
    days = (
        select(Tally.fellowship_id, day, func.sum(Tally.number))
        .where(Tally.topic == Topic.CONFIRMED, *scope.conditions())
        .group_by(Tally.fellowship_id, day)
    )
    for fellowship_id, value, number in db.session.execute(days):
        confirmed_on = date.fromisoformat(value) if value else None
        found[freshness(confirmed_on, today, terms[fellowship_id])] += int(number)
    return found


def towns_in(scope: Scope) -> list[Town]:
    """Return each town with its active groups and who waits there. One query."""
    found: dict[tuple[str, str], Town] = {}
    query = (
        select(Tally.value, Tally.province, Tally.topic, *_SUMS)
        .where(Tally.topic.in_((Topic.TOWN, Topic.TOWN_FREE, Topic.TOWN_LINE)), *scope.conditions())
        .group_by(Tally.value, Tally.province, Tally.topic)
    )
    for name, province, topic, *sums in db.session.execute(query):
        town = found.get((name, province), Town(name, province))
        found[name, province] = town.with_amount(Topic(topic), _amount(sums))
    return list(found.values())


def _by(
    column: Any, scope: Scope, *conditions: ColumnElement[bool]
) -> Iterator[tuple[Any, Topic, Amount]]:
    """Yield the sums over what did not stop, by a column and topic. One query."""
    query = select(column, Tally.topic, *_SUMS).where(
        Tally.topic.in_((Topic.STATUS, Topic.SEATS, Topic.LINE)),
        Tally.value != Status.CLOSED,
        *scope.conditions(),
        *conditions,
    )
    for value, topic, *sums in db.session.execute(query.group_by(column, Tally.topic)):
        yield value, Topic(topic), _amount(sums)


def _amount(sums: list[Any]) -> Amount:
    number, exact, few = map(int, sums)
    return Amount(number, People(exact, few))
