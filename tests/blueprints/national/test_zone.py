"""An office puts the clock of a group right, and its coordinators hear it."""

import pytest
from flask import Flask
from sqlalchemy import select

from app.db import db
from app.records.groups import find_group
from app.records.letters import Letter
from tests.browsing import submit
from tests.people import World

pytestmark = pytest.mark.usefixtures("clock")
PAGE, ZONE = "/national/groups/oost", "/national/groups/oost/zone"


def test_the_hour_is_that_of_the_new_zone_at_once(app: Flask, world: World):
    done = submit(world.olaf.client(), PAGE, to=ZONE, zone__zone="america/toronto")

    assert (done.status_code, done.location) == (303, PAGE)
    assert "19.30 in Toronto" in app.test_client().get("/groups/oost").text
    with app.app_context():
        group = find_group("oost")
        assert (group.zone, group.zone_said) == ("America/Toronto", True)
        [letter] = db.session.scalars(select(Letter))
        assert (letter.recipient, letter.values["did"]) == ("anna@example.org", "mended")


def test_a_zone_that_is_none_is_refused_and_the_same_again_tells_nobody(app: Flask, world: World):
    client = world.olaf.client()

    refused = submit(client, PAGE, to=ZONE, zone__zone="Mars/Olympus")
    assert refused.status_code == 422
    assert "Deze tijdzone bestaat niet" in refused.text
    assert 'value="Mars/Olympus"' in refused.text
    submit(client, PAGE, to=ZONE, zone__zone="Europe/Amsterdam")
    with app.app_context():
        assert list(db.session.scalars(select(Letter))) == []
