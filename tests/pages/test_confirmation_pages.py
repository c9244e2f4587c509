"""Is this still right?: what pages show of it, the button at the desk, the link in a letter."""

import json
from datetime import date, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from app.actions.confirmation import ask_whether_right
from app.db import db
from app.domain.meeting import Status
from app.domain.roles import Role
from app.records.accounts import RoleRecord
from app.records.groups import find_group
from app.records.letters import Letter
from tests.browsing import form_on, submit, words_of
from tests.people import Person, World

NOW = datetime.fromisoformat("2026-11-23T12:00+01:00")
TODAY = NOW.date()
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


def confirmed_on(app: Flask, slug: str = "oost") -> date | None:
    with app.app_context():
        return find_group(slug).confirmed_on


def key_for(app: Flask, email: str = "anna@example.org") -> str:
    with app.app_context():
        ask_whether_right(TODAY)
        letters = db.session.query(Letter).filter_by(kind="whether_right")
        return next(one.values["key"] for one in letters if one.recipient == email)


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
