"""`flask invite`, `flask officers` and `flask letters send`, as one types them."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from app import create_app
from app.db import db
from app.domain.roles import Role
from app.records.fellowships import Fellowship
from app.records.invitations import Invitation
from app.records.regions import Region
from tests.blueprints.signing import letters
from tests.conftest import settings
from tests.people import Person, World

KIM = "kim@example.org"


def draw_the_north(app: Flask, world: World) -> None:
    with app.app_context():
        region = Region(fellowship_id=world.fellowship_id, name="Het Noorden", kept_parts=[])
        db.session.add(region)
        db.session.commit()


@pytest.mark.parametrize(
    ("options", "kind", "subject"),
    [
        (["--role", "coordinator", "--group", "oost"], "coordinator", "Oost"),
        (["--role", "officer", "--fellowship", "stay-clean"], "officer", "Stay Clean"),
        (
            ["--role", "regional", "--fellowship", "stay-clean", "--region", "het noorden"],
            "regional",
            "Het Noorden",
        ),
        (["--role", "overseer"], "overseer", ""),
    ],
)
def test_an_invitation_is_printed_as_a_link_that_works(
    app: Flask, world: World, options: list[str], kind: str, subject: str
):
    draw_the_north(app, world)

    result = app.test_cli_runner().invoke(args=["invite", KIM, *options])

    assert result.exit_code == 0
    link = result.stdout.strip()
    assert link.startswith("http://127.0.0.1:5000/invitations/")
    assert app.test_client().get(link.removeprefix("http://127.0.0.1:5000")).status_code == 200
    (letter,) = letters(app, "invitation")
    assert (letter["to"], letter["role"], letter["subject"]) == (KIM, kind, subject)


@pytest.mark.parametrize(
    "options",
    [
        [KIM, "--role", "coordinator"],
        [KIM, "--role", "coordinator", "--group", "nergens"],
        [KIM, "--role", "officer"],
        [KIM, "--role", "officer", "--fellowship", "nergens"],
        [KIM, "--role", "overseer", "--group", "oost"],
        [KIM, "--role", "officer", "--fellowship", "stay-clean", "--group", "oost"],
        ["kim", "--role", "overseer"],
        [KIM, "--role", "regional", "--fellowship", "stay-clean"],
        [KIM, "--role", "regional", "--region", "Het Noorden"],
        [KIM, "--role", "regional", "--fellowship", "stay-clean", "--region", "Nergens"],
        [KIM, "--role", "officer", "--fellowship", "stay-clean", "--region", "Het Noorden"],
        [KIM, "--role", "boss"],
        [KIM],
    ],
)
def test_an_invitation_to_nothing_is_refused_with_a_sentence(
    app: Flask, world: World, options: list[str]
):
    result = app.test_cli_runner().invoke(args=["invite", *options])

    assert result.exit_code == 2
    assert result.stderr.strip()
    with app.app_context():
        assert db.session.scalars(select(Invitation)).all() == []


def test_the_link_is_on_the_public_address(sqlite_url: str):
    app = create_app(settings(sqlite_url, TWAALF_PUBLIC_URL="https://groepen.example"))

    result = app.test_cli_runner().invoke(args=["invite", KIM, "--role", "overseer"])

    assert result.stdout.startswith("https://groepen.example/invitations/")


def test_without_a_mail_server_letters_stay_in_the_outbox(app: Flask, world: World):
    app.test_cli_runner().invoke(args=["invite", KIM, "--role", "overseer"])

    result = app.test_cli_runner().invoke(args=["letters", "send"])

    assert result.exit_code == 1
    assert "TWAALF_MAIL_URL" in result.stderr
    assert len(letters(app, "invitation")) == 1


def test_a_server_that_does_not_answer_puts_letters_off(sqlite_url: str):
    app = create_app(settings(sqlite_url, TWAALF_MAIL_URL="smtp://127.0.0.1:1"))
    app.test_cli_runner().invoke(args=["invite", KIM, "--role", "overseer"])

    result = app.test_cli_runner().invoke(args=["letters", "send"])

    assert result.exit_code == 1
    assert result.stdout == "0 sent, 1 put off, 0 given up\n"


@pytest.mark.parametrize(
    "options",
    [
        ["--role", "coordinator", "--group", "oost"],
        ["--role", "officer", "--fellowship", "stay-clean"],
    ],
)
def test_nobody_is_invited_to_what_has_closed(app: Flask, world: World, options: list[str]):
    with app.app_context():
        db.session.get_one(Fellowship, world.fellowship_id).closed_on = date(2026, 11, 23)
        db.session.commit()

    result = app.test_cli_runner().invoke(args=["invite", KIM, *options])

    assert result.exit_code == 2
    assert "This fellowship is closed" in result.stderr
    assert letters(app, "invitation") == []


@pytest.fixture
def rita(app: Flask, world: World) -> Person:
    """Officer of the north."""
    draw_the_north(app, world)
    with app.app_context():
        north = db.session.scalars(select(Region)).one()
        south = Region(fellowship_id=north.fellowship_id, name="Het Zuiden", kept_parts=[])
        db.session.add(south)
        person = world.person("rita@example.org", "Rita", Role.REGIONAL, region=north)
        db.session.commit()
    return person


def officers(app: Flask, *options: str) -> list[str]:
    result = app.test_cli_runner().invoke(args=["officers", "stay-clean", *options])
    assert result.exit_code == 0, result.stderr
    return result.stdout.splitlines()


def test_officers_are_shown_with_their_region(app: Flask, rita: Person):
    assert officers(app) == ["olaf@example.org: all groups", "rita@example.org: Het Noorden"]


def test_a_regional_officer_gets_another_region(app: Flask, rita: Person):
    shown = officers(app, "--move", "Rita@Example.org", "--region", "het zuiden")

    assert shown[1] == "rita@example.org: Het Zuiden"


@pytest.mark.parametrize("email", ["rita@example.org", "noor@example.org"])
def test_where_no_overseer_is_the_command_line_ends_an_office(
    app: Flask, world: World, rita: Person, email: str
):
    with app.app_context():
        fellowship = db.session.get_one(Fellowship, world.fellowship_id)
        world.person("noor@example.org", "Noor", Role.OFFICER, fellowship=fellowship)
        db.session.commit()

    shown = officers(app, "--end", email)

    assert not any(line.startswith(email) for line in shown)
    assert [one["to"] for one in letters(app, "no_longer_officer")] == [email]


@pytest.mark.parametrize(
    "options",
    [
        ["stay-clean", "--end", "olaf@example.org"],
        ["stay-clean", "--end", "anna@example.org"],
        ["stay-clean", "--move", "olaf@example.org", "--region", "Het Zuiden"],
        ["stay-clean", "--move", "rita@example.org", "--region", "Nergens"],
        ["stay-clean", "--move", "rita@example.org"],
        ["stay-clean", "--region", "Het Zuiden"],
        ["nergens"],
    ],
)
def test_what_cannot_be_done_to_officers_is_said_and_not_done(
    app: Flask, rita: Person, options: list[str]
):
    result = app.test_cli_runner().invoke(args=["officers", *options])

    assert result.exit_code == 2
    assert result.stderr.strip().endswith((".", ":"))
    assert officers(app) == ["olaf@example.org: all groups", "rita@example.org: Het Noorden"]
