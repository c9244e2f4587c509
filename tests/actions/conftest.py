"""What many tests of actions begin with: Anna's group at noon on a Monday, on SQLite; or an app
on each database in turn."""

from collections.abc import Iterator
from datetime import datetime

import pytest
import time_machine
from flask import Flask

from app import clock, create_app
from app.db import db
from app.records.accounts import Account
from app.records.fellowships import Fellowship
from app.records.groups import Group, find_group
from tests.conftest import settings
from tests.people import FOUNDED, NOON, World


@pytest.fixture
def now() -> datetime:
    """The aware instant at which the clock stands still."""
    return NOON


@pytest.fixture
def oost(app: Flask, world: World, now: datetime) -> Iterator[Group]:
    """Anna's group, inside an app context, while the clock stands still."""
    with time_machine.travel(now, tick=False), app.app_context():
        group = find_group("oost")
        assert group is not None
        yield group


@pytest.fixture
def anna(oost: Group, world: World) -> Account:
    return db.session.get_one(Account, world.anna.id)


@pytest.fixture
def both(database_url: str) -> Iterator[Flask]:
    """An app on each database in turn, with one group `oost` and nobody."""
    app = create_app(settings(database_url))
    with app.app_context():
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
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
