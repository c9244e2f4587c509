"""`flask lists`: the long lists that offices send, worked on beside the requests."""

import fcntl
import gc
import logging
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from threading import Event
from typing import Any

import click
from flask import current_app
from flask.cli import AppGroup

from app.actions.national.long_lists import end_accepting, end_look, end_undoing
from app.actions.parts.lists.run_claims import (
    Claim,
    Stopped,
    Taken,
    give_back,
    give_up,
    take_next,
)
from app.blueprints.parts.exchange.drafts import content_of, new_draft, read_list, unread_in
from app.commands.door import working
from app.domain.exchange.long_lists import Deed, Fault, ListIsGone, Step
from app.domain.imported import BrokenList
from app.domain.refusal import FellowshipIsClosed, NotTheirs, Refusal
from app.domain.undoing import TooLateToUndo
from app.records.exchange.list_drafts import ListDraft
from app.records.exchange.list_runs import ListRun, anything_waits, let_go_of_rows, run_of

log = logging.getLogger(__name__)

FAULTS: dict[type[Refusal], Fault] = {
    FellowshipIsClosed: Fault.CLOSED,
    NotTheirs: Fault.NOT_THEIRS,
    TooLateToUndo: Fault.TOO_LATE,
}
NICER = 5

lists = AppGroup("lists", help="Long lists that offices sent.")


@lists.command("work")
@working
def work() -> None:
    """Look through, take over or take back the long lists that wait, one after another.

    The server begins it by itself when somebody sends one; it ends when none waits. One works on a
    host at a time: another one ends at once.
    """
    folder = current_app.config["LISTS_FOLDER"]
    with suppress(OSError):  # a unit may forbid it
        os.nice(NICER)
    gc.freeze()
    with _told_to_stop() as is_told:
        while not is_told.is_set() and anything_waits():
            with _alone(folder) as is_alone:
                if not is_alone:
                    return
                while not is_told.is_set() and (claim := take_next(folder, is_told)):
                    _do(claim)


def _do(claim: Claim) -> None:
    """Do one deed, all of it or nothing. However it ends, its page says so, and the log a fault."""
    run = run_of(claim.run_id)
    try:
        with claim:
            DEEDS[Deed(run.deed)](claim, run)
        click.echo(f"list {claim.run_id}: done")
    except Taken:
        log.warning("list %s: somebody else works on it by now", claim.run_id)
    except BrokenList as broken:
        where = {"line": str(broken.line), "column": str(broken.column)}
        said = {"problem": str(broken.problem), "detail": broken.detail, **where}
        _end(claim, partial(give_up, claim, Fault.BROKEN, said))
    except ListIsGone:
        _end(claim, partial(give_up, claim, Fault.GONE, {}))
    except Refusal as refused:
        fault = FAULTS.get(type(refused), Fault.UNFORESEEN)
        _end(claim, partial(give_up, claim, fault, {}))
    except Stopped:
        _end(claim, partial(give_back, claim))
    except Exception as fault:  # noqa: BLE001 - whatever it is, the next list has nothing to do with it
        # What it quotes stays out of the log.
        log.error("list %s failed: %s", claim.run_id, type(fault).__name__)  # noqa: TRY400
        _end(claim, partial(give_up, claim, Fault.UNFORESEEN, {}))
    finally:
        claim.forget()
        let_go_of_rows()


def _end(claim: Claim, how: Callable[[], None]) -> None:
    """Write down how it ended; where that fails too its page says that nobody is heard of."""
    try:
        how()
    except Exception as fault:  # noqa: BLE001 - the log is all that is left
        log.error("list %s: %s", claim.run_id, type(fault).__name__)  # noqa: TRY400


def _look(claim: Claim, run: ListRun) -> None:
    draft = _draft_of(run)
    new = new_draft(
        run.fellowship,
        content_of(draft),
        name=draft.name,
        program=draft.program,
        source=draft.source,
        by=_whose(run),
        columns=draft.columns,
        hears=claim,
    )
    end_look(claim, new)


def _accept(claim: Claim, run: ListRun) -> None:
    draft = _draft_of(run)
    reading = read_list(
        run.fellowship,
        content_of(draft),
        draft.program,
        draft.columns,
        on_row=partial(claim.at, Step.READING),
    )
    gc.freeze()  # else all of it is looked through for garbage again and again
    entries = [one for one in reading.entries if run.row in (None, one.row)]
    end_accepting(claim, run, entries, unread_in(reading))


def _undo(claim: Claim, run: ListRun) -> None:
    end_undoing(claim, run)


DEEDS: dict[Deed, Callable[[Claim, ListRun], None]] = {
    Deed.LOOK: _look,
    Deed.ACCEPT: _accept,
    Deed.UNDO: _undo,
}


def _draft_of(run: ListRun) -> ListDraft:
    if run.draft is None:
        raise ListIsGone
    return run.draft


def _whose(run: ListRun) -> Any:
    if run.account is None:
        raise NotTheirs
    return run.account


@contextmanager
def _alone(folder: str) -> Iterator[bool]:
    """Hold the host's one place for who works on a long list; tell whether it was free."""
    if not folder:
        yield True
        return
    Path(folder).mkdir(mode=0o700, exist_ok=True)
    with (Path(folder) / "lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
        else:
            yield True


@contextmanager
def _told_to_stop() -> Iterator[Event]:
    """Hear whoever ends the server: at the next row the work stops in good order, and waits again.

    An exception out of a signal would come in the middle of a statement, and SQLite's lock stay.
    """
    is_told = Event()
    both = (signal.SIGTERM, signal.SIGINT)
    before = {one: signal.signal(one, lambda *_: is_told.set()) for one in both}
    try:
        yield is_told
    finally:
        for one, was in before.items():
            signal.signal(one, was)
