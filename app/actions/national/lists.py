"""An office's lists: kept for a look, taken over, and taken back whole."""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from app import clock
from app.actions.importing import Progress, import_meetings
from app.actions.parts.lists.before import be_again, versions
from app.actions.parts.transaction import hold_fellowship, note, transaction
from app.db import db, erased
from app.domain.exchange.undo import UNDONE_WITHIN
from app.domain.imported import Entry, Report
from app.domain.meeting import Status
from app.domain.undoing import TooLateToUndo
from app.records.accounts import Account, RoleRecord
from app.records.exchange.list_drafts import ListDraft
from app.records.exchange.list_imports import ListImport
from app.records.fellowships import Fellowship
from app.records.groups import Group
from app.records.participants import ParticipantRecord


@dataclass(frozen=True)
class NewDraft:
    """A list as an office sent it; `lines` are what each row would do."""

    name: str
    program: str
    content: str
    source: str = ""
    """Which list it is again, by name."""
    columns: dict[str, str] = field(default_factory=dict)
    lines: list[dict[str, Any]] = field(default_factory=list)


@transaction
def keep_draft(
    fellowship: Fellowship,
    new: NewDraft,
    *,
    by: Account | None,
    instead_of: ListDraft | None = None,
) -> ListDraft:
    """Keep a list for a look, or what it was found to do the next time. Raises NotTheirs."""
    fellowship = hold_fellowship(fellowship.id, by)
    draft = instead_of or ListDraft(fellowship_id=fellowship.id, made_at=clock.now())
    for name, value in vars(new).items():
        setattr(draft, name, value)
    db.session.add(draft)
    db.session.flush()
    note("keep_draft", by=by, fellowship_id=fellowship.id)
    return draft


@transaction
def drop_draft(draft: ListDraft, *, by: Account | None) -> None:
    """Forget a list that was not taken over. Raises NotTheirs."""
    hold_fellowship(draft.fellowship_id, by)
    db.session.delete(draft)
    erased()
    note("drop_draft", by=by, fellowship_id=draft.fellowship_id)


@transaction
def accept_draft(
    draft: ListDraft,
    entries: Collection[Entry],
    fellowship: Fellowship,
    *,
    by: Account | None,
    is_all: bool,
    unread: Collection[str] = (),
    on_progress: Progress = lambda _done: None,
    on_written: Progress = lambda _done: None,
) -> Report:
    """Take a list over, or some of its rows; the whole list is forgotten then.

    Raises FellowshipIsClosed, NotTheirs.
    """
    report = import_meetings(
        entries,
        fellowship,
        by=by,
        unread=unread,
        name=draft.name,
        source=draft.source,
        program=draft.program,
        is_whole=is_all,
        on_progress=on_progress,
        on_written=on_written,
    )
    if is_all:
        db.session.delete(draft)
        erased()
    return report


@transaction
def undo_import(
    done: ListImport, *, by: Account | None, on_progress: Progress = lambda _done: None
) -> tuple[int, int]:
    """Take an import back: new groups go, changed ones are what they were.

    A group that somebody worked on since stays as it is. Return how many were put back, and how
    many stay. Raises TooLateToUndo, NotTheirs.
    """
    fellowship = hold_fellowship(done.fellowship_id, by)
    now = clock.now()
    if done.undone_at is not None or done.made_at <= now - UNDONE_WITHIN:
        raise TooLateToUndo
    was = {one["id"]: one for one in done.changed}
    ids = sorted({*map(int, done.new), *was})
    back, stay = [], 0
    for first in range(0, len(ids), 500):
        some = ids[first : first + 500]
        held = select(Group).where(Group.id.in_(some)).order_by(Group.id).with_for_update(of=Group)
        busy = _busy(some)
        for group in db.session.scalars(held, execution_options={"populate_existing": True}):
            since = done.new.get(str(group.id)) or was[group.id]["versions"]
            if versions(group) != since or (str(group.id) in done.new and group.id in busy):
                stay += 1
                continue
            if group.id in was:
                be_again(group, was[group.id])
            else:
                _let_go(group)
            back.append(group)
        on_progress(len(some))
    done.undone_at = now
    note("undo_import", by=by, groups=back, fellowship_id=fellowship.id)
    return len(back), stay


def _busy(group_ids: list[int]) -> set[int]:
    """Return the groups that have a coordinator, or anybody in their circle."""
    coordinated = select(RoleRecord.group_id).where(RoleRecord.group_id.in_(group_ids))
    circle = select(ParticipantRecord.group_id).where(ParticipantRecord.group_id.in_(group_ids))
    return {one for one in db.session.scalars(coordinated.union(circle)) if one is not None}


def _let_go(group: Group) -> None:
    """Close and unlist a group that was not here before; its address and feed end as any other's.

    Its key in the list is given up, so that the list can found it again.
    """
    group.status, group.status_since, group.status_at = (
        Status.CLOSED,
        group.day_of(clock.now()),
        clock.now(),
    )
    group.listed, group.source_key = False, None
    group.version += 1
