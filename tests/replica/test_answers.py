"""What a replica answers: for whom, how old it may be, and that the primary answers when it cannot."""

import asyncio
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import wraps

import pytest
from flask import Flask
from sqlalchemy import Engine, event

from app.db import db
from app.records.groups import find_group
from app.replica import standing
from app.replica.standing import Standing
from app.rsgi import Bridge
from tests.browsing import submit
from tests.people import Person
from tests.replica.conftest import BOUND, change, is_fresh, replica_of
from tests.replica.streaming import Streaming, until
from tests.test_committed import run
from tests.test_rsgi import Asked, Wire

pytestmark = [pytest.mark.server, pytest.mark.postgres, pytest.mark.long]
PAGE = "/groups/oost"


@contextmanager
def asked(engine: Engine) -> Iterator[list[str]]:
    """Collect what an engine is asked meanwhile."""
    sent: list[str] = []

    def note(_connection, _cursor, statement, *_more) -> None:
        if not statement.startswith("SET LOCAL"):
            sent.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield sent
    event.remove(engine, "before_cursor_execute", note)


def primary_of(app: Flask) -> Engine:
    with app.app_context():
        return db.engine


def feed_of(app: Flask) -> str:
    with app.app_context():
        return f"/feeds/{find_group('oost').feed_key}/agenda.ics"


def test_what_everybody_reads_alike_is_read_from_the_replica(app: Flask):
    paths = [feed_of(app), PAGE, "/", "/?near=1091", "/fellowships", "/fellowships/stay-clean",
             "/meetings.json", "/api/v1/groups", "/hsds/v3/services", "/embed/stay-clean",
             "/?view=map", "/?view=week", "/referrers", "/sitemap.xml"]  # fmt: skip
    for path in paths:
        with asked(primary_of(app)) as there, asked(replica_of(app).engine) as beside:
            answer = app.test_client().get(path)

        assert (answer.status_code, there) == (200, []), path
        assert beside, path


def test_who_is_logged_in_or_has_a_form_is_read_for_from_the_primary(app: Flask, anna: Person):
    with_a_form = app.test_client()
    with_a_form.get(f"{PAGE}/ask")
    for client in (anna.client(), with_a_form):
        with asked(replica_of(app).engine) as beside:
            assert client.get(PAGE).status_code == 200

        assert beside == []


def test_whose_language_alone_is_known_reads_from_the_replica(app: Flask):
    client = app.test_client()
    client.get("/?lang=en")
    with asked(primary_of(app)) as there:
        assert "Saved" not in client.get(PAGE).text

    assert there == []


@pytest.mark.parametrize("path", ["/readyz", "/login", "/seat/a-key-that-nobody-has"])
def test_what_is_of_somebody_or_of_the_house_is_asked_of_the_primary(app: Flask, path: str):
    with asked(replica_of(app).engine) as beside:
        app.test_client().get(path)

    assert beside == []


@pytest.mark.parametrize("of", ["page", "feed"])
def test_a_reader_is_told_what_is_at_most_so_old_and_then_the_truth(
    app: Flask, both: Streaming, of: str
):
    path = PAGE if of == "page" else feed_of(app)
    change(app, "Vroeger")
    both.catch_up()
    is_fresh(app)
    reader = app.test_client()
    assert "Vroeger" in reader.get(path).text

    both.pause()
    change(app, f"Nu-{of}")
    written = time.monotonic()
    told = reader.get(path).text
    until(lambda: f"Nu-{of}" in reader.get(path).text)

    assert "Vroeger" in told, "the test proves nothing: it was not told from the replica"
    assert time.monotonic() - written < BOUND + 1
    assert replica_of(app).found() is Standing.BEHIND

    both.resume()
    both.catch_up()
    is_fresh(app)
    with asked(primary_of(app)) as there:
        assert f"Nu-{of}" in reader.get(path).text
    assert there == []


def test_who_writes_sees_it_at_the_next_request(start: Callable[..., Flask], both: Streaming):
    app = start(bound=60)
    change(app, "Vroeger")
    both.catch_up()
    is_fresh(app)
    both.pause()
    coordinator, visitor = replace(both.anna, app=app).client(), app.test_client()

    change(app, "Van Anna")
    asked_for = submit(visitor, f"{PAGE}/ask", alias="Kim", consent="1")

    assert "Van Anna" in coordinator.get(PAGE).text
    assert asked_for.status_code == 303
    assert visitor.get(asked_for.location).status_code == 200
    assert "Van Anna" in visitor.get(PAGE).text
    assert "Van Anna" not in app.test_client().get(PAGE).text


def test_what_is_given_again_is_what_the_replica_says_now(app: Flask, both: Streaming):
    reader, kept = app.test_client(), app.extensions["kept"]
    for note in ("Eerst", "Daarna", "Ten slotte"):
        change(app, note)
        both.catch_up()
        is_fresh(app)
        reader.get(PAGE)
        given = kept.given
        with asked(primary_of(app)) as there:
            assert note in reader.get(PAGE).text

        assert there == []
        assert kept.given == given + 1


def test_a_loop_gives_again_what_the_replica_says_and_is_told_when_it_falls(
    app: Flask, both: Streaming
):
    kept = app.extensions["kept"]
    bridge = Bridge(app, most_bytes=1000, kept=kept)

    async def ask() -> str:
        wire, asked_for = Wire(), Asked("GET", PAGE, ("host", "localhost"))
        asked_for.query_string = ""
        await bridge.__rsgi__(asked_for, wire)
        assert wire.answer
        status, _headers, body = wire.answer
        assert status == 200
        return str(body.decode())

    async def told() -> None:
        for note in ("Lied-1", "Lied-2", "Lied-3"):
            await asyncio.to_thread(change, app, note)
            await asyncio.to_thread(both.catch_up)
            await asyncio.to_thread(is_fresh, app)
            for _ in range(3):
                assert note in await ask()
        with asked(primary_of(app)) as there:
            await ask()
        assert there == []
        await asyncio.to_thread(both.replica.end)
        try:
            assert "Lied-3" in await ask()
        finally:
            await asyncio.to_thread(both.replica.start)

    given = kept.given
    run(told())

    assert kept.given > given
    assert replica_of(app).standing is Standing.AWAY


def test_what_the_replica_does_not_know_yet_the_primary_does(app: Flask, both: Streaming):
    both.pause()
    with app.app_context():
        find_group("west").slug = "nieuw"
        db.session.commit()
    try:
        with asked(replica_of(app).engine) as beside:
            assert app.test_client().get("/groups/nieuw").status_code == 200

        assert beside
        assert app.test_client().get("/groups/nergens").status_code == 404
    finally:
        with app.app_context():
            find_group("nieuw").slug = "west"
            db.session.commit()


def test_a_question_that_the_replica_refuses_is_asked_of_the_primary(app: Flask):
    engine = replica_of(app).engine

    def refused(_connection, _cursor, statement, parameters, _context, _many):
        wrong = not statement.startswith("SET LOCAL")
        return ("SELECT 1 / 0", {}) if wrong else (statement, parameters)

    event.listen(engine, "before_cursor_execute", refused, retval=True)
    answer = app.test_client().get(PAGE)
    event.remove(engine, "before_cursor_execute", refused)

    assert answer.status_code == 200
    assert replica_of(app).standing is Standing.FRESH, "it answers, and will answer the next"


def test_what_writes_while_it_reads_writes_on_the_primary(app: Flask, both: Streaming):
    """No view does; should one, it is no error."""
    view = app.view_functions["groups.show"]

    @wraps(view)
    def writing_view(**named):
        change(app, "Al lezend")
        return view(**named)

    app.view_functions["groups.show"] = writing_view
    answer = app.test_client().get(PAGE)
    app.view_functions["groups.show"] = view

    assert answer.status_code == 200
    assert "Al lezend" in answer.text


def test_a_replica_that_stops_fails_nobody_and_heals_by_itself(
    app: Flask, both: Streaming, log: list[dict]
):
    reader = app.test_client()
    assert reader.get(PAGE).status_code == 200

    both.replica.end()
    try:
        told = [
            reader.get(f"{path}?{n}").status_code
            for n in range(5)
            for path in (PAGE, "/", feed_of(app))
        ]
    finally:
        both.replica.start()

    assert set(told) == {200}
    assert [(line["event"], line["standing"]) for line in log] == [("replica", "away")]
    is_fresh(app)
    with asked(primary_of(app)) as there:
        assert reader.get(PAGE).status_code == 200
    assert there == []


def test_a_replica_that_hangs_holds_a_reader_no_longer_than_it_may(
    start: Callable[..., Flask], both: Streaming, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(standing, "SECONDS_TO_ANSWER", 0.5)
    app = start()
    is_fresh(app)
    reader = app.test_client()
    reader.get(PAGE)

    with both.halted():
        began = time.monotonic()
        assert reader.get(f"{PAGE}?1").status_code == 200
        assert time.monotonic() - began < 3
        assert replica_of(app).standing is Standing.AWAY

        began = time.monotonic()
        assert reader.get(f"{PAGE}?2").status_code == 200
        assert time.monotonic() - began < 0.5, "the next one does not wait for it"


def test_while_the_primary_is_away_nothing_older_than_the_bound_is_told(
    app: Flask, both: Streaming
):
    reader = app.test_client()
    both.primary.end()
    try:
        until(lambda: reader.get(PAGE).status_code == 503)

        assert not replica_of(app).is_fresh()
    finally:
        both.primary.start()
    until(lambda: reader.get(PAGE).status_code == 200)
