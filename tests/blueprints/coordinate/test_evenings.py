"""This evening: guests and tasks, by the coordinator."""

from collections.abc import Iterator

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from app.domain.evening import Task
from app.records.groups import find_group
from app.records.participants import people_of
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


def test_the_coordinator_sees_how_many_stay_away_and_never_who(
    app: Flask, phone: FlaskClient, client: FlaskClient
) -> None:
    page, _ = seat(app, "Kimberley", "Bo")
    before = client.get(EVENING).text

    send(app, phone, f"{page}/evening/absence", away="yes")

    after = words_of(client.get(EVENING).text)
    assert "2 plekken zijn bezet, 1 is er niet. Jullie zijn met 1." in after
    assert "Kimberley" not in before + after


def test_when_everyone_stays_away_nobody_is_counted(
    app: Flask, phone: FlaskClient, client: FlaskClient
) -> None:
    [page] = seat(app, "Kim")
    send(app, phone, f"{page}/evening/absence", away="yes")

    shown = words_of(client.get(EVENING).text)

    assert "1 plek is bezet, 1 is er niet. Er komt nog niemand." in shown
    assert "Jullie zijn met" not in shown


@pytest.mark.parametrize("task", list(Task))
def test_the_coordinator_gives_a_task_to_a_name_to_somebody_and_to_nobody(
    app: Flask, client: FlaskClient, task: Task
) -> None:
    seat(app, "Kim", "Bo")
    page = f"{EVENING}/{task}"
    with app.app_context():
        bo = people_of(find_group("oost").id)[1].id

    assert send(app, client, page, who=str(bo)).location == EVENING
    assert stored(app)[2] == {task: "Bo"}
    send(app, client, page, who="somebody")
    assert stored(app)[2] == {task: None}
    send(app, client, page, who="nobody")
    assert stored(app)[2] == {}
    assert send(app, client, page, who="999999").status_code == 422


def test_guests_are_counted_up_and_down_and_no_further_than_fit(
    app: Flask, client: FlaskClient
) -> None:
    seat(app, *(f"Iemand {number}" for number in range(11)))

    assert send(app, client, f"{EVENING}/guests", number="1").status_code == 303
    answer = send(app, client, f"{EVENING}/guests", number="2")

    assert answer.status_code == 422
    assert "Er is plek voor 1 gast: wie een plek heeft, gaat voor." in answer.text
    assert stored(app)[1] == 1
    for odd in ("13", "-1", "veel", ""):
        assert send(app, client, f"{EVENING}/guests", number=odd).status_code == 422


def test_one_too_many_is_a_plain_warning(
    app: Flask, phone: FlaskClient, client: FlaskClient
) -> None:
    [kim, *_] = seat(app, *(f"Iemand {number}" for number in range(12)))
    send(app, phone, f"{kim}/evening/absence", away="yes")
    send(app, client, f"{EVENING}/guests", number="1")
    assert "te veel" not in client.get(EVENING).text

    send(app, phone, f"{kim}/evening/absence", away="no")

    assert "Eén te veel voor twaalf stoelen." in client.get(EVENING).text


def test_both_sides_speak_english_too(app: Flask, phone: FlaskClient, client: FlaskClient) -> None:
    [kim] = seat(app, "Kim")

    own, desk = phone.get(f"{kim}?lang=en").text, client.get(f"{EVENING}?lang=en").text

    assert "I will make tea" in own
    assert "I cannot come this week" in own
    assert "Making tea" in desk
    assert "1 seat is taken. There will be 1 of you." in words_of(desk)


@pytest.mark.parametrize("person", ["ben", "olaf", "vera"])
def test_nobody_else_sees_or_changes_the_evening(world: World, app: Flask, person: str) -> None:
    other = getattr(world, person).client()

    assert other.get(EVENING).status_code == 404
    assert other.get(f"{EVENING}/tea").status_code == 404
    assert send(app, other, f"{EVENING}/guests", number="1").status_code == 404
    assert stored(app)[1] == 0


def test_a_log_in_of_an_hour_ago_is_asked_again(client: FlaskClient) -> None:
    with time_machine.travel(MONDAY.replace(hour=14), tick=False):
        answer = client.get(EVENING)

    assert answer.location.startswith("/verify")


def test_tasks_absences_and_guests_are_never_public(
    app: Flask, phone: FlaskClient, client: FlaskClient
) -> None:
    [kim] = seat(app, "Kimberley")
    with app.app_context():
        feed = f"/feeds/{find_group('oost').feed_key}.ics"
    before = [phone.get(page).data for page in (feed, "/meetings.json")]

    send(app, phone, f"{kim}/evening/task", task="tea", do="take")
    send(app, phone, f"{kim}/evening/absence", away="yes", week=str(WEEK + 1))
    send(app, client, f"{EVENING}/guests", number="3")

    assert [phone.get(page).data for page in (feed, "/meetings.json")] == before
    page = app.test_client().get("/groups/oost").text
    assert "gast" not in page
    assert "Thee" not in page
    log = client.get("/coordinate/oost/changes").text
    assert "Iemand nam een taak voor een bijeenkomst" in log
    assert "Kimberley" not in log
