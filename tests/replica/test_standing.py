"""How a replica stands: whose it is, how old it can be, and who is told."""

from collections.abc import Callable
from threading import Event, Thread

import pytest
import sqlalchemy
from flask import Flask

from app.replica.standing import Standing
from tests.replica.conftest import change, is_fresh, replica_of
from tests.replica.streaming import Streaming, until

pytestmark = [pytest.mark.server, pytest.mark.postgres, pytest.mark.long]


def test_a_server_that_is_no_replica_of_this_one_is_never_read(
    start: Callable[..., Flask], both: Streaming
):
    both.run("CREATE DATABASE another", both.primary)
    both.catch_up()
    beside = sqlalchemy.make_url(both.replica.url)
    itself = both.primary.url + "&application_name=the_same"
    for address in (itself, beside.set(database="another").render_as_string(False)):
        app = start(replica=address)

        assert replica_of(app).found() is Standing.ANOTHER
        assert not replica_of(app).serves(None)
        assert app.test_client().get("/groups/oost").status_code == 200


def test_one_that_follows_closely_stays_fresh_while_people_write(app: Flask):
    replica, over = replica_of(app), Event()

    def write() -> None:
        while not over.is_set():
            change(app, "Steeds iets anders")

    writer = Thread(target=write)
    writer.start()
    try:
        for _ in range(20):
            replica.look()
            assert replica.standing is Standing.FRESH
    finally:
        over.set()
        writer.join()


def test_doctor_and_the_figures_say_how_it_stands(app: Flask, both: Streaming):
    def said() -> str:
        told = app.test_cli_runner().invoke(args=["doctor", "--offline"]).output
        [line] = [line for line in told.splitlines() if " replica: " in line]
        return line

    def figures() -> str:
        return (
            app.test_client().get("/metrics", environ_overrides={"REMOTE_ADDR": "127.0.0.1"}).text
        )

    assert "ok    replica: The replica answers" in said()
    assert "twaalf_replica_fresh 1.0" in figures()

    both.pause()
    change(app, "Niet daar")
    until(lambda: not replica_of(app).is_fresh())
    assert "look  replica: The replica is more than 2 seconds behind" in said()
    assert "twaalf_replica_fresh 0.0" in figures()

    both.replica.end()
    try:
        assert "look  replica: The replica does not answer" in said()
        assert "\ntwaalf_replica_age_seconds" not in figures()
    finally:
        both.replica.start()
    is_fresh(app)
    assert 'twaalf_replica_turns_total{standing="away"}' in figures()
