"""Shutting a group, a place or a fellowship's groups for a while; it ends by itself."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from app import clock
from app.actions.parts.house_news import tell_of_closure
from app.actions.parts.news.everybody import telling_everybody
from app.actions.parts.revision import calendar_follows, confirmed
from app.actions.parts.transaction import hold_group, hold_groups, note, transaction
from app.db import db
from app.domain.closure import Closure, ClosureIsOver, planned
from app.domain.closure_effect import Effect, effect_of, weeks_of
from app.domain.refusal import ChangedMeanwhile, NotTheirs
from app.domain.zones import HOME
from app.records.accounts import Account, is_officer
from app.records.changes import last_editor
from app.records.closures import (
    group_ids_of,
    same_closure,
    weeks_all_the_same,
)
from app.records.fellowships import Fellowship
from app.records.groups import Group
from app.records.houses import groups_meeting_in, shut_with
from app.records.listings import schedules_of
from app.records.places import PlaceRecord
from app.records.weeks import ClosureRecord


@transaction
def close_group(
    group: Group, first: date, last: date, reason: str, *, by: Account | None
) -> ClosureRecord:
    """Shut one group. Raises NotTheirs and what `planned` raises."""
    return _close(ClosureRecord(group_id=group.id), first, last, reason, by, deed="close_group")


@transaction
def close_place(
    group: Group,
    place: PlaceRecord,
    first: date,
    last: date,
    reason: str,
    *,
    by: Account | None,
    only_room: bool = False,
) -> ClosureRecord:
    """Shut the house of a place of this group's for every group in it, or `only_room`.

    The coordinators of the others get a letter. Raises NotTheirs and what `planned` raises.
    """
    if place.owner_id != group.id:
        raise NotTheirs
    record = ClosureRecord(place_id=place.id, only_room=only_room and bool(place.room))
    return _close(record, first, last, reason, by, deed="close_place")


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
    new = planned(first, last, reason, today=held.today, places=held.places, was=old)
    before = _in_log(record, held)
    with _telling(held, old, replace(new, id=record.id)) as effects:
        record.first_day, record.last_day, record.reason = new.first, last, reason
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
    with _telling(held, old, ended) as effects:
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
    places: frozenset[int] | None = None
    """The ids of the places that are shut; None for a group or a fellowship."""


def _close(
    record: ClosureRecord, first: date, last: date, reason: str, by: Account | None, *, deed: str
) -> ClosureRecord:
    held = _hold(record, by)
    if twice := same_closure(record, first, last, reason):
        return twice
    closure = planned(
        first, last, reason, today=held.today, places=held.places, said_at=clock.now()
    )
    with _telling(held, None, closure) as effects:
        record.first_day, record.last_day, record.reason = first, last, reason
        record.said_at = closure.said_at
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
        place = db.session.get_one(PlaceRecord, record.place_id)
        return _hold_place(place, record.only_room, by)
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


def _hold_place(place: PlaceRecord, only_room: bool, by: Account | None) -> _Held:
    owners = set() if place.owner_id is None else {place.owner_id}
    users = groups_meeting_in(shut_with(place, only_room=only_room))
    groups = hold_groups({*owners, *users}, None)
    # Groups first, then the place: the order in which a new slot takes them. Who came to meet
    # here while this one waited has committed by now, and is touched as well.
    db.session.execute(select(PlaceRecord.id).where(PlaceRecord.id == place.id).with_for_update())
    places = shut_with(place, only_room=only_room)
    late = groups_meeting_in(places) - users - owners
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
        places,
    )


@contextmanager
def _telling(
    held: _Held, old: Closure | None, new: Closure | None
) -> Iterator[dict[Group, Effect]]:
    """Let calendars and who has a seat follow when `new` takes the place of `old`.

    Wrap it round the deed; it gives what each group will notice. Each group's schedule as it was
    is read once.
    """
    groups = [group for group in held.groups if group.id in held.touched]
    weeks = weeks_of(old, new)
    schedules = schedules_of(groups, weeks, public=False)
    effects = {
        group: effect_of(schedules[group.id], old, new, today=held.today) for group in groups
    }
    with (
        calendar_follows(*groups, weeks=weeks, before=schedules),
        telling_everybody(*groups),
    ):
        yield effects


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
    """Write the letters, and note the one change about all groups."""
    confirmed(*(group for group in held.groups if group.id == held.owner_id), by=by)
    tell_of_closure(record, held.name, held.ask, effects, by=by, owner_id=held.owner_id)
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
