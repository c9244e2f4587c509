"""Importing a list from elsewhere: new groups, changed groups, and hands off what is not ours."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from typing import Any

from app import clock
from app.actions.import_facts import Facts
from app.actions.revision import calendar_changed
from app.actions.transaction import hold_fellowship, note, transaction
from app.db import db
from app.domain.imported import Entry, EntryPlace, Line, Outcome, Report
from app.domain.meeting import Status
from app.domain.refusal import FellowshipIsClosed
from app.domain.seating import Seating
from app.domain.slug import free_slug
from app.records.accounts import Account
from app.records.fellowships import Fellowship
from app.records.groups import Group
from app.records.imported import (
    coordinated_groups,
    hold_imported_groups,
    taken_slugs,
    unused_places,
)
from app.records.places import PlaceRecord
from app.records.slots import SlotRecord

Progress = Callable[[int], object]


@transaction
def import_meetings(
    entries: Collection[Entry],
    fellowship: Fellowship,
    *,
    by: Account | None,
    dry_run: bool = False,
    zone: str | None = None,
    unread: Collection[str] = (),
    on_progress: Progress = lambda done: None,
) -> Report:
    """Make a fellowship's groups what a list says of them, all of it or nothing; report each.

    A group is known again by its slug and day in the list; one that is the only one of its slug
    to have another day has moved there. New groups are active and welcome who walks in; nothing
    is refused for its size. A group with a coordinator is left as it is, and so is one that was
    closed here or is no longer in the list. `unread` are slugs of rows that could not be read:
    their groups are not missing. `zone` is for entries that name none, before the fellowship's.
    A second import of the same list changes nothing and notes nothing. `dry_run` only reports.
    Raises FellowshipIsClosed.
    """
    # Its lists are imported one after another.
    fellowship = hold_fellowship(fellowship.id, None)
    if fellowship.closed_on is not None:
        raise FellowshipIsClosed
    source = next(iter(entries)).source if entries else ""
    known = hold_imported_groups(fellowship.id, source) if source else []
    coordinated = coordinated_groups(fellowship.id)
    pairs, rest = _matched(entries, known)
    taken = taken_slugs()
    lines, founded, changed = [], [], []
    for entry, group in pairs:
        facts = Facts(entry, fellowship, zone, clock.now())
        line = _line(facts, group, coordinated, taken)
        if line.outcome is Outcome.NEW:
            taken.add(line.slug)
            founded.append((facts, line.slug))
        elif line.outcome is Outcome.CHANGED:
            assert group is not None
            changed.append((facts, group, line))
        lines.append(line)
        on_progress(1)
    lines += [
        Line(Outcome.MISSING, group.name, group.slug)
        for group in rest
        if group.status != Status.CLOSED and _slug_in_list(group) not in unread
    ]
    report = Report(tuple(lines))
    if report.changes_anything and not dry_run:
        groups = _write(fellowship, founded, changed, known)
        note(
            "import_meetings",
            by=by,
            groups=groups,
            fellowship_id=fellowship.id,
            after=_in_log(source, report),
        )
    return report


def _matched(
    entries: Iterable[Entry], known: Iterable[Group]
) -> tuple[list[tuple[Entry, Group | None]], list[Group]]:
    """Return each entry with its group or None, in the order of the list, and groups left over."""
    by_key = {group.source_key: group for group in known}
    pairs = {entry.key: by_key.pop(entry.key, None) for entry in entries}
    new_ones, left = defaultdict(list), defaultdict(list)
    for entry in entries:
        if pairs[entry.key] is None:
            new_ones[entry.list_key].append(entry)
    for group in by_key.values():
        left[(group.source_key or "").rpartition("#")[0]].append(group)
    for list_key, of_slug in new_ones.items():
        if len(of_slug) == 1 and len(left[list_key]) == 1:
            group = left[list_key].pop()
            pairs[of_slug[0].key] = group
            del by_key[group.source_key]
    return [(entry, pairs[entry.key]) for entry in entries], list(by_key.values())


def _line(facts: Facts, group: Group | None, coordinated: set[int], taken: set[str]) -> Line:
    entry = facts.entry
    if group is None:
        slug = free_slug(entry.name, taken.__contains__)
        return Line(Outcome.NEW, entry.name, slug, entry.row)
    differences = facts.differences(group)
    if not differences:
        outcome = Outcome.SAME
    elif group.id in coordinated:
        outcome = Outcome.KEPT
    elif group.status == Status.CLOSED:
        outcome = Outcome.STOPPED
    else:
        outcome = Outcome.CHANGED
    return Line(outcome, entry.name, group.slug, entry.row, tuple(differences))


def _write(
    fellowship: Fellowship,
    founded: list[tuple[Facts, str]],
    changed: list[tuple[Facts, Group, Line]],
    known: list[Group],
) -> list[Group]:
    """Write new groups and changed ones; return them all."""
    new = [(facts, _new_group(facts, slug, fellowship)) for facts, slug in founded]
    db.session.add_all(group for _, group in new)
    db.session.flush()
    places = _Places(known)
    for facts, group in new:
        _add_slot(group, facts, places)
    replaced: set[int] = set()
    for facts, group, line in changed:
        fields = {difference.field for difference in line.differences}
        _change(group, facts, fields, places, replaced)
    db.session.flush()
    for place in unused_places(sorted(replaced)):
        db.session.delete(place)
    return [group for _, group in new] + [group for _, group, _ in changed]


def _new_group(facts: Facts, slug: str, fellowship: Fellowship) -> Group:
    return Group(
        slug=slug,
        fellowship_id=fellowship.id,
        source_key=facts.entry.key,
        status=facts.status(None),
        status_since=facts.today,
        seating=Seating.WALK_IN,
        subject=fellowship.subject,
        confirmed_on=facts.confirmed_on(None),
        created_at=clock.now(),
        calendar_changed_at=clock.now(),
        slots=[],
        **facts.columns,
    )


def _change(
    group: Group, facts: Facts, fields: set[str], places: "_Places", replaced: set[int]
) -> None:
    # The status first: it is decided by the codes that the group still has.
    if "status" in fields:
        group.status, group.status_since = facts.status(group), facts.today
    for name in fields & facts.columns.keys():
        setattr(group, name, facts.columns[name])
    if fields & facts.columns.keys():
        group.version += 1
    if fields & facts.SLOT:
        _replace_slot(group, facts, places, replaced)
        group.slot_version += 1
    group.source_key = facts.entry.key
    group.confirmed_on = facts.confirmed_on(group)
    if fields - {"confirmed_on"}:
        calendar_changed(group)


def _add_slot(group: Group, facts: Facts, places: "_Places") -> None:
    entry = facts.entry
    group.slots.append(
        SlotRecord(
            since=facts.week,
            weekday=entry.weekday,
            start=entry.start,
            minutes=entry.minutes,
            place=places.of(entry.place, group),
        )
    )


def _replace_slot(group: Group, facts: Facts, places: "_Places", replaced: set[int]) -> None:
    """Let a new slot begin this week; who may see the place and the themes stay as they were."""
    now = facts.slot_of(group)
    if now is None or now.since < facts.week:
        kept = {"visibility": now.visibility, "themes": now.themes} if now else {}
        slot = SlotRecord(since=facts.week, **kept)
        group.slots.append(slot)
    else:
        slot = now
        if slot.place_id is not None:
            replaced.add(slot.place_id)
    slot.weekday, slot.start = facts.entry.weekday, facts.entry.start
    slot.minutes = facts.entry.minutes
    slot.place = places.of(facts.entry.place, group)


class _Places:
    """One place for each value, shared by the entries that have it."""

    def __init__(self, known: Iterable[Group]):
        self._known = {
            Facts.place_in(slot.place): slot.place
            for group in known
            for slot in group.slots
            if slot.place is not None
        }

    def of(self, place: EntryPlace | None, group: Group) -> PlaceRecord | None:
        """Return the place with this value; a group that is the first to use it owns it."""
        if place is None:
            return None
        if place not in self._known:
            columns = {name: value for name, value in vars(place).items() if name != "position"}
            if place.position:
                columns["latitude"] = place.position.latitude
                columns["longitude"] = place.position.longitude
            self._known[place] = PlaceRecord(**columns, join_is_public=True, owner_id=group.id)
        return self._known[place]


def _slug_in_list(group: Group) -> str:
    return (group.source_key or "").partition(":")[2].rpartition("#")[0]


def _in_log(source: str, report: Report) -> dict[str, Any]:
    return {
        "source": source,
        "new": report.count(Outcome.NEW),
        "changed": {
            line.slug: sorted(difference.field for difference in line.differences)
            for line in report.lines
            if line.outcome is Outcome.CHANGED
        },
    }
