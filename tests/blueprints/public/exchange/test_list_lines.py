"""A list that is written anew writes the groups that changed, and no others."""

import json
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from app import clock
from app.actions.confirmation import confirm_listing
from app.actions.groups import set_status
from app.blueprints.public.exchange.list_lines import KeptLines
from app.domain.meeting import Status
from app.formats.meeting_guide import writing as lists
from app.records.accounts import find_account
from app.records.groups import find_group
from tests.blueprints.feeds import edit
from tests.people import World

EVERYTHING, OF_ONE = "/meetings.json", "/fellowships/stay-clean/meetings.json"


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Collect the slugs of the groups whose lines are written."""
    slugs: list[str] = []
    line = lists.line

    def noted(listing, **more):
        slugs.append(listing.slug)
        return line(listing, **more)

    monkeypatch.setattr(lists, "line", noted)
    return slugs


def names(client: FlaskClient, path: str = EVERYTHING) -> list[str]:
    return [one["name"] for one in json.loads(client.get(path).data)]


def test_one_write_is_one_line(app: Flask, client: FlaskClient, world: World, written: list[str]):
    assert names(client) == ["Oost", "West"]
    assert sorted(written) == ["oost", "west"]
    written.clear()

    edit(app, lambda group: setattr(group, "name", "Oosterlicht"))

    assert names(client) == ["Oosterlicht", "West"]
    assert written == ["oost"]


def test_each_way_to_write_has_lines_of_its_own(
    client: FlaskClient, world: World, written: list[str]
):
    names(client)
    written.clear()

    assert names(client, OF_ONE) == ["Oost", "West"]
    assert sorted(written) == ["oost", "west"]


def test_another_day_and_a_confirmation_are_told(
    app: Flask, client: FlaskClient, world: World, written: list[str]
):
    names(client)
    written.clear()
    with time_machine.travel(clock.now() + timedelta(days=1), tick=False):
        names(client)
        assert sorted(written) == ["oost", "west"]
        written.clear()
        with app.app_context():
            confirm_listing(find_group("oost"), by=find_account("anna@example.org"))
        names(client)
    assert written == ["oost"]


def test_who_is_gone_stands_in_no_list(app: Flask, client: FlaskClient, world: World):
    names(client)
    with app.app_context():
        set_status(find_group("oost"), Status.CLOSED, by=find_account("anna@example.org"))

    assert names(client) == ["West"]


def test_lines_beyond_the_room_are_written_again(app: Flask):
    lines = KeptLines(most_bytes=10)
    lines.keep(1, "a", b"123456")
    lines.keep(2, "a", b"123456")
    assert lines.known([(1, "a"), (2, "a")]) == {1: b"123456"}

    lines.keep(1, "b", b"1234")
    lines.keep(2, "a", b"123456")
    assert lines.known([(1, "a"), (2, "a")]) == {2: b"123456"}
    assert lines.known([(1, "b"), (2, "b")]) == {1: b"1234"}
    assert lines.bytes == 10
