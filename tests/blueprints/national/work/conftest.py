"""An office with one point on its work list."""

from datetime import date

import pytest
from flask.testing import FlaskClient

from app import clock
from app.db import db
from app.records.groups import find_group
from tests.people import World


@pytest.fixture
def olaf(world: World) -> FlaskClient:
    return world.olaf.client()


@pytest.fixture(autouse=True)
def one_point(world: World) -> None:
    """Let nothing be wrong with West, and with Oost only that its last yes is long ago."""
    with world.app.app_context():
        find_group("west").confirmed_on = clock.today()
        find_group("oost").confirmed_on = date(2026, 3, 2)
        db.session.commit()
