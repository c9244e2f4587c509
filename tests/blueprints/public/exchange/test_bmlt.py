"""NA's sites ask as they ask any BMLT server, and get every listed group."""

import json
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from app import clock as app_clock
from app.domain.meeting import Status
from app.formats.meeting_guide.reading import read
from tests.blueprints.public.test_meeting_guide import change
from tests.people import World

JSON = "/client_interface/json/?switcher="
SCRIPT = "/client_interface/jsonp/?switcher="


def names(client: FlaskClient, query: str = "") -> list[str]:
    return [one["meeting_name"] for one in client.get(f"{JSON}GetSearchResults{query}").json]


def test_every_listed_group_is_in_it(client: FlaskClient, world: World):
    answer = client.get(f"{JSON}GetSearchResults&get_used_formats")

    assert answer.content_type == "application/json"
    assert [one.name for one in read(answer.data).entries] == ["Oost", "West"]


def test_a_fellowship_is_a_service_body(client: FlaskClient, world: World):
    (body,) = client.get(f"{JSON}GetServiceBodies").json

    assert body["name"] == "Stay Clean"
    assert names(client, f"&services[]={body['id']}&recursive=1") == ["Oost", "West"]
    assert names(client, f"&services=-{body['id']}") == []


@pytest.mark.parametrize(
    "values", [{"listed": False}, {"status": Status.PAUSED}, {"status": Status.CLOSED}]
)
def test_a_group_that_is_no_longer_listed_is_gone_at_the_next_request(
    app: Flask, client: FlaskClient, world: World, values: dict
):
    before = names(client)
    change(app, **values)

    assert (before, names(client)) == (["Oost", "West"], ["West"])


def test_the_same_answer_is_not_sent_twice(app: Flask, client: FlaskClient, world: World):
    path = f"{JSON}GetSearchResults&weekdays=2"
    tag = client.get(path).headers["ETag"]
    same = client.get(path, headers={"If-None-Match": tag}).status_code
    change(app, name="Oosterpark")

    assert same == 304
    assert client.get(path, headers={"If-None-Match": tag}).status_code == 200


def test_each_question_has_an_answer_of_its_own(client: FlaskClient, world: World):
    first, second = (client.get(f"{JSON}{one}") for one in ("GetFormats", "GetServiceBodies"))

    assert first.headers["ETag"] != second.headers["ETag"]


def test_any_site_may_ask_and_no_session_is_touched(client: FlaskClient, world: World):
    headers = client.get(f"{JSON}GetFormats").headers

    assert headers["Access-Control-Allow-Origin"] == "*"
    assert headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "Cookie" not in headers.get("Vary", "")


def test_a_browser_that_asks_beforehand_is_let_through(client: FlaskClient, world: World):
    answer = client.options("/client_interface/json/")

    assert answer.status_code == 204
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_a_script_calls_the_function_that_is_named(client: FlaskClient, world: World):
    answer = client.get(f"{SCRIPT}GetSearchResults&callback=jsonp_1796_57143")

    assert answer.content_type == "text/javascript; charset=utf-8"
    assert answer.text.startswith("/**/jsonp_1796_57143([")
    assert json.loads(answer.text.removeprefix("/**/jsonp_1796_57143(").removesuffix(");"))


@pytest.mark.parametrize("callback", ["alert(1)//", "a;b", "é", "a" * 200, "", "a..b", "a b"])
def test_no_script_is_written_that_calls_anything_else(
    client: FlaskClient, world: World, callback: str
):
    asked = {"switcher": "GetFormats", "callback": callback}
    answer = client.get("/client_interface/jsonp/", query_string=asked)

    assert answer.status_code == 400
    assert answer.content_type == "application/problem+json"


def changes(client: FlaskClient, query: str = "") -> list[tuple[str, str, str]]:
    rows = client.get(f"{JSON}GetChanges{query}").json
    assert {row["user_name"] for row in rows} <= {""}
    return [
        (
            row["meeting_name"],
            row["change_type"][len("comdef_change_type") :],
            row["meeting_exists"],
        )
        for row in rows
    ]


def test_a_mirror_hears_what_is_new_and_what_changed(
    app: Flask, clock: time_machine.Traveller, world: World
):
    client = app.test_client()
    assert changes(client) == [("West", "_new", "1"), ("Oost", "_new", "1")]

    clock.shift(timedelta(days=3))
    day = f"{app_clock.now():%Y-%m-%d}"
    mend_listing_of(app, name="Oosterpark")

    assert changes(client, f"&start_date={day}") == [("Oosterpark", "_change", "1")]
    assert changes(client, f"&start_date={day}&end_date=2020-01-01") == []
    assert changes(client, "&meeting_id=2") == [("West", "_new", "1")]
    assert changes(client, "&service_body_id=99") == []
    assert changes(client, "&start_date=never")[0] == ("Oosterpark", "_new", "1")


def test_a_mirror_hears_that_a_group_is_gone_and_reads_its_name_no_more(
    app: Flask, clock: time_machine.Traveller, world: World
):
    client = app.test_client()
    clock.shift(timedelta(days=1))
    mend_listing_of(app, status=Status.CLOSED)

    assert changes(client)[0] == ("", "_delete", "0")
    assert client.get(f"{SCRIPT}GetChanges&callback=x").text.startswith("/**/x([")


def mend_listing_of(app: Flask, **values: object) -> None:
    change(app, calendar_changed_at=app_clock.now(), **values)


@pytest.mark.parametrize("switcher", ["", "GetNothing", "GetNAWSDump"])
def test_a_question_that_is_not_known_is_a_problem(
    client: FlaskClient, world: World, switcher: str
):
    answer = client.get(f"{JSON}{switcher}")

    assert (answer.status_code, answer.content_type) == (400, "application/problem+json")
    assert client.get(f"{JSON}GetFormats").status_code == 200
