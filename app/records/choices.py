"""How many groups each choice of a search would give, counted from one reading of the rows."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from sqlalchemy import func, literal, select

from app.db import db
from app.domain.meeting import Status
from app.domain.search import Day, PartOfDay, Search, Whom
from app.domain.zones import HOME
from app.records.findables import FindableRecord
from app.records.resolved import Resolved, conditions

MOST_READ = 2000
"""Beyond so many groups around a place or with a word, single choices are not counted."""
MOST_COUNTED = 500
_F = FindableRecord
_CHOSEN = (
    "day", "time", "whom", "fellowship", "subject", "language", "online",
    "free", "wheelchair", "is_open", "confirmed",
)  # fmt: skip
"""The fields of Search that are choices; place and words decide what there is to choose from."""


@dataclass(frozen=True)
class Counts:
    """`total` is None for more than MOST_COUNTED; `choices` is None when they were not counted.

    `choices[field][value]` is how many groups the search would give with that value, and all
    its other choices as they are; a value that is missing would give none.
    """

    total: int | None
    choices: Mapping[str, Mapping[Any, int]] | None


def count_choices(asked: Resolved) -> Counts:
    """Count what a resolved search finds, and would find. One query, or two for very many."""
    bare = replace(asked.search, **{name: getattr(Search(), name) for name in _CHOSEN})
    meets = _F.status.in_((Status.ACTIVE, Status.PAUSED))
    query = select(
        _F.weekday, _F.minute, _F.audience, _F.subject, _F.language, _F.fellowship_id, _F.online,
        _F.building, _F.wheelchair, _F.is_open, _F.free, _F.confirmed_on,
    ).where(meets, *conditions(replace(asked, search=bare)))  # fmt: skip
    rows = db.session.execute(query.limit(MOST_READ + 1)).all()
    if len(rows) > MOST_READ:
        some = select(literal(1)).select_from(_F).where(meets, *conditions(asked))
        counted = select(func.count()).select_from(some.limit(MOST_COUNTED + 1).subquery())
        total = db.session.scalar(counted) or 0
        return Counts(total if total <= MOST_COUNTED else None, None)
    counts: dict[str, Counter[Any]] = defaultdict(Counter)
    total = 0
    wanted = {name: _wanted(asked, name) for name in _CHOSEN}
    for row in rows:
        values = dict(_values(row, asked))
        failing = [
            name
            for name, value in wanted.items()
            if value is not None and value not in values[name]
        ]
        total += not failing
        for name in _CHOSEN if not failing else failing if len(failing) == 1 else ():
            counts[name].update(values[name])
    return Counts(total, counts)


def _wanted(asked: Resolved, name: str) -> Any:
    """Return the value that is chosen, as `_values` gives it; None when nothing is."""
    value = getattr(asked.search, name)
    return None if value in ("", None) or (value is False and name != "online") else value


def _values(row: Any, asked: Resolved) -> Iterator[tuple[str, set[Any]]]:
    """Yield the choices that a row answers to."""
    today = asked.now.astimezone(HOME).date()
    yield (
        "day",
        {day for day in Day if row.weekday is not None and day.weekday(today) == row.weekday},
    )
    yield "time", {part for part in PartOfDay if _is_in(part, row.minute)}
    yield "whom", {whom for whom in Whom if row.audience in whom.audiences}
    body = next((one for one in asked.fellowships if one.id == row.fellowship_id), None)
    yield "fellowship", {body.slug} if body else set()
    yield "subject", {row.subject}
    yield "language", {row.language}
    yield "online", {value for value, is_so in ((True, row.online), (False, row.building)) if is_so}
    for name in ("free", "wheelchair", "is_open"):
        yield name, {True} if getattr(row, name) else set()
    fresh = (
        body is not None
        and row.confirmed_on is not None
        and row.confirmed_on >= today - timedelta(weeks=body.confirm_after)
    )
    yield "confirmed", {True} if fresh else set()


def _is_in(part: PartOfDay, minute: int | None) -> bool:
    first, after = part.hours
    return minute is not None and first * 60 <= minute < after * 60
