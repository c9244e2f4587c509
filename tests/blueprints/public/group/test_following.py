"""The page on which anybody asks to hear of changes of a group, and who may not."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from app import create_app
from app.db import db
from app.domain.meeting import Status
from app.records.followers import Follower
from app.records.groups import find_group
from app.records.letters import Letter
from tests.addresses import csrf_token
from tests.browsing import form_on, submit
from tests.conftest import settings
from tests.people import NOON, World

FOLLOW = "/groups/oost/follow"


def followers(app: Flask) -> int:
    with app.app_context():
        return db.session.query(Follower).count()


def test_a_mail_is_sent_that_asks_for_a_yes(app: Flask, client: FlaskClient, world: World) -> None:
    assert submit(client, FOLLOW, contact="lena@example.org").status_code == 303

    with app.app_context():
        assert [one.recipient for one in db.session.query(Letter)] == ["lena@example.org"]


def test_nobody_floods_an_address_from_many_networks_and_nobody_learns_of_it(
    sqlite_url: str, world: World
) -> None:
    app = create_app(settings(sqlite_url, TWAALF_LIMITS="on"))
    answers = []
    for number in range(1, 9):
        client = app.test_client()
        client.environ_base["REMOTE_ADDR"] = f"192.0.2.{number}"
        with time_machine.travel(NOON + timedelta(hours=number), tick=False) as traveller:
            for slug in ("oost", "west"):
                held = form_on(client, f"/groups/{slug}/follow")
                traveller.shift(20)
                held["contact"] = ["lena@example.org"]
                answers.append(client.post(f"/groups/{slug}/follow", data=held))

    assert {one.status_code for one in answers} == {303}
    with app.app_context():
        assert db.session.query(Letter).count() == 6
        assert db.session.query(Follower).count() == 2
        db.engine.dispose()


@pytest.mark.parametrize("contact", ["", "lena", "lena@", "lena@example.org\nBcc: x@example.org"])
def test_what_is_no_address_is_refused_at_its_field(
    app: Flask, client: FlaskClient, world: World, contact: str
) -> None:
    answer = submit(client, FOLLOW, contact=contact)

    assert (answer.status_code, followers(app)) == (422, 0)


@pytest.mark.parametrize("how", ["unlisted", "closed"])
def test_a_group_that_nobody_sees_is_followed_by_nobody(
    app: Flask, client: FlaskClient, world: World, how: str
) -> None:
    with app.app_context():
        group = find_group("oost")
        if how == "unlisted":
            group.listed = False
        else:
            group.status = Status.CLOSED
        db.session.commit()

    assert client.get(FOLLOW).status_code == 404


@pytest.mark.parametrize("endpoint", ["", "http://push.example/1", "https://127.0.0.1/x", "x"])
def test_a_device_that_gives_rubbish_is_told_of_the_other_way(
    app: Flask, client: FlaskClient, world: World, endpoint: str
) -> None:
    held = {"csrf_token": csrf_token(app, client), "endpoint": endpoint, "p256dh": "x", "auth": "y"}

    answer = client.post(f"{FOLLOW}/device", data=held)

    assert (answer.status_code, answer.location) == (303, FOLLOW)
    assert followers(app) == 0
    assert "lukken nu niet" in client.get(FOLLOW).text
