"""Whoever logs in on a device that the account does not know, has its owner told by letter."""

from flask import Flask
from flask.testing import FlaskClient

from tests.blueprints.signing import NEW_PASSWORD, letters, log_in, log_in_twice
from tests.browsing import submit
from tests.people import PASSWORD, Person, World


def log_out(client: FlaskClient) -> None:
    submit(client, "/account", to="/logout")


def test_the_very_first_log_in_is_no_news(app: Flask, client: FlaskClient, world: World):
    log_in(client, world.anna.email)

    assert letters(app, "new_device") == []


def test_a_second_device_is_told_to_the_owner(app: Flask, client: FlaskClient, world: World):
    log_in(client, world.anna.email)

    log_in(app.test_client(), world.anna.email)

    assert [letter["to"] for letter in letters(app, "new_device")] == [world.anna.email]


def test_a_device_is_told_once(app: Flask, client: FlaskClient, anna: Person):
    anna.client()
    for _ in range(3):
        log_in(client, anna.email)
        log_out(client)

    assert len(letters(app, "new_device")) == 1


def test_a_device_of_another_account_is_new_to_this_one(
    app: Flask, client: FlaskClient, anna: Person, ben: Person
):
    anna.client()
    log_in(client, ben.email)
    log_out(client)

    log_in(client, anna.email)

    assert [letter["to"] for letter in letters(app, "new_device")] == [anna.email]


def test_of_two_steps_the_last_one_is_the_log_in(app: Flask, client: FlaskClient, olaf: Person):
    olaf.client()
    log_in(client, olaf.email)
    assert letters(app, "new_device") == []

    log_in_twice(app.test_client(), olaf.email)

    assert len(letters(app, "new_device")) == 1


def test_a_forged_cookie_makes_no_device_known(app: Flask, client: FlaskClient, anna: Person):
    anna.client()
    client.set_cookie("device", "0" * 32 + ".é." + "x" * 400)

    log_in(client, anna.email)

    assert len(letters(app, "new_device")) == 1


def test_who_chooses_a_new_password_is_known_where_they_did(
    app: Flask, client: FlaskClient, anna: Person
):
    log_in(client, anna.email)
    submit(
        client,
        "/change",
        password=PASSWORD,
        new_password=NEW_PASSWORD,
        new_password_confirm=NEW_PASSWORD,
    )
    log_out(client)

    log_in(client, anna.email, NEW_PASSWORD)

    assert letters(app, "new_device") == []


def test_another_password_makes_other_devices_unknown(
    app: Flask, client: FlaskClient, anna: Person
):
    other = app.test_client()
    log_in(client, anna.email)
    log_in(other, anna.email)
    submit(
        client,
        "/change",
        password=PASSWORD,
        new_password=NEW_PASSWORD,
        new_password_confirm=NEW_PASSWORD,
    )

    log_in(other, anna.email, NEW_PASSWORD)

    assert len(letters(app, "new_device")) == 2


def test_the_cookie_tells_nobody_who_logged_in(client: FlaskClient, anna: Person):
    answer = log_in(client, anna.email)

    [cookie] = [one for one in answer.headers.getlist("Set-Cookie") if one.startswith("device=")]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "anna" not in cookie
    assert len(cookie.partition("=")[2].partition(";")[0]) == 32
