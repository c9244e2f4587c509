"""How many came, by the link in a letter."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from app import clock
from app.actions.head_counts import ask_how_many
from app.db import db
from app.records.letters import Letter
from tests.blueprints.head_counts import TUESDAY, WEEK, counts, let_oost_count
from tests.browsing import submit
from tests.people import World


@pytest.fixture(autouse=True)
def today(world: World) -> Iterator[None]:
    with time_machine.travel(TUESDAY, tick=False):
        yield


def key_of_letter(app: Flask) -> str:
    let_oost_count(app)
    with app.app_context():
        ask_how_many(clock.now())
        return db.session.query(Letter).filter_by(kind="how_many").one().values["key"]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_link_in_the_letter_counts_with_one_tap(app: Flask, client: FlaskClient, language: str):
    key = key_of_letter(app)

    shown = client.get(f"/count/{key}?lang={language}")
    answer = submit(client, f"/count/{key}", people="12")

    assert shown.text.count('name="people"') == 14
    assert (answer.status_code, answer.location) == (303, "/count/thanks")
    assert client.get(answer.location).status_code == 200
    assert counts(app) == [(WEEK, 12)]
    assert shown.headers["Cache-Control"] == "no-store"
    assert "noindex" in shown.headers["X-Robots-Tag"]


def test_more_than_twelve_by_the_letter_offers_the_second_group_too(
    app: Flask, client: FlaskClient
):
    answer = submit(client, f"/count/{key_of_letter(app)}", people="13")

    assert "/coordinate/oost/sister" in client.get(answer.location).text


def test_scanners_that_open_the_link_count_nobody(app: Flask, client: FlaskClient):
    key = key_of_letter(app)

    for _ in range(3):
        client.get(f"/count/{key}")
        client.head(f"/count/{key}")

    assert counts(app) == []
    assert submit(client, f"/count/{key}", people="5").status_code == 303


def test_a_number_that_is_none_leaves_the_link_open(app: Flask, client: FlaskClient):
    key = key_of_letter(app)

    assert submit(client, f"/count/{key}", people="99").status_code == 422
    assert submit(client, f"/count/{key}", people="5").status_code == 303


def test_used_expired_and_unknown_are_one_and_the_same_page(app: Flask, client: FlaskClient):
    key = key_of_letter(app)
    visitor = app.test_client()

    def open_link(key: str) -> tuple[int, str]:
        answer = visitor.get(f"/count/{key}")
        return answer.status_code, answer.text.replace(key, "")

    answers = {open_link("no-such-key")}
    with time_machine.travel(TUESDAY + timedelta(days=7), tick=False):
        answers.add(open_link(key))
    submit(client, f"/count/{key}", people="5")
    answers.add(open_link(key))

    ((code, page),) = answers
    assert code == 404
    assert "Oost" not in page
