"""Keeps what the finder asks in step with the truth, in the transaction that changes it."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import Any

from sqlalchemy import delete, event, insert, inspect, select
from sqlalchemy.orm import Session, SessionTransaction

from app.db import db
from app.domain.findable import findables, words_of
from app.domain.listing import Feature
from app.domain.meeting import Status
from app.domain.seating import Availability, availability
from app.domain.slot import Slot
from app.records.findables import FindableRecord, FindableWord
from app.records.groups import Group
from app.records.participants import ParticipantRecord, seat_figures
from app.records.places import PlaceRecord
from app.records.slots import SlotRecord

AT_ONCE = 500
_MATTERS: dict[type[Any], tuple[str, ...]] = {
    Group: (
        "fellowship_id", "name", "town", "province", "audience", "subject", "language", "features",
        "is_open", "status", "capacity", "listed", "confirmed_on",
    ),
    ParticipantRecord: ("group_id", "seat", "wait_number"),
}  # fmt: skip
"""The columns that are asked of records of which many others change every day."""
_TOUCHED = "findables_touched"
_PLACES = "findables_places"


def keep_findable(group_ids: Collection[int]) -> None:
    """Write anew what can be found of groups, where it differs. Six queries for every 500.

    The groups are held, or nobody else writes.
    """
    for ids in _some_at_once(group_ids):
        rows, words = _as_they_are(ids)
        _replace(FindableRecord, ids, rows)
        _replace(FindableWord, ids, words)


def _as_they_are(ids: list[int]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    groups = db.session.scalars(
        select(Group)
        .where(Group.id.in_(ids), Group.listed, Group.status != Status.CLOSED)
        .order_by(Group.id)
    ).all()
    slots = _slots_of([group.id for group in groups])
    figures = seat_figures([group.id for group in groups])
    rows, words = [], []
    for group in groups:
        taken, waiting = figures.get(group.id, (0, 0))
        seen = availability(
            preparing=group.status == Status.PREPARING,
            taken=taken,
            waiting=waiting,
            capacity=group.capacity,
        )
        of_group = {
            "group_id": group.id,
            "status": group.status,
            "fellowship_id": group.fellowship_id,
            "audience": group.audience,
            "subject": group.subject,
            "language": group.language,
            "wheelchair": Feature.WHEELCHAIR in group.features,
            "is_open": group.is_open,
            "free": seen is Availability.FREE,
            "confirmed_on": group.confirmed_on,
        }
        for one in findables(slots[group.id], town=group.town, province=group.province):
            rows.append(
                of_group
                | {
                    "since": one.since,
                    "until": one.until,
                    "weekday": one.weekday,
                    "minute": one.minute,
                    "latitude": one.position.latitude if one.position else None,
                    "longitude": one.position.longitude if one.position else None,
                    "province": one.province,
                    "online": one.online,
                    "building": one.building,
                }
            )
        words += [
            {"word": word, "group_id": group.id}
            for word in sorted(words_of(group.name, group.town, slots[group.id]))
        ]
    return rows, words


def _slots_of(ids: list[int]) -> dict[int, list[Slot]]:
    of_groups = SlotRecord.group_id.in_(ids)
    # Whoever is mending one of the places commits first, and we read what it became. Groups are
    # locked before places in every transaction, so that no two wait for each other.
    used = select(SlotRecord.place_id).where(of_groups)
    places = select(PlaceRecord).where(PlaceRecord.id.in_(used)).order_by(PlaceRecord.id)
    db.session.scalars(
        places.with_for_update(read=True), execution_options={"populate_existing": True}
    ).all()
    slots = defaultdict(list)
    for record in db.session.scalars(select(SlotRecord).where(of_groups)):
        slots[record.group_id].append(record.value())
    return slots


def _replace(record: type[Any], ids: list[int], rows: list[dict[str, Any]]) -> None:
    """Delete and insert the rows of those groups for which they differ."""
    table = record.__table__
    names = [column.name for column in table.columns]
    kept, wanted = defaultdict(set), defaultdict(set)
    for row in db.session.execute(select(table).where(table.c.group_id.in_(ids))):
        kept[row.group_id].add(tuple(row))
    for one in rows:
        wanted[one["group_id"]].add(tuple(one[name] for name in names))
    differ = {group_id for group_id in ids if kept[group_id] != wanted[group_id]}
    if gone := [group_id for group_id in differ if kept[group_id]]:
        db.session.execute(delete(table).where(table.c.group_id.in_(gone)))
    if new := [one for one in rows if one["group_id"] in differ]:
        db.session.execute(insert(table), new)


def attach() -> None:
    """Let every session note what it writes, and set it right before it commits."""
    for name, hear in (
        ("after_flush", _note_touched),
        ("before_commit", _set_right),
        ("after_soft_rollback", _forget_touched),
    ):
        if not event.contains(db.session, name, hear):
            event.listen(db.session, name, hear)


def _note_touched(session: Session, _context: object) -> None:
    touched = session.info.setdefault(_TOUCHED, set())
    changed = [record for record in session.dirty if _matters(record)]
    for record in (*session.new, *changed, *session.deleted):
        match record:
            case Group():
                touched.add(record.id)
            case SlotRecord() | ParticipantRecord():
                touched.add(record.group_id)
            case PlaceRecord():
                session.info.setdefault(_PLACES, set()).add(record.id)


def _matters(record: Any) -> bool:
    """Tell whether a flush changed what is asked: the history is there until it is over."""
    names = _MATTERS.get(type(record))
    if names is None:
        return True
    attributes = inspect(record).attrs
    return any(attributes[name].history.has_changes() for name in names)


def _set_right(session: Session) -> None:
    session.flush()
    touched = set(session.info.pop(_TOUCHED, ()))
    if places := session.info.pop(_PLACES, None):
        touched.update(_groups_in(places))
    if touched:
        keep_findable(touched)


def _groups_in(place_ids: set[int]) -> Iterator[int]:
    for ids in _some_at_once(place_ids):
        yield from db.session.scalars(
            select(SlotRecord.group_id).where(SlotRecord.place_id.in_(ids))
        )


def _some_at_once(ids: Collection[int]) -> Iterator[list[int]]:
    in_order = sorted(set(ids))
    for first in range(0, len(in_order), AT_ONCE):
        yield in_order[first : first + AT_ONCE]


def _forget_touched(session: Session, transaction: SessionTransaction) -> None:
    if transaction.nested:
        return
    session.info.pop(_TOUCHED, None)
    session.info.pop(_PLACES, None)
