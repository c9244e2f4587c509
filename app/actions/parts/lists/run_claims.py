"""Who works on a long list: one process at a time, which says so while it does."""

import secrets
from contextlib import suppress
from threading import Event, Thread
from types import TracebackType
from typing import Self

from sqlalchemy import select, update
from sqlalchemy.exc import SQLAlchemyError

from app import clock
from app.db import db, writing
from app.domain.exchange.long_lists import Fault, Figure, State, Step
from app.records.exchange.list_runs import ListRun
from app.records.exchange.run_figures import forget_figure, note_figure

SECONDS_BETWEEN = 1.0


class Taken(Exception):
    """Somebody else works on it by now: who was not heard of for long is no longer waited for."""


class Stopped(Exception):
    """This process is told to end."""


class Claim:
    """A hold on one run of this process; inside `with` it is heard of, with how far it is.

    On PostgreSQL in its row, by a connection of its own, for whichever host the page is asked at;
    on SQLite, where the work itself is the one writer, in a file.
    """

    def __init__(self, run_id: int, word: str, folder: str, is_told_to_stop: Event | None = None):
        self.run_id, self.word = run_id, word
        self._is_told_to_stop = is_told_to_stop or Event()
        self._folder = folder
        self._engine = db.engine
        self._step, self._done, self._of = Step.READING, 0, 0
        self._over = Event()
        self._is_lost = False
        self._thread = Thread(target=self._go_on, name=f"list-{run_id}", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _traceback: TracebackType | None,
    ) -> None:
        self.fall_silent()

    def at(self, step: Step, done: int, of: int) -> None:
        """Say how far it is. Raises Taken, Stopped: here nothing is half written or half read."""
        if self._is_lost:
            raise Taken
        if self._is_told_to_stop.is_set():
            raise Stopped
        self._step, self._done, self._of = step, done, max(done, of)

    def more(self, step: Step, of: int, number: int = 1) -> None:
        """Say that so many more of a step are done. Raises Taken, Stopped."""
        self.at(step, (self._done if self._step is step else 0) + number, of)

    def fall_silent(self) -> None:
        """Stop saying so: whoever ends the run writes its row next."""
        self._over.set()
        if self._thread.is_alive():
            self._thread.join()

    def held(self) -> ListRun:
        """Lock the run in the transaction that ends it, and return it. Raises Taken."""
        self.fall_silent()
        query = select(ListRun).where(ListRun.id == self.run_id).with_for_update(of=ListRun)
        run = db.session.scalar(query, execution_options={"populate_existing": True})
        if run is None or run.claim != self.word:
            raise Taken
        return run

    def forget(self) -> None:
        """Leave no figure behind, once the run's own row says how it ended."""
        forget_figure(self._folder, self.run_id)

    def _go_on(self) -> None:
        while True:
            figure = Figure(self._step, self._done, self._of, clock.now())
            # What cannot be told now is told in a moment; the work goes on.
            with suppress(OSError, SQLAlchemyError):
                self._say(figure)
            if self._over.wait(SECONDS_BETWEEN):
                return

    def _say(self, figure: Figure) -> None:
        if self._engine.dialect.name == "sqlite":
            note_figure(self._folder, self.run_id, figure)
            return
        mine = update(ListRun).where(ListRun.id == self.run_id, ListRun.claim == self.word)
        values = {
            "step": figure.step, "done": figure.done, "of": figure.of, "heard_at": figure.at,
        }  # fmt: skip
        with self._engine.begin() as connection:
            self._is_lost = not connection.execute(mine.values(values)).rowcount


def take_next(folder: str, is_told_to_stop: Event | None = None) -> Claim | None:
    """Take the longest waiting run for this process, or None when none waits."""
    with writing():
        query = select(ListRun).where(ListRun.state == State.WAITING).order_by(ListRun.id).limit(1)
        run = db.session.scalar(query.with_for_update(of=ListRun, skip_locked=True))
        if run is None:
            return None
        run.state, run.claim, run.heard_at = State.WORKING, secrets.token_hex(16), clock.now()
        run.step, run.done, run.of = "", 0, 0
        return Claim(run.id, run.claim, folder, is_told_to_stop)


def give_back(claim: Claim) -> None:
    """Let a run wait again: this process is told to stop. Raises Taken."""
    with writing():
        run = claim.held()
        run.state, run.claim, run.heard_at = State.WAITING, "", clock.now()


def give_up(claim: Claim, fault: Fault, detail: dict[str, str]) -> None:
    """Write down why a run was not done; nothing else of it is written. Raises Taken."""
    with writing():
        run = claim.held()
        run.state, run.claim, run.fault, run.detail = State.FAILED, "", fault, detail
