"""The page of who asked for a group: found by its key alone, answered on it, taken along and erased."""

import json
from datetime import timedelta

import time_machine
from flask import Flask
from flask.testing import FlaskClient

from app import clock
from app.actions.national.answering_requests import Plan, answer_not_yet, ask_back, found_as_asked
from tests.addresses import csrf_token
from tests.blueprints.public.test_start import (
    answer,
    confirmed,
    own_page,
    requests,
)
from tests.browsing import submit
from tests.people import World


def test_a_wrong_key_finds_nothing(client: FlaskClient, app: Flask, world: World):
    page = own_page(app, client)

    assert client.get(f"{page}x").status_code == 404
    with time_machine.travel(clock.now() + timedelta(hours=48, seconds=1)):
        assert client.get(page).status_code == 404


def test_a_question_is_answered_on_the_own_page(client: FlaskClient, app: Flask, world: World):
    page = confirmed(app, client)
    answer(app, ask_back, "Is er een <b>zaal</b>?")

    shown = client.get(page).text
    assert "We willen iets van je weten" in shown
    assert "Is er een &lt;b&gt;zaal&lt;/b&gt;?" in shown
    empty = submit(client, page, to=f"{page}/answer", words="")
    assert empty.status_code == 422
    assert "Vul dit nog in" in empty.text
    assert submit(client, page, to=f"{page}/answer", words="De Kom.").status_code == 303

    assert "De Kom." in client.get(page).text
    assert f'action="{page}/answer"' not in client.get(page).text
    again = client.post(
        f"{page}/answer", data={"words": "Nog iets", "csrf_token": csrf_token(app, client)}
    )
    assert again.status_code == 303
    assert "Er is nu geen vraag om te beantwoorden" in client.get(page).text


def test_the_own_page_says_yes_and_leads_to_the_group_that_takes_people(
    client: FlaskClient, app: Flask, world: World
):
    page = confirmed(app, client)
    answer(app, found_as_asked, Plan("Assen", "Assen"))

    shown = client.get(page).text
    assert "Het antwoord is ja" in shown
    assert 'href="/groups/assen"' in shown
    group = client.get("/groups/assen").text
    assert "Deze groep is in oprichting" in group
    assert "Mees" not in group
    assert submit(client, "/groups/assen/ask", alias="Noor", consent="y").status_code == 303


def test_the_own_page_says_why_not_yet_and_what_there_is(
    client: FlaskClient, app: Flask, world: World
):
    page = confirmed(app, client)
    answer(app, answer_not_yet, "Er is er al een in Haarlem.")

    shown = client.get(page).text
    assert "Er is er al een in Haarlem." in shown
    assert 'href="/groups/west"' in shown


def test_everything_that_is_kept_can_be_taken_along_and_erased(
    client: FlaskClient, app: Flask, world: World
):
    page = confirmed(app, client)
    kept = json.loads(client.get(f"{page}/data.json").text)
    assert (kept["name"], kept["contact"], kept["town"]) == ("Mees", "mees@example.org", "Assen")
    assert [one["kind"] for one in kept["letters"]] == ["request_confirm"]
    assert "key" not in kept

    assert submit(client, f"{page}/withdraw").location == "/"

    assert client.get(page).status_code == 404
    [request] = requests(app)
    assert (request.status, request.name, request.contact) == ("withdrawn", None, None)
