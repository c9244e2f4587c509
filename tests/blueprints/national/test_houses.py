"""Which addresses are one building is for an office to say, of its own groups alone."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.db import db
from app.records.groups import find_group
from tests.addresses import csrf_token
from tests.people import Person

HOUSES = "/national/stay-clean/houses"


@pytest.fixture
def two_spellings(app: Flask, olaf: Person) -> list[int]:
    """The places of Oost and West, which the list writes down in two ways."""
    with app.app_context():
        oost, west = (find_group(slug).slots[0].place for slug in ("oost", "west"))
        west.street, west.town = "Lindengracht 93 hoek Palmstraat", "Amsterdam"
        west.postcode = "1015 KG"
        db.session.commit()
        return [oost.id, west.id]


def say(client: FlaskClient, do: str, houses: list[int]) -> int:
    held = {"csrf_token": csrf_token(client.application, client), "do": do, "house": houses}
    return client.post(HOUSES, data=held).status_code


def test_two_addresses_become_one_building_and_two_again(
    olaf: Person, two_spellings: list[int]
) -> None:
    client = olaf.client()
    apart = client.get(HOUSES).text

    assert say(client, "one", two_spellings) == 303
    together = client.get(HOUSES).text
    assert say(client, "apart", two_spellings[:1]) == 303

    assert "telt als één gebouw" not in apart
    assert "telt als één gebouw" in together
    assert "telt als één gebouw" not in client.get(HOUSES).text


def test_one_address_alone_is_not_two(olaf: Person, two_spellings: list[int]) -> None:
    client = olaf.client()

    say(client, "one", two_spellings[:1])

    assert "telt als één gebouw" not in client.get(HOUSES).text


def test_a_place_of_nobody_changes_nothing(olaf: Person, two_spellings: list[int]) -> None:
    client = olaf.client()

    assert say(client, "one", [two_spellings[0], 999_999]) < 500

    assert "telt als één gebouw" not in client.get(HOUSES).text


def test_a_word_finds_a_building(olaf: Person, two_spellings: list[int]) -> None:
    found = olaf.client().get(f"{HOUSES}?q=Palmstraat").text

    assert "Palmstraat" in found
    assert "Oost" not in form_words(found)
    assert "Geen gebouw gevonden." in olaf.client().get(f"{HOUSES}?q=Kerkstraat").text


def form_words(page: str) -> str:
    return page[page.index('<form method="post"') :]


def test_nobody_else_sees_it(anna: Person) -> None:
    assert anna.client().get(HOUSES).status_code == 404
