"""Pages about the house: self-help, under sixteen, accessibility; and a group's name and one evening."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.db import db
from app.formats.upkeep.accessibility import read_statement
from app.records.fellowships import Fellowship
from app.records.groups import Group
from tests.browsing import words_of
from tests.people import World


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("path", ["/over-zelfhulp", "/jonger-dan-zestien", "/toegankelijkheid"])
def test_the_page_is_there(client: FlaskClient, world: World, path: str, language: str):
    assert client.get(f"{path}?lang={language}").status_code == 200


def test_the_statement_says_what_is_not_met_in_the_readers_language(
    client: FlaskClient, world: World
):
    [fault] = read_statement().faults

    assert fault.words["nl"] in client.get("/toegankelijkheid").text
    assert fault.words["en"] in client.get("/toegankelijkheid?lang=en").text


def test_a_fellowship_says_who_may_come_and_how_it_is_called(
    app: Flask, client: FlaskClient, world: World
):
    with app.app_context():
        db.session.query(Fellowship).update(
            {"full_name": "Schoon Blijven", "closed_words": "alleen voor wie wil stoppen"}
        )
        db.session.query(Group).update({"is_open": False})
        db.session.commit()
    page = words_of(client.get("/groups/oost").text)
    assert "Stay Clean, Schoon Blijven" in page
    assert "Gesloten: alleen voor wie wil stoppen." in page
    assert "Jonger dan zestien?" not in page

    with app.app_context():
        db.session.query(Fellowship).update({"under_sixteen": True})
        db.session.commit()

    assert "Stay Clean, Schoon Blijven" in client.get("/").text
    assert "Stay Clean" in client.get("/jonger-dan-zestien").text
    assert "Jonger dan zestien?" in client.get("/groups/oost?x=1").text
