"""This evening, arranged by a participant."""

from collections.abc import Iterator

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from tests.blueprints.evenings import EVENING, MONDAY, WEEK, seat, send, stored
from tests.browsing import words_of
from tests.people import Person, World


@pytest.fixture(autouse=True)
def today(world: World) -> Iterator[None]:
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture
def client(anna: Person) -> FlaskClient:
    return anna.client()


@pytest.fixture
def phone(app: Flask) -> FlaskClient:
    return app.test_client()


def test_a_participant_stays_away_and_comes_after_all_by_one_tap(
    app: Flask, phone: FlaskClient
) -> None:
    [page] = seat(app, "Kim")
    assert "Ik kan deze week niet" in phone.get(page).text

    send(app, phone, f"{page}/evening/absence", away="yes")
    assert stored(app)[0] == 1
    assert "Je zei dat je niet kunt." in phone.get(page).text

    send(app, phone, f"{page}/evening/absence", away="no")
    assert stored(app)[0] == 0


def test_a_task_is_taken_with_one_tap_and_others_see_only_that_it_is_arranged(
    app: Flask, phone: FlaskClient, client: FlaskClient
) -> None:
    kim, bo = seat(app, "Kimberley", "Bo")

    answer = send(app, phone, f"{kim}/evening/task", task="tea", do="take")

    assert answer.status_code == 303
    assert "Jij zet thee." in phone.get(kim).text
    others = words_of(phone.get(bo).text)
    assert "Thee zetten: geregeld" in others
    assert "Kimberley" not in others
    assert "Kimberley zet thee" in client.get(EVENING).text


def test_a_task_that_somebody_has_just_taken_is_told_kindly(app: Flask, phone: FlaskClient) -> None:
    kim, bo = seat(app, "Kim", "Bo")
    send(app, phone, f"{kim}/evening/task", task="tea", do="take")

    send(app, phone, f"{bo}/evening/task", task="tea", do="take")

    assert "Iemand anders was je net voor." in phone.get(bo).text
    assert stored(app)[2] == {"tea": "Kim"}


def test_a_task_is_put_down_by_one_tap(app: Flask, phone: FlaskClient) -> None:
    [kim] = seat(app, "Kim")
    send(app, phone, f"{kim}/evening/task", task="key", do="take")

    send(app, phone, f"{kim}/evening/task", task="key", do="drop")

    assert stored(app)[2] == {}


def test_a_week_far_off_or_nonsense_changes_nothing(app: Flask, phone: FlaskClient) -> None:
    [kim] = seat(app, "Kim")

    assert (
        send(app, phone, f"{kim}/evening/absence", away="yes", week="2030-W01").status_code == 303
    )
    assert send(app, phone, f"{kim}/evening/absence", away="yes", week="W1").status_code == 422
    assert send(app, phone, f"{kim}/evening/task", task="beer").status_code == 404
    assert stored(app) == (0, 0, {})


def test_all_that_is_stored_of_an_evening_is_in_the_file_to_keep(
    app: Flask, phone: FlaskClient
) -> None:
    [kim] = seat(app, "Kim")
    send(app, phone, f"{kim}/evening/task", task="tea", do="take")
    send(app, phone, f"{kim}/evening/absence", away="yes", week=str(WEEK + 1))

    data = phone.get(f"{kim}/data.json").get_json()

    assert data["tasks"] == [{"week": "2026-W48", "task": "tea"}]
    assert data["cannot_come_in"] == ["2026-W49"]


def test_who_waits_has_no_evening_to_arrange(app: Flask, phone: FlaskClient) -> None:
    seat(app, *(f"Iemand {number}" for number in range(12)))
    [waits] = seat(app, "Wacht")

    assert "evening-title" not in phone.get(waits).text
    send(app, phone, f"{waits}/evening/absence", away="yes")
    assert stored(app)[0] == 0
