"""Starting a group: asked by anyone, confirmed by mail, followed on one's own page."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from app import clock, create_app
from app.actions.national.answering_requests import Plan, answer_not_yet, ask_back, found_as_asked
from app.blueprints.web.security_log import masked
from app.db import db
from app.formats.letter import word_letter
from app.records.accounts import Account
from app.records.fellowships import find_fellowship
from app.records.founding_requests import FoundingRequest
from app.records.letters import Letter
from tests.addresses import csrf_token
from tests.browsing import form_in, submit, words_of
from tests.conftest import settings
from tests.people import World

FORM = "/start?fellowship=stay-clean"
ASKED = {
    "town": "9401 ab",
    "weekday": "2",
    "start": "20:00",
    "words": "Met twee anderen.",
    "name": "Mees",
    "contact": "mees@example.org",
    "consent": "y",
}


def ask(client: FlaskClient, **fields):
    return submit(client, FORM, to="/start", **(ASKED | fields))


def requests(app: Flask) -> list[FoundingRequest]:
    with app.app_context():
        return list(db.session.query(FoundingRequest))


def letters(app: Flask) -> list[Letter]:
    with app.app_context():
        return list(db.session.query(Letter).order_by(Letter.id))


def own_page(app: Flask, client: FlaskClient, **fields) -> str:
    """Ask, and return the address in the letter."""
    ask(client, **fields)
    return f"/start/{letters(app)[-1].values['key']}"


def confirmed(app: Flask, client: FlaskClient) -> str:
    page = own_page(app, client)
    assert submit(client, page, to=f"{page}/confirm").status_code == 303
    return page


def answer(app: Flask, deed, what) -> None:
    with app.app_context():
        olaf = db.session.query(Account).filter_by(email="olaf@example.org").one()
        deed(db.session.query(FoundingRequest).one(), what, by=olaf)


def test_mees_asks_confirms_by_mail_and_follows_it(client: FlaskClient, app: Flask, world: World):
    answer = ask(client)

    assert (answer.status_code, answer.location) == (303, "/start/sent")
    assert "Kijk nu in je mail" in client.get("/start/sent").text
    [request] = requests(app)
    assert (request.town, request.province, request.weekday) == ("Assen", "Drenthe", 2)
    assert (request.name, request.words, request.consent_text) == (
        "Mees",
        ASKED["words"],
        "2026-11",
    )
    [letter] = letters(app)
    assert (letter.kind, letter.recipient) == ("request_confirm", "mees@example.org")

    page = f"/start/{letter.values['key']}"
    shown = client.get(page).text
    assert "Klopt dit?" in shown
    assert "Dinsdag, 20.00" in shown
    assert requests(app)[0].confirmed_at is None  # looking confirms nothing
    said = submit(client, page, to=f"{page}/confirm")
    assert (said.status_code, said.location) == (303, page)
    assert "Je vraag is aangekomen" in client.get(page).text
    assert [one.kind for one in letters(app)] == ["request_confirm", "request_waits"]


def test_without_a_fellowship_one_is_chosen_first(client: FlaskClient, world: World):
    page = client.get("/start?town=9401").text

    assert "/start?fellowship=stay-clean&amp;town=Assen" in page
    assert "kun je het hier niet vragen" not in page
    assert "kun je het hier niet vragen" in client.get("/start?fellowship=nergens").text
    assert (
        client.post(
            "/start", data={"csrf_token": csrf_token(client.application, client)}
        ).status_code
        == 422
    )


def test_the_town_of_a_search_is_filled_in_and_a_position_is_not(client: FlaskClient, world: World):
    assert 'value="Assen"' in client.get(f"{FORM}&town=9401").text
    assert 'value="52.09' not in client.get(f"{FORM}&town=52.09,5.12").text


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"town": ""}, "Vul dit nog in"),
        ({"town": "x" * 81}, "Houd het bij 80 tekens"),
        ({"name": ""}, "Vul dit nog in"),
        ({"name": "x" * 41}, "Houd het bij 40 tekens"),
        ({"words": "x" * 601}, "Houd het bij 600 tekens"),
        ({"contact": ""}, "Vul dit nog in"),
        ({"contact": "mees"}, "Dit is geen mailadres"),
        ({"consent": None}, "Zet hier een vinkje"),
        ({"weekday": "8"}, "Kies"),
        ({"start": "25:00"}, "Not a valid time value"),
        ({"ask_key": "x"}, "Ga terug"),
    ],
)
def test_what_does_not_fit_is_said_at_its_field_and_kept(
    client: FlaskClient, app: Flask, world: World, fields: dict, sentence: str
):
    answer = ask(client, **fields)

    assert answer.status_code == 422
    if "start" not in fields and "weekday" not in fields:
        assert sentence in answer.text
    assert ASKED["words"] in answer.text or "words" in fields
    assert requests(app) == []
    assert letters(app) == []


def test_a_field_that_something_filled_in_unseen_costs_a_person_one_more_press(
    client: FlaskClient, app: Flask, world: World
):
    again = ask(client, trap="https://keeper.example")
    assert again.status_code == 422
    assert requests(app) == []
    assert ASKED["words"] in again.text

    client.post("/start", data=form_in(again.text))

    assert [one.name for one in requests(app)] == ["Mees"]


def test_the_controller_of_the_fellowship_stands_beside_the_tick(
    client: FlaskClient, app: Flask, world: World
):
    assert "Verantwoordelijk hiervoor: Stay Clean." in client.get(FORM).text
    with app.app_context():
        find_fellowship("stay-clean").controller = "Stichting Stay Clean, Utrecht"
        db.session.commit()

    assert "Verantwoordelijk hiervoor: Stichting Stay Clean, Utrecht." in client.get(FORM).text


def test_no_page_of_it_is_kept_or_found_by_others(client: FlaskClient, app: Flask, world: World):
    for address in ("/start", FORM, "/start/sent", own_page(app, client)):
        answer = client.get(address)
        assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
        assert answer.headers["Cache-Control"] == "no-store"
        assert "<title>Een vraag</title>" in answer.text
    assert "Disallow: /start" in client.get("/robots.txt").text
    assert "/start" not in client.get("/sitemap.xml").text
    assert masked("GET /start/abcDEF123?x=1") == "GET /start/…?x=1"


def test_finder_and_fellowship_lead_there(client: FlaskClient, world: World):
    nothing = client.get("/?q=nergens&near=Emmen").text

    assert 'href="/start?town=Emmen"' in nothing
    assert 'href="/start?fellowship=stay-clean"' in client.get("/fellowships/stay-clean").text


DUTCH = re.compile(r"\b(je|een|het|niet|wij|groep|vraag|zij)\b", re.IGNORECASE)


def said_in_english(client: FlaskClient, address: str) -> str:
    """Return what the body of a page says in English, and see that nothing Dutch is left in it."""
    page = client.get(f"{address}{'&' if '?' in address else '?'}lang=en").text
    assert '<html lang="en"' in page
    body = words_of(page.partition("<main")[2].partition("</main>")[0])
    assert DUTCH.search(body) is None, (address, DUTCH.search(body))
    return body


def test_every_page_and_state_is_worded_in_english_too(
    client: FlaskClient, app: Flask, world: World
):
    own = own_page(app, client, words="")
    assert "Whose group will it be?" in said_in_english(client, "/start")
    assert "Start a group" in said_in_english(client, FORM)
    assert "Now look in your email" in said_in_english(client, "/start/sent")
    assert "Is this right?" in said_in_english(client, own)
    assert "Are you sure?" in said_in_english(client, f"{own}/withdraw")
    submit(client, own, to=f"{own}/confirm")
    assert "Your request has arrived" in said_in_english(client, own)
    olaf = world.olaf.client()
    for address in ("", "/1", "/1/found", "/1/ask", "/1/not-yet"):
        assert said_in_english(olaf, f"/national/stay-clean/requests{address}")
    answer(app, ask_back, "Where?")
    assert "We have a question for you" in said_in_english(client, own)
    answer(app, answer_not_yet, "There is one.")
    assert "Not yet" in said_in_english(client, own)
    answer(app, found_as_asked, Plan("Assen", "Assen"))
    assert "The answer is yes" in said_in_english(client, own)
    with app.app_context():
        for letter in db.session.query(Letter).filter(Letter.kind.startswith("request_")):
            subject, body = word_letter(letter.kind, "en", letter.values, "https://x")
            assert DUTCH.search(subject + body) is None, letter.kind


@pytest.fixture
def guarded(sqlite_url: str, world: World) -> Any:
    """As a site stands on the web: limits on."""
    return create_app(settings(sqlite_url, TWAALF_LIMITS="on"))


def from_network(app: Flask, number: int, **fields):
    """Ask from a network of one's own, as slowly as a person does."""
    client = app.test_client()
    client.environ_base["REMOTE_ADDR"] = f"192.0.2.{number}"
    with time_machine.travel(clock.now() - timedelta(seconds=20)):
        page = client.get(FORM)
    assert page.status_code == 200
    shown = re.search(r'name="shown"[^>]*value="([^"]+)"', page.text)
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.text)
    key = re.search(r'name="ask_key"[^>]*value="([^"]+)"', page.text)
    assert shown
    assert token
    assert key
    held = {
        "shown": shown[1],
        "csrf_token": token[1],
        "ask_key": key[1],
        "fellowship": "stay-clean",
    }
    return client.post("/start", data=held | ASKED | fields)


def test_of_a_network_that_sends_much_patience_is_asked(guarded: Flask):
    """Who types for twenty seconds does not notice it before the ninth within the hour."""
    codes = [
        from_network(guarded, 1, contact=f"m{number}@example.org").status_code
        for number in range(9)
    ]

    assert codes == [303] * 8 + [429]


def test_nobody_floods_an_address_and_nobody_learns_that_others_wrote_to_it(guarded: Flask):
    answers = [from_network(guarded, number) for number in range(1, 6)]
    upper = from_network(guarded, 9, contact="Mees@Example.org")

    assert {(one.status_code, one.location) for one in [*answers, upper]} == {(303, "/start/sent")}
    assert len(letters(guarded)) == 3
    assert len(requests(guarded)) == 6  # as much work, so that no clock tells
