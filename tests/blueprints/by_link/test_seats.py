"""A participant's own page: what it shows, and what one can do there without an account."""

import json
import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import clock as app_clock
from app.actions.chairs import offer_claim, release_seat, set_chairs_taken, set_seating, take_chair
from app.actions.seats import Ask, ask_for_seat, settle_seats
from app.db import db
from app.domain.keys import hash_of, mail_proof
from app.domain.seating import Hold, Seating
from app.records.accounts import Account
from app.records.groups import find_group
from app.records.letters import Letter
from app.records.participants import ParticipantRecord, find_participant, people_of
from tests.browsing import form_on, names_on, submit, words_of
from tests.conftest import SECRET_KEY
from tests.people import World

pytestmark = pytest.mark.usefixtures("clock", "world")


def ask(app: Flask, alias: str = "Kim", contact: str = "") -> str:
    """Return the address of the page of someone who asked for a seat."""
    with app.app_context():
        given = Ask(alias, "1", contact=contact)
        return f"/seat/{ask_for_seat(find_group('oost'), given, ask_key=f'form-of-{alias}').key}"


def of(app: Flask, page: str) -> ParticipantRecord | None:
    with app.app_context():
        return find_participant(hash_of(page.removeprefix("/seat/")))


def proof(page: str) -> str:
    return mail_proof(SECRET_KEY, page.removeprefix("/seat/"))


def by_anna(app: Flask, deed, *args):
    with app.app_context():
        anna = db.session.query(Account).filter_by(email="anna@example.org").one()
        return deed(find_group("oost"), *args, by=anna)


def kinds(app: Flask) -> list[str]:
    with app.app_context():
        return [one.kind for one in db.session.query(Letter).order_by(Letter.id)]


@pytest.fixture
def page(app: Flask) -> str:
    return ask(app, contact="kim@example.org")


def test_the_page_says_where_and_when_and_that_the_seat_is_held(client: FlaskClient, page: str):
    shown = words_of(client.get(page).text)

    for told in (
        "Je vraag is binnen",
        "Er is nu plek in deze groep.",
        "tot donderdag 26 november, 13.00",
        "Lindengracht 93",
        "De groene deur naast het café.",
        "Op je telefoon staat alleen: Afspraak",
        "maandag 30 november",
    ):
        assert told in shown


def test_the_page_is_private_and_its_title_tells_nothing(client: FlaskClient, page: str):
    answer = client.get(page)

    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert re.search("<title>(.*)</title>", answer.text)[1] == "Je plek"


@pytest.mark.parametrize(
    "address", ["/seat/x", "/seat/" + "a" * 32, "/seat/x/data.json", "/seat/x/leave", "/claim/x"]
)
def test_an_unknown_key_is_not_found(client: FlaskClient, address: str):
    assert client.get(address).status_code == 404


def test_the_link_in_the_letter_confirms_and_the_page_alone_does_not(
    client: FlaskClient, app: Flask, page: str
):
    without = form_on(client, f"{page}/leave")
    assert "Ja, ik kom" not in client.get(page).text
    assert client.post(f"{page}/confirm", data=without).status_code == 422
    assert of(app, page).hold == Hold.ASKED

    answer = submit(client, f"{page}?m={proof(page)}", to=f"{page}/confirm")

    assert (answer.status_code, answer.location) == (303, page)
    assert of(app, page).hold is None
    assert "Je hebt een plek" in client.get(page).text


@pytest.mark.parametrize("wrong", ["", "x", "é", "a" * 32])
def test_a_proof_cannot_be_made_up(client: FlaskClient, app: Flask, page: str, wrong: str):
    held = form_on(client, f"{page}/leave") | {"m": wrong}

    assert client.post(f"{page}/confirm", data=held).status_code == 422
    assert of(app, page).hold == Hold.ASKED


def test_an_address_given_later_brings_the_letter_with_the_link(client: FlaskClient, app: Flask):
    page = ask(app)
    assert "Vul mijn mailadres in" in client.get(page).text

    submit(client, f"{page}/letters", contact="kim@example.org", wanted="y")

    assert "seat_given" in kinds(app)


def test_letters_are_turned_off_and_the_address_forgotten(
    client: FlaskClient, app: Flask, page: str
):
    submit(client, f"{page}/letters", wanted=None)
    assert (of(app, page).wants_letters, of(app, page).contact) == (False, "kim@example.org")

    submit(client, f"{page}/letters", contact="")
    assert of(app, page).contact is None

    answer = submit(client, f"{page}/letters", wanted="y")
    assert answer.status_code == 422
    assert "Vul een mailadres in" in answer.text


def test_a_mail_program_turns_letters_off_by_one_post_and_a_get_does_not(
    client: FlaskClient, app: Flask, page: str
):
    """RFC 8058 3.1: no cookie, no token."""
    off = f"{page}/letters/off"
    assert client.get(off).status_code == 200
    assert of(app, page).wants_letters

    answer = app.test_client().post(off, data={"List-Unsubscribe": "One-Click"})

    assert answer.status_code == 303
    assert not of(app, page).wants_letters
    assert of(app, page).contact == "kim@example.org"


def test_the_button_on_the_page_turns_letters_off_too(client: FlaskClient, app: Flask, page: str):
    assert submit(client, f"{page}/letters/off").status_code == 303
    assert not of(app, page).wants_letters


def test_no_other_deed_works_without_a_token(client: FlaskClient, app: Flask, page: str):
    for deed in ("confirm", "leave", "letters", "letters/off", "name", "feed"):
        assert app.test_client().post(f"{page}/{deed}").status_code == 400


def test_giving_up_asks_first_and_then_erases_at_once(client: FlaskClient, app: Flask, page: str):
    sure = client.get(f"{page}/leave")
    assert "Weet je het zeker?" in sure.text
    assert of(app, page) is not None

    answer = submit(client, f"{page}/leave")

    assert answer.status_code == 303
    assert of(app, page) is None
    over = client.get(page)
    assert over.status_code == 410
    assert "Je gaf je plek op dinsdag 24 november op." in words_of(over.text)
    assert client.get(f"{page}/data.json").status_code == 410
    assert "Oost" not in over.text
    assert "seat_given" not in kinds(app), "letters to who left are erased with them"


def test_who_leaves_makes_room_for_the_first_in_line_who_says_yes(client: FlaskClient, app: Flask):
    first = ask(app, contact="kim@example.org")
    submit(client, f"{first}?m={proof(first)}", to=f"{first}/confirm")
    by_anna(app, set_chairs_taken, 12)
    waiting = ask(app, "Lou", contact="lou@example.org")
    assert "Je bent de eerste op de wachtlijst." in client.get(waiting).text
    assert "In je agenda" not in client.get(waiting).text

    submit(client, f"{first}/leave")
    shown = client.get(waiting).text
    assert "Er kwam een plek vrij en jij bent aan de beurt." in shown
    assert "moved_up" in kinds(app)
    held = form_on(client, f"{waiting}/leave")
    assert client.post(f"{waiting}/confirm", data=held).status_code == 422
    submit(client, f"{waiting}?m={proof(waiting)}", to=f"{waiting}/confirm")

    assert of(app, waiting).hold is None
    assert "Je hebt een plek" in client.get(waiting).text


def test_who_waits_does_not_read_a_hidden_address(client: FlaskClient, app: Flask):
    by_anna(app, set_chairs_taken, 12)
    page = ask(app)
    with app.app_context():
        find_group("oost").slots[0].visibility = "town"
        db.session.commit()

    assert "Lindengracht" not in client.get(page).text


def test_who_is_welcomed_has_nothing_to_do(client: FlaskClient, app: Flask):
    by_anna(app, set_seating, Seating.WELCOMES)

    shown = client.get(ask(app)).text

    assert "De coördinator heet je welkom. Je hoeft niets te doen." in shown
    assert "Ja, ik kom" not in shown


def test_all_that_is_stored_is_shown_and_can_be_taken_along(
    client: FlaskClient, app: Flask, page: str
):
    answer = client.get(f"{page}/data.json")
    stored = json.loads(answer.text)

    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert (stored["name"], stored["contact"]) == ("Kim", "kim@example.org")
    # Which seat would tell how many have one: the lowest free is given.
    assert (stored["place"], stored["place_in_line"]) == ("asked", None)
    assert "stoel 1" not in client.get(page).text
    assert stored["consent"]["text"] == "1"
    assert [one["kind"] for one in stored["letters"]] == ["seat_given"]
    assert "kim@example.org" in client.get(page).text


def test_another_name_is_as_good(client: FlaskClient, app: Flask, page: str):
    submit(client, f"{page}/name", alias="  Zee   ster ")

    assert of(app, page).alias == "Zee ster"


def test_a_calendar_gets_another_address_by_a_button(client: FlaskClient, app: Flask, page: str):
    def calendar() -> str:
        return re.search(r"/feeds/[\w-]+/agenda\.ics", client.get(page).text)[0]

    before = calendar()
    assert "Lindengracht" in client.get(before).text
    submit(client, page, to=f"{page}/feed")

    assert calendar() != before
    quiet = client.get(before)
    assert (quiet.status_code, quiet.text.count("BEGIN:VEVENT")) == (200, 1)
    assert "SUMMARY:Afspraak" in quiet.text
    assert "Lindengracht" not in quiet.text
    assert "Lindengracht" in client.get(calendar()).text


def test_who_asked_by_phone_takes_the_chair_with_a_link_once(client: FlaskClient, app: Flask):
    with app.app_context():
        anna = db.session.query(Account).filter_by(email="anna@example.org").one()
        chair = take_chair(find_group("oost"), by=anna)
        key = offer_claim(find_group("oost"), chair.id, by=anna)
    claim = f"/claim/{key}"

    assert submit(client, claim, alias="Kim").status_code == 422
    answer = submit(client, claim, alias="Kim", consent="y")

    assert answer.status_code == 303
    assert (of(app, answer.location).alias, of(app, answer.location).seat) == ("Kim", 1)
    assert client.get(claim).status_code == 404
    assert "Je hebt een plek" in client.get(answer.location).text


def test_a_hold_that_ran_out_says_so_in_a_letter_that_outlives_the_row(
    app: Flask, page: str, clock, client: FlaskClient
):
    clock.shift(timedelta(hours=48))
    with app.app_context():
        settle_seats(find_group("oost").id)

    over = client.get(page)
    assert over.status_code == 410
    assert "niemand bevestigde hem" in words_of(over.text)
    assert "/" in re.findall(r'href="([^"]*)"', over.text)
    assert [kind for kind in kinds(app) if kind != "someone_asked"] == ["seat_ended"]


def test_sending_letters_first_ends_the_holds_that_ran_out(app: Flask, page: str, clock):
    clock.shift(timedelta(hours=48))

    app.test_cli_runner().invoke(args=["letters", "send"])

    assert of(app, page) is None


def test_a_released_person_is_told(app: Flask, page: str):
    by_anna(app, release_seat, of(app, page).id)

    assert "seat_ended" in kinds(app)


def test_the_page_reads_well_in_english(client: FlaskClient, page: str):
    shown = words_of(client.get(f"{page}?lang=en").text)

    assert "Your request has arrived" in shown
    assert "We keep your request until Thursday 26 November, 13:00" in shown
    assert not re.search(r"\b(plek|wachtlijst|bewaren)\b", shown)


def test_nobody_else_stands_on_the_page(client: FlaskClient, app: Flask, page: str):
    ask(app, "Zeldzaam", contact="zeldzaam@example.org")

    assert "eldzaam" not in client.get(page).text + client.get(f"{page}/data.json").text


def test_no_name_and_no_key_stands_in_the_log_of_changes(app: Flask, page: str, world: World):
    by_anna(app, release_seat, of(app, page).id)

    shown = names_on(world.anna.client(), "/coordinate/oost/changes")

    assert "Iemand vroeg een plek" in shown
    assert "Kim" not in shown
    with app.app_context():
        assert people_of(find_group("oost").id) == []


def test_the_page_says_that_the_mail_did_not_arrive_and_leads_to_another_address(
    app: Flask, client: FlaskClient
) -> None:
    page = ask(app, contact="kim@example.org")
    with app.app_context():
        (person,) = people_of(find_group("oost").id)
        person.mail_refused_at = app_clock.now()
        db.session.commit()

    words = words_of(client.get(page).text)

    assert "De mail aan kim@example.org kwam niet aan. Klopt dat adres?" in words
    assert "Kijk in je mail" not in words
    submit(client, f"{page}/letters", contact="kim@example.com", wanted="y")
    assert "kwam niet aan" not in words_of(client.get(page).text)
