"""Fifty people who ask for a seat in one group at once: `python -m bench.seats --help`.

Every round is a new group. After it, the rows are compared with what each asker was told: twelve
seats, the others in line in order, nobody twice. Wrong rows end the run with an error.
"""

import argparse
import itertools
import multiprocessing
import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import sqlalchemy
from flask import Flask
from sqlalchemy import func, select, text

from app import clock, create_app
from app.actions.chairs import set_seating
from app.actions.seats import Ask, Asked, ask_for_seat, confirm_seat, leave_seat, settle_seats
from app.db import db
from app.domain.keys import hash_of
from app.domain.meeting import Status
from app.domain.refusal import LinkIsOver
from app.domain.seating import SEATS, Seating
from app.records.accounts import Account, RoleRecord
from app.records.groups import Group
from app.records.letters import Letter
from app.records.participants import find_participant, people_of
from tests.conftest import settings
from tests.people import FOUNDED, World

ASKERS = 50
_numbers = itertools.count(1)


@dataclass
class Crowd:
    """Told answers and how many seconds each took, of all rounds."""

    told: int = 0
    seconds: list[float] = field(default_factory=list)

    def __str__(self) -> str:
        cuts = statistics.quantiles(self.seconds, n=100)
        return (
            f"{self.told} asks: p50 {cuts[49] * 1000:.0f} ms, p99 {cuts[98] * 1000:.0f} ms, "
            f"longest {max(self.seconds) * 1000:.0f} ms"
        )


def open_app(url: str) -> Flask:
    """Return an app on a database, with tables and the people of the tests if it has none."""
    app = create_app(settings(url))
    with app.app_context():
        db.create_all()
        empty = db.session.scalar(select(func.count()).select_from(Group)) == 0
        db.session.remove()
    if empty:
        World(app)
    return app


def new_group(app: Flask) -> int:
    """Return the id of another group with twelve free seats, of Anna's."""
    with app.app_context():
        first = db.session.scalars(select(Group).order_by(Group.id)).first()
        anna = db.session.scalars(select(Account).where(Account.name == "Anna")).one()
        assert first is not None
        group = Group(
            slug=f"round-{time.time_ns()}-{next(_numbers)}",
            name="Round",
            fellowship_id=first.fellowship_id,
            status=Status.ACTIVE,
            status_since=FOUNDED,
            created_at=clock.now(),
            calendar_changed_at=clock.now(),
        )
        db.session.add(group)
        db.session.flush()
        role = RoleRecord(account_id=anna.id, kind="coordinator", group_id=group.id, since=FOUNDED)
        db.session.add(role)
        db.session.commit()
        return group.id


def new_groups(app: Flask, number: int) -> list[str]:
    """Return the slugs of so many more such groups."""
    ids = [new_group(app) for _ in range(number)]
    with app.app_context():
        slugs = [db.session.get_one(Group, one).slug for one in ids]
        db.session.remove()
        db.engine.dispose()
    return slugs


def ask(app: Flask, group_id: int, number: int, ask_key: str | None = None) -> Asked:
    with app.app_context():
        group = db.session.get_one(Group, group_id)
        asked = Ask(
            alias=f"Iemand {number}", consent_text="bench", contact=f"iemand{number}@example.org"
        )
        return ask_for_seat(group, asked, ask_key=ask_key or f"form-{group_id}-{number}")


def at_once(deeds: Sequence[Callable[[], object]]) -> list[object]:
    """Do these in threads that start at the same moment; return answers, or what was raised."""
    ready = threading.Barrier(len(deeds))
    answers: list[object] = [None] * len(deeds)

    def run(number: int) -> None:
        ready.wait(timeout=60)
        try:
            answers[number] = deeds[number]()
        except Exception as raised:
            answers[number] = raised

    threads = [threading.Thread(target=run, args=(number,)) for number in range(len(deeds))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def threads_round(app: Flask, crowd: Crowd) -> None:
    group_id = new_group(app)

    def timed(number: int) -> tuple[Asked, float]:
        begun = time.perf_counter()
        return ask(app, group_id, number), time.perf_counter() - begun

    answers = at_once([lambda number=number: timed(number) for number in range(ASKERS)])
    check(app, group_id, answers, crowd)


def processes_round(app: Flask, crowd: Crowd) -> None:
    """The same from fifty processes, forked before any thread begins.

    Each has answered before, as a worker that serves has: no statement is new to it.
    """
    ask(app, new_group(app), 0)
    group_id = new_group(app)
    with app.app_context():
        db.engine.dispose()
    context = multiprocessing.get_context("fork")
    ready, answers = context.Barrier(ASKERS), context.SimpleQueue()

    def run(number: int) -> None:
        with app.app_context():
            db.engine.dispose(close=False)
        ready.wait(60)
        begun = time.perf_counter()
        try:
            answers.put((ask(app, group_id, number), time.perf_counter() - begun))
        except Exception as raised:
            answers.put(raised)

    processes = [context.Process(target=run, args=(number,)) for number in range(ASKERS)]
    for process in processes:
        process.start()
    found = [answers.get() for _ in processes]
    for process in processes:
        process.join()
    check(app, group_id, found, crowd)


def clicks_round(app: Flask, crowd: Crowd) -> None:
    """Fifty clicks on one form."""
    group_id = new_group(app)
    answers = at_once([lambda: ask(app, group_id, 1, "one form")] * ASKERS)
    assert len({one.key for one in answers if isinstance(one, Asked)}) == 1, answers
    with app.app_context():
        assert len(people_of(group_id)) == 1
    crowd.told += ASKERS


def storm_round(app: Flask, crowd: Crowd) -> None:
    """Leave, leave twice, sweep, ask and change the seating at once: first in line first, once."""
    group_id = new_group(app)
    told = [ask(app, group_id, number) for number in range(SEATS + 8)]
    with app.app_context():
        for one in told[:SEATS]:
            confirm_seat(one.key, by_mail=True)

    def leave(one: Asked) -> None:
        with app.app_context():
            leave_seat(one.key)

    def sweep() -> None:
        with app.app_context():
            settle_seats(group_id)

    def seat_otherwise(seating: Seating) -> None:
        with app.app_context():
            anna = db.session.scalars(select(Account).where(Account.name == "Anna")).one()
            set_seating(db.session.get_one(Group, group_id), seating, by=anna)

    leavers = [lambda one=one: leave(one) for one in told[:8] * 2]
    askers = [lambda number=number: ask(app, group_id, 100 + number) for number in range(8)]
    changes = [
        lambda seating=seating: seat_otherwise(seating)
        for seating in (Seating.WELCOMES, Seating.SEATS_ITSELF) * 2
    ]
    answers = at_once([*leavers, *[sweep] * 8, *askers, *changes])
    raised = [one for one in answers if isinstance(one, Exception)]
    assert len(raised) == 8, raised
    assert all(isinstance(one, LinkIsOver) for one in raised), raised
    with app.app_context():
        moved = [find_participant(hash_of(one.key)) for one in told[SEATS:]]
        assert all(one is not None and one.seat for one in moved), "not everybody moved up"
        wrote = [
            letter.values["key"]
            for letter in db.session.scalars(select(Letter).order_by(Letter.id))
            if letter.kind == "moved_up" and letter.values["slug"].startswith("round")
        ]
        ours = [key for key in wrote if key in {one.key for one in told}]
        assert ours == [one.key for one in told[SEATS:]], "not once each, first in line first"
        people = people_of(group_id)
        assert sum(one.seat is not None for one in people) == SEATS
        assert [one.wait_number for one in people if one.wait_number] == sorted(
            {one.wait_number for one in people if one.wait_number}
        )
        assert sum(one.wait_number is not None for one in people) == 8
    crowd.told += len(answers)


def naive_round(url: str) -> int:
    """Count, then insert, as one would without thinking: return how many seats were given."""
    engine = sqlalchemy.create_engine(url, pool_size=ASKERS)
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE IF EXISTS naive"))
        connection.execute(text("CREATE TABLE naive (asker INTEGER)"))

    def naive(number: int) -> None:
        with engine.begin() as connection:
            taken = connection.scalar(text("SELECT count(*) FROM naive"))
            if taken is not None and taken < SEATS:
                connection.execute(text(f"INSERT INTO naive VALUES ({number:d})"))

    at_once([lambda number=number: naive(number) for number in range(ASKERS)])
    with engine.begin() as connection:
        given = connection.scalar(text("SELECT count(*) FROM naive"))
        connection.execute(text("DROP TABLE naive"))
    engine.dispose()
    return given or 0


def check(app: Flask, group_id: int, answers: Sequence[object], crowd: Crowd) -> None:
    wrong = [one for one in answers if not isinstance(one, tuple)]
    assert not wrong, wrong
    with app.app_context():
        people = people_of(group_id)
        assert [one.seat for one in people if one.seat] == list(range(1, SEATS + 1))
        line = [one.wait_number for one in people if one.wait_number]
        assert line == list(range(1, ASKERS - SEATS + 1))
        for asked, seconds in answers:  # type: ignore[misc]
            row = find_participant(hash_of(asked.key))
            assert row is not None
            assert (row.seat, row.wait_number) == (asked.seat, asked.position)
            crowd.seconds.append(seconds)
            crowd.told += 1


ROUNDS: dict[str, Callable[[Flask, Crowd], None]] = {
    "threads": threads_round,
    "processes": processes_round,
    "clicks": clicks_round,
    "storm": storm_round,
}


def _run(url: str, kind: str, rounds: int) -> Crowd:
    app, crowd = open_app(url), Crowd()
    for _ in range(rounds):
        ROUNDS[kind](app, crowd)
    with app.app_context():
        db.engine.dispose()
    return crowd


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "kind", choices=["naive", "http", "many", *ROUNDS], nargs="?", default="threads"
    )
    parser.add_argument("--rounds", type=int, default=100)
    parser.add_argument("--url", help="Of a database of its own; a new SQLite file if absent.")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        url = asked.url or f"sqlite:///{Path(folder) / 'bench.sqlite'}"
        if asked.kind == "naive":
            given = [naive_round(url) for _ in range(asked.rounds)]
            print(f"naive: up to {max(given)} seats of {SEATS}")
            return
        if asked.kind == "many":
            from bench import seats_rate  # it needs this module

            print("\n".join(seats_rate.run(url, asked.rounds)))
            return
        if asked.kind == "http":
            from bench import seats_http  # it needs this module

            crowd = seats_http.run(url, asked.rounds)
        else:
            crowd = _run(url, asked.kind, asked.rounds)
        print(f"{asked.kind}, {asked.rounds} rounds: all as told.")
        if crowd.seconds:
            print(crowd)


if __name__ == "__main__":
    main()
