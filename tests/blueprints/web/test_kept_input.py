"""A page that stood open too long: who they are is asked, and what they typed goes along."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app import create_app
from app.db import db
from app.records.groups import Group, find_group
from tests.blueprints.signing import account, letters
from tests.browsing import form_in, form_on
from tests.conftest import settings
from tests.people import PASSWORD, Person, World

LISTING = "/coordinate/oost/listing"
UNLIST = "/national/groups/oost/unlist"
WORDS = 'Bel aan bij de "groene" deur.\nDe sleutel ligt <onder> de mat & de bel doet het niet.'
CODE = "/verify/code/send?next=" + LISTING
ASKED = "/verify?next=" + LISTING


@pytest.fixture
def client(anna: Person, clock) -> FlaskClient:
    return anna.client()


@pytest.fixture
def question(client: FlaskClient, clock) -> TestResponse:
    """The answer to a listing that was sent after forty minutes."""
    return sent_late(client, clock)


def sent_late(client: FlaskClient, clock, **more: str | list[str]) -> TestResponse:
    held = form_on(client, LISTING)
    clock.shift(40 * 60)
    return client.post(LISTING, data=held | {"description": WORDS} | more)


def description(app: Flask) -> str:
    with app.app_context():
        db.session.remove()
        group = find_group("oost")
        assert isinstance(group, Group)
        return group.description


def answered(client: FlaskClient, question: TestResponse, password: str = PASSWORD) -> TestResponse:
    """Fill in the password and, as a browser does after a 307, send it all once more."""
    data = form_in(question.text, ASKED) | {"password": password}
    answer = client.post(ASKED, data=data)
    return client.post(answer.location, data=data) if answer.status_code == 307 else answer


def test_what_was_typed_is_saved_after_the_password(
    app: Flask, client: FlaskClient, question: TestResponse
):
    assert question.status_code == 403
    assert description(app) != WORDS

    answer = answered(client, question)

    assert (answer.status_code, answer.location) == (303, "/coordinate/oost")
    assert description(app).replace("\r\n", "\n") == WORDS


def test_it_is_kept_over_a_wrong_password(app: Flask, client: FlaskClient, question: TestResponse):
    again = answered(client, question, password="niet het goede wachtwoord")

    assert again.status_code == 422
    assert answered(client, again).status_code == 303
    assert description(app).replace("\r\n", "\n") == WORDS


def test_it_is_kept_while_a_code_comes_by_mail(
    app: Flask, anna: Person, client: FlaskClient, question: TestResponse
):
    with app.app_context():
        account(anna.email).password = None
        db.session.commit()

    asked = client.post(CODE, data=form_in(question.text, CODE))
    (letter,) = letters(app, "login_code")
    way = "/verify/code?next=" + LISTING
    data = form_in(asked.text, way) | {"passcode": letter["code"]}
    answer = client.post(way, data=data)

    assert (answer.status_code, answer.location) == (307, LISTING)
    assert client.post(LISTING, data=data).status_code == 303
    assert description(app).replace("\r\n", "\n") == WORDS


def test_a_button_does_its_deed_after_the_password(app: Flask, clock, olaf: Person):
    client = olaf.client()
    clock.shift(20 * 60)
    held = form_on(client, "/national/groups/oost", UNLIST)
    clock.shift(20 * 60)
    question = client.post(UNLIST, data=held | {"unlist-reason": "Dubbel."})
    page = "/verify?next=/national/groups/oost"
    data = form_in(question.text, page) | {"password": PASSWORD}

    assert client.post(page, data=data).location == UNLIST
    assert client.post(UNLIST, data=data).status_code == 303

    with app.app_context():
        group = find_group("oost")
        assert group is not None
        assert not group.listed


def test_every_value_of_a_field_goes_along_and_no_question(client: FlaskClient, clock):
    question = sent_late(
        client, clock, features=["a", "b"], password="geheim", next="https://elders.example"
    )

    along = form_in(question.text, ASKED)

    assert along["features"] == ["a", "b"]
    assert along["then"] == [LISTING]
    assert "geheim" not in question.text
    assert "elders" not in question.text


@pytest.mark.parametrize(
    "then",
    ["https://elders.example/", "//elders.example", "/logout", "/change", "/coordinate/", "", "/x"],
)
def test_it_goes_to_an_address_of_ours_that_takes_it_and_nowhere_else(
    client: FlaskClient, question: TestResponse, then: str
):
    data = form_in(question.text, ASKED) | {"password": PASSWORD, "then": then}

    answer = client.post(ASKED, data=data)

    assert (answer.status_code, answer.location) == (303, LISTING)


def test_without_a_password_nothing_is_done(
    app: Flask, client: FlaskClient, question: TestResponse
):
    before = description(app)

    assert client.post(LISTING, data=form_in(question.text, ASKED)).status_code == 403

    assert description(app) == before


def test_who_was_logged_out_meanwhile_can_copy_what_they_typed(client: FlaskClient, clock):
    held = form_on(client, LISTING)
    clock.shift(13 * 60 * 60)

    answer = client.post(
        LISTING, data=held | {"description": WORDS, "password": "vier losse woorden"}
    )

    assert answer.status_code == 403
    assert "Bel aan bij de &#34;groene&#34; deur." in answer.text
    assert "&lt;onder&gt;" in answer.text
    assert f'href="/login?next={LISTING}"' in answer.text
    assert "vier losse woorden" not in answer.text


@pytest.mark.parametrize("token", ["none", "of another session"])
@pytest.mark.parametrize("site", ["same-origin", "cross-site"])
def test_another_site_cannot_have_its_words_shown_here(client: FlaskClient, token: str, site: str):
    held = form_on(client, LISTING) if token == "of another session" else {}
    victim = client.application.test_client()
    sent = held | {"description": WORDS}

    answer = victim.post(LISTING, data=sent, headers={"Sec-Fetch-Site": site})

    assert answer.status_code == (403 if site == "cross-site" else 400)
    assert "groene" not in answer.text


def test_who_is_held_off_or_comes_at_a_bad_moment_keeps_their_words(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
):
    app = create_app(settings(sqlite_url, TWAALF_LIMITS="on"))
    client = World(app).anna.client()
    held = form_on(client, "/coordinate/oost/people", "/coordinate/oost/people/invite")
    words = {"invite-email": "noor apenstaart example.org"}

    answers = [client.post("/coordinate/oost/people/invite", data=held | words) for _ in range(40)]

    assert answers[-1].status_code == 429
    assert "noor apenstaart example.org" in answers[-1].text
