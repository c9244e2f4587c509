"""Do you meet on this holiday?, answered by the link in a letter: once, without a log-in."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from app.actions.holidays import answer_holiday, ask_about_holidays
from app.db import db
from app.domain.week import Week
from app.records.accounts import Account, RoleRecord
from app.records.groups import find_group
from app.records.holidays import HolidayAnswer
from app.records.letters import Letter
from app.records.listings import schedule_of
from app.records.weeks import ClosureRecord
from tests.addresses import csrf_token
from tests.browsing import submit
from tests.people import Person, World

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
BREAK = "2026-12-19-christmas_break"


@pytest.fixture(autouse=True)
def today(world: World) -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def key(app: Flask, world: World) -> str:
    """The key in the letter to Anna, about the weeks of Christmas of Oost."""
    with app.app_context():
        ask_about_holidays(NOW.date())
        letters = db.session.query(Letter).filter_by(kind="holidays")
        [letter] = [one for one in letters if one.recipient == "anna@example.org"]
        [group] = letter.values["groups"]
        return next(one["key"] for one in group["holidays"] if one["name"] == "christmas_break")


def answers(app: Flask) -> dict[str, bool]:
    with app.app_context():
        return {one.holiday: one.meets for one in db.session.query(HolidayAnswer)}


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("meets", ["yes", "no"])
def test_one_tap_answers_without_a_log_in(
    app: Flask, client: FlaskClient, key: str, meets: str, language: str
):
    shown = client.get(f"/holidays/{key}?lang={language}")
    answer = submit(client, f"/holidays/{key}", meets=meets)

    assert shown.status_code == 200
    assert shown.text.count('name="meets"') == 2
    assert shown.headers["Cache-Control"] == "no-store"
    assert "noindex" in shown.headers["X-Robots-Tag"]
    assert (answer.status_code, answer.location) == (303, f"/holidays/{key}")
    assert answers(app) == {BREAK: meets == "yes"}
    with app.app_context():
        group = find_group("oost")
        week = Week.of(date(2026, 12, 21))
        meeting = schedule_of(group, (week, week), public=True).meeting_in(week)
        assert meeting.is_on == (meets == "yes")


def test_the_link_works_once_and_says_afterwards_what_was_answered(
    app: Flask, client: FlaskClient, key: str
):
    submit(client, f"/holidays/{key}", meets="no")
    again = client.get(f"/holidays/{key}")
    twice = client.post(
        f"/holidays/{key}", data={"meets": "yes", "csrf_token": csrf_token(app, client)}
    )

    assert again.status_code == 200
    assert 'name="meets"' not in again.text
    assert "Iedereen ziet: het gaat niet door." in again.text
    assert "De link in je mail is nu gebruikt" in again.text
    assert twice.status_code == 303
    assert answers(app) == {BREAK: False}


def test_scanners_that_open_the_link_answer_nothing(app: Flask, client: FlaskClient, key: str):
    for _ in range(3):
        client.get(f"/holidays/{key}")
        client.head(f"/holidays/{key}")

    assert answers(app) == {}
    assert submit(client, f"/holidays/{key}", meets="yes").status_code == 303


def test_after_the_holiday_the_link_says_that_it_is_over(
    app: Flask, client: FlaskClient, key: str, today
):
    today.move_to(datetime(2027, 1, 3, 22, 59, tzinfo=UTC))
    assert client.get(f"/holidays/{key}").status_code == 200
    today.move_to(datetime(2027, 1, 3, 23, 0, tzinfo=UTC))
    over = client.get(f"/holidays/{key}")

    assert over.status_code == 410
    assert "de dag is voorbij" in over.text
    assert 'name="meets"' not in over.text


@pytest.mark.parametrize("wrong", ["x" * 34, "-", "oost"])
def test_an_unknown_link_is_not_found(client: FlaskClient, key: str, wrong: str):
    answer = client.get(f"/holidays/{wrong}")

    assert answer.status_code == 404
    assert "Misschien is de link te oud" in answer.text


def test_a_link_of_another_kind_answers_nothing(client: FlaskClient, key: str):
    assert client.get(f"/count/{key}").status_code == 404
    assert client.get(f"/confirm/{key}").status_code == 404


def test_what_somebody_else_answered_meanwhile_is_shown(
    app: Flask, client: FlaskClient, key: str, anna: Person
):
    with app.app_context():
        account = db.session.get_one(Account, anna.id)
        answer_holiday(find_group("oost"), BREAK, False, reason="Kerstvakantie", by=account)

    assert "Er staat nu: het gaat niet door." in client.get(f"/holidays/{key}").text
    submit(client, f"/holidays/{key}", meets="yes")
    assert answers(app) == {BREAK: True}


def test_who_coordinates_the_group_no_more_answers_nothing(
    app: Flask, client: FlaskClient, key: str, anna: Person
):
    with app.app_context():
        db.session.query(RoleRecord).filter_by(account_id=anna.id).delete()
        db.session.commit()

    assert client.get(f"/holidays/{key}").status_code == 404


@pytest.mark.parametrize("meets", ["", "maybe"])
def test_an_answer_that_is_none_leaves_the_link_open(
    app: Flask, client: FlaskClient, key: str, meets: str
):
    assert submit(client, f"/holidays/{key}", meets=meets).status_code == 422
    assert submit(client, f"/holidays/{key}", meets="yes").status_code == 303


def test_the_change_is_noted_as_of_who_got_the_letter(
    app: Flask, client: FlaskClient, key: str, anna: Person
):
    submit(client, f"/holidays/{key}", meets="no")

    assert "Gezegd of jullie op een feestdag" in anna.client().get("/coordinate/oost/changes").text
    with app.app_context():
        assert db.session.query(ClosureRecord).one().last_day == date(2027, 1, 3)
