"""Keeps what is derived in step with its cause, in the same transaction: the finder, the figures."""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import event, inspect, select
from sqlalchemy.orm import Session, SessionTransaction

from app.actions.parts.derived.coming import keep_coming
from app.actions.parts.derived.findables import keep_findable, keep_free
from app.actions.parts.derived.kept_rows import AT_ONCE, some_at_once
from app.actions.parts.derived.tallies import keep_tallies
from app.db import db
from app.domain.seating import UNPROVEN
from app.records.asked.groups import groups_by_id
from app.records.asked.schedule_rows import read_slots
from app.records.groups import Group
from app.records.head_counts import HeadCount
from app.records.houses import groups_meeting_in, in_one_house
from app.records.participants import ParticipantRecord
from app.records.places import PlaceRecord
from app.records.slots import SlotRecord
from app.records.weeks import ClosureRecord, DeviationRecord

_MATTERS: dict[type[Any], tuple[str, ...]] = {
    Group: (
        "fellowship_id", "name", "town", "province", "audience", "subject", "language", "features", "codes",
        "is_open", "language_said", "status", "status_since", "status_at", "seating", "seating_said", "capacity", "listed",
        "confirmed_on", "zone", "shares_head_counts",
    ),
    ParticipantRecord: ("group_id", "seat", "wait_number", "hold"),
    PlaceRecord: (
        "kind", "name", "street", "postcode", "town", "province", "country", "latitude",
        "longitude", "house", "room", "owner_id",
    ),
}  # fmt: skip
"""The columns that are asked of records of which many others change every day."""
_WHEN: dict[type[Any], tuple[str, ...]] = {
    Group: ("listed", "status", "status_since", "status_at", "zone", "fellowship_id", "is_open"),
}
"""Of these, the columns that decide when a group meets, and who may come."""
_TOUCHED = "touched"


@dataclass
class _Touched:
    """The ids of what a session wrote, by what follows from it."""

    groups: set[int] = field(default_factory=set)
    """Of which more than the hours may differ."""
    seats: set[int] = field(default_factory=set)
    """Groups of which others than before have a seat, or wait."""
    moved: set[int] = field(default_factory=set)
    """Groups that may be elsewhere in some week."""
    hours: set[int] = field(default_factory=set)
    """Groups that may meet at other times."""
    counts: set[int] = field(default_factory=set)
    places: set[int] = field(default_factory=set)
    shut_places: set[int] = field(default_factory=set)
    """Of which the whole house may be shut, or open again."""
    moved_places: set[int] = field(default_factory=set)
    """In another house or room than before."""
    left_houses: set[str] = field(default_factory=set)
    """Keys of houses that a place is no longer in."""
    shut_fellowships: set[int] = field(default_factory=set)


def keep(group_ids: Collection[int]) -> None:
    """Write anew what is derived of groups that were written past the session's records.

    They are read once for all of it, unless they are very many.
    """
    at_hand = groups_by_id(group_ids) if len(group_ids) <= AT_ONCE else []
    if at_hand:  # as long as they are held here, who asks for them finds them read
        read_slots(at_hand)
    keep_findable(group_ids)
    keep_coming(group_ids)
    keep_tallies(group_ids, group_ids, is_news=False)


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
    touched = session.info.setdefault(_TOUCHED, _Touched())
    changed = [record for record in session.dirty if _changed(record, _MATTERS)]
    for record in (*session.new, *changed, *session.deleted):
        match record:
            case Group():
                touched.groups.add(record.id)
                if _changed(record, _WHEN):
                    touched.hours.add(record.id)
                if inspect(record).attrs["shares_head_counts"].history.has_changes():
                    touched.counts.add(record.id)
            case SlotRecord():
                touched.groups.add(record.group_id)
                touched.hours.add(record.group_id)
            case ParticipantRecord() if _is_counted(record):
                touched.seats.add(record.group_id)
            case DeviationRecord():
                touched.hours.add(record.group_id)
                if record.place_id or inspect(record).attrs["place_id"].history.has_changes():
                    touched.moved.add(record.group_id)
            case ClosureRecord():
                _note_shut(record, touched)
            case HeadCount():
                touched.counts.add(record.group_id)
            case PlaceRecord():
                touched.places.add(record.id)
                _note_house(record, touched)


def _is_counted(person: ParticipantRecord) -> bool:
    """Tell whether somebody counts, or did: who merely asked moves no figure (`known_figures`)."""
    before = inspect(person).attrs["hold"].history.deleted or ()
    return any(hold not in UNPROVEN for hold in (person.hold, *before))


def _note_shut(closure: ClosureRecord, touched: _Touched) -> None:
    if closure.group_id is not None:
        touched.hours.add(closure.group_id)
    if closure.place_id is not None:
        touched.shut_places.add(closure.place_id)
    if closure.fellowship_id is not None:
        touched.shut_fellowships.add(closure.fellowship_id)


def _note_house(place: PlaceRecord, touched: _Touched) -> None:
    """Whoever shuts a house shuts every place in it, so that a new key is a new closure or none."""
    attributes = inspect(place).attrs
    if any(attributes[name].history.has_changes() for name in ("house", "room")):
        touched.moved_places.add(place.id)
    touched.left_houses |= {key for key in attributes["house"].history.deleted or () if key}


def _changed(record: Any, asked: dict[type[Any], tuple[str, ...]]) -> bool:
    """Tell whether a flush changed what is asked: the history is there until it is over."""
    names = asked.get(type(record))
    if names is None:
        return True
    attributes = inspect(record).attrs
    return any(attributes[name].history.has_changes() for name in names)


def _set_right(session: Session) -> None:
    session.flush()
    touched = session.info.pop(_TOUCHED, _Touched())
    found = touched.groups | touched.moved | _groups_in(touched.places)
    if found:
        keep_findable(found)
    if touched.seats - found:
        keep_free(touched.seats - found)
    hours = touched.hours | _groups_in(_places_shut(touched))
    if touched.shut_fellowships:
        hours |= _groups_of(touched.shut_fellowships)
    if hours:
        keep_coming(hours)
    if counted := touched.groups | touched.seats | touched.counts:
        keep_tallies(counted, touched.counts)


def _groups_in(place_ids: set[int]) -> set[int]:
    found: set[int] = set()
    for ids in some_at_once(place_ids):
        found |= groups_meeting_in(ids)
    return found


def _places_shut(touched: _Touched) -> set[int]:
    shut, found = set(touched.shut_places), touched.shut_places | touched.moved_places
    for ids in some_at_once(touched.moved_places):
        shut |= _shut_in_houses_of(ids)
    for ids in some_at_once(shut):
        found |= set(db.session.scalars(select(PlaceRecord.id).where(in_one_house(ids))))
    if touched.left_houses:
        left = PlaceRecord.house.in_(touched.left_houses)
        found |= set(db.session.scalars(select(PlaceRecord.id).where(left)))
    return found


def _shut_in_houses_of(place_ids: Collection[int]) -> set[int]:
    """Return the places of which somebody wrote down a closure, in the houses of these. One query."""
    return set(
        db.session.scalars(
            select(PlaceRecord.id)
            .join(ClosureRecord, ClosureRecord.place_id == PlaceRecord.id)
            .where(in_one_house(place_ids))
        )
    )


def _groups_of(fellowship_ids: set[int]) -> set[int]:
    query = select(Group.id).where(Group.fellowship_id.in_(fellowship_ids))
    return set(db.session.scalars(query))


def _forget_touched(session: Session, transaction: SessionTransaction) -> None:
    if not transaction.nested:
        session.info.pop(_TOUCHED, None)
