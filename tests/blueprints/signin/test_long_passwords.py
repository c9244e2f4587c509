"""A password of more than 128 characters fits nobody, and is refused as any other wrong one."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.addresses import INVITATION_KEY, lay_out
from tests.blueprints.signing import NEW_PASSWORD, letters, log_in
from tests.browsing import submit
from tests.people import PASSWORD, Person, World

pytestmark = pytest.mark.parametrize(
    "password", ["x" * 129, "x" * 5_000, "\ufdfa" * 600, "a" + "\u0301\u0316" * 4_999]
)


def test_it_is_wrong_at_the_log_in(client: FlaskClient, anna: Person, password: str):
    answer = log_in(client, anna.email, password)

    assert answer.status_code == 422
    assert "Kijk je mailadres en wachtwoord na" in answer.text


def test_it_is_wrong_for_an_address_that_nobody_has(
    client: FlaskClient, world: World, password: str
):
    answer = log_in(client, "nobody@example.org", password)

    assert answer.status_code == 422
    assert "Kijk je mailadres en wachtwoord na" in answer.text


def test_it_is_wrong_where_it_is_asked_again(anna: Person, password: str):
    answer = submit(anna.client(), "/verify", password=password)

    assert answer.status_code == 422
    assert "Dit wachtwoord klopt niet." in answer.text


def test_it_is_wrong_as_the_one_of_now(anna: Person, password: str):
    answer = submit(anna.client(), "/change", password=password, new_password=NEW_PASSWORD,
                    new_password_confirm=NEW_PASSWORD)  # fmt: skip

    assert answer.status_code == 422
    assert "Dit wachtwoord klopt niet." in answer.text


def test_it_may_not_be_the_new_one(anna: Person, password: str):
    answer = submit(anna.client(), "/change", password=PASSWORD, new_password=password,
                    new_password_confirm=password)  # fmt: skip

    assert answer.status_code == 422
    assert "Neem minstens 12 tekens, en hooguit 128." in answer.text


def test_it_may_not_be_chosen_by_a_mailed_link(
    app: Flask, client: FlaskClient, anna: Person, password: str
):
    submit(client, "/reset", email=anna.email)
    page = f"/reset/{letters(app, 'reset_password')[0]['token']}"

    answer = submit(client, page, password=password, password_confirm=password)

    assert answer.status_code == 422
    assert "Neem minstens 12 tekens, en hooguit 128." in answer.text


def test_nor_by_who_is_invited(app: Flask, world: World, client: FlaskClient, password: str):
    lay_out(app, world)

    answer = submit(client, f"/invitations/{INVITATION_KEY}", name="Kim", password=password)

    assert answer.status_code == 422
    assert "Houd het bij 128 tekens." in answer.text
