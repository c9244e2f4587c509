"""Writing what a list says into the groups that it changes, inside an import's transaction."""

from dataclasses import fields, replace
from typing import Any

from sqlalchemy import select

from app.actions.parts.import_facts import Facts
from app.actions.parts.office import tell_coordinators
from app.actions.parts.revision import calendar_follows
from app.actions.parts.slot_rows import write_slots
from app.actions.parts.week_rows import row_for, write_row
from app.db import db
from app.domain.deviation import Deviation
from app.domain.exchange.held_texts import digest_of
from app.domain.held import first_week_for
from app.domain.imported import EntryPlace, Line
from app.domain.place import Visibility
from app.domain.slot import IMPORTED_MINUTES, Slot
from app.domain.themes import NoThemes
from app.domain.week import Week
from app.records.accounts import Account
from app.records.exchange.asides import AsideRecord
from app.records.exchange.held_texts import HeldTextRecord
from app.records.groups import Group
from app.records.imported import unused_places
from app.records.listings import schedule_ahead
from app.records.places import PlaceRecord
from app.records.slots import read_themes
from app.records.weeks import DeviationRecord


def write_changed(changed: list[tuple[Facts, Group, Line]], by: Account | None) -> None:
    """Write changed groups, and what is held back of them."""
    replaced: set[int] = set()
    of_groups = [
        (facts, group, {difference.field for difference in line.differences})
        for facts, group, line in changed
    ]
    said = [group for _, group, differ in of_groups if differ - {"confirmed_on"}]
    with calendar_follows(*said):
        for facts, group, differ in of_groups:
            _change(group, facts, differ, replaced)
    for _, group, line in changed:
        if line.differences and any(one.field != "confirmed_on" for one in line.differences):
            tell_coordinators(group, "mended", by=by)
    db.session.flush()
    for place in unused_places(sorted(replaced)):
        db.session.delete(place)
    for facts, group, _ in changed:
        write_beside(group.id, facts)


def write_beside(group_id: int, facts: Facts) -> None:
    """Write what a list says beside a group's own columns."""
    _hold_texts(group_id, facts)
    _keep_asides(group_id, facts)
    if facts.entry.weeks:
        _write_weeks(db.session.get_one(Group, group_id), facts)


def _change(group: Group, facts: Facts, fields: set[str], replaced: set[int]) -> None:
    # The status first: it is decided by the codes that the group still has.
    if "status" in fields:
        group.status = facts.status(group)
        group.status_since, group.status_at = facts.today, facts.now
    for name in fields & facts.columns.keys():
        setattr(group, name, facts.columns[name])
    if fields & facts.columns.keys():
        group.version += 1
    if fields & facts.SLOT:
        _replace_slot(group, facts, fields, replaced)
    group.source_key = facts.entry.key
    group.confirmed_on = facts.confirmed_on(group)


def _replace_slot(group: Group, facts: Facts, fields: set[str], replaced: set[int]) -> None:
    """Let a new slot begin with the first meeting to come; who may see the place and the themes
    stay as they were. What was to begin later, as the list had it before, does not."""
    now, schedule = facts.slot_of(group.slots), schedule_ahead(group, facts.now)
    is_new = now is None or "place" in fields
    place = _place_of(group, facts.place) if is_new else now.place if now else None
    if place is not None:
        db.session.add(place)
        db.session.flush()
    entry = facts.entry
    minutes, end_said = entry.minutes or IMPORTED_MINUTES, entry.minutes is not None
    if now and "minutes" not in fields:
        minutes, end_said = now.minutes, now.end_said
    slot = Slot(
        since=facts.week,
        weekday=entry.weekday if now is None or "weekday" in fields else now.weekday,
        start=entry.start if now is None or "start" in fields else now.start,
        minutes=minutes,
        end_said=end_said,
        place=place.value() if place else None,
        visibility=Visibility(now.visibility) if now else Visibility.WHOLE,
        themes=read_themes(now.themes) if now else NoThemes(),
        open_on=frozenset(now.open_on) if now else frozenset(),
        closed_on=frozenset(now.closed_on) if now else frozenset(),
    )
    slot = replace(slot, since=first_week_for(schedule, slot, facts.now))
    earlier = [one for one in schedule.slots if one.since < slot.since]
    replaced |= {
        one.place_id for one in group.slots if one.since >= slot.since and one.place_id is not None
    }
    write_slots(group, [*earlier, slot], schedule=schedule)


def _place_of(group: Group, place: EntryPlace | None) -> PlaceRecord | None:
    """Return a group's own place with this value, a new one unless it has a slot there."""
    if place is None:
        return None
    for slot in group.slots:
        if slot.place is not None and Facts.place_in(slot.place) == place:
            return slot.place
    return PlaceRecord(**columns_of(place), owner_id=group.id)


def columns_of(place: EntryPlace) -> dict[str, Any]:
    """Return the columns of a new place that a list says."""
    names = (one.name for one in fields(place) if one.name != "position")
    position = place.position
    return {name: getattr(place, name) for name in names} | {
        "latitude": position.latitude if position else None,
        "longitude": position.longitude if position else None,
        "join_is_public": True,
        "earlier": [],
    }


def _hold_texts(group_id: int, facts: Facts) -> None:
    """Keep what was left out of a group's texts, each sentence once."""
    for one in facts.entry.held:
        digest = digest_of(one.field, one.words)
        if digest not in facts.texts:
            facts.texts[digest] = HeldTextRecord(
                group_id=group_id,
                field=one.field,
                finding=one.finding,
                words=one.words,
                digest=digest,
                made_at=facts.now,
            )
            db.session.add(facts.texts[digest])


def _keep_asides(group_id: int, facts: Facts) -> None:
    """Keep what a list says aside of a group, each once, for a person to answer."""
    for one in facts.entry.asides:
        if one.digest not in facts.asides:
            facts.asides[one.digest] = AsideRecord(
                group_id=group_id,
                field=one.field,
                about=one.about,
                words=one.words,
                understood=one.understood(),
                digest=one.digest,
                made_at=facts.now,
            )
            db.session.add(facts.asides[one.digest])


def _write_weeks(group: Group, facts: Facts) -> None:
    """Write the coming weeks that a list says are otherwise, where nobody wrote one here."""
    known = set(_weeks_of(group))
    for one in facts.entry.weeks:
        if one.week >= facts.week and one.week not in known:
            deviation = Deviation(
                one.week, cancelled=one.cancelled, weekday=one.weekday, start=one.start
            )
            write_row(group, one.week, row_for(deviation))


def _weeks_of(group: Group) -> list[Week]:
    query = select(DeviationRecord.week).where(DeviationRecord.group_id == group.id)
    return list(db.session.scalars(query))
