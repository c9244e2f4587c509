"""How sure a group is of what it says, and the desk's one button."""

import json
from datetime import date, timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from app.db import db
from app.domain.meeting import Status
from app.records.groups import find_group
from tests.blueprints.confirmation import NOW, TODAY, confirmed_on
from tests.browsing import submit, words_of
from tests.people import Person, World

STAGES = {"green": date(2026, 11, 12), "amber": date(2026, 9, 12), "ask_first": date(2026, 3, 1)}


@pytest.fixture(autouse=True)
def today(world: World):
    with time_machine.travel(NOW, tick=False):
        yield


def confirm_on(app: Flask, day: date | None, slug: str = "oost", **more) -> None:
    with app.app_context():
        group = find_group(slug)
        group.confirmed_on = day
        for name, value in more.items():
            setattr(group, name, value)
        db.session.commit()


@pytest.mark.parametrize(
    ("stage", "language", "label", "sentence"),
    [
        ("green", "nl", "bevestigd 12 nov", "Bevestigd op donderdag 12 november 2026."),
        ("green", "en", "confirmed 12 Nov", "Confirmed on Thursday 12 November 2026."),
        ("amber", "nl", "bevestigd 12 sep", "Bevestigd op zaterdag 12 september 2026."),
        ("ask_first", "nl", "vraag dit even na", "Al lang niet bevestigd."),
        ("ask_first", "en", "ask first", "Not confirmed for a long time."),
    ],
)
def test_a_group_page_says_how_sure_it_is(
    app: Flask, client: FlaskClient, stage: str, language: str, label: str, sentence: str
):
    confirm_on(app, STAGES[stage])

    page = client.get(f"/groups/oost?lang={language}").text

    assert label in words_of(page)
    assert sentence in words_of(page)
    assert ("good" if stage == "green" else "changed") in page.split(label)[0].rsplit("<span", 1)[1]


def test_a_group_that_never_was_confirmed_says_so(app: Flask, client: FlaskClient):
    confirm_on(app, None)

    page = words_of(client.get("/groups/oost").text)

    assert "vraag dit even na" in page
    assert "Nog niet bevestigd door de groep zelf." in page


@pytest.mark.parametrize(("stage", "shown"), [("green", ""), ("amber", "bevestigd 12 sep")])
def test_lists_speak_of_it_only_when_it_is_not_green(
    app: Flask, client: FlaskClient, stage: str, shown: str
):
    for slug in ("oost", "west"):
        confirm_on(app, STAGES[stage], slug)

    page = words_of(client.get("/").text)

    assert (shown in page) if shown else ("bevestigd" not in page)


def test_a_group_that_stopped_asks_nobody(app: Flask, anna: Person):
    confirm_on(app, None, status=Status.PAUSED)

    assert "vraag dit even na" not in anna.client().get("/coordinate/oost").text


@pytest.mark.parametrize("stage", STAGES)
def test_the_list_for_others_says_it_too(app: Flask, client: FlaskClient, stage: str):
    confirm_on(app, STAGES[stage])

    rows = {row["slug"]: row for row in json.loads(client.get("/meetings.json").text)}

    assert rows["oost"]["confirmation"] == stage
    assert rows["oost"]["confirmed_on"] == STAGES[stage].isoformat()
    assert "confirmed_on" not in rows["west"]
    assert rows["west"]["confirmation"] == "ask_first"


def test_the_list_for_others_is_another_after_a_confirmation_and_after_midnight(
    app: Flask, client: FlaskClient, anna: Person
):
    confirm_on(app, TODAY - timedelta(weeks=8))
    tags = [client.get("/meetings.json").headers["ETag"]]

    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        tags.append(client.get("/meetings.json").headers["ETag"])
        submit(anna.client(), "/coordinate/oost/confirm")
        tags.append(client.get("/meetings.json").headers["ETag"])

    assert len(set(tags)) == 3


@pytest.mark.parametrize("stage", STAGES)
def test_the_desk_asks_when_it_is_no_longer_green(app: Flask, anna: Person, stage: str):
    confirm_on(app, STAGES[stage])

    page = anna.client().get("/coordinate/oost").text

    assert ("Ja, dit klopt nog" in page) is (stage != "green")


def test_the_desk_shows_the_facts_in_one_glance_and_one_button_confirms(app: Flask, anna: Person):
    confirm_on(app, STAGES["amber"])
    client = anna.client()

    shown = words_of(client.get("/coordinate/oost").text)
    answer = submit(client, "/coordinate/oost", to="/coordinate/oost/confirm")

    for fact in ("maandag, 19.30–21.30", "Buurthuis De Linde, Lindengracht 93", "nog niemand"):
        assert fact in shown
    assert (answer.status_code, answer.location) == (303, "/coordinate/oost")
    assert confirmed_on(app) == TODAY


def test_a_remembered_phone_confirms_without_a_new_log_in(app: Flask, anna: Person):
    confirm_on(app, STAGES["amber"])
    client = anna.client()
    with client.session_transaction() as session:
        session["fs_paa"] = 0

    assert submit(client, "/coordinate/oost/confirm").status_code == 303
    assert confirmed_on(app) == TODAY
