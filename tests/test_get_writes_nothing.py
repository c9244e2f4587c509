"""A GET changes nothing: no address writes to the database, whoever opens it."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, text

from app.db import db
from tests.addresses import PEOPLE, Grounds, lay_out, rules
from tests.people import World

WRITES = re.compile(
    r"^\s*(INSERT|UPDATE|DELETE|REPLACE|CREATE|DROP|ALTER|TRUNCATE)\b|\bFOR UPDATE\b", re.IGNORECASE
)
TAKES_THE_LOCK = re.compile(r"^\s*BEGIN\s+(IMMEDIATE|EXCLUSIVE)", re.IGNORECASE)


pytestmark = pytest.mark.long


@pytest.fixture
def grounds(app: Flask, world: World) -> Grounds:
    return lay_out(app, world)


@pytest.fixture
def written(grounds: Grounds) -> Iterator[list[str]]:
    """Collect every statement that writes, or takes the writer's lock."""
    statements: list[str] = []

    def seen(_connection, _cursor, statement, _parameters, _context, _many) -> None:
        if WRITES.search(statement) or TAKES_THE_LOCK.search(statement):
            statements.append(statement)

    with grounds.app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", seen)
    yield statements
    event.remove(engine, "before_cursor_execute", seen)


def open_all(grounds: Grounds, client: FlaskClient, method: str, **more) -> dict[str, int]:
    return {
        address: client.open(address, method=method, **more).status_code
        for address in (grounds.address(rule) for rule in rules(grounds.app, "GET"))
    }


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("person", PEOPLE)
def test_no_get_writes(grounds: Grounds, written: list[str], person: str, method: str):
    client = grounds.client(person)
    written.clear()  # logging in may write

    answers = open_all(grounds, client, method)

    assert written == []
    assert [address for address, status in answers.items() if status >= 500] == []


@pytest.mark.parametrize("person", PEOPLE)
def test_no_get_writes_in_another_language_or_with_a_strange_question(
    grounds: Grounds, written: list[str], person: str
):
    client = grounds.client(person)
    written.clear()

    answers = open_all(
        grounds, client, "GET", query_string={"lang": "en", "q": "'; DROP", "do": "save"}
    )

    assert written == []
    assert [address for address, status in answers.items() if status >= 500] == []


def test_a_write_would_be_seen(grounds: Grounds, written: list[str]):
    """The control."""
    with grounds.app.app_context():
        db.session.execute(text("UPDATE groups SET version = version"))
        db.session.rollback()

    assert len(written) == 1
