"""A primary and its replica, with the people of people.py in one database of theirs."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace

import pytest
from flask import Flask

from app import clock, create_app
from app.actions.weeks import WeekEdit, change_week
from app.commands.door import close_down
from app.db import db
from app.domain.week import Week
from app.records.groups import find_group
from app.replica.standing import Replica, Standing
from tests.conftest import settings
from tests.people import Person, World
from tests.replica.streaming import Streaming, streaming, until

BOUND = 2
"""Seconds; what a site has is five."""


@pytest.fixture(scope="session")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Streaming]:
    with pytest.MonkeyPatch.context() as environment:
        if "XDG_RUNTIME_DIR" not in os.environ:  # as on a server without a desktop
            environment.setenv("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("runtime")))
        with streaming(tmp_path_factory.mktemp("both")) as servers:
            app = create_app(settings(servers.primary.url))
            with app.app_context():
                db.create_all()
            servers.anna = World(app).anna
            close_down(app)
            yield servers


@pytest.fixture
def start(both: Streaming) -> Iterator[Callable[..., Flask]]:
    """Call it for an app on both; `replica` is another address to read from."""
    with ExitStack() as stack:

        def started(replica: str = "", bound: int = BOUND, **more: str) -> Flask:
            app = create_app(
                settings(
                    both.primary.url,
                    TWAALF_REPLICA_URL=replica or both.replica.url,
                    TWAALF_REPLICA_SECONDS=str(bound),
                    **more,
                )
            )
            stack.callback(close_down, app)
            return app

        yield started
    both.resume()


@pytest.fixture
def app(both: Streaming, start: Callable[..., Flask]) -> Flask:
    """An app that knows its replica to be fresh."""
    app = start()
    both.catch_up()
    is_fresh(app)
    return app


@pytest.fixture
def anna(both: Streaming, app: Flask) -> Person:
    return replace(both.anna, app=app)


def replica_of(app: Flask) -> Replica:
    found: Replica = app.extensions["replica"]
    return found


def is_fresh(app: Flask) -> None:
    """Look until it is."""
    replica = replica_of(app)
    until(lambda: replica.look(waits=True) or replica.standing is Standing.FRESH)


def change(app: Flask, note: str) -> None:
    """Write on the primary what the group's page and its calendar say."""
    with app.app_context():
        group = find_group("oost")
        week = Week.at(clock.now(), group.timezone) + 1
        change_week(group, week, WeekEdit(note=note), by=None)
