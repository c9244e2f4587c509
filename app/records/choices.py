"""How many groups each choice of a search would give, counted from one reading of the rows."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from sqlalchemy import func, literal, select

from app.db import db
from app.domain.search import Day, PartOfDay, Search, Whom
from app.domain.zones import HOME
from app.records.findables import FindableRecord
from app.records.resolved import Resolved, conditions, meeting

MOST_READ = 1000
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
    meets = meeting()
    query = select(
        _F.weekday, _F.minute, _F.audience, _F.fellowship_id, _F.subject, _F.language, _F.online,
        _F.free, _F.wheelchair, _F.is_open, _F.confirmed_on, _F.building, _F.fellowship_id,
    ).where(meets, *conditions(replace(asked, search=bare)))  # fmt: skip
    rows = [] if asked.is_common else db.session.execute(query.limit(MOST_READ + 1)).all()
    if len(rows) > MOST_READ and asked.search == bare:
        return Counts(None, None)
    if asked.is_common or len(rows) > MOST_READ:
        some = select(literal(1)).select_from(_F).where(meets, *conditions(asked))
        counted = select(func.count()).select_from(some.limit(MOST_COUNTED + 1).subquery())
        total = db.session.scalar(counted) or 0
        return Counts(total if total <= MOST_COUNTED else None, None)
    columns = _columns(rows)
    values = {name: _values_of(name, set(columns[name]), asked) for name in _CHOSEN}
    fails = {
        name: [value not in values[name][one] for one in columns[name]]
        for name in _CHOSEN
        if (value := _wanted(asked, name)) is not None
    }
    counts: dict[str, Counter[Any]] = defaultdict(Counter)
    for name in _CHOSEN:
        others = [failed for other, failed in fails.items() if other != name]
        kept = _kept(columns[name], others)
        for one, number in Counter(kept).items():
            for value in values[name][one]:
                counts[name][value] += number
    return Counts(len(_kept(columns["day"], list(fails.values()))), counts)


def _columns(rows: Sequence[Any]) -> dict[str, Sequence[Any]]:
    """Return what the rows have for each field: counting by column is quick in Python too."""
    if not rows:
        return dict.fromkeys(_CHOSEN, ())
    columns: dict[str, Sequence[Any]] = dict(zip(_CHOSEN, zip(*rows, strict=True), strict=False))
    *_others, building, body = zip(*rows, strict=True)
    columns["online"] = list(zip(columns["online"], building, strict=True))
    columns["confirmed"] = list(zip(columns["confirmed"], body, strict=True))
    return columns


def _kept(column: Sequence[Any], failed: list[list[bool]]) -> list[Any]:
    """Return what of a column is left when the rows are taken out that fail another choice."""
    if not failed:
        return list(column)
    return [one for one, *fails in zip(column, *failed, strict=True) if not any(fails)]


def _wanted(asked: Resolved, name: str) -> Any:
    """Return the value that is chosen, as `_values_of` gives it; None when nothing is."""
    value = getattr(asked.search, name)
    return None if value in ("", None) or (value is False and name != "online") else value


def _values_of(name: str, found: set[Any], asked: Resolved) -> dict[Any, set[Any]]:
    """Return the choices that each thing found in a column answers to."""
    today = asked.now.astimezone(HOME).date()
    match name:
        case "day":
            return {one: {day for day in Day if day.weekday(today) == one} for one in found}
        case "time":
            return {one: {part for part in PartOfDay if _is_in(part, one)} for one in found}
        case "whom":
            return {one: {whom for whom in Whom if one in whom.audiences} for one in found}
        case "fellowship":
            slugs = {body.id: body.slug for body in asked.fellowships}
            return {one: {slugs.get(one)} for one in found}
        case "online":
            return {one: {value for value, so in zip((True, False), one, strict=True) if so}
                    for one in found}  # fmt: skip
        case "confirmed":
            since = {
                body.id: today - timedelta(weeks=body.confirm_after) for body in asked.fellowships
            }
            return {
                (day, body): {day is not None and day >= since.get(body, today)}
                for day, body in found
            }
    return {one: {one} for one in found}


def _is_in(part: PartOfDay, minute: int | None) -> bool:
    first, after = part.hours
    return minute is not None and first * 60 <= minute < after * 60
