"""Writing the new groups of a list, many at once, inside an import's transaction."""

from typing import Any

from sqlalchemy import insert

from app.actions.parts.derived.in_step import keep
from app.actions.parts.import_facts import Facts
from app.actions.parts.lists.rows import columns_of, write_beside
from app.db import db
from app.domain.geography.house import house_of
from app.domain.held import first_week_for
from app.domain.meeting import Schedule
from app.domain.seating import Seating
from app.domain.slot import IMPORTED_MINUTES, Slot
from app.records.fellowships import Fellowship
from app.records.groups import Group
from app.records.places import PlaceRecord
from app.records.slots import SlotRecord

Columns = dict[str, Any]
_AS_ONE = {"render_nulls": True}
"""In one statement: else each run of rows that leave the same columns empty is one of its own."""


def write_new(fellowship: Fellowship, founded: list[tuple[Facts, str]]) -> dict[int, list[int]]:
    """Write new groups and what follows from them; return their ids, each with its versions.

    As rows, without a record for each: of a long list those took most of the time.
    """
    groups = [_group(facts, slug, fellowship) for facts, slug in founded]
    written = db.session.execute(
        insert(Group).returning(Group.slug, Group.id, Group.version, Group.slot_version),
        groups,
        execution_options=_AS_ONE,
    )
    alike: dict[tuple[int, ...], list[int]] = {}
    new = {
        slug: (id, alike.setdefault(tuple(versions), versions)) for slug, id, *versions in written
    }
    of_groups = [(new[slug][0], facts) for facts, slug in founded]
    places = _write_places(of_groups)
    slots = [_slot(id, facts, places.get(id)) for id, facts in of_groups]
    db.session.execute(insert(SlotRecord), slots, execution_options=_AS_ONE)
    for id, facts in of_groups:
        write_beside(id, facts)
    db.session.flush()
    keep([id for id, _ in of_groups])
    return dict(new.values())


def _write_places(of_groups: list[tuple[int, Facts]]) -> dict[int, int]:
    """Write the place of each group that has one, and return its id by the group's."""
    rows = [_place(id, facts) for id, facts in of_groups if facts.place]
    if not rows:
        return {}
    kept = insert(PlaceRecord).returning(PlaceRecord.owner_id, PlaceRecord.id)
    written = db.session.execute(kept, rows, execution_options=_AS_ONE)
    return {owner or 0: id for owner, id in written}


def _group(facts: Facts, slug: str, fellowship: Fellowship) -> Columns:
    return {
        "slug": slug,
        "fellowship_id": fellowship.id,
        "source_key": facts.entry.key,
        "status": facts.status(None),
        "status_since": facts.today,
        "status_at": facts.now,
        "seating": Seating.WALK_IN,
        "seating_said": False,
        "subject": fellowship.subject,
        "confirmed_on": facts.confirmed_on(None),
        "created_at": facts.now,
        "calendar_changed_at": facts.now,
        "from_list": facts.said(None),
        **facts.columns,
    }


def _place(group_id: int, facts: Facts) -> Columns:
    place = facts.place
    assert place is not None
    house = house_of(place) if place.has_building else None
    return columns_of(place) | {"owner_id": group_id, "house": house}


def _slot(group_id: int, facts: Facts, place_id: int | None) -> Columns:
    """Return a standing time that begins with the first meeting to come."""
    entry = facts.entry
    minutes = IMPORTED_MINUTES if entry.minutes is None else entry.minutes
    slot = Slot(facts.week, entry.weekday, entry.start, minutes)
    nothing_yet = Schedule(facts.timezone, facts.status(None), facts.today)
    return {
        "group_id": group_id,
        "since": first_week_for(nothing_yet, slot, facts.now),
        "weekday": slot.weekday,
        "start": slot.start,
        "minutes": slot.minutes,
        "end_said": entry.minutes is not None,
        "place_id": place_id,
    }
