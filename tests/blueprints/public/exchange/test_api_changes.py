"""What a mirror of the lists asks: what changed, what is gone; and the page that describes the API."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from app.actions.confirmation import confirm_listing
from app.actions.groups import set_status
from app.actions.national.officers import list_group
from app.db import db
from app.domain.meeting import Status
from app.formats.api.description import OPERATIONS
from app.records.groups import find_group
from tests.blueprints.feeds import TUESDAY
from tests.blueprints.public.exchange.test_api import ROOT, do, show, slugs
from tests.people import World

SINCE = "/changes.json?since=2026-11-24T12:00:01Z"


@pytest.fixture(autouse=True)
def noon(clock: time_machine.Traveller, world: World) -> None:
    """It is the Tuesday of week 48; Oost meets on Mondays, West on Wednesdays."""


@pytest.mark.parametrize(
    ("deed", "why"),
    [
        (lambda oost, olaf: list_group(oost, listed=False, reason="Dubbel.", by=olaf), "unlisted"),
        (lambda oost, _: set_status(oost, Status.PAUSED, by=None), "paused"),
        (lambda oost, _: set_status(oost, Status.CLOSED, by=None), "closed"),
    ],
)
def test_who_keeps_a_copy_hears_that_a_group_is_gone(
    app: Flask, client: FlaskClient, world: World, clock: time_machine.Traveller, deed, why: str
):
    clock.shift(60)
    do(app, world.olaf, deed)

    found = show(client, SINCE)["changes"]

    assert [(one["slug"], one["state"], one["why"], one["group"]) for one in found] == [
        ("oost", "deleted", why, None)
    ]
    assert slugs(show(client, "/groups")) == ["west"]


def test_who_keeps_a_copy_hears_that_a_group_was_confirmed(
    app: Flask, client: FlaskClient, world: World, clock: time_machine.Traveller
):
    clock.shift(60)
    do(app, world.anna, lambda oost, anna: confirm_listing(oost, by=anna))

    (found,) = show(client, SINCE)["changes"]

    assert (found["state"], found["group"]["confirmation"]) == ("updated", "green")


def test_a_group_that_never_stood_in_a_list_is_in_no_copy(
    app: Flask, client: FlaskClient, clock: time_machine.Traveller
):
    with app.app_context():
        oost = find_group("oost")
        assert oost
        oost.listed = False
        oost.calendar_changed_at = TUESDAY + timedelta(seconds=30)
        db.session.commit()
    clock.shift(60)

    assert show(client, SINCE)["changes"] == []
    assert client.get(f"{ROOT}/groups/oost").status_code == 404


def test_a_copy_is_whole_and_then_follows(
    app: Flask, client: FlaskClient, world: World, clock: time_machine.Traveller
):
    path, copy = "/changes.json?limit=1", {}

    def follow(path: str) -> str:
        while changes := (page := show(client, path))["changes"]:
            path = page["next"].partition(ROOT)[2]
            for one in changes:
                copy[one["slug"]] = one["group"]
        return page["next"].partition(ROOT)[2]

    clock.shift(60)
    path = follow(path)
    clock.shift(60)
    do(app, world.anna, lambda oost, _: set_status(oost, Status.PAUSED, by=None))
    clock.shift(60)
    follow(path)

    assert copy.keys() == {"oost", "west"}
    assert copy["oost"] is None
    assert copy["west"]["name"] == "West"


def test_who_was_away_for_long_begins_anew(client: FlaskClient):
    answer = client.get(f"{ROOT}/changes.json?since=2026-10-01T00:00:00Z")

    assert (answer.status_code, answer.content_type) == (410, "application/problem+json")


def test_the_page_for_programmers_names_each_address(client: FlaskClient):
    page = client.get("/api/").text

    assert [one.path for one in OPERATIONS if one.path not in page] == []
    assert "<script" not in page.partition("<main")[2]
