"""Sponsors and the second group, as participants meet them on their own page."""

import re
from datetime import time

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.actions.seats import Ask, ask_for_seat, confirm_seat
from app.actions.second_group import ask_the_line, found_sister
from app.db import db
from app.domain.keys import hash_of
from app.records.accounts import Account
from app.records.groups import find_group
from app.records.participants import find_participant
from tests.browsing import names_on, submit
from tests.people import Person, World


def seated(app: Flask, *names: str) -> dict[str, str]:
    """Give these people a seat in Oost for good; return the address of each one's own page."""
    with app.app_context():
        group = find_group("oost")
        assert group is not None
        keys = {
            name: ask_for_seat(group, Ask(name, "1"), ask_key=f"form-{name}").key for name in names
        }
        for key in keys.values():
            confirm_seat(key, by_mail=True)
        return {name: f"/seat/{key}" for name, key in keys.items()}


@pytest.fixture
def pages(app: Flask, world: World) -> dict[str, str]:
    return seated(app, "Kim", "Sam")


def tap(client: FlaskClient, page: str, words: str):
    """Send the form whose button says this."""
    found = re.findall(
        r'<form method="post" action="([^"]+)">(?:(?!</form>).)*<button[^>]*>' + words,
        client.get(page).text,
        re.DOTALL,
    )
    assert len(found) == 1, (words, found)
    return submit(client, page, to=found[0])


def mark(client: FlaskClient, page: str, **marks: str) -> None:
    assert submit(client, page, to=f"{page}/sponsor", **marks).status_code == 303


def test_one_looks_the_other_is_willing_and_both_say_yes(
    client: FlaskClient, pages: dict[str, str]
) -> None:
    mark(client, pages["Sam"], willing="y")
    assert "Sam" not in names_on(client, pages["Kim"])
    mark(client, pages["Kim"], looking="y")

    tap(client, pages["Kim"], "Vraag Sam")
    assert "Je vroeg Sam. Er is nog geen antwoord." in client.get(pages["Kim"]).text
    assert "Kim vraagt of jij sponsor wilt zijn." in client.get(pages["Sam"]).text
    tap(client, pages["Sam"], "Ja, dat wil ik")

    assert "Sam is je sponsor." in client.get(pages["Kim"]).text
    assert "Je bent sponsor van Kim." in client.get(pages["Sam"]).text
    tap(client, pages["Kim"], "Stop hiermee")
    assert "sponsor van Kim" not in client.get(pages["Sam"]).text


def test_who_does_not_look_sees_nobodys_name(app: Flask, client: FlaskClient, pages) -> None:
    mark(client, pages["Sam"], willing="y")

    assert "Sam" not in names_on(client, pages["Kim"])


def test_it_speaks_english(client: FlaskClient, pages: dict[str, str]) -> None:
    assert "Someone beside you" in client.get(pages["Kim"] + "?lang=en").text


def test_neither_coordinator_nor_log_knows_of_a_pair(
    client: FlaskClient, pages: dict[str, str], anna: Person
) -> None:
    mark(client, pages["Sam"], willing="y")
    mark(client, pages["Kim"], looking="y")
    tap(client, pages["Kim"], "Vraag Sam")

    log = names_on(anna.client(), "/coordinate/oost/changes")

    assert "Sam" not in log
    assert "Kim" not in log


def test_the_coordinator_sees_the_two_marks_and_no_pair(
    app: Flask, client: FlaskClient, pages: dict[str, str], anna: Person
) -> None:
    mark(client, pages["Sam"], willing="y")
    mark(client, pages["Kim"], looking="y")
    tap(client, pages["Kim"], "Vraag Sam")
    with app.app_context():
        kim = find_participant(hash_of(pages["Kim"].removeprefix("/seat/")))
        assert kim is not None
        number = kim.id

    page = names_on(anna.client(), f"/coordinate/oost/circle/{number}")

    assert "zoekt een sponsor" in page
    assert "Sam" not in page


def test_who_waits_moves_to_the_second_group_with_one_tap(
    app: Flask, client: FlaskClient, world: World
) -> None:
    pages = seated(app, *(f"Iemand {number}" for number in range(13)))
    last = pages["Iemand 12"]
    with app.app_context():
        anna, oost = db.session.get_one(Account, world.anna.id), find_group("oost")
        second = found_sister(oost, name="Oost 2", weekday=2, start=time(20), by=anna)
        ask_the_line(oost, second, by=anna)

    assert "In Oost 2 is plek voor je." in client.get(last).text
    tap(client, last, "Ja, ik ga daarheen")

    assert "De groep: Oost 2." in client.get(last).text
    with app.app_context():
        person = find_participant(hash_of(last.removeprefix("/seat/")))
        assert person is not None
        assert (person.seat, person.hold) == (1, "asked")


def test_founding_a_second_group_asks_the_line_when_the_coordinator_wants_it(
    app: Flask, client: FlaskClient, anna: Person
) -> None:
    pages = seated(app, *(f"Iemand {number}" for number in range(14)))

    answer = submit(
        anna.client(), "/coordinate/oost/sister", name="Oost 2", weekday="2", start="20:00"
    )

    assert answer.status_code == 303
    assert "Er komt een tweede groep" in client.get(pages["Iemand 12"]).text
    tap(client, pages["Iemand 12"], "Nee, ik blijf op de wachtlijst")
    assert "Er komt een tweede groep" not in client.get(pages["Iemand 12"]).text
