"""`flask lists work`: seen by others while it writes, stopped and killed in the middle, one at a time."""

import fcntl
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event

import pytest
from flask import Flask
from sqlalchemy import create_engine, func, select, text

from app import clock
from app.actions.national.lists import NewDraft
from app.actions.national.long_lists import begin_accepting, begin_again, keep_long_list
from app.actions.parts.lists import run_claims
from app.actions.parts.lists.run_claims import give_back, take_next
from app.actions.parts.lists.trying import try_meetings
from app.blueprints.parts.exchange import beside as beside_module
from app.blueprints.parts.exchange.beside import COMMAND, work_beside
from app.blueprints.parts.exchange.drafts import kept
from app.config import ROOT
from app.db import db, writing
from app.domain.exchange.long_lists import State, Step
from app.domain.imported import Entry
from app.formats.meeting_guide.reading import read
from app.records.accounts import Account
from app.records.exchange.list_drafts import ListDraft
from app.records.exchange.list_runs import ListRun
from app.records.fellowships import Fellowship
from app.records.groups import Group
from tests.conftest import SEALING_KEY, SECRET_KEY
from tests.people import World

SECONDS = 60
MANY = 6000
"""Rows that take some seconds to write: so long that one sees it."""


def rows(number: int) -> bytes:
    return json.dumps(
        [
            {"slug": f"n{one}", "name": f"Nieuw {one}", "day": one % 7, "time": "19:30",
             "formatted_address": f"Dorpsstraat {one + 1}, 2611 AB Delft, Nederland"}
            for one in range(number)
        ]
    ).encode()  # fmt: skip


def waiting(world: World, data: bytes) -> int:
    """Let a list wait to be looked through; return its run."""
    fellowship = db.session.get_one(Fellowship, world.fellowship_id)
    by = db.session.get_one(Account, world.olaf.id)
    return keep_long_list(fellowship, NewDraft("lijst.json", "AA", kept(data)), by=by).id


def work(app: Flask) -> None:
    done = app.test_cli_runner().invoke(args=["lists", "work"], catch_exceptions=False)
    assert done.exit_code == 0, done.output


def soon(is_so: Callable[[], object]) -> None:
    """Ask again and again until it is so."""
    pause = Event()
    for _ in range(SECONDS * 20):
        if is_so():
            return
        pause.wait(0.05)
    raise AssertionError("it never was so")


def test_how_far_it_is_can_be_read_while_the_one_writer_is_taken(
    app_on_each: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run_claims, "SECONDS_BETWEEN", 0.02)
    world = World(app_on_each)
    with app_on_each.app_context():
        waiting(world, rows(1))
        claim = take_next(str(tmp_path))
        assert claim

        def seen() -> bool:
            with app_on_each.app_context():
                run = db.session.get_one(ListRun, claim.run_id)
                figure = run.figure(str(tmp_path))
                return (figure.step, figure.done, figure.of) == (Step.WRITING, 500, 2000)

        with claim, writing():
            db.session.get_one(Fellowship, world.fellowship_id).name = "Half"
            db.session.flush()
            claim.more(Step.WRITING, 2000, 500)
            soon(seen)
            give_back(claim)
        claim.forget()
        assert list(tmp_path.iterdir()) == []


def test_a_trial_holds_up_nobody_who_writes(app_on_each: Flask) -> None:
    world = World(app_on_each)
    other = create_engine(app_on_each.config["SQLALCHEMY_DATABASE_URI"])
    written = []

    def write(_number: int) -> None:
        with other.begin() as connection:
            if other.dialect.name == "postgresql":
                connection.execute(text("SET LOCAL lock_timeout = '1s'"))
                connection.execute(text("SELECT id FROM fellowship FOR UPDATE"))
            connection.execute(text("UPDATE groups SET description = 'Kom gerust.'"))
        written.append(True)

    with app_on_each.app_context():
        entries: tuple[Entry, ...] = read(rows(1), program="AA").entries
        by = db.session.get_one(Account, world.olaf.id)
        fellowship = db.session.get_one(Fellowship, world.fellowship_id)
        try_meetings(entries, fellowship, by=by, on_progress=write)

        assert written == [True]
        assert set(db.session.scalars(select(Group.description))) == {"Kom gerust."}
        assert db.session.scalar(select(func.count(Group.id))) == 2
    other.dispose()


@contextmanager
def beside(app: Flask, folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Run `flask lists work` as the server would, in a process of its own."""
    environ = os.environ | {
        "TWAALF_INSTANCE": str(folder),
        "TWAALF_SECRET_KEY": SECRET_KEY,
        "TWAALF_SEALING_KEYS": SEALING_KEY,
        "TWAALF_DATABASE_URL": app.config["SQLALCHEMY_DATABASE_URI"],
    }
    process = subprocess.Popen(COMMAND, cwd=ROOT, env=environ, stdout=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


@pytest.mark.long
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_a_process_that_ends_in_the_middle_leaves_nothing_half_and_the_next_one_does_all(
    app_on_each: Flask, tmp_path: Path, how: signal.Signals
) -> None:
    app, folder = app_on_each, str(tmp_path / "lists")
    world = World(app)
    with app.app_context():
        run_id = waiting(world, rows(MANY))
    work(app)
    with app.app_context():
        by = db.session.get_one(Account, world.olaf.id)
        run_id = begin_accepting(db.session.scalars(select(ListDraft)).one(), by=by).id

    def is_writing() -> bool:
        with app.app_context():
            figure = db.session.get_one(ListRun, run_id).figure(folder)
            return figure.step is Step.WRITING and figure.done > 0

    with beside(app, tmp_path) as process:
        soon(is_writing)
        process.send_signal(how)
        process.wait(SECONDS)

    with app.app_context():
        assert db.session.scalar(select(func.count(Group.id))) == 2
        run = db.session.get_one(ListRun, run_id)
        if how is signal.SIGKILL:
            assert run.state == State.WORKING
            begin_again(run, clock.now(), by=db.session.get_one(Account, world.olaf.id))
        else:
            assert run.state == State.WAITING
    work(app)
    with app.app_context():
        assert db.session.get_one(ListRun, run_id).outcome == {"new": MANY, "changed": 0}
        assert db.session.scalar(select(func.count(Group.id))) == MANY + 2


def test_one_works_on_a_host_at_a_time(app: Flask, world: World, tmp_path: Path) -> None:
    app.config["LISTS_FOLDER"] = str(tmp_path)
    try:
        with app.app_context():
            run_id = waiting(world, rows(1))
        with (tmp_path / "lock").open("w") as held:
            fcntl.flock(held, fcntl.LOCK_EX)
            work(app)
            with app.app_context():
                assert db.session.get_one(ListRun, run_id).state == State.WAITING
        work(app)
        with app.app_context():
            assert db.session.get_one(ListRun, run_id).state == State.DONE
    finally:
        app.config["LISTS_FOLDER"] = ""


def test_who_asks_while_one_works_gets_one_more_after_it_and_no_crowd(
    app: Flask, tmp_path: Path
) -> None:
    gate, told = tmp_path / "gate", tmp_path / "told"
    os.mkfifo(gate)
    said = f"open({str(gate)!r}).read(); open({str(told)!r}, 'a').write('x')"
    app.config["LISTS_COMMAND"] = [sys.executable, "-c", said]
    try:
        with app.app_context():
            for _ in range(5):
                work_beside()
        for number in (1, 2):
            gate.write_text("go")
            soon(lambda: told.exists() and len(told.read_text()) == number)  # noqa: B023
        soon(lambda: not beside_module._beside._is_there)
        assert told.read_text() == "xx"
    finally:
        app.config["LISTS_COMMAND"] = []


def test_a_process_that_ends_badly_is_named_in_the_log(
    app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    app.config["LISTS_COMMAND"] = [sys.executable, "-c", "raise SystemExit(3)"]
    try:
        with app.app_context():
            work_beside()
        soon(lambda: "the process for long lists ended with 3" in caplog.text)
        app.config["LISTS_COMMAND"] = ["/nowhere/python"]
        with app.app_context():
            work_beside()
        soon(lambda: "no process for long lists: No such file or directory" in caplog.text)
    finally:
        app.config["LISTS_COMMAND"] = []
