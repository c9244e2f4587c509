"""Behind pgbouncer in transaction mode nothing that belongs to one connection is missed."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from sqlalchemy import text

from app.committed import committed_to
from app.db import db
from app.records.groups import find_group
from bench.faults.postgres import Postgres
from tests.browsing import submit
from tests.pooler.conftest import SERVERS
from tests.replica.conftest import change
from tests.replica.streaming import until

pytestmark = [pytest.mark.server, pytest.mark.postgres, pytest.mark.long]
PAGE = "/groups/oost"
ROUNDS = 6


def test_readers_and_writers_who_outnumber_the_connections_meet_no_fault(app: Flask):
    with app.app_context():
        feed = f"/feeds/{find_group('oost').feed_key}/agenda.ics"

    def read(_number: int) -> set[int]:
        client = app.test_client()
        paths = (PAGE, "/", "/?near=1091", feed, "/fellowships", "/meetings.json") * ROUNDS
        return {client.get(path).status_code for path in paths}

    def write(number: int) -> set[int]:
        client, told = app.test_client(), set[int]()
        for n in range(ROUNDS):
            told.add(submit(client, f"{PAGE}/ask", alias=f"{number}-{n}", consent="1").status_code)
        return told

    with ThreadPoolExecutor(4 * SERVERS) as threads:
        readers = [threads.submit(read, number) for number in range(2 * SERVERS)]
        writers = [threads.submit(write, number) for number in range(2 * SERVERS)]

    assert set().union(*(one.result() for one in readers)) == {200}
    assert set().union(*(one.result() for one in writers)) == {303}


def test_every_transaction_has_its_time_outs_whoever_had_the_connection_before(
    app: Flask, database: Postgres
):
    with app.app_context():
        for _ in range(3 * SERVERS):
            assert db.session.scalar(text("SHOW lock_timeout")) == "5s"
            assert db.session.scalar(text("SHOW statement_timeout")) == "15s"
            assert db.session.scalar(text("SELECT count(*) FROM pg_prepared_statements")) == 0
            db.session.commit()


def test_what_is_given_again_is_true_at_the_next_request(app: Flask):
    client, kept = app.test_client(), app.extensions["kept"]
    given = kept.given
    for number in range(ROUNDS):
        change(app, f"Lied-{number}")
        for _ in range(2):
            assert f"Lied-{number}" in client.get(PAGE).text

    assert kept.given > given


def test_a_database_that_is_restarted_behind_it_is_known_to_be_so(app: Flask, database: Postgres):
    with app.app_context():
        committed = committed_to(db.engine.url, db.engine.dialect, pooled=True)
    assert committed
    before = committed.mark()
    assert committed.mark() == before is not None

    database.restart()
    until(lambda: committed.mark() is not None)

    assert committed.mark() != before
    until(lambda: app.test_client().get(f"{PAGE}/ask").status_code == 200)
