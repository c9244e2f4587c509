"""How many asks a second one process takes, over many groups; see bench.seats."""

import gc
import statistics
import time
from collections.abc import Sequence

from flask import Flask
from sqlalchemy import select

from app import clock
from app.actions.seats import Asked
from app.db import db
from app.domain.keys import hash_of
from app.domain.roles import Role
from app.records.accounts import Account, RoleRecord
from app.records.participants import find_participant
from bench.seats import ASKERS, ask, at_once, new_group, open_app
from tests.people import FOUNDED

EACH = 10
"""Asks of each client, and in each group."""


def run(url: str, rounds: int) -> list[str]:
    """Return what is to be told of so many rounds: asks one after the other, then of ASKERS clients.

    Every group has a coordinator of its own, who hears of each ask.
    """
    app = open_app(url)
    _round(app, 1)  # a worker that serves has answered before
    gc.freeze()  # as wsgi.py does
    alone, at_once_ = [], []
    for _ in range(rounds):
        alone.append(_round(app, 1))
        at_once_.append(_round(app, ASKERS))
    with app.app_context():
        db.engine.dispose()
    return [_line("one after the other", alone), _line(f"{ASKERS} clients", at_once_)]


class _Rate:
    """Seconds of each ask, of all together, and of the processor."""

    def __init__(self, each: list[float], seconds: float, processor: float):
        self.each, self.seconds, self.processor = each, seconds, processor


def _round(app: Flask, clients: int) -> _Rate:
    """Let clients ask, each for one group after the other; compare the rows with what was told."""
    groups = [_own_group(app) for _ in range(ASKERS)]
    asks = ASKERS * EACH // clients

    def client(number: int) -> list[tuple[int, Asked, float]]:
        told = []
        for turn in range(asks):
            group_id = groups[(number + turn) % len(groups)]
            begun = time.perf_counter()
            told.append((group_id, ask(app, group_id, number * asks + turn), begun))
            told[-1] = (*told[-1][:2], time.perf_counter() - begun)
        return told

    seconds, processor = time.perf_counter(), time.process_time()
    answers = at_once([lambda number=number: client(number) for number in range(clients)])
    seconds, processor = time.perf_counter() - seconds, time.process_time() - processor
    told = [one for some in _none_raised(answers) for one in some]
    _check(app, groups, [(group_id, asked) for group_id, asked, _ in told])
    return _Rate([each for *_, each in told], seconds, processor)


def _none_raised(answers: Sequence[object]) -> list[list[tuple[int, Asked, float]]]:
    wrong = [one for one in answers if not isinstance(one, list)]
    assert not wrong, wrong
    return [one for one in answers if isinstance(one, list)]


def _check(app: Flask, groups: list[int], told: list[tuple[int, Asked]]) -> None:
    with app.app_context():
        for group_id, asked in told:
            row = find_participant(hash_of(asked.key))
            assert row is not None
            assert (row.group_id, row.seat) == (group_id, asked.seat)
        for group_id in groups:
            seats = sorted(asked.seat or 0 for id, asked in told if id == group_id)
            assert seats == list(range(1, EACH + 1)), seats


def _own_group(app: Flask) -> int:
    """Return the id of another free group, with a coordinator of its own."""
    group_id = new_group(app)
    with app.app_context():
        name = f"coordinator-{group_id}"
        account = Account(
            email=f"{name}@example.org",
            name=name,
            password="",
            fs_uniquifier=name,
            created_at=clock.now(),
        )
        db.session.add(account)
        db.session.flush()
        role = db.session.scalars(select(RoleRecord).where(RoleRecord.group_id == group_id)).one()
        db.session.delete(role)
        db.session.add(
            RoleRecord(
                account_id=account.id, kind=Role.COORDINATOR, group_id=group_id, since=FOUNDED
            )
        )
        db.session.commit()
    return group_id


def _line(who: str, rounds: list[_Rate]) -> str:
    each = [one for of_round in rounds for one in of_round.each]
    seconds = sum(one.seconds for one in rounds)
    best = min(len(one.each) and one.seconds / len(one.each) for one in rounds)
    cuts = statistics.quantiles(each, n=100)
    return (
        f"{who}: {len(each) / seconds:.0f} asks a second ({1 / best:.0f} in the best round), "
        f"p50 {cuts[49] * 1000:.1f} ms, p99 {cuts[98] * 1000:.1f} ms, "
        f"processor {sum(one.processor for one in rounds) / len(each) * 1000:.2f} ms an ask"
    )
