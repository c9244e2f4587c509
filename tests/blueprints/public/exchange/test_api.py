"""The read API: what it describes is what it answers, and a mirror that follows it stays true."""

import base64
import json
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import msgspec
import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.actions.groups import set_status
from app.actions.weeks import call_off
from app.db import db
from app.domain.meeting import Status
from app.domain.week import Week
from app.formats.api.asked import CURSOR
from app.formats.api.description import OPERATIONS, openapi
from app.records.accounts import Account
from app.records.groups import Group, find_group
from tests.blueprints.feeds import TUESDAY
from tests.people import Person, World

ROOT = "/api/v1"


@pytest.fixture(autouse=True)
def noon(clock: time_machine.Traveller, world: World) -> None:
    """It is the Tuesday of week 48; Oost meets on Mondays, West on Wednesdays."""


def show(client: FlaskClient, path: str) -> dict[str, Any]:
    answer = client.get(f"{ROOT}{path}")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = json.loads(answer.data)
    return found


def do(app: Flask, person: Person, deed: Callable[[Group, Account], object]) -> None:
    with app.app_context():
        oost = find_group("oost")
        assert oost
        deed(oost, db.session.get_one(Account, person.id))


def slugs(found: dict[str, Any]) -> list[str]:
    return [one["slug"] for one in found["groups"]]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["oost", "west"]),
        ("?q=oos", ["oost"]),
        ("?near=Maastricht&within=5", []),
        ("?near=Nergenshuizen", []),
        ("?day=3", ["west"]),
        ("?day=3&time=morning", []),
        ("?fellowship=stay-clean", ["oost", "west"]),
        ("?fellowship=na", []),
        ("?language=en", []),
        ("?online=1", []),
        ("?online=0", ["oost", "west"]),
        ("?wheelchair=1", []),
        ("?open=1", []),
        ("?free=1", ["oost", "west"]),
        ("?confirmed=1", []),
        ("?subject=alcohol", []),
        ("?for=women", []),
        ("?province=Zeeland", []),
    ],
)
def test_groups_answer_the_filters_of_the_finder(
    client: FlaskClient, query: str, expected: list[str]
):
    assert slugs(show(client, f"/groups{query}")) == expected


def test_one_page_leads_to_the_next(client: FlaskClient):
    first = show(client, "/groups?limit=1&fellowship=stay-clean")
    path = urlsplit(first["next"])
    second = show(client, f"{path.path.removeprefix(ROOT)}?{path.query}")

    assert (slugs(first), slugs(second), second["next"]) == (["oost"], ["west"], None)


@pytest.mark.parametrize("name", ["endpoint", "_method", "_scheme", "_external", "_anchor", "slug"])
@pytest.mark.parametrize("asked", ["groups", "meetings", "places"])
def test_whatever_somebody_asks_the_next_page_is_here(client: FlaskClient, asked: str, name: str):
    """A program follows it without looking: it never leads elsewhere, and asking it is no fault."""
    many = {"limit": "1", "_external": "1"} | {name: "@elsewhere.example/x"}

    answer = client.get(f"{ROOT}/{asked}", query_string=many)

    assert answer.status_code == 200
    if following := answer.get_json()["next"]:
        parts = urlsplit(following)
        assert (parts.netloc, parts.path) == ("127.0.0.1:5000", f"{ROOT}/{asked}")
        assert parts.fragment == ""


def test_meetings_have_their_exceptions_in_them(app: Flask, client: FlaskClient, world: World):
    week = Week.of(TUESDAY.date()) + 1
    do(
        app,
        world.anna,
        lambda oost, anna: call_off(oost, week, by=anna, reason="De zaal is bezet."),
    )

    found = show(client, "/meetings?from=2026-11-24&until=2026-12-01")["meetings"]

    assert [(one["group"], one["starts"], one["is_on"]) for one in found] == [
        ("west", "2026-11-25T19:30:00+01:00", True),
        ("oost", "2026-11-30T19:30:00+01:00", False),
    ]
    assert found[1]["differences"] == ["cancelled"]
    assert found[1]["reason"] == "De zaal is bezet."


def test_meetings_come_page_after_page_in_the_order_of_their_starts(client: FlaskClient):
    path, found = "/meetings?from=2026-11-24&until=2026-12-20&limit=2", []
    while path:
        page = show(client, path)
        found += [one["starts"] for one in page["meetings"]]
        path = (page["next"] or "").partition(ROOT)[2]

    assert len(found) == len(set(found)) == 7
    assert found == sorted(found)


def test_no_window_is_longer_than_a_month(client: FlaskClient):
    found = show(client, "/meetings?from=2026-11-24&until=2099-01-01")

    assert (found["first"], found["last"]) == ("2026-11-24", "2026-12-24")


def test_a_building_has_its_groups(client: FlaskClient):
    found = show(client, "/places")["places"]

    assert [(one["place"]["town"], one["groups"]) for one in found] == [
        ("Amsterdam", ["oost"]),
        ("Haarlem", ["west"]),
    ]


def test_the_same_answer_is_not_sent_twice(app: Flask, client: FlaskClient, world: World):
    tag = client.get(f"{ROOT}/groups").headers["ETag"]
    same = client.get(f"{ROOT}/groups", headers={"If-None-Match": tag}).status_code
    do(app, world.anna, lambda oost, _: set_status(oost, Status.PAUSED, by=None))

    assert same == 304
    assert client.get(f"{ROOT}/groups", headers={"If-None-Match": tag}).status_code == 200


def test_any_site_may_read_it_and_no_session_is_touched(client: FlaskClient):
    headers = client.get(f"{ROOT}/groups").headers

    assert headers["Access-Control-Allow-Origin"] == "*"
    assert "Cookie" not in headers.get("Vary", "")
    assert client.options(f"{ROOT}/groups").status_code == 204


def test_nobody_stands_in_any_answer(client: FlaskClient, world: World):
    paths = [one.path.replace("{slug}", "oost") for one in OPERATIONS]
    bodies = b"".join(client.get(f"{ROOT}{path}").data for path in paths)

    for secret in (b"Anna", b"anna@", b"Olaf", b"seats_taken", b'capacity":'):
        assert secret not in bodies


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda one: one.name)
def test_an_answer_is_as_it_is_described(client: FlaskClient, operation):
    slug = "stay-clean" if "fellowships" in operation.path else "oost"
    found = client.get(ROOT + operation.path.replace("{slug}", slug)).data

    read = msgspec.json.decode(found, type=operation.answer)
    assert msgspec.json.decode(found) == msgspec.to_builtins(read)


def _values(schema: dict[str, Any]) -> st.SearchStrategy[str]:
    right = st.sampled_from([str(one) for one in schema["enum"]]) if "enum" in schema else st.none()
    odd = [
        "",
        "0",
        "-1",
        "9" * 12,
        "\x00",
        "é",
        "2026-11-24",
        "2026-11-24T00:00:00Z",
        "Utrecht",
        "%",
    ]
    return (right | st.text(max_size=90) | st.sampled_from(odd)).map(lambda one: one or "")


_DESCRIBED = json.loads(openapi("1", ""))["paths"]


def test_no_description_allows_the_sign_that_no_address_may_have():
    free = [
        one["schema"]
        for at in _DESCRIBED.values()
        for one in at["get"]["parameters"]
        if one["in"] == "query" and one["schema"]["type"] == "string"
    ]
    assert free
    for schema in free:
        bound = schema.get("pattern", "" if {"enum", "format"} & schema.keys() else ".*")
        assert not re.search(bound, "a\0b", re.DOTALL) or not bound, schema


@st.composite
def questions(draw: st.DrawFn) -> tuple[str, list[tuple[str, str]], set[str]]:
    path = draw(st.sampled_from(sorted(_DESCRIBED)))
    operation = _DESCRIBED[path]["get"]
    asks = {one["name"]: one["schema"] for one in operation["parameters"] if one["in"] == "query"}
    names = draw(st.lists(st.sampled_from(sorted(asks)), max_size=4)) if asks else []
    return (
        path.replace("{slug}", draw(st.sampled_from(["oost", "stay-clean", "none", "%00", "é"]))),
        [(name, draw(_values(asks[name]))) for name in names],
        set(operation["responses"]),
    )


@pytest.mark.long
@given(questions())
@settings(
    max_examples=400,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_whatever_is_asked_is_answered_as_described(client: FlaskClient, question):
    path, query, statuses = question
    answer = client.get(f"{ROOT}{path}", query_string=query)

    assert str(answer.status_code) in statuses | {"400", "404"}
    right = "application/json" if answer.status_code == 200 else "application/problem+json"
    assert answer.content_type == right


@pytest.mark.parametrize(
    "made", ["[true]", "[false]", "[null]", "[1.0]", "[-1]", "[[1]]", "1", "{}"]
)
def test_a_cursor_that_somebody_made_is_no_page(client: FlaskClient, made: str):
    forged = base64.urlsafe_b64encode(made.encode()).decode().rstrip("=")
    for asked in ("groups", "places"):
        assert client.get(f"{ROOT}/{asked}?{CURSOR.name}={forged}").status_code == 404


def test_a_cursor_of_another_list_is_no_page(client: FlaskClient):
    assert client.get(f"{ROOT}/meetings?{CURSOR.name}=WzFd").status_code == 404
