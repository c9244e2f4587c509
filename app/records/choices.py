"""How many groups each choice of a search would give, counted from one reading of the rows."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Select, bindparam, func, literal, select

from app.db import db
from app.domain.kinds.of_meeting import MARK
from app.domain.listing import Subject
from app.domain.search import PartOfDay, Search, Whom, answers_to, subjects_of
from app.domain.zones import day_at_home
from app.records.asked.columns import read_columns
from app.records.findables import FindableKind, FindableRecord
from app.records.finding.built import rows_of
from app.records.finding.coming import ComingMeeting
from app.records.finding.when import joins, meetings_ahead, meetings_asked
from app.records.resolved import Resolved, conditions

MOST_READ = 1000
"""Beyond so many groups around a place or with a word, single choices are not counted."""
MOST_COUNTED = 500
NEXT = "next"
"""What a meeting answers where no day is asked."""
_C, _F = ComingMeeting, FindableRecord
_KINDS = select(FindableKind.group_id, FindableKind.kind).where(
    FindableKind.group_id.in_(bindparam("groups", expanding=True))
)
_CHOSEN = (
    "day", "time", "whom", "fellowship", "subject", "language", "online",
    "free", "wheelchair", "is_open", "confirmed",
)  # fmt: skip
"""The fields of Search that are choices; place and words decide what there is to choose from."""


@dataclass(frozen=True)
class Counts:
    """`total` is None for more than MOST_COUNTED; `choices` is None when they were not counted.

    What is not on counts nowhere. `choices[field][value]` is how many groups the search would give with that value, and all
    its other choices as they are; a value that is missing would give none. None is a number that
    was not counted: online groups are found wherever one is, others near the place. Kinds of meeting
    are counted until one is chosen.
    """

    total: int | None
    choices: Mapping[str, Mapping[Any, int | None]] | None


def count_choices(asked: Resolved) -> Counts:
    """Count what a resolved search finds, and would find. Four queries at most."""
    if asked.is_common:
        return Counts(_total(asked), None)
    # To count takes nothing but indexes; of very many, rows are dear to read, and read in vain.
    [(number,)] = rows_of(_number_to_choose_from, asked)
    if number > MOST_READ:
        is_bare = asked.search == _bare(asked.search)
        return Counts(None if is_bare else _total(asked), None)
    rows = rows_of(_to_choose_from, asked)
    columns = _columns(rows)
    values = {name: _values_of(name, set(columns[name]), asked) for name in _CHOSEN}
    fails = {
        name: [value not in values[name][one] for one in columns[name]]
        for name in _CHOSEN
        if (value := _wanted(asked, name)) is not None
    }
    counts: dict[str, dict[Any, int | None]] = defaultdict(dict)
    for name in _CHOSEN:
        others = [failed for other, failed in fails.items() if other != name]
        kept = _kept(columns[name], others)
        counts[name] |= Counter(value for one in kept for value in values[name][one])
    if asked.search.near:
        counts["online"][not asked.search.online] = None
    kept = _kept([(row.group_id, row.fellowship_id) for row in rows], list(fails.values()))
    if not asked.search.kind:
        counts["kind"] |= _of_kinds(kept, asked)
    return Counts(len(kept), counts)


def _of_kinds(kept: list[tuple[int, int]], asked: Resolved) -> Counter[Any]:
    """Return how many of these groups have each kind of meeting, as a search asks for it. One query."""
    slugs = {body.id: body.slug for body in asked.fellowships}
    times, bodies = Counter(group for group, _body in kept), dict(kept)
    found: Counter[Any] = Counter()
    rows = read_columns(_KINDS, {"groups": [*bodies]}) if bodies else ()
    for group_id, kind in rows:
        slug = slugs.get(bodies[group_id], "") if kind.startswith(MARK) else ""
        found[f"{slug}{kind}"] += times[group_id]
    return found


def _bare(search: Search) -> Search:
    return replace(search, **{name: getattr(Search(), name) for name in _CHOSEN})


def _to_choose_from(asked: Resolved) -> Select[Any]:
    is_next = _C.next_from <= asked.said("now")
    columns: tuple[Any, ...] = (
        _C.day, _C.minute, _F.audience, _F.fellowship_id, _F.subject, _F.language, _F.online,
        _F.free, _F.wheelchair, _C.is_open, _F.confirmed_on, _F.building, is_next.label("is_next"),
        _F.group_id,
    )  # fmt: skip
    return _to_choose(asked, *columns)


def _number_to_choose_from(asked: Resolved) -> Select[Any]:
    """Return how many rows that are, or one more than MOST_READ."""
    some = _to_choose(asked, literal(1)).limit(MOST_READ + 1)
    return select(func.count()).select_from(some.subquery())


def _to_choose(asked: Resolved, *columns: Any) -> Select[Any]:
    bare = replace(asked, search=_bare(asked.search))
    found = [*conditions(bare), *meetings_ahead(asked)]
    return select(*columns).join_from(_F, _C, joins()).where(*found)


def _total(asked: Resolved) -> int | None:
    """Return how many a search finds, None for more than MOST_COUNTED. One query."""
    some = select(literal(1)).join_from(_F, _C, joins()).where(
        *conditions(asked), *meetings_asked(asked), _C.next_from.is_not(None)
    )  # fmt: skip
    counted = select(func.count()).select_from(some.limit(MOST_COUNTED + 1).subquery())
    total = db.session.scalar(counted) or 0
    return total if total <= MOST_COUNTED else None


def _columns(rows: Sequence[Any]) -> dict[str, Sequence[Any]]:
    """Return what the rows have for each field: counting by column is quick in Python too."""
    if not rows:
        return dict.fromkeys(_CHOSEN, ())
    columns: dict[str, Sequence[Any]] = dict(zip(_CHOSEN, zip(*rows, strict=True), strict=False))
    *_others, building, is_next, _group_id = zip(*rows, strict=True)
    columns["day"] = list(zip(columns["day"], is_next, strict=True))
    columns["online"] = list(zip(columns["online"], building, strict=True))
    columns["confirmed"] = list(zip(columns["confirmed"], columns["fellowship"], strict=True))
    return columns


def _kept(column: Sequence[Any], failed: list[list[bool]]) -> list[Any]:
    """Return what of a column is left when the rows are taken out that fail another choice."""
    if not failed:
        return list(column)
    return [one for one, *fails in zip(column, *failed, strict=True) if not any(fails)]


def _wanted(asked: Resolved, name: str) -> Any:
    """Return the value that is chosen, as `_values_of` gives it; None when nothing is."""
    value = getattr(asked.search, name)
    if name == "day":
        return NEXT if value is None else value
    return None if value in ("", None) or (value is False and name != "online") else value


def _values_of(name: str, found: set[Any], asked: Resolved) -> dict[Any, set[Any]]:
    """Return the choices that each thing found in a column answers to."""
    today = day_at_home(asked.now)
    match name:
        case "day":
            return {(day, is_next): _days_of(day, is_next, today) for day, is_next in found}
        case "time":
            return {one: {part for part in PartOfDay if _is_in(part, one)} for one in found}
        case "whom":
            return {one: {whom for whom in Whom if one in whom.audiences} for one in found}
        case "subject":
            return {one: {subject for subject in Subject if one in subjects_of(subject)}
                    for one in found}  # fmt: skip
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


def _days_of(day: date | None, is_next: bool, today: date) -> set[Any]:
    answered: set[Any] = set(answers_to(day, today, is_next=is_next)) if day else set()
    return answered | {NEXT} if is_next else answered


def _is_in(part: PartOfDay, minute: int | None) -> bool:
    first, after = part.hours
    return minute is not None and first * 60 <= minute < after * 60
