"""How many came: counted at the desk."""

from collections.abc import Iterator

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from app.db import db
from app.records.groups import find_group
from tests.blueprints.head_counts import TUESDAY, WEEK, counts, let_oost_count
from tests.browsing import submit, words_of
from tests.people import Person, World

PAGE = f"/coordinate/oost/weeks/{WEEK}/count"


@pytest.fixture(autouse=True)
def today(world: World) -> Iterator[None]:
    with time_machine.travel(TUESDAY, tick=False):
        yield


@pytest.mark.parametrize(
    ("language", "question", "more"),
    [
        ("nl", "Hoeveel waren jullie gisteren?", "meer dan twaalf"),
        ("en", "How many were you yesterday?", "more than twelve"),
    ],
)
def test_the_desk_asks_with_one_button_a_number(
    app: Flask, anna: Person, language: str, question: str, more: str
):
    let_oost_count(app)

    page = anna.client().get(f"/coordinate/oost?lang={language}").text

    assert question in page
    assert more in page
    assert page.count('name="people"') == 14


def test_one_tap_at_the_desk_counts(app: Flask, anna: Person):
    let_oost_count(app)

    answer = submit(anna.client(), "/coordinate/oost", to=PAGE, people="7")

    assert (answer.status_code, answer.location) == (303, "/coordinate/oost")
    assert counts(app) == [(WEEK, 7)]


def test_a_group_that_is_not_asked_finds_the_buttons_folded_away(anna: Person):
    page = anna.client().get("/coordinate/oost").text

    assert "<details><summary>Hoeveel waren jullie gisteren?</summary>" in page


def test_a_counted_meeting_is_not_asked_about_again(app: Flask, anna: Person):
    let_oost_count(app, ago_0=7)

    assert "Hoeveel waren jullie gisteren?" not in anna.client().get("/coordinate/oost").text


def test_the_desk_shows_the_last_eight(app: Flask, anna: Person):
    let_oost_count(app, **{f"ago_{ago}": ago + 3 for ago in range(10)})

    page = words_of(anna.client().get("/coordinate/oost").text)

    assert "23 nov" in page
    assert "5 okt" in page
    assert "28 sep" not in page


def test_a_remembered_phone_counts_without_a_new_log_in(app: Flask, anna: Person):
    client = anna.client()
    with client.session_transaction() as session:
        session["fs_paa"] = 0

    assert submit(client, PAGE, people="0").status_code == 303
    assert counts(app) == [(WEEK, 0)]


def test_more_than_twelve_is_welcome_and_offers_a_second_group(app: Flask, anna: Person):
    client = anna.client()

    answer = submit(client, PAGE, people="13")
    page = client.get(answer.location).text

    assert answer.status_code == 303
    assert counts(app) == [(WEEK, 13)]
    assert "Meer dan twaalf: wat mooi" in page
    assert "/coordinate/oost/sister" in page


@pytest.mark.parametrize("people", ["14", "-1", "1.5", "veel", ""])
def test_another_number_is_refused_with_a_sentence(app: Flask, anna: Person, people: str):
    answer = submit(anna.client(), PAGE, people=people)

    assert answer.status_code == 422
    assert "Kies een aantal van 0 tot 12, of meer." in answer.text
    assert counts(app) == []


def test_a_meeting_still_to_come_is_refused(app: Flask, anna: Person):
    answer = submit(anna.client(), f"/coordinate/oost/weeks/{WEEK + 1}/count", people="7")

    assert answer.status_code == 422
    assert "Deze bijeenkomst is nog niet begonnen." in answer.text
    assert counts(app) == []


@pytest.mark.parametrize("week", ["2026-W54", "2026-48", "nu"])
def test_a_week_that_is_none_is_not_found(anna: Person, week: str):
    assert anna.client().get(f"/coordinate/oost/weeks/{week}/count").status_code == 404


def test_two_ticks_say_who_asks_and_who_sees(app: Flask, anna: Person):
    client = anna.client()

    answer = submit(client, "/coordinate/oost/settings", counts_heads="y", shares_head_counts="y")

    assert answer.status_code == 303
    with app.app_context():
        group = find_group("oost")
        assert (group.counts_heads, group.shares_head_counts) == (True, True)
    log = words_of(client.get("/coordinate/oost/changes").text)
    assert "de organisatie mag de aantallen zien: nee → ja" in log


def test_no_public_page_feed_or_export_changes_with_a_count(app: Flask, client: FlaskClient):
    with app.app_context():
        group = find_group("oost")
        group.shares_head_counts = True
        keys = (group.feed_key, group.discreet_key)
        db.session.commit()
    addresses = ["/", "/groups/oost", "/fellowships/stay-clean", "/meetings.json"]
    addresses += [f"/feeds/{key}.ics" for key in keys]

    def seen() -> list[str]:
        return [words_of(client.get(address).text) for address in addresses]

    before = seen()
    let_oost_count(app, ago_0=11, ago_1=13)

    assert seen() == before
