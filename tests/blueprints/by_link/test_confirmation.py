"""Is this still right?, by the link in a letter."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from app.actions.confirmation import ask_whether_right
from app.actions.parts.links import hold_link
from app.db import db
from app.domain.refusal import LinkIsOver
from app.domain.roles import Role
from app.records.accounts import RoleRecord
from app.records.groups import find_group
from app.records.letters import Letter
from tests.blueprints.confirmation import NOW, TODAY, confirmed_on
from tests.browsing import form_on, submit
from tests.people import World


@pytest.fixture(autouse=True)
def today(world: World):
    with time_machine.travel(NOW, tick=False):
        yield


def key_for(app: Flask, email: str = "anna@example.org") -> str:
    with app.app_context():
        ask_whether_right(TODAY)
        letters = db.session.query(Letter).filter_by(kind="whether_right")
        return next(one.values["key"] for one in letters if one.recipient == email)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_page_behind_the_link_shows_the_facts_and_names_no_theme(
    app: Flask, client: FlaskClient, language: str
):
    key = key_for(app)

    answer = client.get(f"/confirm/{key}?lang={language}")

    title = {"nl": "Klopt dit nog?", "en": "Is this still right?"}[language]
    assert f"<title>{title} – Twaalf</title>" in answer.text
    assert "Lindengracht 93" in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    assert "noindex" in answer.headers["X-Robots-Tag"]
    assert answer.headers["Referrer-Policy"] == "no-referrer"


def test_scanners_that_open_the_link_change_nothing(app: Flask, client: FlaskClient):
    key = key_for(app)

    for _ in range(3):
        client.get(f"/confirm/{key}")
        client.head(f"/confirm/{key}")

    assert confirmed_on(app) is None
    assert submit(client, f"/confirm/{key}").status_code == 303
    assert confirmed_on(app) == TODAY


def test_the_link_of_a_stand_in_ends_with_their_last_day(
    app: Flask, client: FlaskClient, world: World
):
    """Also where no timer came by to take the role away."""
    key = key_for(app)
    with app.app_context():
        role = db.session.query(RoleRecord).filter_by(account_id=world.anna.id).one()
        role.stands_in, role.until = True, TODAY
        db.session.commit()
    assert client.get(f"/confirm/{key}").status_code == 200

    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        assert client.get(f"/confirm/{key}").status_code == 404
        with app.app_context(), pytest.raises(LinkIsOver):
            hold_link(key, "confirm")


def test_two_groups_in_one_letter_are_confirmed_by_one_button(
    app: Flask, client: FlaskClient, world: World
):
    _let_anna_coordinate_west(app, world)
    key = key_for(app)

    answer = submit(client, f"/confirm/{key}")

    assert (answer.status_code, answer.location) == (303, "/groups/oost")
    assert (confirmed_on(app), confirmed_on(app, "west")) == (TODAY, TODAY)


def test_a_group_without_its_tick_stays_as_it_was_and_the_desk_is_next(
    app: Flask, client: FlaskClient, world: World
):
    _let_anna_coordinate_west(app, world)
    key = key_for(app)

    answer = submit(client, f"/confirm/{key}", right=["west"])

    assert (answer.status_code, answer.location) == (303, "/coordinate/")
    assert (confirmed_on(app), confirmed_on(app, "west")) == (None, TODAY)


def test_no_tick_at_all_is_asked_for_at_its_place(app: Flask, client: FlaskClient):
    key = key_for(app)

    answer = submit(client, f"/confirm/{key}", without=("right",))

    assert answer.status_code == 422
    assert answer.text.count("Vink aan wat nog klopt.") == 2
    assert submit(client, f"/confirm/{key}").status_code == 303


def test_used_expired_unknown_and_of_another_kind_are_one_and_the_same_page(
    app: Flask, client: FlaskClient
):
    used = key_for(app)
    submit(app.test_client(), f"/confirm/{used}")
    unused = key_for(app, "ben@example.org")

    def open_link(key: str) -> tuple[int, str]:
        answer = client.get(f"/confirm/{key}")
        return answer.status_code, answer.text.replace(key, "")

    answers = {open_link(used), open_link("no-such-key")}
    with time_machine.travel(NOW + timedelta(days=30), tick=False):
        answers.add(open_link(unused))

    ((code, page),) = answers
    assert code == 404
    assert "Oost" not in page


def test_a_page_left_open_answers_404_when_the_link_was_used_meanwhile(
    app: Flask, client: FlaskClient
):
    key = key_for(app)
    held = form_on(client, f"/confirm/{key}")
    submit(app.test_client(), f"/confirm/{key}")

    assert client.post(f"/confirm/{key}", data=held).status_code == 404


def test_the_letter_of_who_left_the_group_opens_nothing(app: Flask, client: FlaskClient):
    key = key_for(app)
    with app.app_context():
        held = db.session.query(RoleRecord).filter_by(group_id=find_group("oost").id)
        held.delete()
        db.session.commit()

    assert client.get(f"/confirm/{key}").status_code == 404


def _let_anna_coordinate_west(app: Flask, world: World) -> None:
    with app.app_context():
        west = find_group("west")
        db.session.add(
            RoleRecord(
                account_id=world.anna.id, kind=Role.COORDINATOR, group_id=west.id, since=TODAY
            )
        )
        db.session.commit()
