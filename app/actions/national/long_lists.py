"""An office's long lists, which are worked on beside the request: begun, begun again, and done."""

from collections.abc import Collection
from datetime import datetime
from functools import partial

from sqlalchemy import select

from app import clock
from app.actions.national.lists import NewDraft, accept_draft, keep_draft, undo_import
from app.actions.parts.lists.run_claims import Claim
from app.actions.parts.transaction import hold_fellowship, transaction
from app.db import db
from app.domain.exchange.long_lists import Deed, ListIsGone, State, Step
from app.domain.imported import Entry, Outcome
from app.domain.refusal import NotTheirs
from app.records.accounts import Account
from app.records.exchange.list_drafts import ListDraft
from app.records.exchange.list_imports import ListImport
from app.records.exchange.list_runs import ListRun
from app.records.fellowships import Fellowship


@transaction
def keep_long_list(fellowship: Fellowship, new: NewDraft, *, by: Account) -> ListRun:
    """Keep a list as it came, to be looked through beside the request. Raises NotTheirs."""
    draft = keep_draft(fellowship, new, by=by)
    return _begin(Deed.LOOK, by, draft=draft)


@transaction
def look_again(draft: ListDraft, columns: dict[str, str], *, by: Account) -> ListRun:
    """Let a list be looked through again, with what a person says of its columns. Raises NotTheirs."""
    hold_fellowship(draft.fellowship_id, by)
    draft.columns = columns
    return _begin(Deed.LOOK, by, draft=draft)


@transaction
def begin_accepting(draft: ListDraft, *, by: Account, row: int | None = None) -> ListRun:
    """Let a list be taken over, or one row of it; once, however often it is asked. Raises NotTheirs."""
    hold_fellowship(draft.fellowship_id, by)
    return _begin(Deed.ACCEPT, by, draft=draft, row=row)


@transaction
def begin_undoing(done: ListImport, *, by: Account) -> ListRun:
    """Let an import be taken back; once, however often it is asked. Raises NotTheirs."""
    hold_fellowship(done.fellowship_id, by)
    return _begin(Deed.UNDO, by, done=done)


@transaction
def begin_again(run: ListRun, heard_at: datetime, *, by: Account) -> None:
    """Let a run that failed wait for its turn again, or one whose process was last heard of then.

    Whoever was heard of since goes on. Raises NotTheirs.
    """
    hold_fellowship(run.fellowship_id, by)
    query = select(ListRun).where(ListRun.id == run.id).with_for_update(of=ListRun)
    held = db.session.scalars(query, execution_options={"populate_existing": True}).one()
    if held.state == State.DONE or held.heard_at > heard_at:
        return
    held.state, held.claim, held.account_id = State.WAITING, "", by.id
    held.fault, held.detail, held.heard_at = "", {}, clock.now()


@transaction
def end_look(claim: Claim, new: NewDraft) -> None:
    """Keep what each row of a list would do. Raises Taken, ListIsGone, NotTheirs."""
    run = claim.held()
    if run.draft is None:
        raise ListIsGone
    keep_draft(run.fellowship, new, by=_whose(run), instead_of=run.draft)
    _end(run, {})


@transaction
def end_accepting(
    claim: Claim, run: ListRun, entries: Collection[Entry], unread: Collection[str]
) -> None:
    """Take a list over, or one row of it and look through the rest again, in this one transaction.

    Raises Taken, ListIsGone, FellowshipIsClosed, NotTheirs.
    """
    hold_fellowship(run.fellowship_id, _whose(run))
    if run.draft is None:
        raise ListIsGone
    report = accept_draft(
        run.draft,
        entries,
        run.fellowship,
        by=_whose(run),
        is_all=run.row is None,
        unread=unread,
        on_progress=partial(claim.more, Step.COMPARING, len(entries)),
        on_written=partial(claim.more, Step.WRITING, len(entries)),
    )
    held = claim.held()
    if held.row is None:
        _end(held, {one.value: report.count(one) for one in (Outcome.NEW, Outcome.CHANGED)})
    else:
        held.deed, held.row, held.state, held.claim = Deed.LOOK, None, State.WAITING, ""


@transaction
def end_undoing(claim: Claim, run: ListRun) -> None:
    """Take an import back, in this one transaction. Raises Taken, ListIsGone, TooLateToUndo, NotTheirs."""
    done = run.list_import
    if done is None:
        raise ListIsGone
    number = len(done.new) + len(done.changed)
    back, stay = undo_import(
        done, by=_whose(run), on_progress=partial(claim.more, Step.UNDOING, number)
    )
    _end(claim.held(), {"back": back, "stay": stay})


def _begin(
    deed: Deed,
    by: Account,
    *,
    draft: ListDraft | None = None,
    done: ListImport | None = None,
    row: int | None = None,
) -> ListRun:
    """Return the run of a list that is under way, else a new one in the place of what was done."""
    mine = ListRun.draft_id == draft.id if draft else ListRun.import_id == (done and done.id)
    before = db.session.scalar(select(ListRun).where(mine))
    if before is not None and before.state in (State.WAITING, State.WORKING):
        return before
    if before is not None:
        db.session.delete(before)
        db.session.flush()
    now = clock.now()
    run = ListRun(
        fellowship_id=(draft or done).fellowship_id,  # type: ignore[union-attr]  # one is given
        account_id=by.id,
        deed=deed,
        draft_id=draft.id if draft else None,
        import_id=done.id if done else None,
        row=row,
        state=State.WAITING,
        made_at=now,
        heard_at=now,
        outcome={},
        detail={},
    )
    db.session.add(run)
    db.session.flush()
    return run


def _end(run: ListRun, outcome: dict[str, int]) -> None:
    run.state, run.claim, run.outcome, run.heard_at = State.DONE, "", outcome, clock.now()


def _whose(run: ListRun) -> Account:
    if run.account is None:
        raise NotTheirs
    return run.account
