"""Keeps the figures of fellowships in step with the truth, in the transaction that changes it."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import Insert, func, select

from app import clock
from app.actions.parts.derived.kept_rows import (
    UPSERT,
    Row,
    kept_rows,
    replace_rows,
    some_at_once,
    table_of,
)
from app.db import db
from app.domain.meeting import Status
from app.domain.people_known import People
from app.domain.seating import Availability, Seating
from app.domain.tally import (
    BY_DAY,
    Amount,
    Key,
    Stage,
    Standing,
    Topic,
    contributions,
    first_stages,
    heads,
    hours,
    next_stages,
)
from app.domain.week import Week
from app.records.asked.groups import groups_by_id
from app.records.asked.schedule_rows import slots_at_hand
from app.records.groups import Group
from app.records.head_counts import HeadCount
from app.records.participants import ParticipantRecord, known_figures
from app.records.tallies import (
    Cell,
    Contribution,
    MovedToday,
    Occupancy,
    StageRecord,
    Tally,
    tally_row,
)

K = TypeVar("K")


def keep_tallies(
    group_ids: Iterable[int], counted: Collection[int], *, is_news: bool = True
) -> dict[Cell, Amount]:
    """Write anew what groups add to the figures, and move the sums by the difference; return it.

    `counted` are the groups whose head counts are read again. Not `is_news` is what held this
    morning already, and was only not written down. The groups are held, or nobody else
    writes. Eight queries at most for every 500, and two; the sums come last and in one order, so
    that no two writers wait for each other.
    """
    moved: dict[Cell, Amount] = defaultdict(Amount)
    today: dict[tuple[int, Cell], Amount] = defaultdict(Amount)
    for ids in some_at_once(group_ids):
        kept = kept_rows(Contribution, ids)
        wanted = _wanted(ids, kept, set(counted), is_news=is_news)
        replace_rows(Contribution, kept, wanted)
        more, less = wanted - kept, kept - wanted
        _move(moved, _cell, more, less)
        if is_news:
            _move(today, lambda row: (row[0], _cell(row)), more, less)
    _note_moved(today)
    move_sums(moved)
    return moved


def _wanted(ids: list[int], kept: set[Row], counted: set[int], *, is_news: bool) -> set[Row]:
    groups = groups_by_id(ids)
    figures = known_figures(ids)
    stages = _stages(groups)
    slots = _slots_of(groups)
    heads_of = _heads(groups, kept, counted)
    _note_occupancy(groups, figures, is_news=is_news)
    rows: set[Row] = set()
    for group in groups:
        taken, waiting = figures.get(group.id, (0, 0))
        standing = Standing(
            status=Status(group.status),
            listed=group.listed,
            town=group.town,
            confirmed_on=group.confirmed_on,
            taken=taken,
            waiting=waiting,
            is_free=group.availability(taken, waiting) is Availability.FREE,
            stages=stages[group.id],
            hours=hours(slots[group.id], Week.at(clock.now(), group.timezone)),
        )
        for key, amount in (contributions(standing) | heads_of[group.id]).items():
            rows.add(
                (
                    group.id,
                    *(key.topic.value, key.value, key.since),
                    *(group.fellowship_id, group.province),
                    *(amount.number, amount.people.exact, amount.people.few),
                )
            )
    return rows


def _slots_of(groups: Sequence[Group]) -> dict[int, list[tuple[Week, int, int]]]:
    found = defaultdict(list)
    for one in slots_at_hand(groups):
        found[one.group_id].append((one.since, one.weekday, one.start.hour))
    return found


def _stages(groups: Collection[Group]) -> dict[int, tuple[Stage, ...]]:
    """Return the history of each group up to now, and keep what is new of it."""
    kept = kept_rows(StageRecord, [group.id for group in groups])
    known: dict[int, tuple[Stage, ...]] = defaultdict(tuple)
    for group_id, since, status in sorted(kept):
        known[group_id] += (Stage(since, Status(status)),)
    for group in groups:
        status = Status(group.status)
        if stages := known[group.id]:
            known[group.id] = next_stages(stages, status, group.status_since)
        else:
            began = group.day_of(group.created_at)
            known[group.id] = first_stages(began, status, group.status_since)
    wanted = {(id, since, status.value) for id, all_ in known.items() for since, status in all_}
    replace_rows(StageRecord, kept, wanted)
    return known


def _heads(
    groups: Collection[Group], kept: set[Row], counted: set[int]
) -> dict[int, dict[Key, Amount]]:
    """Return what head counts add; they are many, and read again only where they may differ."""
    found: dict[int, dict[Key, Amount]] = {group.id: {} for group in groups}
    province_of = {group.id: (group.fellowship_id, group.province) for group in groups}
    again = counted & found.keys()
    for row in kept:
        group_id, topic, value, *_ = row
        if topic != Topic.HEADS or group_id in again or group_id not in found:
            continue
        if (row[4], row[5]) == province_of[group_id]:
            found[group_id][Key(Topic.HEADS, value)] = _amount(row)
        else:
            again.add(group_id)
    sharing = [group.id for group in groups if group.id in again and group.shares_head_counts]
    counts = defaultdict(list)
    query = select(HeadCount.group_id, HeadCount.week, HeadCount.people)
    if sharing:
        for group_id, week, people in db.session.execute(
            query.where(HeadCount.group_id.in_(sharing))
        ):
            counts[group_id].append((week, people))
    return found | {group_id: heads(counts[group_id]) for group_id in again}


def _note_occupancy(
    groups: Collection[Group], figures: dict[int, tuple[int, int]], *, is_news: bool
) -> None:
    """Keep since when each group is full or empty; at first as far as its own rows tell."""
    ids = [group.id for group in groups]
    kept = kept_rows(Occupancy, ids)
    known = {row[0]: row[1:] for row in kept}
    full = {
        one.id
        for one in groups
        if one.availability(*figures.get(one.id, (0, 0))) is Availability.FULL
    }
    new = [group_id for group_id in full if group_id not in known]
    joined = _last_joined(new) if new else {}
    now = clock.now()
    wanted: set[Row] = set()
    for group in groups:
        full_since, empty_since, *morning = known.get(group.id, (None,) * 5)
        today, at_office = group.day_of(now), group.fellowship.day_of(now)
        taken, waiting = figures.get(group.id, (0, 0))
        is_active = group.status == Status.ACTIVE
        is_full = is_active and group.id in full
        is_empty = is_active and not taken and not waiting and group.seating != Seating.WALK_IN
        first = group.status_since if group.id not in known else today
        held = (
            (full_since or joined.get(group.id, today)) if is_full else None,
            (empty_since or first) if is_empty and not is_full else None,
        )
        is_other = group.id in known and held != (full_since, empty_since)
        if is_news and is_other and morning[0] != at_office:
            morning = [at_office, full_since, empty_since]
        wanted.add((group.id, *held, *morning))
    replace_rows(Occupancy, kept, wanted)


def _last_joined(ids: list[int]) -> dict[int, date]:
    query = (
        select(ParticipantRecord.group_id, func.max(ParticipantRecord.joined_on))
        .where(ParticipantRecord.group_id.in_(ids), ParticipantRecord.seat.is_not(None))
        .group_by(ParticipantRecord.group_id)
    )
    return dict(db.session.execute(query).all())


def _move(moved: dict[K, Amount], key: Callable[[Row], K], more: set[Row], less: set[Row]) -> None:
    for row in more:
        moved[key(row)] += _amount(row)
    for row in less:
        moved[key(row)] -= _amount(row)


def _cell(row: Row) -> Cell:
    _, topic, value, since, fellowship_id, province, *_ = row
    return topic, value, since, fellowship_id, province


def _amount(row: Row) -> Amount:
    number, exact, few = row[-3:]
    return Amount(number, People(exact, few))


def move_sums(moved: dict[Cell, Amount]) -> None:
    """Add to the sums, cell by cell: two writers may do so in either order."""
    rows = [tally_row(cell, moved[cell]) for cell in sorted(moved) if moved[cell] != Amount()]
    if not rows:
        return
    _add(Tally, rows)


def _note_moved(moved: dict[tuple[int, Cell], Amount]) -> None:
    """Keep by how much people came and went today, so that nobody is told before tomorrow."""
    day = clock.today()
    rows = []
    for (group_id, cell), amount in moved.items():
        if cell[0] in BY_DAY and amount != Amount():
            row = tally_row(cell, amount) | {"day": day, "group_id": group_id}
            del row["since"]
            rows.append(row)
    if rows:
        _add(MovedToday, rows)


def _add(record: type[Tally] | type[MovedToday], rows: Sequence[dict[str, Any]]) -> None:
    """Add amounts to rows that may be there already."""
    db.session.execute(_adding(record, db.session.get_bind().dialect.name), rows)


@cache
def _adding(record: type[Tally] | type[MovedToday], dialect: str) -> Insert:
    table = table_of(record)
    statement = UPSERT[dialect](table)
    added = {name: table.c[name] + statement.excluded[name] for name in ("number", "exact", "few")}
    keys = [column.name for column in table.primary_key]
    upsert: Insert = statement.on_conflict_do_update(index_elements=keys, set_=added)
    return upsert
