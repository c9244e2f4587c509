"""Log-ins that end: by leaving, by the clock, from another device, with the password."""

import hashlib
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_security.recoverable import generate_reset_password_token
from sqlalchemy import select

from app import create_app
from app.blueprints.signin.sessions import device_of
from app.db import db
from app.records.accounts import Login
from tests.blueprints.signing import NEW_PASSWORD, account, app_code, is_in, letters, log_in
from tests.browsing import submit
from tests.conftest import settings
from tests.people import PASSWORD, Person, World
from tests.queries import statements

MINUTES, HOURS, DAYS = 60, 3600, 86400
FIREFOX = "Mozilla/5.0 (Android 16; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0"


def thief_of(client: FlaskClient, app: Flask) -> FlaskClient:
    """Return another client with a copy of the session cookie."""
    stolen = app.test_client()
    stolen.set_cookie("session", client.get_cookie("session").value)
    assert is_in(stolen)
    return stolen


def long_logged_in(person: Person, clock) -> FlaskClient:
    """Return a client that went from page to page for the last forty minutes."""
    client = person.client()
    for _ in range(2):
        clock.shift(20 * MINUTES)
        assert is_in(client)
    return client


def test_a_stolen_cookie_is_dead_after_the_log_out(app: Flask, anna: Person):
    client = anna.client()
    thief = thief_of(client, app)

    submit(client, "/account", to="/logout")

    assert not is_in(thief)


def test_a_stolen_cookie_is_dead_after_a_new_password_and_the_device_at_hand_is_not(
    app: Flask, anna: Person
):
    client = anna.client()
    thief = thief_of(client, app)

    submit(client, "/change", password=PASSWORD, new_password=NEW_PASSWORD,
           new_password_confirm=NEW_PASSWORD)  # fmt: skip

    assert not is_in(thief)
    assert is_in(client)


def test_a_stolen_cookie_is_dead_after_a_reset(app: Flask, anna: Person):
    client = anna.client()
    with app.test_request_context():
        token = generate_reset_password_token(account(anna.email))

    submit(app.test_client(), f"/reset/{token}", password=NEW_PASSWORD,
           password_confirm=NEW_PASSWORD)  # fmt: skip

    assert not is_in(client)


def test_a_log_in_begins_a_new_session(app: Flask, client: FlaskClient, anna: Person):
    """What an attacker planted in the browser before is worth nothing."""
    client.get("/login")
    with client.session_transaction() as session:
        session["login"] = "planted"
        before = session["csrf_token"]

    log_in(client, anna.email)

    with client.session_transaction() as session:
        assert session["login"] != "planted"
        assert session.get("csrf_token") != before


def test_the_table_holds_no_key_and_no_user_agent(app: Flask, anna: Person):
    client = app.test_client()
    client.environ_base["HTTP_USER_AGENT"] = FIREFOX
    log_in(client, anna.email)

    with client.session_transaction() as session:
        key = session["login"]
    with app.app_context():
        login = db.session.scalars(select(Login)).one()
        assert login.key_hash == hashlib.sha256(key.encode()).hexdigest()
        assert login.device == "Firefox, Android"


@pytest.mark.parametrize(
    ("user_agent", "device"),
    [
        (FIREFOX, "Firefox, Android"),
        (("Mozilla/5.0 (iPhone; CPU iPhone OS 26_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, "
         "like Gecko) Version/26.0 Mobile/15E148 Safari/604.1"), "Safari, iPhone"),
        (("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
         "Chrome/140.0 Safari/537.36 Edg/140.0"), "Edge, Windows"),
        (("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) "
         "Chrome/140.0 Safari/537.36"), "Chrome, Mac"),
        ("curl/8", ""),
        ("", ""),
    ],
)  # fmt: skip
def test_a_device_is_named_by_its_kind(user_agent: str, device: str):
    assert device_of(user_agent) == device


@pytest.mark.parametrize(
    ("who", "idle", "is_still_in"),
    [
        ("olaf", 29 * MINUTES, True),
        ("olaf", 31 * MINUTES, False),
        ("vera", 31 * MINUTES, False),
        ("anna", 11 * HOURS, True),
        ("anna", 12 * HOURS + 5 * MINUTES, False),
    ],
)
def test_a_log_in_ends_when_nothing_happens(world, clock, who: str, idle: int, is_still_in: bool):
    client = getattr(world, who).client()

    clock.shift(idle)

    assert is_in(client) is is_still_in


def test_an_officer_works_on_for_twelve_hours_and_no_longer(olaf: Person, clock):
    client = olaf.client()

    for _ in range(12 * 60 // 25):
        clock.shift(25 * MINUTES)
        assert is_in(client)
    clock.shift(25 * MINUTES)

    assert not is_in(client)


def test_a_coordinator_who_keeps_coming_stays_in(anna: Person, clock):
    client = anna.client()

    for _ in range(5):
        clock.shift(11 * HOURS)
        assert is_in(client)


@pytest.mark.parametrize(("days", "is_still_in"), [(89, True), (91, False)])
def test_a_remembered_phone_is_remembered_for_ninety_days(
    client: FlaskClient, anna: Person, clock, days: int, is_still_in: bool
):
    log_in(client, anna.email, remember="y")

    clock.shift(days * DAYS)

    assert is_in(client) is is_still_in


def test_a_device_is_not_remembered_unless_asked(client: FlaskClient, anna: Person):
    log_in(client, anna.email)

    cookie = client.get_cookie("session")

    assert cookie.expires is None
    assert cookie.http_only
    assert cookie.same_site == "Lax"
    assert client.get_cookie("remember_token") is None


def test_no_cookie_of_the_library_remembers_anyone(client: FlaskClient, anna: Person):
    log_in(client, anna.email, remember="y")

    assert client.get_cookie("remember_token") is None
    assert client.get_cookie("session").expires is not None


def test_an_officer_is_never_remembered(client: FlaskClient, olaf: Person, clock):
    log_in(client, olaf.email, remember="y")
    submit(client, "/tf-validate", code=app_code())

    clock.shift(31 * MINUTES)

    assert not is_in(client)


def test_a_remembered_phone_stays_so_after_a_new_password(client: FlaskClient, anna: Person, clock):
    log_in(client, anna.email, remember="y")
    submit(client, "/change", password=PASSWORD, new_password=NEW_PASSWORD,
           new_password_confirm=NEW_PASSWORD)  # fmt: skip

    clock.shift(30 * DAYS)

    assert is_in(client)


def test_who_is_logged_in_costs_one_query(app: Flask, anna: Person):
    client = anna.client()

    with statements(app) as sent:
        assert client.get("/change").status_code == 200

    assert len(sent) == 1


def test_a_visit_writes_nothing_and_notes_in_the_cookie_when_it_was(
    app: Flask, anna: Person, clock
):
    client = anna.client()
    clock.shift(5 * MINUTES)

    with statements(app) as sent:
        answer = client.get("/account")

    assert "session=" in answer.headers["Set-Cookie"]
    assert [one for one in sent if not one.lstrip().startswith("SELECT")] == []


def test_fresh_pages_ask_again_after_half_an_hour_and_then_go_on(anna: Person, clock):
    client = anna.client()
    clock.shift(31 * MINUTES)

    asked = (
        client.get("/coordinate/oost/people").location
        or client.get("/coordinate/oost/contacts/new").location
    )

    assert asked.startswith("/verify?next=/coordinate/oost/")
    answer = submit(client, asked, password=PASSWORD)
    assert answer.location == asked.partition("next=")[2]
    assert client.get(answer.location).status_code == 200


def test_logging_in_again_loses_nothing_that_an_address_asked(olaf: Person, clock):
    client = long_logged_in(olaf, clock)
    picked = "/national/stay-clean/work/letter?point=1.not_confirmed.a&point=2.no_place.b"

    asked = client.get(picked).location

    assert parse_qs(urlsplit(asked).query)["next"] == [picked]


def test_a_wrong_password_does_not_make_a_log_in_fresh(anna: Person, clock):
    client = anna.client()
    clock.shift(31 * MINUTES)

    assert submit(client, "/verify", password="niet het goede wachtwoord").status_code == 422

    assert client.get("/coordinate/oost/contacts/new").status_code == 302


def test_who_has_no_password_confirms_with_a_mailed_code(app: Flask, anna: Person, clock):
    with app.app_context():
        account(anna.email).password = None
        db.session.commit()
    client = anna.client()
    clock.shift(31 * MINUTES)
    way = "/verify/code?next=/coordinate/oost/contacts/new"
    assert submit(client, "/verify", password="wat dan ook, lang genoeg").status_code == 422

    submit(client, way, to="/verify/code/send?next=/coordinate/oost/contacts/new")
    (letter,) = letters(app, "login_code")
    answer = submit(client, way, to=way, passcode=letter["code"])

    assert answer.location == "/coordinate/oost/contacts/new"
    assert client.get(answer.location).status_code == 200


def test_a_cookie_over_https_is_sent_back_over_https_alone(sqlite_url: str):
    app = create_app(settings(sqlite_url, TWAALF_PUBLIC_URL="https://groepen.example"))
    anna = World(app).anna
    client = app.test_client()
    secure = {"base_url": "https://groepen.example"}
    page = client.get("/login", **secure).text
    token = page.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]

    answer = client.post("/login", data={"email": anna.email, "password": PASSWORD,
                                         "csrf_token": token}, **secure)  # fmt: skip

    cookies = answer.headers.getlist("Set-Cookie")
    assert {cookie.split("=")[0] for cookie in cookies} == {"__Host-session", "__Host-device"}
    for cookie in cookies:
        assert "Secure" in cookie
        assert "Path=/" in cookie
    assert answer.headers["Strict-Transport-Security"]
