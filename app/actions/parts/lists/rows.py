"""Writing what a list says into groups, new ones and changed ones, inside an import's transaction."""

from dataclasses import fields, replace

from sqlalchemy import select

from app import clock
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
from app.domain.meeting import Schedule, Status
from app.domain.place import Visibility
from app.domain.seating import Seating
from app.domain.slot import IMPORTED_MINUTES, Slot
from app.domain.themes import NoThemes
from app.domain.week import Week
from app.records.accounts import Account
from app.records.exchange.asides import AsideRecord
from app.records.exchange.held_texts import HeldTextRecord
from app.records.fellowships import Fellowship
from app.records.groups import Group
from app.records.imported import unused_places
from app.records.listings import schedule_ahead
from app.records.places import PlaceRecord
from app.records.slots import SlotRecord, read_themes
from app.records.weeks import DeviationRecord


def write_new(fellowship: Fellowship, founded: list[tuple[Facts, str]]) -> list[Group]:
    """Write new groups, and what is held back of them; return them, in order."""
    new = [(facts, _new_group(facts, slug, fellowship)) for facts, slug in founded]
    db.session.add_all(group for _, group in new)
    db.session.flush()
    for facts, group in new:
        _add_slot(group, facts)
        group.from_list = facts.said(group)
        _write_beside(group, facts)
    db.session.flush()
    return [group for _, group in new]


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
        _write_beside(group, facts)


def _write_beside(group: Group, facts: Facts) -> None:
    """Write what a list says beside a group's own columns."""
    _hold_texts(group, facts)
    _keep_asides(group, facts)
    _write_weeks(group, facts)


def _new_group(facts: Facts, slug: str, fellowship: Fellowship) -> Group:
    return Group(
        slug=slug,
        fellowship_id=fellowship.id,
        source_key=facts.entry.key,
        status=facts.status(None),
        status_since=facts.today,
        status_at=facts.now,
        seating=Seating.WALK_IN,
        seating_said=False,
        subject=fellowship.subject,
        confirmed_on=facts.confirmed_on(None),
        created_at=clock.now(),
        calendar_changed_at=clock.now(),
        slots=[],
        **facts.columns,
    )


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


def _add_slot(group: Group, facts: Facts) -> None:
    """Let a new group begin with its first meeting to come."""
    entry = facts.entry
    minutes = IMPORTED_MINUTES if entry.minutes is None else entry.minutes
    slot = Slot(facts.week, entry.weekday, entry.start, minutes)
    nothing_yet = Schedule(group.timezone, Status(group.status), facts.today)
    group.slots.append(
        SlotRecord(
            since=first_week_for(nothing_yet, slot, facts.now),
            weekday=slot.weekday,
            start=slot.start,
            minutes=slot.minutes,
            end_said=entry.minutes is not None,
            place=_place_of(group, facts.place),
        )
    )


def _replace_slot(group: Group, facts: Facts, fields: set[str], replaced: set[int]) -> None:
    """Let a new slot begin with the first meeting to come; who may see the place and the themes
    stay as they were. What was to begin later, as the list had it before, does not."""
    now, schedule = facts.slot_of(group), schedule_ahead(group, facts.now)
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
    names = (one.name for one in fields(place) if one.name != "position")
    columns = {name: getattr(place, name) for name in names}
    if place.position:
        columns["latitude"] = place.position.latitude
        columns["longitude"] = place.position.longitude
    return PlaceRecord(**columns, join_is_public=True, owner_id=group.id, earlier=[])


def _hold_texts(group: Group, facts: Facts) -> None:
    """Keep what was left out of a group's texts, each sentence once."""
    for one in facts.entry.held:
        digest = digest_of(one.field, one.words)
        if digest not in facts.texts:
            facts.texts[digest] = HeldTextRecord(
                group_id=group.id,
                field=one.field,
                finding=one.finding,
                words=one.words,
                digest=digest,
                made_at=facts.now,
            )
            db.session.add(facts.texts[digest])


def _keep_asides(group: Group, facts: Facts) -> None:
    """Keep what a list says aside of a group, each once, for a person to answer."""
    for one in facts.entry.asides:
        if one.digest not in facts.asides:
            facts.asides[one.digest] = AsideRecord(
                group_id=group.id,
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
    known = set(_weeks_of(group)) if facts.entry.weeks else set()
    for one in facts.entry.weeks:
        if one.week >= facts.week and one.week not in known:
            deviation = Deviation(
                one.week, cancelled=one.cancelled, weekday=one.weekday, start=one.start
            )
            write_row(group, one.week, row_for(deviation))


def _weeks_of(group: Group) -> list[Week]:
    query = select(DeviationRecord.week).where(DeviationRecord.group_id == group.id)
    return list(db.session.scalars(query))
