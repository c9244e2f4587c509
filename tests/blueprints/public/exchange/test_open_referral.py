"""A directory of care follows the groups page by page, and asks for one by its id."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.domain.meeting import Status
from tests.blueprints.public.test_meeting_guide import change
from tests.people import World

SERVICES = "/hsds/v3/services"


def names(client: FlaskClient, query: str = "") -> list[str]:
    return [one["name"] for one in client.get(SERVICES + query).json["contents"]]


def test_every_listed_group_is_a_service(client: FlaskClient, world: World):
    page = client.get(SERVICES).json

    assert [one["name"] for one in page.pop("contents")] == ["Oost", "West"]
    assert page == {
        "total_items": 2,
        "total_pages": 1,
        "page_number": 1,
        "size": 2,
        "first_page": True,
        "last_page": True,
        "empty": False,
    }
    assert client.get("/hsds/v3/").json["version"] == "3.0"


def test_pages_follow_each_other(client: FlaskClient, world: World):
    assert names(client, "?per_page=1") == ["Oost"]
    assert names(client, "?per_page=1&page=2") == ["West"]
    assert client.get(f"{SERVICES}?page=3").json["empty"] is True


@pytest.mark.parametrize(
    "query", ["page=0", "page=-1", "page=x", "per_page=501", "per_page=0", "page=٣"]
)
def test_a_page_that_cannot_be_is_a_problem(client: FlaskClient, world: World, query: str):
    answer = client.get(f"{SERVICES}?{query}")

    assert (answer.status_code, answer.content_type) == (400, "application/problem+json")


def test_one_service_is_asked_by_its_id(client: FlaskClient, world: World):
    one = client.get(SERVICES).json["contents"][1]

    assert client.get(f"{SERVICES}/{one['id']}").json == one
    assert client.get(f"{SERVICES}/nobody").content_type == "application/problem+json"
    assert client.get(f"{SERVICES}/nobody").status_code == 404


@pytest.mark.parametrize("values", [{"listed": False}, {"status": Status.PAUSED}])
def test_a_group_that_is_no_longer_listed_is_gone_at_the_next_request(
    app: Flask, client: FlaskClient, world: World, values: dict
):
    before = names(client)
    change(app, **values)

    assert (before, names(client)) == (["Oost", "West"], ["West"])


def test_any_site_may_ask_and_the_same_is_not_sent_twice(client: FlaskClient, world: World):
    headers = client.get(SERVICES).headers

    assert headers["Access-Control-Allow-Origin"] == "*"
    assert client.get(SERVICES, headers={"If-None-Match": headers["ETag"]}).status_code == 304
    assert client.options(SERVICES).status_code == 204
