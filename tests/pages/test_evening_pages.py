"""The evening's pages: numbers and names for the coordinator, one's own for a participant."""

from collections.abc import Iterator
from datetime import datetime

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from app.actions.seats import Ask, ask_for_seat, confirm_seat
from app.domain.evening import Task
from app.domain.week import Week
from app.records.evenings import away_in, guests_in, tasks_in
from app.records.groups import find_group
from app.records.participants import people_of
from tests.addresses import csrf_token
from tests.browsing import words_of
from tests.people import Person, World

MONDAY = datetime.fromisoformat("2026-11-23T12:00+01:00")
WEEK = Week.of(MONDAY.date())
EVENING = "/coordinate/oost/evening"


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


def seat(app: Flask, *aliases: str) -> list[str]:
    """Give people a confirmed seat; return the addresses of their pages."""
    with app.app_context():
        group = find_group("oost")
        pages = []
        for alias in aliases:
            ask = Ask(alias=alias, consent_text="1")
            asked = ask_for_seat(group, ask, ask_key=f"form-{alias}")
            confirm_seat(asked.key)
            pages.append(f"/seat/{asked.key}")
        return pages


def send(app: Flask, client: FlaskClient, to: str, **fields: object):
    return client.post(to, data={"csrf_token": csrf_token(app, client), "week": str(WEEK)} | fields)


def stored(app: Flask) -> tuple[int, int, dict]:
    with app.app_context():
        group_id = find_group("oost").id
        names = {one.id: one.alias for one in people_of(group_id)}
        tasks = {
            str(task): names.get(who) for (_, task), who in tasks_in(group_id, WEEK, 6).items()
        }
        return away_in(group_id, WEEK), guests_in(group_id, WEEK), tasks


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


def test_the_coordinator_sees_how_many_stay_away_and_never_who(
    app: Flask, phone: FlaskClient, client: FlaskClient
) -> None:
    page, _ = seat(app, "Kimberley", "Bo")
    before = client.get(EVENING).text

    send(app, phone, f"{page}/evening/absence", away="yes")

    after = words_of(client.get(EVENING).text)
    assert "2 plekken zijn bezet, 1 is er niet. Jullie zijn met 1." in after
    assert "Kimberley" not in before + after


def test_a_task_is_taken_with_one_tap_and_others_see_only_that_it_is_arranged(
    app: Flask, phone: FlaskClient, client: FlaskClient
) -> None:
    kim, bo = seat(app, "Kimberley", "Bo")

    answer = send(app, phone, f"{kim}/evening/task", task="tea", do="take")

    assert answer.status_code == 303
    assert "Jij zet thee." in phone.get(kim).text
    others = words_of(phone.get(bo).text)
    assert "Thee zetten: gaat goed, is geregeld" in others
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
    assert "Iemand nam een taak voor een avond" in log
    assert "Kimberley" not in log
