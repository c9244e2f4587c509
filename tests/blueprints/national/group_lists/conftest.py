"""Groups that an office looks for in its list."""

import pytest
from flask.testing import FlaskClient

from app.db import db
from app.records.fellowships import find_fellowship
from app.records.groups import find_group
from tests.people import Person, World


@pytest.fixture
def office(olaf: Person, world: World) -> FlaskClient:
    with world.app.app_context():
        fellowship = find_fellowship("stay-clean")
        assert fellowship is not None
        more = [
            ("noord", "Café Één Noord", "Assen", 5),
            ("zuid", "Zuid", "Maastricht", 2),
            ("dicht-adres", "Stille kring", "Urk", 4),
        ]
        for slug, name, town, weekday in more:
            world.group(fellowship, slug, name, town, weekday=weekday)
        hidden = find_group("dicht-adres")
        assert hidden is not None
        hidden.slots[0].visibility = "town"
        hidden.slots[0].place.postcode = "8321 AB"  # type: ignore[union-attr]  # it has one
        db.session.commit()
    return olaf.client()
