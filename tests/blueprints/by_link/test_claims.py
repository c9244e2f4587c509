"""Who was given a seat by word of mouth makes it their own by a link, once."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.actions.chairs import offer_claim, take_chair
from app.db import db
from app.domain.meeting import Status
from app.records.accounts import Account
from app.records.groups import find_group
from app.records.participants import people_of
from tests.browsing import submit
from tests.people import World


@pytest.fixture
def link(app: Flask, world: World) -> str:
    """The address that the coordinator hands to somebody who has a seat without a name."""
    with app.app_context():
        group, anna = find_group("oost"), db.session.get_one(Account, world.anna.id)
        chair = take_chair(group, by=anna)
        key = offer_claim(group, chair.id, by=anna)
        return f"/claim/{key}"


def test_a_seat_becomes_ones_own_with_the_name_one_likes(
    app: Flask, client: FlaskClient, link: str
) -> None:
    answer = submit(client, link, alias="Sam", consent="y")

    assert answer.status_code == 303
    assert answer.location.startswith("/seat/")
    assert "Sam" in client.get(answer.location).text
    with app.app_context():
        assert [one.alias for one in people_of(find_group("oost").id)] == ["Sam"]


def test_a_link_works_once(client: FlaskClient, link: str) -> None:
    submit(client, link, alias="Sam", consent="y")

    assert client.get(link).status_code == 404


def test_looking_at_it_uses_nothing_up(client: FlaskClient, link: str) -> None:
    assert [client.get(link).status_code for _ in range(3)] == [200] * 3


def test_without_a_yes_nothing_is_kept(app: Flask, client: FlaskClient, link: str) -> None:
    assert submit(client, link, alias="Sam", consent=None).status_code == 422

    with app.app_context():
        assert [one.alias for one in people_of(find_group("oost").id)] == [None]


def test_a_link_that_nobody_made_is_not_found(client: FlaskClient, world: World) -> None:
    assert client.get("/claim/abcdefghijklmnopqrstuv").status_code == 404


def test_a_group_that_stopped_gives_no_seats(app: Flask, client: FlaskClient, link: str) -> None:
    with app.app_context():
        find_group("oost").status = Status.CLOSED
        db.session.commit()

    assert submit(client, link, alias="Sam", consent="y").status_code == 422
