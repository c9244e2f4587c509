"""Requests for new groups at the officers' desk: read, answered once, never with an address."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.actions.founding_requests import Asker, ask_for_group, confirm_request, withdraw_request
from app.db import db
from app.domain.founding import wish
from app.records.changes import changes_of
from app.records.fellowships import find_fellowship
from app.records.founding_requests import FoundingRequest
from app.records.groups import find_group
from app.records.letters import Letter
from tests.browsing import submit
from tests.people import World

LIST = "/national/stay-clean/requests"
ONE = f"{LIST}/1"


@pytest.fixture
def key(app: Flask, world: World) -> str:
    """Mees asked for a group in Haarlem, where West is, and confirmed it."""
    with app.app_context():
        mees = Asker(
            name="Mees", contact="mees@example.org", words="Met z’n drieën.", consent_text="1"
        )
        ask_for_group(find_fellowship("stay-clean"), wish("Haarlem", 2), mees, ask_key="form")
        key = db.session.query(Letter).one().values["key"]
        confirm_request(key)
        return key


@pytest.fixture
def olaf(world: World) -> FlaskClient:
    return world.olaf.client()


def ask_of(app: Flask) -> Callable[[], FoundingRequest]:
    def read() -> FoundingRequest:
        with app.app_context():
            return db.session.query(FoundingRequest).one()

    return read


def test_an_officer_reads_a_request_beside_the_groups_that_are_there(olaf: FlaskClient, key: str):
    assert "1 aanvraag staat open" in olaf.get(LIST).text

    page = olaf.get(ONE).text

    for said in ("Een groep in Haarlem", "Mees", "Met z’n drieën.", "Dinsdag"):
        assert said in page
    assert 'href="/groups/west"' in page
    assert "plek vrij" in page
    for address in (LIST, ONE, f"{ONE}/found", f"{ONE}/ask", f"{ONE}/not-yet"):
        shown = olaf.get(address).text
        assert "mees@" not in shown
        assert key not in shown


def test_an_officers_first_page_counts_the_requests_that_wait_for_an_answer(
    olaf: FlaskClient, key: str
):
    assert "1 aanvraag voor een nieuwe groep wacht op antwoord" in olaf.get("/national/").text

    submit(olaf, f"{ONE}/ask", words="Met hoeveel zijn jullie?")

    assert "voor een nieuwe groep" not in olaf.get("/national/").text


def test_a_request_that_is_not_confirmed_is_not_there(olaf: FlaskClient, app: Flask, world: World):
    with app.app_context():
        mees = Asker(name="Mees", contact="mees@example.org", words="", consent_text="1")
        ask_for_group(find_fellowship("stay-clean"), wish("Haarlem"), mees, ask_key="form")

    assert "Er staat geen aanvraag open" in olaf.get(LIST).text
    assert olaf.get(ONE).status_code == 404


def test_a_yes_founds_the_group_and_says_what_comes(olaf: FlaskClient, app: Flask, key: str):
    answer = submit(olaf, f"{ONE}/found", name="Haarlem dinsdag", weekday="2", start="20:00")

    assert (answer.status_code, answer.location) == (303, ONE)
    page = olaf.get(ONE).text
    assert "De groep staat er, in oprichting." in page
    assert 'href="/groups/haarlem-dinsdag"' in page
    assert f"{ONE}/ask" not in page
    assert olaf.get(f"{ONE}/found").status_code == 302
    with app.app_context():
        group = find_group("haarlem-dinsdag")
        assert [(one.weekday, one.start.hour) for one in group.slots] == [(2, 20)]


def test_a_day_that_nobody_knows_yet_stays_open(olaf: FlaskClient, app: Flask, key: str):
    assert submit(olaf, f"{ONE}/found").status_code == 303

    with app.app_context():
        assert find_group("haarlem").slots == []


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"name": ""}, "Vul dit nog in"),
        ({"weekday": "2"}, "Vul ook een tijd in"),
        ({"start": "20:00"}, "Kies ook een dag"),
        (
            {"weekday": "2", "start": "20:00", "since": "2026-W01"},
            "Kies deze week of een week die nog komt",
        ),
        ({"weekday": "2", "start": "20:00", "since": "W99"}, "Deze week bestaat niet"),
    ],
)
def test_a_plan_that_does_not_fit_is_said_at_its_field(
    olaf: FlaskClient, app: Flask, key: str, fields: dict, sentence: str
):
    answer = submit(olaf, f"{ONE}/found", **({"town": "Heemstede"} | fields))

    assert answer.status_code == 422
    assert sentence in answer.text
    assert "Heemstede" in answer.text
    assert ask_of(app)().status == "asked"


@pytest.mark.parametrize("number", [2, 2**31, 2**63, 10**30, "x"])
def test_a_number_that_is_no_request_of_theirs_is_not_found(
    olaf: FlaskClient, key: str, number: object
):
    assert olaf.get(f"{LIST}/{number}").status_code == 404


@pytest.mark.parametrize("way", ["ask", "not-yet"])
def test_an_officer_writes_and_the_words_stand_with_the_request(
    olaf: FlaskClient, app: Flask, key: str, way: str
):
    assert submit(olaf, f"{ONE}/{way}", words="").status_code == 422
    assert submit(olaf, f"{ONE}/{way}", words="Is er een zaal?").location == ONE

    assert "Is er een zaal?" in olaf.get(ONE).text
    assert ask_of(app)().status == way.replace("ask", "asked_back").replace("-", "_")


def test_the_second_officer_reads_who_was_first_and_keeps_what_they_typed(
    olaf: FlaskClient, app: Flask, world: World, key: str
):
    page = olaf.get(f"{ONE}/found")
    assert page.status_code == 200
    old = {"version": "2", "name": "Haarlem Zuid", "town": "Haarlem", "weekday": "0"}
    submit(olaf, f"{ONE}/ask", words="Is er een zaal?")

    late = submit(olaf, f"{ONE}/found", **(old | {"version": "1"}))

    assert late.status_code == 422
    assert "veranderd door Olaf" in late.text
    assert "Haarlem Zuid" in late.text
    assert "Is er een zaal?" in late.text
    assert 'name="version" type="hidden" value="2"' in late.text
    assert submit(olaf, f"{ONE}/found", **old).status_code == 303


def test_who_withdrew_is_named_nowhere_and_not_written_to(
    olaf: FlaskClient, app: Flask, world: World, key: str
):
    with app.app_context():
        withdraw_request(key)

    assert "ingetrokken" in olaf.get(LIST).text
    page = olaf.get(ONE).text
    assert "Mees" not in page
    assert "heeft alles gewist" in page
    assert "Wat antwoord je?" not in page


def test_the_log_of_the_group_says_how_it_came(
    world: World, app: Flask, olaf: FlaskClient, key: str
):
    submit(olaf, f"{ONE}/found")

    with app.app_context():
        [change] = changes_of(find_group("haarlem").id)
        assert change.deed == "found_as_asked"
        assert "Mees" not in repr(change.after)
