"""`flask letters send`: each duty by itself, some at once, and never silent when mail stays."""

import logging
import resource
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
import time_machine
from click.testing import Result
from flask import Flask

from app import clock
from app.actions.parts.outbox import write_letter
from app.actions.parts.transaction import transaction
from app.commands import rounds
from app.db import db, writing
from app.domain.roles import Role
from app.records.accounts import Account, RoleRecord
from app.records.groups import Group, find_group
from app.records.health.duties import Duty
from app.records.health.state import outbox
from app.records.letters import Letter
from tests.many import FIRST, multiply
from tests.people import NOON, World
from tests.postman import Postman, serving

MANY = 70_000
"""PostgreSQL takes 65,535 values in a query, SQLite fewer."""
MEGABYTE = 1024


@pytest.fixture
def postman() -> Postman:
    return Postman()


@pytest.fixture
def each_app(app_on_each: Flask) -> Iterator[Flask]:
    with time_machine.travel(NOON, tick=False):
        World(app_on_each)
        yield app_on_each


@pytest.fixture
def send(postman: Postman, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Flask], Result]]:
    with serving(postman) as server:

        def run(app: Flask) -> Result:
            monkeypatch.setitem(app.config, "TWAALF_MAIL_URL", server)
            return app.test_cli_runner().invoke(args=["letters", "send"], catch_exceptions=False)

        yield run


@pytest.fixture
def at_noon(request: pytest.FixtureRequest) -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON, tick=False) as traveller:
        request.getfixturevalue("world")
        yield traveller


def code_for(to: str) -> None:
    transaction(write_letter)(
        "login_code", to=to, language="nl", values={"name": "Anna", "code": "12345678"}
    )


def kinds() -> list[str]:
    return [kind for (kind,) in db.session.query(Letter.kind).order_by(Letter.id)]


def fail(*_about: object) -> None:
    raise RuntimeError("anna@example.org")


@pytest.mark.parametrize(
    "duty", ["settle_seats", "roll_on", "ask_who_follows", "ask_about_holidays", "ask_how_many"]
)
def test_a_duty_that_fails_stops_no_other_and_says_so(
    app: Flask, at_noon, send, postman, monkeypatch, caplog, duty: str
):
    monkeypatch.setattr(rounds, duty, fail)
    monkeypatch.setattr(rounds, "groups_to_settle", lambda _now: [1, 2])
    with app.app_context():
        db.session.query(Group).update({"counts_heads": True, "confirmed_on": None})
        db.session.commit()
        code_for("kim@example.org")
    at_noon.shift(timedelta(hours=9))  # Oost has met
    done = send(app)

    assert done.exit_code == 1
    assert postman.to == ["kim@example.org"]
    assert f"{duty} failed: RuntimeError" in caplog.text
    assert "example.org" not in caplog.text + done.output
    with app.app_context():
        asked = {"holidays": "ask_about_holidays", "how_many": "ask_how_many"}
        written = {"whether_right", *(kind for kind, of in asked.items() if of != duty)}
        assert set(kinds()) == written | {"login_code"}


def test_one_group_that_fails_is_passed_over_alone(app: Flask, at_noon, send, monkeypatch, caplog):
    asked = rounds.questions_due

    def fail_with_oost(ids, today):
        due = asked(ids, today)
        if any(group.slug == "oost" for group, *_ in due):
            raise RuntimeError
        return due

    monkeypatch.setattr(rounds, "questions_due", fail_with_oost)
    assert send(app).exit_code == 1
    with app.app_context():
        letters = [one for one in db.session.query(Letter) if one.kind == "holidays"]
        assert [one.recipient for one in letters] == ["ben@example.org"]


def test_a_server_that_is_away_is_said_in_exit_code_line_and_figure(
    app: Flask, at_noon, monkeypatch, caplog
):
    monkeypatch.setitem(app.config, "TWAALF_MAIL_URL", "smtp://127.0.0.1:1")
    with app.app_context():
        code_for("kim@example.org")
    done = app.test_cli_runner().invoke(args=["letters", "send"])

    assert done.exit_code == 1
    assert "Mail does not leave: ConnectionRefusedError" in caplog.text
    assert "kim" not in caplog.text + done.output
    at_noon.shift(timedelta(minutes=30))
    with app.app_context():
        assert outbox(clock.now()) == (5, NOON, 0)


def test_a_letter_that_was_given_up_is_said_in_exit_code_line_and_figure(
    app: Flask, at_noon, send, postman, caplog
):
    postman.refused["kim@example.org"] = "550 5.1.1 no such user"
    with app.app_context():
        code_for("kim@example.org")
    done = send(app)

    assert done.exit_code == 1
    assert "Given up on 1 letters" in caplog.text
    assert "kim" not in caplog.text + done.output
    with app.app_context():
        assert outbox(clock.now())[2] == 1
    assert send(app).exit_code == 0


def test_when_all_is_well_the_exit_code_is_nought_and_nothing_is_logged(
    app: Flask, at_noon, send, caplog
):
    assert send(app).exit_code == 0
    assert [one for one in caplog.records if one.levelno >= logging.WARNING] == []


def test_who_has_groups_in_many_slices_gets_one_letter(app: Flask, at_noon, send, monkeypatch):
    """Anna's and Ben's groups have a coordinator in common, however few are read at once."""
    monkeypatch.setattr(rounds, "READ_AT_ONCE", 1)
    with app.app_context():
        west, since = find_group("west"), NOON.date()
        anna = db.session.query(Account).filter_by(email="anna@example.org").one()
        role = RoleRecord(account_id=anna.id, kind=Role.COORDINATOR, group_id=west.id, since=since)
        db.session.add(role)
        db.session.commit()
    send(app)
    with app.app_context():
        letters = [one for one in db.session.query(Letter) if one.kind == "holidays"]
        assert sorted(one.recipient for one in letters) == ["anna@example.org", "ben@example.org"]


def test_a_round_that_was_broken_off_goes_on_where_it_was(app: Flask, at_noon, send, monkeypatch):
    with app.app_context():
        anna = db.session.query(Account).filter_by(email="anna@example.org").one()
        with writing():
            db.session.add(
                Duty(
                    name="ask_about_holidays",
                    period="long ago",
                    after_id=anna.id,
                    done=False,
                    ran_at=clock.now(),
                )
            )
    send(app)
    with app.app_context():
        letters = [one for one in db.session.query(Letter) if one.kind == "holidays"]
        assert [one.recipient for one in letters] == ["ben@example.org"]


def test_a_letter_that_is_written_beforehand_waits_for_nobody_until_its_time(app: Flask, at_noon):
    with app.app_context():
        before = outbox(clock.now())
        transaction(write_letter)(
            "slot_begins", to="kim@example.org", language="nl", due_at=NOON + timedelta(days=9)
        )
        assert outbox(clock.now()) == before == (0, None, 0)
        at_noon.shift(timedelta(days=9, minutes=2))
        assert outbox(clock.now()) == (1, NOON + timedelta(days=9), 0)


@pytest.mark.huge
def test_seventy_thousand_groups_are_worked_through_in_slices(each_app: Flask, send, caplog):
    """No run dies of the number of ids, none starves another duty, and the memory stays."""
    with each_app.app_context():
        oost = find_group("oost")
        anna = db.session.query(Account).filter_by(email="anna@example.org").one()
        oost.confirmed_on = None
        multiply(oost, anna, MANY)
        db.session.remove()
    assert send(each_app).exit_code == 0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with each_app.app_context():
        written = set(kinds())
        with writing():
            for duty in db.session.query(Duty):
                duty.after_id, duty.done = FIRST + MANY - 3, False
    assert send(each_app).exit_code == 0
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - peak
    with each_app.app_context():
        last = f"anna@example.org{FIRST + MANY - 1}"
        asked = [one.kind for one in db.session.query(Letter) if one.recipient == last]
        db.session.remove()

    assert {"holidays", "whether_right"} <= written
    assert sorted(asked) == ["holidays", "whether_right"]
    assert grown < 10 * MEGABYTE
    assert "failed" not in caplog.text
