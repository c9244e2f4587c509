"""Keeps what is derived in step with its cause, in the same transaction: the finder, the figures."""

from collections.abc import Collection, Iterator
from typing import Any

from sqlalchemy import event, inspect, select
from sqlalchemy.orm import Session, SessionTransaction

from app.actions.findables import keep_findable
from app.actions.rows import some_at_once
from app.actions.tallies import keep_tallies
from app.db import db
from app.records.counts import HeadCount
from app.records.groups import Group
from app.records.participants import ParticipantRecord
from app.records.places import PlaceRecord
from app.records.slots import SlotRecord

_MATTERS: dict[type[Any], tuple[str, ...]] = {
    Group: (
        "fellowship_id", "name", "town", "province", "audience", "subject", "language", "features",
        "is_open", "status", "seating", "capacity", "listed", "confirmed_on", "shares_head_counts",
    ),
    ParticipantRecord: ("group_id", "seat", "wait_number"),
}  # fmt: skip
"""The columns that are asked of records of which many others change every day."""
_TOUCHED = "touched"
_COUNTED = "touched_counts"
_PLACES = "touched_places"


def keep(group_ids: Collection[int]) -> None:
    """Write anew what is derived of groups that were written past the session's records."""
    keep_findable(group_ids)
    keep_tallies(group_ids, group_ids)


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
    counted = session.info.setdefault(_COUNTED, set())
    changed = [record for record in session.dirty if _matters(record)]
    for record in (*session.new, *changed, *session.deleted):
        match record:
            case Group():
                touched.add(record.id)
                if inspect(record).attrs["shares_head_counts"].history.has_changes():
                    counted.add(record.id)
            case SlotRecord() | ParticipantRecord():
                touched.add(record.group_id)
            case HeadCount():
                counted.add(record.group_id)
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
    counted = session.info.pop(_COUNTED, set())
    found = touched | set(_groups_in(session.info.pop(_PLACES, set())))
    if found:
        keep_findable(found)
    if touched or counted:
        keep_tallies(touched | counted, counted)


def _groups_in(place_ids: set[int]) -> Iterator[int]:
    for ids in some_at_once(place_ids):
        yield from db.session.scalars(
            select(SlotRecord.group_id).where(SlotRecord.place_id.in_(ids))
        )


def _forget_touched(session: Session, transaction: SessionTransaction) -> None:
    if transaction.nested:
        return
    for name in (_TOUCHED, _COUNTED, _PLACES):
        session.info.pop(name, None)
