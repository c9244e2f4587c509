"""Keeps what the finder asks in step with the truth, in the transaction that changes it."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Select, bindparam, select, union, update

from app import clock
from app.actions.parts.derived.kept_rows import (
    kept_rows,
    kept_rows_alike,
    replace_rows,
    rows_from,
    some_at_once,
    table_of,
)
from app.db import db
from app.domain.deviation import Deviation
from app.domain.findable import findables, words_of
from app.domain.kinds.of_meeting import kinds_found
from app.domain.listing import Audience, Feature
from app.domain.meeting import Status
from app.domain.seating import Availability
from app.domain.slot import Slot
from app.domain.week import Week
from app.domain.zones import HOME
from app.records.asked.columns import read_columns
from app.records.asked.groups import groups_by_id
from app.records.asked.schedule_rows import FAR, slot_rows, week_rows
from app.records.findables import FindableKind, FindableRecord, FindableWord
from app.records.groups import Group
from app.records.participants import known_figures
from app.records.places import PlaceRecord
from app.records.slots import SlotRecord
from app.records.weeks import DeviationRecord

Rows = list[dict[str, Any]]

_FINDABLE = table_of(FindableRecord)
_FREE = (
    update(_FINDABLE)
    .where(
        _FINDABLE.c.group_id.in_(bindparam("groups", expanding=True)),
        _FINDABLE.c.free != bindparam("is_free"),
    )
    .values(free=bindparam("is_free"))
)


def keep_findable(group_ids: Collection[int]) -> None:
    """Write anew what can be found of groups, where it differs. Seven queries for every 500.

    The groups are held, or nobody else writes.
    """
    for ids in some_at_once(group_ids):
        rows, words, kinds = _as_they_are(ids)
        words_kept, kinds_kept = kept_rows_alike((FindableWord, FindableKind), ids)
        replace_rows(
            FindableRecord, kept_rows(FindableRecord, ids), rows_from(FindableRecord, rows)
        )
        replace_rows(FindableWord, words_kept, rows_from(FindableWord, words))
        replace_rows(FindableKind, kinds_kept, rows_from(FindableKind, kinds))


def keep_free(group_ids: Collection[int]) -> None:
    """Write anew whether groups have a free seat: nothing else follows from who has one.

    Two queries for every 500, and one for each answer. The groups are held.
    """
    for ids in some_at_once(group_ids):
        if db.session.get_bind().dialect.name != "sqlite":
            # Whoever mends a place writes whole rows of groups that they do not hold.
            read_columns(_used(ids, PlaceRecord.id).with_for_update(read=True))
        figures = known_figures(ids)
        are_free: dict[bool, list[int]] = defaultdict(list)
        for group in groups_by_id(ids):
            are_free[_is_free(group, figures)].append(group.id)
        for is_free, some in are_free.items():
            db.session.execute(_FREE, {"groups": some, "is_free": is_free})


def _is_free(group: Group, figures: dict[int, tuple[int, int]]) -> bool:
    return group.availability(*figures.get(group.id, (0, 0))) is Availability.FREE


def _as_they_are(ids: list[int]) -> tuple[Rows, Rows, Rows]:
    groups = [one for one in groups_by_id(ids) if one.listed and one.status != Status.CLOSED]
    slots, elsewhere = _whereabouts_of(groups)
    figures = known_figures([group.id for group in groups])
    rows: Rows = []
    words: Rows = []
    kinds: Rows = []
    for group in groups:
        of_group = {
            "group_id": group.id,
            "status": group.status,
            "fellowship_id": group.fellowship_id,
            "audience": group.audience,
            "subject": group.subject,
            "language": group.language if group.language_said else "",
            "wheelchair": Feature.WHEELCHAIR in group.features,
            "is_open": group.is_open is True,
            "free": _is_free(group, figures),
            "confirmed_on": group.confirmed_on,
        }
        rows += [
            of_group
            | {
                "since": one.since,
                "until": one.until,
                "latitude": one.position.latitude if one.position else None,
                "longitude": one.position.longitude if one.position else None,
                "province": one.province,
                "online": one.online,
                "building": one.building,
            }
            for one in findables(
                slots[group.id],
                town=group.town,
                province=group.province,
                elsewhere=elsewhere[group.id],
            )
        ]
        words += [
            {"word": word, "group_id": group.id}
            for word in sorted(words_of(group.name, group.town, slots[group.id]))
        ]
        pairs = [(program, code) for program, code in group.codes]
        kinds += [
            {"kind": kind, "group_id": group.id}
            for kind in sorted(kinds_found(pairs, Audience(group.audience)))
        ]
    return rows, words, kinds


def _whereabouts_of(
    groups: Sequence[Group],
) -> tuple[dict[int, list[Slot]], dict[int, dict[Week, Deviation]]]:
    ids = [group.id for group in groups]
    if db.session.get_bind().dialect.name != "sqlite":
        # Whoever is mending one of the places commits first, and we read what it became. Groups
        # are locked before places in every transaction, so that no two wait for each other.
        db.session.scalars(
            _used(ids, PlaceRecord).with_for_update(read=True),
            execution_options={"populate_existing": True},
        ).all()
    slots: dict[int, list[Slot]] = defaultdict(list)
    for record in slot_rows(groups):
        slots[record.group_id].append(record.value())
    elsewhere: dict[int, dict[Week, Deviation]] = defaultdict(dict)
    first = _first_week()
    for one in week_rows(ids, (first, FAR)):
        if one.place_id is not None and one.week >= first:
            elsewhere[one.group_id][one.week] = one.value()
    return slots, elsewhere


def _used(ids: list[int], what: Any) -> Select[Any]:
    """Say of which places groups stand in the finder, in order."""
    away = (DeviationRecord.place_id.is_not(None), DeviationRecord.week >= _first_week())
    used = union(
        select(SlotRecord.place_id).where(SlotRecord.group_id.in_(ids)),
        select(DeviationRecord.place_id).where(DeviationRecord.group_id.in_(ids), *away),
    )
    return select(what).where(PlaceRecord.id.in_(used)).order_by(PlaceRecord.id)


def _first_week() -> Week:
    """Somewhere in the world it is still the week before."""
    return Week.at(clock.now(), HOME) + -1
