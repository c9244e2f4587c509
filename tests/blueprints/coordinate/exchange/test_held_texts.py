"""Words of a list that name a number or a person wait for a coordinator, and are shown to nobody."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import clock
from app.db import db
from app.domain.exchange.held_texts import Decision
from app.records.contacts import ContactRecord
from app.records.exchange.held_texts import HeldTextRecord
from app.records.groups import find_group
from tests.addresses import csrf_token
from tests.blueprints.evenings import seat
from tests.people import Person, World

HELD = "/coordinate/oost/held"
NUMBER = "Vragen? Bel Piet 06 12345678"
MAIL = "Vragen? Mail Piet: piet@example.org"


def hold(app: Flask, words: str) -> int:
    """Let a list have said these words of Oost; return the number of the text."""
    with app.app_context():
        held = HeldTextRecord(
            group_id=find_group("oost").id,
            field="description",
            finding="number",
            words=words,
            digest=words,
            made_at=clock.now(),
        )
        db.session.add(held)
        db.session.commit()
        return held.id


def decide(client: FlaskClient, held_id: int, do: str) -> str:
    held = {"csrf_token": csrf_token(client.application, client), "do": do}
    answer = client.post(f"{HELD}/{held_id}", data=held)
    assert answer.status_code in (302, 303, 404)
    return answer.location or ""


def kept(app: Flask, held_id: int) -> tuple[str | None, str | None]:
    with app.app_context():
        held = db.session.get_one(HeldTextRecord, held_id)
        return held.decision, held.words


def test_nobody_reads_it_before_somebody_decided(app: Flask, anna: Person) -> None:
    hold(app, NUMBER)

    assert NUMBER in anna.client().get(HELD).text
    assert "12345678" not in app.test_client().get("/groups/oost").text


def test_what_may_be_shown_is_shown(app: Flask, anna: Person) -> None:
    held_id = hold(app, NUMBER)

    decide(anna.client(), held_id, Decision.SHOWN)

    assert "12345678" in app.test_client().get("/groups/oost").text
    assert kept(app, held_id) == (Decision.SHOWN, None)


def test_what_is_for_participants_stands_on_their_page_alone(app: Flask, anna: Person) -> None:
    [page] = seat(app, "Kim")
    held_id = hold(app, NUMBER)

    decide(anna.client(), held_id, Decision.PARTICIPANTS)

    visitor = app.test_client()
    assert "12345678" in visitor.get(page).text
    assert "12345678" not in visitor.get("/groups/oost").text


def test_what_is_removed_is_gone(app: Flask, anna: Person) -> None:
    held_id = hold(app, NUMBER)

    decide(anna.client(), held_id, Decision.REMOVED)

    assert kept(app, held_id) == (Decision.REMOVED, None)
    assert NUMBER not in anna.client().get(HELD).text


def test_whom_it_names_is_asked_before_anybody_sees_a_name(app: Flask, anna: Person) -> None:
    held_id = hold(app, MAIL)

    decide(anna.client(), held_id, Decision.CONTACT)

    with app.app_context():
        [contact] = db.session.query(ContactRecord)
        assert (contact.name, contact.email, contact.agreed_at) == (
            "Piet",
            "piet@example.org",
            None,
        )
    assert "Piet" not in app.test_client().get("/groups/oost").text


def test_without_an_address_the_form_of_contact_persons_asks_for_it(
    app: Flask, anna: Person
) -> None:
    held_id = hold(app, NUMBER)

    assert decide(anna.client(), held_id, Decision.CONTACT) == "/coordinate/oost/contacts/new"
    assert kept(app, held_id) == (None, NUMBER)


@pytest.mark.parametrize("do", ["", "everything", "shown "])
def test_what_no_button_says_changes_nothing(app: Flask, anna: Person, do: str) -> None:
    held_id = hold(app, NUMBER)

    decide(anna.client(), held_id, do)

    assert kept(app, held_id) == (None, NUMBER)


def test_another_group_decides_nothing(app: Flask, world: World) -> None:
    held_id = hold(app, NUMBER)
    client = world.ben.client()
    held = {"csrf_token": csrf_token(app, client), "do": Decision.SHOWN}

    for slug in ("oost", "west"):
        assert client.post(f"/coordinate/{slug}/held/{held_id}", data=held).status_code == 404

    assert kept(app, held_id) == (None, NUMBER)
