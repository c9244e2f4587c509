"""What the timer does: duty by duty, some ids at once, so that no writer waits and no fault stops
the others."""

import logging
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from time import monotonic, sleep
from typing import TypeVar

from app import clock
from app.db import db, writing
from app.records.health.duties import Duty

log = logging.getLogger(__name__)
T = TypeVar("T")

SECONDS_IN_A_RUN = 8.0
"""For each duty: the timer goes every minute, and what is left over goes on in the next run."""
WORK_SECONDS = 0.1
WAY_SECONDS = 0.11
"""Whoever waits for SQLite's lock asks again after 100 ms at most: so long it stays free."""
QUICK_SECONDS = 1.0
"""A round that takes no longer is gone at every run; else again when its time has come."""


@dataclass(frozen=True)
class Round:
    """A duty that has its turn with everybody once in a while, of so many whole minutes."""

    name: str
    every: timedelta
    ids: Callable[[int], list[int]]
    """Return the next ids after one, in order; none when all had their turn. It only reads."""
    do: Callable[[Collection[int]], object]


def step(name: str, do: Callable[..., object], *about: object) -> bool:
    """Do one thing that stops no other; tell whether it went well. The log names it, and no data."""
    try:
        do(*about)
    except Exception as fault:  # noqa: BLE001 - the next one has nothing to do with it
        db.session.rollback()
        # What it quotes stays out of the log.
        log.error("%s failed: %s", name, type(fault).__name__)  # noqa: TRY400
        return False
    return True


def each(name: str, do: Callable[..., object], about: Iterable[object]) -> bool:
    """Do one thing with each of some; tell whether it went well with all."""
    failed = [one for one in in_turns(about) if not step(name, do, one)]
    return not failed


def go_round(duty: Round) -> bool:
    """Do a duty for those who have not had their turn in this period, as far as one run goes; tell
    whether all went well. One that fails is passed over until the next period.
    """
    went_well: list[bool] = []
    return step(duty.name, lambda: went_well.append(_go(duty))) and all(went_well)


def _go(duty: Round) -> bool:
    went_well, began = True, monotonic()
    row = db.session.get(Duty, duty.name)
    period = str(int(clock.now().timestamp()) // int(duty.every.total_seconds()))
    if row is None or (row.done and row.period != period):
        after, done = 0, False
    else:
        after, done = row.after_id, row.done
    is_whole = after == 0
    for _turn in in_turns(count()):
        if done or monotonic() - began > SECONDS_IN_A_RUN:
            break
        ids = duty.ids(after)
        db.session.rollback()  # the read is over, and its records with it
        if ids:
            went_well &= _do_some(duty, ids)
            after = ids[-1]
        done = not ids
        is_quick = done and is_whole and monotonic() - began < QUICK_SECONDS
        _remember(duty.name, period, 0 if is_quick else after, done=done and not is_quick)
        db.session.expunge_all()
    return went_well


def in_turns(things: Iterable[T]) -> Iterator[T]:
    """Yield things to write about, each in its own transaction, and let other writers in between."""
    is_sqlite = db.engine.dialect.name == "sqlite"
    began = monotonic()
    for one in things:
        if is_sqlite and monotonic() - began > WORK_SECONDS:
            db.session.rollback()
            sleep(WAY_SECONDS)
            began = monotonic()
        yield one


def _do_some(duty: Round, ids: list[int]) -> bool:
    try:
        duty.do(ids)
    except Exception:  # noqa: BLE001 - one by one it shows whose fault it is
        db.session.rollback()
        return each(duty.name, duty.do, [[one] for one in ids])
    return True


def _remember(name: str, period: str, after_id: int, *, done: bool) -> None:
    with writing():
        row = db.session.get(Duty, name, with_for_update=True) or Duty(name=name)
        row.period, row.after_id, row.done, row.ran_at = period, after_id, done, clock.now()
        db.session.add(row)
