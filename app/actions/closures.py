"""Shutting a group, a place or a fellowship's groups for a while; it ends by itself."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from app import clock
from app.actions.evening_news import telling_the_seated
from app.actions.outbox import write_letter
from app.actions.revision import calendar_changed, confirmed
from app.actions.transaction import hold_group, hold_groups, note, transaction
from app.db import db
from app.domain.closure import Closure, planned
from app.domain.closure_effect import Effect, effect_of, weeks_of
from app.domain.refusal import ChangedMeanwhile, ClosureIsOver, NotTheirs
from app.domain.zones import HOME
from app.records.accounts import Account, is_officer
from app.records.changes import last_editor
from app.records.closures import (
    Reader,
    group_ids_of,
    readers_of,
    same_closure,
    weeks_all_the_same,
)
from app.records.fellowships import Fellowship
from app.records.groups import Group
from app.records.listings import schedules_of
from app.records.places import PlaceRecord
from app.records.places_in_use import groups_using
from app.records.weeks import ClosureRecord


@transaction
def close_group(
    group: Group, first: date, last: date, reason: str, *, by: Account | None
) -> ClosureRecord:
    """Shut one group. Raises NotTheirs and what `planned` raises."""
    return _close(ClosureRecord(group_id=group.id), first, last, reason, by, deed="close_group")


@transaction
def close_place(
    group: Group, place: PlaceRecord, first: date, last: date, reason: str, *, by: Account | None
) -> ClosureRecord:
    """Shut a place for every group in it; only the group that wrote it down may.

    The coordinators of the others get a letter. Raises NotTheirs and what `planned` raises.
    """
    if place.owner_id != group.id:
        raise NotTheirs
    return _close(ClosureRecord(place_id=place.id), first, last, reason, by, deed="close_place")


@transaction
def close_fellowship(
    fellowship: Fellowship, first: date, last: date, reason: str, *, by: Account | None
) -> ClosureRecord:
    """Shut all groups of a fellowship; their coordinators get a letter, and may say otherwise.

    Raises NotTheirs when `by` is no officer of it, and what `planned` raises.
    """
    record = ClosureRecord(fellowship_id=fellowship.id)
    return _close(record, first, last, reason, by, deed="close_fellowship")


@transaction
def change_closure(
    closure_id: int,
    first: date,
    last: date,
    reason: str,
    *,
    by: Account | None,
    version: int | None = None,
) -> None:
    """Give a closure other days or another reason; who is touched by it gets a letter.

    `version` is the one the form was opened with. Raises ChangedMeanwhile with the closure as it
    is now, ClosureIsOver, NotTheirs and what `planned` raises.
    """
    record, held = _hold_closure(closure_id, by)
    old = record.value()
    if version is not None and version != record.version:
        raise ChangedMeanwhile(last_editor(held.groups[0].id) if held.groups else "", old)
    new = planned(first, last, reason, today=held.today, place_id=record.place_id)
    before = _in_log(record, held)
    effects = _effects(held, old, replace(new, id=record.id))
    with telling_the_seated(*effects):
        record.first_day, record.last_day, record.reason = first, last, reason
        record.version += 1
        _ask_again(effects)
    _settle("change_closure", record, held, effects, by, before=before)


@transaction
def withdraw_closure(closure_id: int, *, by: Account | None) -> None:
    """Take a closure back; one that has begun ends yesterday, for what was off stays off.

    Raises ClosureIsOver, NotTheirs.
    """
    record, held = _hold_closure(closure_id, by)
    before = _in_log(record, held)
    old = record.value()
    ended = None
    if record.first_day < held.today:
        ended = replace(old, last=held.today - timedelta(days=1))
    effects = _effects(held, old, ended)
    with telling_the_seated(*effects):
        if ended:
            record.last_day = ended.last
            record.version += 1
        else:
            db.session.delete(record)
    _settle("withdraw_closure", record, held, effects, by, before=before, is_withdrawn=not ended)


@dataclass(frozen=True)
class _Held:
    """The groups that a closure may touch, locked; `today` by the clock of who shuts."""

    groups: list[Group]
    touched: frozenset[int]
    today: date
    owner_id: int | None
    name: str
    ask: str


def _close(
    record: ClosureRecord, first: date, last: date, reason: str, by: Account | None, *, deed: str
) -> ClosureRecord:
    held = _hold(record, by)
    if twice := same_closure(record, first, last, reason):
        return twice
    closure = planned(first, last, reason, today=held.today, place_id=record.place_id)
    effects = _effects(held, None, closure)
    with telling_the_seated(*effects):
        record.first_day, record.last_day, record.reason = first, last, reason
        db.session.add(record)
        _ask_again(effects)
    _settle(deed, record, held, effects, by)
    return record


def _hold_closure(closure_id: int, by: Account | None) -> tuple[ClosureRecord, _Held]:
    record = db.session.get(ClosureRecord, closure_id)
    if record is None:
        raise ClosureIsOver
    held = _hold(record, by)
    # Read again: it may have been changed or withdrawn while this one waited for the groups.
    record = db.session.get(ClosureRecord, closure_id, populate_existing=True)
    if record is None or record.last_day < held.today:
        raise ClosureIsOver
    return record, held


def _hold(record: ClosureRecord, by: Account | None) -> _Held:
    """Lock every group that a closure may touch, and ask under the lock whether `by` may shut it."""
    if record.fellowship_id is not None:
        return _hold_fellowship(db.session.get_one(Fellowship, record.fellowship_id), by)
    if record.place_id is not None:
        return _hold_place(db.session.get_one(PlaceRecord, record.place_id), by)
    assert record.group_id is not None
    group = hold_group(record.group_id, by)
    today = group.day_of(clock.now())
    return _Held([group], frozenset({group.id}), today, group.id, group.name, group.name)


def _hold_fellowship(fellowship: Fellowship, by: Account | None) -> _Held:
    groups = hold_groups(group_ids_of(fellowship.id), None)
    if by is not None and not is_officer(by, fellowship.id):
        raise NotTheirs
    today = fellowship.day_of(clock.now())
    touched = frozenset(group.id for group in groups)
    return _Held(groups, touched, today, None, fellowship.name, fellowship.name)


def _hold_place(place: PlaceRecord, by: Account | None) -> _Held:
    owners = set() if place.owner_id is None else {place.owner_id}
    users = groups_using(place.id)
    groups = hold_groups({*owners, *users}, None)
    # Groups first, then the place: the order in which a new slot takes them. Who came to meet
    # here while this one waited has committed by now, and is touched as well.
    db.session.execute(select(PlaceRecord.id).where(PlaceRecord.id == place.id).with_for_update())
    late = groups_using(place.id) - users - owners
    groups += hold_groups(late, None)
    owner = next((group for group in groups if group.id == place.owner_id), None)
    if by is not None:
        if owner is None:
            raise NotTheirs
        hold_group(owner.id, by)
    today = clock.now().astimezone(owner.timezone if owner else HOME).date()
    return _Held(
        groups,
        frozenset(users | late),
        today,
        place.owner_id,
        place.name or place.value().address,
        owner.name if owner and owner.listed else "",
    )


def _effects(held: _Held, old: Closure | None, new: Closure | None) -> dict[Group, Effect]:
    """Return what each group will notice. Four queries, however many groups."""
    groups = [group for group in held.groups if group.id in held.touched]
    schedules = schedules_of(groups, weeks_of(old, new), public=False)
    return {group: effect_of(schedules[group.id], old, new, today=held.today) for group in groups}


def _settle(
    deed: str,
    record: ClosureRecord,
    held: _Held,
    effects: dict[Group, Effect],
    by: Account | None,
    *,
    before: dict[str, Any] | None = None,
    is_withdrawn: bool = False,
) -> None:
    """Raise the feeds, write the letters, and note the one change about all groups."""
    confirmed(*(group for group in held.groups if group.id == held.owner_id), by=by)
    calendar_changed(*effects)
    _tell(record, held, effects, by)
    note(
        deed,
        by=by,
        groups=held.groups,
        fellowship_id=record.fellowship_id,
        before=before,
        after={} if is_withdrawn else _in_log(record, held),
    )


def _ask_again(effects: dict[Group, Effect]) -> None:
    asked = {group.id: one.asked_again for group, one in effects.items() if one.asked_again}
    if not asked:
        return
    weeks = [week for some in asked.values() for week in some]
    for deviation in weeks_all_the_same(asked, min(weeks), max(weeks)):
        if deviation.week in asked[deviation.group_id]:
            deviation.all_the_same = False
            deviation.version += 1


def _tell(
    record: ClosureRecord, held: _Held, effects: dict[Group, Effect], by: Account | None
) -> None:
    """Write one letter to each coordinator of the other groups touched, about all of theirs."""
    told = {
        group.id: (group, effect)
        for group, effect in effects.items()
        if effect and group.id != held.owner_id
    }
    letters: dict[int, tuple[Reader, list[tuple[Group, Effect]]]] = {}
    for reader in readers_of(told) if told else []:
        if by is None or reader.account_id != by.id:
            letters.setdefault(reader.account_id, (reader, []))[1].append(told[reader.group_id])
    for reader, touched in letters.values():
        write_letter(
            "closed" if any(one.off or one.asked_again for _, one in touched) else "reopened",
            to=reader.email,
            language=reader.language,
            values={
                "name": reader.name,
                "what": held.name,
                "is_place": record.place_id is not None,
                "first": record.first_day.isoformat(),
                "last": record.last_day.isoformat(),
                "reason": record.reason,
                "ask": held.ask,
                "groups": [_for_letter(group, effect) for group, effect in touched],
            },
        )


def _for_letter(group: Group, effect: Effect) -> dict[str, Any]:
    return {
        "name": group.name,
        "slug": group.slug,
        "off": [day.isoformat() for day in effect.off],
        "on": [day.isoformat() for day in effect.on],
        "asked_again": bool(effect.asked_again),
    }


def _in_log(record: ClosureRecord, held: _Held) -> dict[str, Any]:
    return {
        "closure": record.id,
        "version": record.version,
        "group_id": record.group_id,
        "place_id": record.place_id,
        "what": held.name,
        "first": record.first_day.isoformat(),
        "last": record.last_day.isoformat(),
        "reason": record.reason,
    }
