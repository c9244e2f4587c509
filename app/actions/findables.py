"""Keeps what the finder asks in step with the truth, in the transaction that changes it."""

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from sqlalchemy import select

from app.actions.rows import kept_rows, replace_rows, rows_from, some_at_once
from app.db import db
from app.domain.findable import findables, words_of
from app.domain.listing import Feature
from app.domain.meeting import Status
from app.domain.seating import Availability, availability
from app.domain.slot import Slot
from app.records.findables import FindableRecord, FindableWord
from app.records.groups import Group
from app.records.participants import seat_figures
from app.records.places import PlaceRecord
from app.records.slots import SlotRecord


def keep_findable(group_ids: Collection[int]) -> None:
    """Write anew what can be found of groups, where it differs. Six queries for every 500.

    The groups are held, or nobody else writes.
    """
    for ids in some_at_once(group_ids):
        rows, words = _as_they_are(ids)
        for record, wanted in ((FindableRecord, rows), (FindableWord, words)):
            replace_rows(record, kept_rows(record, ids), rows_from(record, wanted))


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
