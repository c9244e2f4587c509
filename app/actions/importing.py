"""Importing a list from elsewhere: new groups, changed groups, and hands off what is not ours."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from typing import Any

from app import clock
from app.actions.parts.derived.kept_rows import AT_ONCE
from app.actions.parts.import_facts import Facts
from app.actions.parts.lists.before import as_it_is, versions
from app.actions.parts.lists.doubles import likely_doubles
from app.actions.parts.lists.lines import line_of
from app.actions.parts.lists.matching import Pairs, matched, slug_in_list
from app.actions.parts.lists.new_rows import write_new
from app.actions.parts.lists.rows import write_changed
from app.actions.parts.lists.sources import list_for, remember_list
from app.actions.parts.transaction import hold_fellowship, note, transaction
from app.db import db
from app.domain.imported import Entry, Line, Outcome, Report
from app.domain.meeting import Status
from app.domain.refusal import FellowshipIsClosed
from app.domain.slug import FreeSlugs
from app.domain.week import Week
from app.records.accounts import Account
from app.records.exchange.asides import known_asides
from app.records.exchange.held_texts import known_texts
from app.records.exchange.list_imports import ListImport
from app.records.fellowships import Fellowship
from app.records.groups import Group
from app.records.imported import (
    Beside,
    GroupInList,
    as_imported,
    coordinated_groups,
    groups_beside,
    hold_imported,
    some_imported,
    taken_slugs,
)

Progress = Callable[[int], object]


@dataclass
class Work:
    """What an import found to do, row by row; `source` is the key of its list."""

    source: str
    lines: list[Line] = field(default_factory=list)
    founded: list[tuple[Entry, str]] = field(default_factory=list)
    """Each with the address of its group."""
    changed: list[tuple[Facts, Group, Line]] = field(default_factory=list)
    gone: list[Group] = field(default_factory=list)
    back: list[Group] = field(default_factory=list)
    """Groups that the list has again."""

    @property
    def report(self) -> Report:
        gone = [Line(Outcome.MISSING, group.name, group.slug) for group in self.gone]
        return Report((*self.lines, *gone))


@dataclass(frozen=True)
class Look:
    """In what light rows are looked at; `is_dry`: nothing is written."""

    fellowship: Fellowship
    zone: str | None
    on_progress: Progress
    is_dry: bool
    on_written: Progress = lambda _done: None


@transaction
def import_meetings(
    entries: Collection[Entry],
    fellowship: Fellowship,
    *,
    by: Account | None,
    dry_run: bool = False,
    zone: str | None = None,
    unread: Collection[str] = (),
    on_progress: Progress = lambda _done: None,
    on_written: Progress = lambda _done: None,
    name: str = "",
    source: str = "",
    program: str = "",
    is_whole: bool = True,
) -> Report:
    """Make a fellowship's groups what a list says of them, all of it or nothing; report each.

    The list is the one called `source`, or the one that has its rows, or a new one called `name`.
    New groups are active and welcome who walks in; nothing is refused for its size. What was
    written here stays, field by field; a group that was closed here is left as it is. One that is
    no longer in the list is marked, unless only some rows are taken (not `is_whole`) or its row is
    `unread`. `zone` is for entries that name none, before the list's and the fellowship's. A second
    import of the same list changes nothing and notes nothing. `dry_run` only reports. `on_progress` hears of each
    row that is compared, `on_written` of groups that are written. Raises FellowshipIsClosed, NotTheirs.
    """
    # Its lists are imported one after another.
    fellowship = hold_fellowship(fellowship.id, by)
    if fellowship.closed_on is not None:
        raise FellowshipIsClosed
    if not entries:
        return Report(())
    of = list_for(fellowship, entries, source=source, name=name, program=program, zone=zone)
    entries = [one if one.source == of.key else replace(one, source=of.key) for one in entries]
    pairs, rest = matched(entries, hold_imported(fellowship.id, of.key))
    look = Look(fellowship, zone or of.zone, on_progress, is_dry=dry_run, on_written=on_written)
    work = _found(Work(of.key), pairs, look)
    if is_whole:
        work.gone = [
            one for some in some_imported(rest) for one in some.values() if _is_gone(one, unread)
        ]
    report = work.report
    if not dry_run:
        remember_list(of)
        _write(work, report, look, name, by)
    return report


def _is_gone(group: Group, unread: Collection[str]) -> bool:
    return group.status != Status.CLOSED and slug_in_list(group) not in unread


def _write(work: Work, report: Report, look: Look, name: str, by: Account | None) -> None:
    """Write what was found, with what was before it, and note it; nothing when nothing changes."""
    fellowship = look.fellowship
    turned = [group for group in work.gone if group.gone_on is None] + work.back
    if report.changes_anything or turned:
        edited = {group.id for _, group, _ in work.changed}
        alone = [group for group in turned if group.id not in edited]
        known = [*(group for _, group, _ in work.changed), *alone]
        before = [as_it_is(one) for one in known]
        new = _write_new(look, work.founded)
        write_changed(work.changed, by)
        look.on_written(len(work.changed))
        for group in turned:
            group.gone_on = None if group.gone_on else group.day_of(clock.now())
        _remember(fellowship, name, new, known, before)
        note(
            "import_meetings",
            by=by,
            groups=known,
            group_ids=new,
            fellowship_id=fellowship.id,
            after=_in_log(work.source, report),
        )
    for facts, group, line in work.changed:
        group.from_list = _said(facts, group, line)


def _said(facts: Facts, group: Group | GroupInList, line: Line) -> dict[str, str]:
    """Return what is to be kept of what the list says of a group, field by field."""
    return facts.said(group, {one.field for one in line.kept})


def _write_new(look: Look, founded: list[tuple[Entry, str]]) -> dict[int, list[int]]:
    """Write new groups some at a time, and keep no more of them in memory: ids and versions."""
    new: dict[int, list[int]] = {}
    while founded:
        some, founded[:AT_ONCE] = founded[:AT_ONCE], []
        now = clock.now()
        facts = [(Facts(entry, look.fellowship, look.zone, now), slug) for entry, slug in some]
        new |= write_new(look.fellowship, facts)
        look.on_written(len(facts))
    return new


def _found(work: Work, pairs: Pairs, look: Look) -> Work:
    """Find out what each row does, some at a time: groups that stay as they are are only looked at."""
    of = look.fellowship
    coordinated, slugs = coordinated_groups(of.id), FreeSlugs(taken_slugs())
    new = [entry for entry, id in pairs if id is None]
    alike = likely_doubles(new, _beside(of, work.source)) if new else {}
    for first in range(0, len(pairs), AT_ONCE):
        some = pairs[first : first + AT_ONCE]
        ids = [id for _, id in some if id is not None]
        groups, touched = as_imported(ids), []
        texts, asides = known_texts(ids), known_asides(ids)
        for entry, id in some:
            group = groups[id] if id is not None else None
            said = (texts.get(id, {}), asides.get(id, {})) if id is not None else ({}, {})
            facts = Facts(entry, of, look.zone, clock.now(), *said)
            line = line_of(facts, group, coordinated, slugs)
            if look.is_dry and group is None:
                line = replace(line, says=facts.first_said())
            if entry.key in alike:
                line = replace(line, alike=alike[entry.key])
            work.lines.append(line)
            if group is None:
                work.founded.append((entry, line.slug))
            elif not look.is_dry and _is_touched(facts, group, line):
                touched.append((facts, group, line))
            look.on_progress(1)
        if touched:
            _sort(work, touched)
    return work


def _is_touched(facts: Facts, group: GroupInList, line: Line) -> bool:
    is_gone = group.gone_on is not None
    is_changed = line.outcome is Outcome.CHANGED
    return is_gone or is_changed or _said(facts, group, line) != group.from_list


def _sort(work: Work, touched: list[tuple[Facts, GroupInList, Line]]) -> None:
    """Note which groups are to change, and keep what is said of the others now."""
    groups = next(some_imported([group.id for _, group, _ in touched]))
    for facts, was, line in touched:
        group = groups[was.id]
        if line.outcome is Outcome.CHANGED:
            work.changed.append((facts, group, line))
        else:
            group.from_list = _said(facts, was, line)
        if group.gone_on is not None:
            work.back.append(group)
    db.session.flush()


def _beside(fellowship: Fellowship, source: str) -> list[Beside]:
    now = clock.now()
    return groups_beside(fellowship.id, source, Week.of(fellowship.day_of(now)))


def _remember(
    fellowship: Fellowship,
    name: str,
    new: dict[int, list[int]],
    changed: list[Group],
    before: list[dict[str, Any]],
) -> None:
    """Keep what was before an import, and by what versions its new groups go."""
    db.session.flush()
    db.session.add(
        ListImport(
            fellowship_id=fellowship.id,
            name=name[:200],
            made_at=clock.now(),
            new={str(group_id): version for group_id, version in new.items()},
            changed=[
                was | {"versions": versions(group)}
                for was, group in zip(before, changed, strict=True)
            ],
        )
    )


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
