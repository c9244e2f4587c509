"""Logging in and out: by password, by mailed code, after a reset, and where to from there."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.db import db
from tests.blueprints.signing import (
    NEW_PASSWORD,
    account,
    app_code,
    is_in,
    letters,
    log_in,
    log_in_twice,
)
from tests.browsing import form_on, submit
from tests.people import PASSWORD, Person

NOBODY = "niemand@example.org"

OPEN_REDIRECTS = [
    "//evil.example",
    "///evil.example",
    "////evil.example/coordinate/",
    "\\\\evil.example",
    "/\\evil.example",
    "/%5cevil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    " //evil.example",
    "\u00a0//evil.example",
    "https://evil.example/",
    "http:evil.example",
    "https:/evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "coordinate/",
    "/coordinate/../../evil",
    "/nergens",
    "/logout",
]


def test_a_coordinator_comes_to_the_desk(client: FlaskClient, anna: Person):
    answer = log_in(client, anna.email)

    assert (answer.status_code, answer.location) == (303, "/coordinate/")
    assert is_in(client)


def test_an_officer_comes_to_the_figures(client: FlaskClient, olaf: Person):
    answer = log_in_twice(client, olaf.email)

    assert (answer.status_code, answer.location) == (303, "/national/")
    assert is_in(client, "/national/")


def test_a_mail_address_may_be_typed_in_capitals(client: FlaskClient, anna: Person):
    assert log_in(client, anna.email.upper()).status_code == 303


@pytest.mark.parametrize("place", ["/login", "/login/code"])
def test_who_is_logged_in_is_sent_on_to_their_own_desk(anna: Person, olaf: Person, place: str):
    assert anna.client().get(place).location == "/coordinate/"
    assert olaf.client().get(place).location == "/national/"


def test_a_wrong_password_is_refused_with_the_address_still_there(
    client: FlaskClient, anna: Person
):
    answer = log_in(client, anna.email, "niet het goede wachtwoord")

    assert answer.status_code == 422
    assert anna.email in answer.text
    assert "niet het goede" not in answer.text
    assert not is_in(client)


@pytest.mark.parametrize(
    ("place", "fields"),
    [
        ("/login", {"password": "niet het goede wachtwoord"}),
        ("/reset", {}),
    ],
)
def test_known_and_unknown_get_the_same_answer(
    app: Flask, anna: Person, place: str, fields: dict[str, str]
):
    answers = {}
    for email in (anna.email, NOBODY):
        answer = submit(app.test_client(), place, email=email, **fields)
        answers[email] = answer.status_code, _without(answer.text, email)

    assert answers[anna.email] == answers[NOBODY]


@pytest.mark.parametrize(
    ("place", "fields"), [("/login", {"password": "niet het goede wachtwoord"}), ("/reset", {})]
)
def test_known_and_unknown_take_the_same_time(
    app: Flask, anna: Person, monkeypatch: pytest.MonkeyPatch, place: str, fields: dict[str, str]
):
    """What takes time is hashing, a tenth of a second in production: both hash once."""
    hashing, hashed = app.extensions["security"].pwd_context, []
    for name in ("hash", "verify"):
        work = getattr(hashing, name)
        monkeypatch.setattr(
            hashing, name, lambda *given, work=work: hashed.append(given) or work(*given)
        )
    counts = []

    for email in (anna.email, NOBODY):
        hashed.clear()
        submit(app.test_client(), place, email=email, **fields)
        counts.append(len(hashed))

    assert counts == [1, 1]


def test_a_code_is_promised_to_known_and_unknown_alike(app: Flask, anna: Person):
    answers = {}
    for email in (anna.email, NOBODY):
        answer = submit(app.test_client(), "/login/code", to="/login/code/send", identity=email)
        answers[email] = answer.status_code, _without(answer.text, email)

    assert answers[anna.email] == answers[NOBODY]
    assert [letter["to"] for letter in letters(app, "login_code")] == [anna.email]


def test_an_account_that_was_switched_off_gets_the_answer_of_an_unknown_one(
    app: Flask, anna: Person
):
    with app.app_context():
        account(anna.email).active = False
        db.session.commit()

    known = log_in(app.test_client(), anna.email)
    unknown = log_in(app.test_client(), NOBODY)

    assert (known.status_code, _without(known.text, anna.email)) == (
        unknown.status_code,
        _without(unknown.text, NOBODY),
    )


def test_a_mailed_code_logs_in_and_works_once(app: Flask, anna: Person):
    submit(app.test_client(), "/login/code", to="/login/code/send", identity=anna.email)
    (letter,) = letters(app, "login_code")

    answers = [
        submit(app.test_client(), "/login/code", to="/login/code", identity=anna.email,
               passcode=letter["code"]).status_code
        for _ in range(2)
    ]  # fmt: skip

    assert answers == [303, 422]


def test_a_mailed_code_works_for_ten_minutes(app: Flask, anna: Person, clock):
    submit(app.test_client(), "/login/code", to="/login/code/send", identity=anna.email)
    (letter,) = letters(app, "login_code")

    clock.shift(11 * 60)
    late = submit(app.test_client(), "/login/code", to="/login/code", identity=anna.email,
                  passcode=letter["code"])  # fmt: skip
    clock.shift(-2 * 60)
    in_time = submit(app.test_client(), "/login/code", to="/login/code", identity=anna.email,
                     passcode=letter["code"])  # fmt: skip

    assert (late.status_code, in_time.status_code) == (422, 303)


def test_a_mailed_code_is_for_one_account_alone(app: Flask, anna: Person, ben: Person):
    submit(app.test_client(), "/login/code", to="/login/code/send", identity=anna.email)
    (letter,) = letters(app, "login_code")

    answer = submit(app.test_client(), "/login/code", to="/login/code", identity=ben.email,
                    passcode=letter["code"])  # fmt: skip

    assert answer.status_code == 422


def test_a_mailbox_is_not_flooded_with_codes_or_links(app: Flask, anna: Person):
    for _ in range(4):
        submit(app.test_client(), "/login/code", to="/login/code/send", identity=anna.email)
        submit(app.test_client(), "/reset", email=anna.email)

    assert len(letters(app, "login_code")) <= 2  # a minute may begin in between
    assert len(letters(app, "reset_password")) <= 2


def test_a_code_by_mail_does_not_spare_an_officer_the_second_step(app: Flask, olaf: Person):
    client = app.test_client()
    submit(client, "/login/code", to="/login/code/send", identity=olaf.email)
    (letter,) = letters(app, "login_code")

    answer = submit(client, "/login/code", to="/login/code", identity=olaf.email,
                    passcode=letter["code"])  # fmt: skip

    assert answer.location == "/tf-validate"
    assert not is_in(client)


def test_a_reset_gives_a_new_password_and_its_link_works_once(app: Flask, anna: Person):
    submit(app.test_client(), "/reset", email=anna.email)
    (letter,) = letters(app, "reset_password")
    page = f"/reset/{letter['token']}"
    visitor = app.test_client()

    answer = submit(visitor, page, password=NEW_PASSWORD, password_confirm=NEW_PASSWORD)

    assert answer.location == "/login"
    assert visitor.get(page).location == "/reset"
    assert log_in(app.test_client(), anna.email).status_code == 422
    assert log_in(app.test_client(), anna.email, NEW_PASSWORD).status_code == 303
    assert [letter["to"] for letter in letters(app, "password_changed")] == [anna.email]


def test_a_link_to_reset_works_for_two_hours(app: Flask, anna: Person, clock):
    submit(app.test_client(), "/reset", email=anna.email)
    (letter,) = letters(app, "reset_password")

    clock.shift(2 * 3600 + 60)

    assert app.test_client().get(f"/reset/{letter['token']}").location == "/reset"


@pytest.mark.parametrize(
    ("password", "is_good"),
    [
        ("kort", False),
        ("elf tekens!", False),
        ("twaalf doos!", True),
        ("wachtwoord1234", False),
        ("aaaaaaaaaaaaaaaa", False),
        ("qwertyuiop1234", False),
        ("x" * 129, False),
        ("vier losse woorden samen " * 5, True),
        ("пароль из пяти слов", True),
    ],
)
def test_a_password_is_long_and_not_soon_guessed(anna: Person, password: str, is_good: bool):
    client = anna.client()

    answer = submit(client, "/change", password=PASSWORD, new_password=password,
                    new_password_confirm=password)  # fmt: skip

    assert answer.status_code == (303 if is_good else 422)


def test_a_password_is_kept_as_argon2id(app: Flask, anna: Person):
    with app.app_context():
        assert account(anna.email).password.startswith("$argon2id$")


def test_a_refused_new_password_says_why_at_its_field(anna: Person):
    answer = submit(anna.client(), "/change", password=PASSWORD, new_password="kort",
                    new_password_confirm="kort")  # fmt: skip

    assert 'id="new_password-error"' in answer.text


def test_the_page_that_was_asked_for_comes_after_the_log_in(client: FlaskClient, anna: Person):
    asked = client.get("/coordinate/oost").location

    assert log_in(client, anna.email, page=asked).location == "/coordinate/oost"


def test_the_page_that_was_asked_for_comes_after_both_steps(client: FlaskClient, olaf: Person):
    asked = client.get("/national/stay-clean").location
    log_in(client, olaf.email, page=asked)

    assert submit(client, "/tf-validate", code=app_code()).location == "/national/stay-clean"


@pytest.mark.parametrize("place", ["address", "form"])
def test_nobody_is_sent_elsewhere_after_logging_in(app: Flask, anna: Person, place: str):
    led = {}
    for asked in OPEN_REDIRECTS:
        client = app.test_client()
        held = form_on(client, "/login", "/login")
        held |= {"email": [anna.email], "password": [PASSWORD], "next": [""]}
        query = {"next": asked} if place == "address" else {}
        if place == "form":
            held["next"] = [asked]
        answer = client.post("/login", query_string=query, data=held)
        led[asked] = answer.status_code, answer.location

    assert led == dict.fromkeys(OPEN_REDIRECTS, (303, "/coordinate/"))


def test_logging_out_ends_at_the_front_page_and_clears_what_the_browser_holds(anna: Person):
    client = anna.client()

    answer = submit(client, "/account", to="/logout")

    assert answer.location == "/"
    assert '"cache"' in answer.headers["Clear-Site-Data"]
    assert not is_in(client)


def test_nobody_gets_a_token_for_a_log_in_by_json(client: FlaskClient, anna: Person):
    """Flask-Security would give one, and take it in an address, past our table of log-ins."""
    held = form_on(client, "/login", "/login")
    token = {"X-CSRFToken": held["csrf_token"][0], "Accept": "application/json"}
    credentials = {"email": anna.email, "password": PASSWORD}

    by_json = client.post("/login?include_auth_token=1", json=credentials, headers=token)
    by_form = client.post("/login?include_auth_token=1", data=held | credentials, headers=token)

    assert by_json.status_code == 415
    assert (by_form.status_code, by_form.mimetype) == (303, "text/html")


def test_a_token_in_an_address_logs_nobody_in(app: Flask, client: FlaskClient, anna: Person):
    with app.test_request_context():
        token = account(anna.email).get_auth_token()

    assert client.get(f"/account?auth_token={token}").status_code == 302
    assert client.get("/account", headers={"Authentication-Token": token}).status_code == 302


def _without(text: str, email: str) -> str:
    """Return a page without what every answer has of its own: the token, and who asked."""
    asked = r'data-options="[^"]*"|name="passkey_question" value="[^"]*"'
    return re.sub(rf'value="I\w+\.[\w-]+\.[\w-]+"|{asked}', "", text).replace(email, "")


def choose(client: FlaskClient, new: str) -> TestResponse:
    return submit(client, "/change", password=PASSWORD, new_password=new, new_password_confirm=new)


@pytest.mark.parametrize(
    "too_easy",
    [
        "anna@example.org",
        "Oost Stay Clean!",
        "stayclean oost 2026",
        "Welkom Twaalf 12",
        "zonnebloem12",
        "pannenkoek99",
    ],
)
def test_a_new_password_is_not_what_others_know_of_her(anna: Person, too_easy: str):
    answer = choose(anna.client(), too_easy)

    assert answer.status_code == 422
    assert "te makkelijk te raden" in answer.text


def test_what_others_know_of_ben_is_no_secret_of_anna(anna: Person):
    assert choose(anna.client(), "Haarlem merel vijver").status_code == 303
