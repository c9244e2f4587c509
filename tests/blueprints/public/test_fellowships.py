"""The pages of fellowships: who they are, when their groups meet, and which begin."""

from flask import Flask
from flask.testing import FlaskClient

from app.db import db
from app.domain.meeting import Status
from app.records.groups import find_group
from tests.people import World

PAGE = "/fellowships/stay-clean"


def test_every_fellowship_stands_on_one_page(client: FlaskClient, world: World) -> None:
    assert f'href="{PAGE}"' in client.get("/fellowships").text


def test_it_says_in_its_own_words_who_is_welcome(client: FlaskClient, world: World) -> None:
    page = client.get(PAGE).text

    assert "iedereen die dat respecteert is welkom" in page
    assert "https://stayclean.example" in page


def test_its_groups_stand_there_with_their_own_page(client: FlaskClient, world: World) -> None:
    page = client.get(PAGE).text

    assert 'href="/groups/oost"' in page
    assert 'href="/groups/west"' in page


def test_a_group_that_begins_stands_apart_from_those_that_meet(
    app: Flask, client: FlaskClient, world: World
) -> None:
    with app.app_context():
        west = find_group("west")
        west.status = Status.PREPARING
        db.session.commit()

    page = client.get(PAGE).text

    assert (
        page.index('href="/groups/oost"')
        < page.index("In oprichting")
        < page.index('href="/groups/west"')
    )


def test_a_group_off_the_list_is_not_there(app: Flask, client: FlaskClient, world: World) -> None:
    with app.app_context():
        find_group("oost").listed = False
        db.session.commit()

    assert "/groups/oost" not in client.get(PAGE).text


def test_a_fellowship_that_nobody_wrote_down_is_not_found(client: FlaskClient) -> None:
    assert client.get("/fellowships/nobody").status_code == 404
