"""How an account begins: one invitation, one address, one role, once, within 72 hours."""

import hashlib
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.actions.invitations import invite, revoke
from app.db import db
from app.domain.roles import Role
from app.records.accounts import Account
from app.records.changes import Change
from app.records.fellowships import find_fellowship
from app.records.groups import find_group
from app.records.invitations import Invitation
from tests.blueprints.signing import NEW_PASSWORD, account, is_in, letters, log_in
from tests.browsing import form_on, submit
from tests.people import Person, World

KIM = "kim@example.org"
HOUR = 3600


@pytest.fixture
def key(app: Flask, world: World) -> str:
    """What the link to Kim holds: an invitation to coordinate Oost."""
    return invited(app, KIM)


def invited(app: Flask, email: str, role: Role = Role.COORDINATOR) -> str:
    with app.app_context():
        return invite(
            email=email,
            role=role,
            group=find_group("oost") if role is Role.COORDINATOR else None,
            fellowship=find_fellowship("stay-clean") if role is Role.OFFICER else None,
            by=None,
        )


def accept(client: FlaskClient, key: str, **fields: str):
    given = {"name": "Kim", "password": NEW_PASSWORD} | fields
    return submit(client, f"/invitations/{key}", **given)


def test_a_new_coordinator_chooses_name_and_password_and_comes_to_the_desk(
    app: Flask, client: FlaskClient, key: str
):
    answer = accept(client, key)

    assert answer.location == "/coordinate/"
    assert client.get("/coordinate/oost").status_code == 200
    assert log_in(app.test_client(), KIM, NEW_PASSWORD).status_code == 303
    with app.app_context():
        assert account(KIM).name == "Kim"


def test_looking_at_an_invitation_does_not_use_it_up(app: Flask, client: FlaskClient, key: str):
    """Mail scanners open every link."""
    for _ in range(3):
        assert client.get(f"/invitations/{key}").status_code == 200
        assert client.head(f"/invitations/{key}").status_code == 200

    assert accept(client, key).status_code == 303


def test_an_invitation_works_once(app: Flask, key: str):
    accept(app.test_client(), key)

    assert app.test_client().get(f"/invitations/{key}").status_code == 404


@pytest.mark.parametrize(("hours", "status"), [(71, 200), (73, 404)])
def test_an_invitation_lasts_72_hours(
    app: Flask, clock, client: FlaskClient, world: World, hours: int, status: int
):
    key = invited(app, KIM)

    clock.shift(hours * HOUR)

    assert client.get(f"/invitations/{key}").status_code == status


def test_an_invitation_that_was_taken_back_is_gone(app: Flask, client: FlaskClient, key: str):
    held = form_on(client, f"/invitations/{key}")
    with app.app_context():
        revoke(db.session.scalars(select(Invitation)).one(), by=None)

    shown = client.get(f"/invitations/{key}")
    sent = client.post(f"/invitations/{key}", data=held | {"name": "Kim", "password": NEW_PASSWORD})

    assert (shown.status_code, sent.status_code) == (404, 404)


def test_an_address_that_has_an_invitation_is_refused_at_its_field_until_that_is_withdrawn(
    app: Flask, anna: Person
):
    client, page = anna.client(), "/coordinate/oost/people"

    def invite_noor():
        noor = {"invite-email": "noor@example.org"}
        return submit(client, page, to=f"{page}/invite", **noor)

    assert invite_noor().status_code == 303
    refused = invite_noor()
    assert refused.status_code == 422
    assert refused.text.count("Dit adres heeft al een uitnodiging.") == 2, "summary and field"
    assert len(letters(app, "invitation")) == 1

    (taken_back,) = re.findall(rf'"({page}/invitations/\d+/revoke)"', client.get(page).text)
    submit(client, page, to=taken_back)
    assert invite_noor().status_code == 303


def test_all_that_is_over_looks_like_what_never_was(app: Flask, world: World, clock):
    used, revoked, expired = (invited(app, f"k{number}@example.org") for number in range(3))
    accept(app.test_client(), used)
    with app.app_context():
        revoke(
            db.session.scalars(
                select(Invitation).where(
                    Invitation.key_hash == hashlib.sha256(revoked.encode()).hexdigest()
                )
            ).one(),
            by=None,
        )
    clock.shift(73 * HOUR)

    pages = {
        app.test_client().get(f"/invitations/{key}").text.replace(key, "")
        for key in (used, revoked, expired, "x" * 32)
    }

    assert len(pages) == 1


def test_somebody_else_who_is_logged_in_cannot_take_it(app: Flask, anna: Person, key: str):
    client = anna.client()
    held = form_on(client, "/account", "/account")

    shown = client.get(f"/invitations/{key}")
    sent = client.post(
        f"/invitations/{key}", data=held | {"name": "Anna", "password": NEW_PASSWORD}
    )

    assert (shown.status_code, sent.status_code) == (404, 404)
    with app.app_context():
        assert db.session.scalar(select(Invitation.accepted_at)) is None


def test_who_has_an_account_logs_in_and_then_takes_a_further_role(app: Flask, ben: Person):
    key = invited(app, "Ben@Example.org")
    client = app.test_client()
    page = client.get(f"/invitations/{key}")
    assert f'href="/login?next=/invitations/{key}"' in page.text
    log_in(client, ben.email, page=f"/login?next=/invitations/{key}")
    with client.session_transaction() as session:
        before = session["login"]

    answer = submit(client, f"/invitations/{key}")

    assert answer.location == "/coordinate/"
    assert client.get("/coordinate/oost").status_code == 200
    with client.session_transaction() as session:
        assert session["login"] != before


def test_the_account_of_someone_with_the_address_is_not_made_again(app: Flask, ben: Person):
    key = invited(app, ben.email)
    client = app.test_client()
    held = form_on(client, "/login", "/login")

    client.post(f"/invitations/{key}", data=held | {"name": "X", "password": NEW_PASSWORD})

    with app.app_context():
        assert account(ben.email).name == "Ben"
    assert log_in(app.test_client(), ben.email).status_code == 303


def test_a_new_officer_logs_in_and_sets_up_the_second_step_first(
    app: Flask, client: FlaskClient, world: World
):
    key = invited(app, KIM, Role.OFFICER)

    assert accept(client, key).location == "/login"
    assert not is_in(client)
    assert log_in(client, KIM, NEW_PASSWORD).location == "/tf-setup"


def test_a_coordinator_who_becomes_an_officer_sets_up_the_second_step_first(
    app: Flask, anna: Person
):
    key = invited(app, anna.email, Role.OFFICER)
    client, other = anna.client(), anna.client()

    answer = submit(client, f"/invitations/{key}")

    assert answer.location == "/login"
    assert not is_in(client)
    assert not is_in(other)
    assert log_in(client, anna.email).location == "/tf-setup"


@pytest.mark.parametrize(
    "fields", [{"name": ""}, {"password": "kort"}, {"password": "wachtwoord1234"}]
)
def test_a_refused_form_keeps_the_invitation(
    app: Flask, client: FlaskClient, key: str, fields: dict[str, str]
):
    assert accept(client, key, **fields).status_code == 422

    assert accept(client, key).status_code == 303


def test_the_letter_goes_to_the_address_with_a_link_that_the_table_cannot_give(
    app: Flask, key: str
):
    (letter,) = letters(app, "invitation")

    assert letter == {
        "to": KIM, "role": "coordinator", "subject": "Oost", "key": key, "until": "", "takes_over": False,
    }  # fmt: skip
    with app.app_context():
        row = db.session.scalars(select(Invitation)).one()
        assert row.key_hash == hashlib.sha256(key.encode()).hexdigest()
        raw = db.session.connection().exec_driver_sql(
            "SELECT email FROM invitation UNION ALL SELECT recipient FROM letter "
            'UNION ALL SELECT "values" FROM letter'
        )
        assert not [value for (value,) in raw if b"kim" in value or key.encode() in value]


def test_inviting_and_accepting_are_noted_without_address(
    app: Flask, client: FlaskClient, key: str
):
    accept(client, key)

    with app.app_context():
        changes = {
            change.deed: f"{change.before}{change.after}"
            for change in db.session.scalars(select(Change))
        }

    assert {"invite", "accept"} <= set(changes)
    assert "kim" not in "".join(changes.values()).lower()


def test_nobody_begins_an_account_without_an_invitation(app: Flask, client: FlaskClient):
    for address in (
        "/register",
        "/signup",
        "/confirm",
        "/us-setup",
        "/tf-select",
        "/us-verify-link",
    ):
        assert client.get(address).status_code == 404
    with app.app_context():
        assert db.session.scalars(select(Account)).all() == []
