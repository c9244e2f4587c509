"""A link in a letter works as mail programs and people pass it on."""

import secrets
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_security.recoverable import generate_reset_password_token
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import update

from app.db import db
from app.domain.keys import (
    BEHIND,
    KEY_BYTES,
    as_it_was,
    hash_of,
    is_mail_proof,
    mail_proof,
    personal_key,
)
from app.records.accounts import Account
from app.records.contacts import ContactRecord
from app.records.founding_requests import FoundingRequest
from app.records.groups import KEY_BYTES as GROUP_KEY_BYTES
from app.records.groups import Group, find_group
from app.records.invitations import Invitation
from app.records.links import Link
from app.records.participants import ParticipantRecord
from tests import addresses
from tests.addresses import lay_out
from tests.people import World

HELD = {
    "seat": (ParticipantRecord.key_hash, addresses.SEAT_KEY),
    "claim": (ParticipantRecord.claim_hash, addresses.CLAIM_KEY),
    "contacts": (ContactRecord.key_hash, addresses.CONTACT_KEY),
    "invitations": (Invitation.key_hash, addresses.INVITATION_KEY),
    "start": (FoundingRequest.key_hash, addresses.REQUEST_KEY),
    "confirm": (Link.key_hash, addresses.CONFIRM_KEY),
    "count": (Link.key_hash, addresses.COUNT_KEY),
}
"""Every address with a key in it, the column that knows the key, and the key of the tests."""


@pytest.fixture
def old_keys(app: Flask, world: World) -> dict[str, str]:
    """Keys as they were made before, that end in what mail programs leave out, by address."""
    lay_out(app, world)
    found = {}
    with app.app_context():
        for number, (name, (column, key)) in enumerate(HELD.items()):
            found[name] = f"{name:x<31}"[:31] + "-_"[number % 2]
            changed = db.session.execute(
                update(column.class_)
                .where(column == hash_of(key))
                .values({column.key: hash_of(found[name])})
            )
            assert changed.rowcount == 1
        db.session.commit()
    return found


@pytest.mark.parametrize("length", [KEY_BYTES, GROUP_KEY_BYTES])
def test_a_new_key_ends_in_a_letter(length: int):
    ends = {secrets.token_urlsafe(length)[-1] for _ in range(500)}

    assert ends <= set("AEIMQUYcgkosw048")


@given(secret=st.text(min_size=1, max_size=9), key=st.text(max_size=40))
def test_the_proof_of_a_letter_ends_so_too_and_is_known_when_cut(secret: str, key: str):
    proof = mail_proof(secret, key)
    before = personal_key(secret, 0, f"mail:{key}")

    assert proof[-1].isalnum()
    for given_back in (proof, before, before.rstrip("-_"), f"{proof}.", f"{proof}>)"):
        assert is_mail_proof(given_back, secret, key)
    assert not is_mail_proof(proof[:-1], secret, key)
    assert not is_mail_proof("", secret, key)


@pytest.mark.parametrize("name", HELD)
def test_an_old_key_works_whole_and_without_its_end(
    client: FlaskClient, old_keys: dict[str, str], name: str
):
    address = f"/{name}/{old_keys[name]}"

    whole = client.get(address)
    cut = client.get(address[:-1])

    assert whole.status_code == 200
    assert (cut.status_code, cut.headers["Location"]) == (302, address)


@pytest.mark.parametrize("name", HELD)
@pytest.mark.parametrize("behind", [".", ")", ">", "],", " ", "%20", "”", ".)\n", '"', "?"])
def test_what_stands_behind_a_link_is_forgiven(
    client: FlaskClient, old_keys: dict[str, str], name: str, behind: str
):
    address = f"/{name}/{old_keys[name]}"

    for typed in (address, address[:-1]):
        answer = client.get(typed + quote(behind, safe="%?"), follow_redirects=True)
        assert (answer.status_code, answer.request.path) == (200, address)


@pytest.mark.parametrize("name", HELD)
def test_a_key_that_lacks_more_leads_nowhere(
    client: FlaskClient, old_keys: dict[str, str], name: str
):
    key = old_keys[name]

    for wrong in (key[:-2], key[:-1] + "a", key[1:], key + "-", key.swapcase()):
        assert client.get(f"/{name}/{wrong}", follow_redirects=True).status_code == 404


def test_what_is_asked_of_a_page_is_kept_on_the_way(client: FlaskClient, old_keys: dict[str, str]):
    answer = client.get(f"/seat/{old_keys['seat'][:-1]}?m=abc&lang=en")

    assert answer.headers["Location"] == f"/seat/{old_keys['seat']}?m=abc&lang=en"


@pytest.mark.parametrize("of", [Group.feed_key, Group.discreet_key])
def test_the_old_key_of_a_feed_is_completed_too(client: FlaskClient, app: Flask, world: World, of):
    with app.app_context():
        setattr(find_group("oost"), of.key, "an-old-key-of-a-calenda-")
        db.session.commit()

    answer = client.get("/feeds/an-old-key-of-a-calenda.ics", follow_redirects=True)

    assert (answer.status_code, answer.request.path) == (200, "/feeds/an-old-key-of-a-calenda-.ics")


@pytest.mark.parametrize("behind", ["", ".", ")", "%20", ">"])
def test_the_link_for_a_new_password_forgives_the_same(app: Flask, world: World, behind: str):
    with app.test_request_context():
        token = generate_reset_password_token(db.session.get_one(Account, world.anna.id))

    answer = app.test_client().get(f"/reset/{token}{behind}")

    assert answer.status_code == 200
    assert token[-1].isalnum()


def test_pages_without_a_key_forgive_the_same(client: FlaskClient, world: World):
    assert client.get("/groups/oost.").headers["Location"] == "/groups/oost"
    assert client.get("/groups/nergens.", follow_redirects=True).status_code == 404
    assert client.post("/groups/oost.").status_code in (404, 405)


def test_only_keys_of_the_old_lengths_are_completed():
    assert as_it_was("k" * 31) == ("k" * 31 + "-", "k" * 31 + "_")
    assert as_it_was("k" * 23)
    assert not any(as_it_was("k" * length) for length in (0, 22, 24, 30, 32, 33, 34))
    assert not set(BEHIND) & set("-_")
