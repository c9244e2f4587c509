"""What no page of ours sends is refused before any view sees it, and never by a fault of ours."""

import io
import time

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from app.blueprints.web.request_checks import (
    LARGEST_ID,
    LONGEST_FIELD,
    LONGEST_QUERY,
)
from tests.addresses import Grounds, csrf_token, lay_out, rules
from tests.browsing import form_on, submit
from tests.people import World

MARKS = "a" + "\u0301\u0316" * 4_999
"""As long as a field may be, and as slow to compose as it can be."""
OF_NOTHING = (LARGEST_ID, LARGEST_ID + 1, 2**63, 10**30)
SECONDS = 5
"""Of the processor, for what takes a tenth of one."""


@pytest.fixture
def grounds(app: Flask, world: World) -> Grounds:
    return lay_out(app, world)


@pytest.mark.parametrize("person", ["visitor", "anna", "olaf", "vera"])
@pytest.mark.parametrize("body", ["[1]", "1", "NaN", '{"words": 123}', "[" * 100_000])
def test_no_page_takes_json(grounds: Grounds, person: str, body: str):
    client = grounds.client(person)
    token = {"X-CSRFToken": csrf_token(grounds.app, client)}

    taken = {
        rule.rule: status
        for rule in rules(grounds.app, "POST")
        if (status := client.post(grounds.address(rule), data=body, headers=token,
                                  content_type="application/json").status_code) != 415
    }  # fmt: skip

    assert taken == {}


@pytest.mark.parametrize("kind", ["text/plain", "application/vnd.api+json", "application/xml"])
def test_nor_anything_else_that_is_no_form(client: FlaskClient, kind: str):
    assert client.post("/start", data="x", content_type=kind).status_code == 415


def test_a_file_in_the_place_of_a_text_is_refused(grounds: Grounds):
    client = grounds.client("anna")
    page = "/coordinate/oost/listing"

    answer = client.post(
        page, data=form_on(client, page) | {"name": (io.BytesIO(b"Oost"), "name.txt")}
    )

    assert answer.status_code == 400


def test_a_form_in_parts_is_taken_as_any_other(grounds: Grounds):
    client = grounds.client("anna")
    page = "/coordinate/oost/listing"

    answer = client.post(page, data=form_on(client, page), content_type="multipart/form-data")

    assert answer.status_code == 303


@pytest.mark.parametrize(
    "head",
    [
        'form-data; name="alias\r\nX-Line: 1"',
        "form-data",
        "form-data; name",
        'form-data; filename="x"',
        'form-data; name="\xff"',
        "form-data; name*=UTF-8''%00",
        'attachment; name="alias"; name="contact"',
        "",
    ],
)
@pytest.mark.parametrize("path", ["/groups/oost/ask", "/groups/oost/wrong", "/login", "/logout"])
def test_a_part_that_names_no_field_is_no_fault_of_ours(
    world: World, client: FlaskClient, path: str, head: str
):
    body = f"--a\r\nContent-Disposition: {head}\r\n\r\nx\r\n--a--\r\n".encode("latin-1")

    answer = client.post(path, data=body, content_type="multipart/form-data; boundary=a")

    assert answer.status_code in (400, 403, 422)


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data"])
@pytest.mark.parametrize(
    "field", [{"message": "x" * (LONGEST_FIELD + 1)}, {"x" * (LONGEST_FIELD + 1): ""}]
)
def test_what_nobody_types_is_too_large(client: FlaskClient, field: dict[str, str], kind: str):
    answer = client.post("/start", data=field, content_type=kind)

    assert answer.status_code == 413
    assert "Te groot" in answer.text


def test_an_address_may_be_as_long_as_ours_are(world: World, client: FlaskClient):
    statuses = [
        client.get("/", query_string="q=" + "x" * (length - 2)).status_code
        for length in (LONGEST_QUERY, LONGEST_QUERY + 1)
    ]

    assert statuses == [200, 414]


def test_who_wrote_too_much_keeps_it(grounds: Grounds):
    written = "é" * 2_600

    answer = submit(grounds.client("anna"), "/coordinate/oost/listing", description=written)

    assert answer.status_code == 422
    assert written in answer.text
    assert "Houd het bij 1200 tekens." in answer.text


def test_a_text_that_is_too_long_is_searched_for_nothing(grounds: Grounds):
    written = "Bel 06 12345678. " * 100

    answer = submit(grounds.client("anna"), "/coordinate/oost/listing", description=written)

    assert "Houd het bij 1200 tekens." in answer.text
    assert "Hier staat een telefoonnummer" not in answer.text


def test_marks_without_end_keep_nobody_waiting(world: World, client: FlaskClient):
    page = "/start?fellowship=stay-clean"
    held = form_on(client, page)
    begun = time.process_time()

    answer = client.post(page, data=held | {"town": MARKS, "words": MARKS})

    assert answer.status_code in (303, 422)
    assert time.process_time() - begun < SECONDS


@pytest.fixture
def on_each(app_on_each: Flask) -> Grounds:
    """The same grounds on each database: PostgreSQL's integers end sooner."""
    return lay_out(app_on_each, World(app_on_each))


def _with_ids(grounds: Grounds, method: str) -> list[tuple[Rule, str]]:
    return [
        (rule, name)
        for rule in rules(grounds.app, method)
        for name, converter in rule._converters.items()
        if converter.regex == r"\d+"
    ]


@pytest.mark.parametrize("number", OF_NOTHING)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_no_number_in_an_address_is_too_large_for_us(on_each: Grounds, method: str, number: int):
    grounds, wrong = on_each, {}
    for rule, name in _with_ids(grounds, method):
        person = "olaf" if rule.rule.startswith("/national") else "anna"
        person = "vera" if "/officers/" in rule.rule else person
        client = grounds.client(person)
        token = {"csrf_token": csrf_token(grounds.app, client)}
        values = {one: grounds._value(one, rule.endpoint) for one in rule.arguments}
        with grounds.app.test_request_context():
            address = grounds.app.url_for(rule.endpoint, **(values | {name: number}))
        sent = {"data": token} if method == "POST" else {}
        status = client.open(address, method=method, **sent).status_code
        if status not in (303, 404):
            wrong[rule.rule] = status

    assert _with_ids(grounds, method)
    assert wrong == {}


@pytest.mark.parametrize("number", [-(2**63) - 1, -1, 0, *OF_NOTHING, "9" * 5_000, "x"])
def test_nor_is_the_line_from_which_a_history_goes_on(on_each: Grounds, number: object):
    anna, olaf = on_each.client("anna"), on_each.client("olaf")

    answers = (
        anna.get(f"/coordinate/oost/changes?before={number}"),
        olaf.get(f"/national/stay-clean/history?before={number}"),
    )

    assert [answer.status_code for answer in answers] == [200, 200]


@pytest.mark.parametrize("key", ["2010-04-30-x", "0001-01-01-x", "9999-12-31-x", "x"])
def test_a_holiday_that_there_is_not_is_not_found(grounds: Grounds, key: str):
    client = grounds.client("anna")
    token = {"csrf_token": csrf_token(grounds.app, client)}

    answer = client.post(f"/coordinate/oost/holidays/{key}", data=token | {"meets": "yes"})

    assert answer.status_code == 404


def test_a_number_of_many_digits_is_no_closure(grounds: Grounds):
    client = grounds.client("anna")
    page = f"/coordinate/oost/weeks/{grounds.week + 1}"
    held = form_on(client, page, f"{page}/as-usual")

    answer = client.post(f"{page}/as-usual", data=held | {"closures": "9" * 5_000})

    assert answer.status_code == 303


def test_no_address_answers_a_trace(grounds: Grounds):
    client = grounds.client("visitor")

    answers = {
        client.open(grounds.address(rule), method="TRACE").status_code
        for rule in rules(grounds.app, "GET")
    }

    assert answers <= {404, 405}


@pytest.mark.parametrize(
    ("environment", "status"),
    [
        ({"REMOTE_ADDR": "127.0.0.1"}, 200),
        ({"REMOTE_ADDR": "192.0.2.7"}, 404),
        ({"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "192.0.2.7"}, 404),
        ({"REMOTE_ADDR": "127.0.0.1", "HTTP_FORWARDED": "for=192.0.2.7"}, 404),
        ({"REMOTE_ADDR": "127.0.0.1", "HTTP_VIA": "1.1 proxy"}, 404),
    ],
)
def test_figures_of_the_process_are_for_the_machine_itself(
    client: FlaskClient, environment: dict[str, str], status: int
):
    assert client.get("/metrics", environ_overrides=environment).status_code == status
