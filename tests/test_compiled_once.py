"""No page compiles the same statements again and again: each is put together from parts that keep their shape."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import literal_column, select

from app.db import db
from app.domain.search import Search
from app.records.finder import find
from app.records.finding import built
from tests.addresses import PEOPLE, lay_out, rules
from tests.people import NOON, World
from tests.queries import compiled

SEARCHES = (
    ("/", "/?lang=en"),
    ("/?near=1015&day=4", "/?near=1017&day=5"),
    ("/?q=oost", "/?q=linde"),
    ("/?near=1015&view=week", "/?near=1017&view=week"),
    ("/meetings.json", "/meetings.json"),
    ("/api/v1/meetings?from=2026-11-30", "/api/v1/meetings?from=2026-12-07"),
)
"""The same question about another place, day or word."""
REQUESTS = 3


@pytest.mark.long
@pytest.mark.parametrize("person", PEOPLE)
def test_no_page_goes_on_compiling(app: Flask, world: World, person: str):
    """SQLAlchemy may need another request or two to know a statement within a statement again."""
    grounds = lay_out(app, world)
    client = grounds.client(person)
    again = {}

    for rule in rules(app, "GET"):
        address = grounds.address(rule)
        client.get(address)
        for _ in range(REQUESTS):
            with compiled(app) as found:
                client.get(address)
            if not found:
                break
        again[address] = found

    assert {address: found for address, found in again.items() if found} == {}


@pytest.mark.parametrize(("first", "second"), SEARCHES, ids=[first for first, _ in SEARCHES])
def test_a_search_for_another_place_day_or_word_compiles_nothing(
    app: Flask, world: World, first: str, second: str
):
    client = app.test_client()
    with time_machine.travel(NOON, tick=False):  # a Monday: today is asked in another shape
        client.get(first)

        with compiled(app) as found:
            assert client.get(second).status_code == 200

    assert found == []


def test_a_search_of_the_same_shape_puts_no_statement_together(
    app: Flask, world: World, monkeypatch: pytest.MonkeyPatch
):
    """It is asked with its own values all the same: each finds what it asks."""
    monkeypatch.setattr(built, "_built", kept := {})
    now = datetime(2026, 11, 23, 17, tzinfo=UTC)

    def slugs(near: str, words: str, then: datetime) -> list[str]:
        return [hit.group.slug for hit in find(Search(words, near, within=25), then)]

    with app.app_context():
        assert slugs("1015", "oost", now) == ["oost"]
        together = len(kept)
        assert slugs("2011", "west", now + timedelta(minutes=1)) == ["west"]

    assert len(kept) == together > 0


def test_a_statement_that_changes_its_shape_is_seen(app: Flask):
    """The control."""
    with app.app_context():
        with compiled(app) as found:
            for number in (11, 12):
                db.session.execute(select(literal_column(str(number))))
        db.session.rollback()

    assert found == ["SELECT 11", "SELECT 12"]
