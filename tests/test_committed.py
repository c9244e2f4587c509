"""What tells that something was committed: to threads that may wait, and to an event loop that may not."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import sqlalchemy
from flask import Flask
from sqlalchemy import select

from app import clock
from app.actions.weeks import WeekEdit, change_week
from app.committed import committed_to
from app.committed.telling import Committed, Decides
from app.db import db
from app.domain.week import Week
from app.records.groups import Group, find_group
from app.rsgi import Bridge
from tests.people import World
from tests.test_rsgi import Asked, Wire


@pytest.fixture
def app(app_on_each: Flask) -> Flask:
    World(app_on_each)
    return app_on_each


@pytest.fixture
def committed(app: Flask) -> Committed:
    with app.app_context():
        found = committed_to(db.engine.url, db.engine.dialect)
    assert found
    return found


def run(act: Coroutine[Any, Any, Any]) -> Any:
    """Run it on a loop of its own: the browser tests leave theirs running in this thread."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, act).result()


def change(app: Flask, note: str) -> None:
    with app.app_context():
        group = find_group("oost")
        change_week(group, Week.at(clock.now(), group.timezone) + 1, WeekEdit(note=note), by=None)


def test_a_loop_and_a_thread_are_told_the_same(committed: Committed):
    async def told() -> object:
        return await committed.soon().mark()

    assert run(told()) == committed.mark() is not None


def test_every_mark_after_a_commit_is_another(app: Flask, committed: Committed):
    async def told() -> list[object]:
        soon, marks = committed.soon(), []
        for number in range(20):
            await asyncio.to_thread(change, app, f"Lied {number}")
            marks += [await soon.mark(), await soon.mark()]
        return marks

    marks = run(told())

    assert marks[::2] == marks[1::2]
    assert len(set(marks)) == 20


def test_who_comes_while_one_is_being_asked_waits_for_the_next(app: Flask, committed: Committed):
    async def told() -> tuple[object, list[object]]:
        soon = committed.soon()
        before = await soon.mark()
        first = asyncio.create_task(soon.mark())  # type: ignore[arg-type]
        await asyncio.sleep(0)
        await asyncio.to_thread(change, app, "Nieuw")
        return before, [await first, *await asyncio.gather(*(soon.mark() for _ in range(50)))]

    before, (_first, *others) = run(told())

    assert before not in others


def test_who_comes_at_the_same_time_is_told_by_one_look(committed: Committed):
    async def told() -> list[object]:
        soon = committed.soon()
        return await asyncio.gather(*(soon.mark() for _ in range(50)))

    first, *others = run(told())

    assert first
    assert all(one is first for one in others)


def test_a_row_is_read_by_its_key(app: Flask, committed: Committed):
    async def told() -> Any:
        return await committed.soon().rows(
            Decides(select(Group.name).where(Group.slug == "oost"), {})
        )

    with app.app_context():
        assert run(told()) == [(find_group("oost").name,)]


def test_a_server_that_is_gone_is_unknown_and_one_that_comes_back_is_asked_anew(app: Flask):
    with app.app_context():
        url, dialect = db.engine.url, db.engine.dialect
        gone = committed_to(sqlalchemy.make_url(url).set(database="nowhere"), dialect)
    assert gone

    async def told() -> list[object]:
        soon = gone.soon()
        return [await soon.mark(), await soon.rows(Decides(select(Group.name), {}))]

    assert run(told()) == [None, None]


def test_what_is_given_again_on_a_loop_is_true_at_the_next_request(app: Flask):
    with app.app_context():
        feed = f"/feeds/{find_group('oost').feed_key}/agenda.ics"
    kept = app.extensions["kept"]
    given = kept.given
    bridge = Bridge(app, most_bytes=1000, kept=kept)

    async def ask(path: str) -> str:
        wire, asked = Wire(), Asked("GET", path, ("host", "localhost"))
        asked.query_string = ""
        await bridge.__rsgi__(asked, wire)
        assert wire.answer
        status, _headers, body = wire.answer
        assert status == 200
        return body.decode()

    async def told() -> None:
        for number in range(20):
            await asyncio.to_thread(change, app, f"Lied {number:02}")
            for path in (feed, "/groups/oost"):
                for _ in range(3):
                    assert f"Lied {number:02}" in await ask(path)

    run(told())

    assert kept.given > given
