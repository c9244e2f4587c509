"""How a group stood before a change, as far as the log tells."""

from dataclasses import replace
from datetime import time
from typing import Any

from sqlalchemy import select

from app.db import db
from app.domain.place import Visibility
from app.domain.slot import Slot, slot_in
from app.domain.week import Week
from app.records.changes import Change, ChangeOfGroup
from app.records.groups import Group
from app.records.places import PlaceRecord
from app.records.slots import read_themes

OF_LISTINGS = ("edit_listing",)
OF_SLOTS = ("set_slot", "withdraw_slot", "set_slots")


def can_be_restored(change: Change) -> bool:
    """Tell whether the log holds all that stood before this change."""
    if change.deed in OF_LISTINGS:
        return bool(change.before)
    # Rows of before this was kept know neither the id of the place nor the themes whole.
    return change.deed in OF_SLOTS and (
        "themes_kept" in change.before or bool(change.before.get("slots_kept"))
    )


def listing_before(group: Group, change: Change) -> dict[str, Any]:
    """Return the columns of a listing that were other before a change, as they were then.

    Every later edit is walked back as well. One query.
    """
    later = (
        select(Change)
        .join(ChangeOfGroup)
        .where(
            ChangeOfGroup.group_id == group.id,
            Change.id >= change.id,
            Change.deed.in_(OF_LISTINGS),
        )
        .order_by(Change.id.desc())
    )
    stood: dict[str, Any] = {}
    for one in db.session.scalars(later):
        stood |= one.before
    return {name: value for name, value in stood.items() if getattr(group, name, value) != value}


def slots_before(change: Change, since: Week) -> list[Slot]:
    """Return the agreement that held before a change, from a week on: each with its own week.

    A place that is gone since is none. One query for each place at most.
    """
    # Rows of before all of them were kept tell of the one that the change replaced.
    told = change.before.get("slots_kept") or [change.before]
    stood = [_slot(one) for one in told]
    begun = slot_in(since, stood) or (stood[0] if "slots_kept" not in change.before else None)
    later = [one for one in stood if one.since > since and one is not begun]
    return [replace(begun, since=since), *later] if begun else later


def _slot(told: dict[str, Any]) -> Slot:
    place = db.session.get(PlaceRecord, told["place_id"]) if told["place_id"] else None
    return Slot(
        since=Week.parse(told["since"]),
        weekday=told["weekday"],
        start=time.fromisoformat(told["start"]),
        minutes=told["minutes"],
        place=place.value() if place else None,
        visibility=Visibility(told["visibility"]),
        themes=read_themes(told["themes_kept"]),
        end_said=told.get("end_said", True),
        open_on=frozenset(told.get("open_on", ())),
        closed_on=frozenset(told.get("closed_on", ())),
    )
