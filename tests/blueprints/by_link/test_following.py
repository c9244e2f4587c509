"""Who follows a group by mail says yes by a link, sees what is kept, and ends it by one tap."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.db import db
from app.domain.keys import hash_of
from app.records.followers import Follower, find_follower
from tests.browsing import submit
from tests.people import World

LENA = "lena@example.org"


@pytest.fixture
def page(app: Flask, client: FlaskClient, world: World) -> str:
    """The address in the letter to somebody who asked on the group's page to hear of changes."""
    assert submit(client, "/groups/oost/follow", contact=LENA).location == "/groups/oost"
    with app.app_context():
        return f"/follow/{db.session.query(Follower).one().key}"


def follows(app: Flask, page: str) -> bool:
    with app.app_context():
        follower = find_follower(hash_of(page.rpartition("/")[2]))
        return follower is not None and follower.confirmed_at is not None


def test_nobody_follows_by_looking(app: Flask, client: FlaskClient, page: str) -> None:
    assert client.get(page).status_code == 200

    assert not follows(app, page)


def test_a_yes_on_the_page_begins_it(app: Flask, client: FlaskClient, page: str) -> None:
    answer = submit(client, page)

    assert answer.location == page
    assert follows(app, page)
    seen = client.get(page).text
    assert "Je krijgt een mail als er iets anders is." in seen
    assert "De komende weken" in seen


def test_one_tap_ends_it_and_leaves_nothing(app: Flask, client: FlaskClient, page: str) -> None:
    submit(client, page)

    assert submit(client, f"{page}/stop").status_code == 200

    assert client.get(page).status_code == 404
    with app.app_context():
        assert db.session.query(Follower).count() == 0


def test_a_mail_program_ends_it_without_a_session(app: Flask, client: FlaskClient, page: str):
    submit(client, page)

    answer = app.test_client().post(f"{page}/stop", data={"List-Unsubscribe": "One-Click"})

    assert answer.status_code == 200
    assert not follows(app, page)


def test_a_key_that_nobody_has_is_not_found(client: FlaskClient, world: World) -> None:
    assert client.get("/follow/abcdefghijklmnopqrstuv").status_code == 404
    assert client.get("/follow/abcdefghijklmnopqrstuv/stop").status_code == 404
