"""What many tests of actions begin with: Anna's group at noon on a Monday, on SQLite; or an app
on each database in turn."""

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
import time_machine
from flask import Flask

from app import clock
from app.db import db
from app.records.accounts import Account
from app.records.fellowships import Fellowship
from app.records.groups import Group, find_group
from tests.people import FOUNDED, NOON, World
from tests.postman import Postman, serving


@pytest.fixture
def now() -> datetime:
    """The aware instant at which the clock stands still."""
    return NOON


@pytest.fixture
def oost(request: pytest.FixtureRequest, app: Flask, now: datetime) -> Iterator[Group]:
    """Anna's group, inside an app context, while the clock stands still."""
    with time_machine.travel(now, tick=False), app.app_context():
        request.getfixturevalue("world")
        group = find_group("oost")
        assert group is not None
        yield group


@pytest.fixture
def anna(oost: Group, world: World) -> Account:
    return db.session.get_one(Account, world.anna.id)


@pytest.fixture
def both(app_on_each: Flask) -> Flask:
    """An app on each database in turn, with one group `oost` and nobody."""
    with app_on_each.app_context():
        fellowship = Fellowship(slug="stay-clean", name="Stay Clean", created_at=clock.now())
        db.session.add(fellowship)
        db.session.flush()
        db.session.add(
            Group(
                slug="oost",
                name="Oost",
                fellowship_id=fellowship.id,
                status_since=FOUNDED,
                calendar_changed_at=clock.now(),
                created_at=clock.now(),
            )
        )
        db.session.commit()
    return app_on_each


@pytest.fixture
def postman() -> Postman:
    return Postman()


@pytest.fixture
def server(postman: Postman) -> Iterator[str]:
    """The address of a server that answers as `postman` says."""
    with serving(postman) as address:
        yield address


@pytest.fixture
def send(oost: Group, app: Flask, server: str, monkeypatch) -> Callable[[], str]:
    """Call it to run `flask letters send`; it returns what that says."""
    monkeypatch.setitem(app.config, "TWAALF_MAIL_URL", server)

    def run() -> str:
        db.session.rollback()
        with app.app_context():  # a timer is a process with a session of its own
            told = app.test_cli_runner().invoke(args=["letters", "send"], catch_exceptions=False)
        db.session.rollback()
        return told.output

    return run
