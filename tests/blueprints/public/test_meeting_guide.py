"""The public lists: true, cheap to ask for, and open to every site."""

import json
from datetime import time

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app import clock as app_clock
from app.actions.national.fellowships import NewFellowship, found_fellowship
from app.db import db
from app.domain.meeting import Status
from app.domain.place import Visibility
from app.domain.week import Week
from app.formats.meeting_guide.reading import read
from app.records import listed as listed_records
from app.records.fellowships import Fellowship
from app.records.groups import Group
from app.records.slots import SlotRecord
from app.records.weeks import DeviationRecord
from tests.people import World
from tests.queries import statements

EVERYTHING = "/meetings.json"
OURS = "/fellowships/stay-clean/meetings.json"


def names(client: FlaskClient, path: str = EVERYTHING) -> list[str]:
    return [row["name"] for row in json.loads(client.get(path).data)]


def change(app: Flask, **values: object) -> None:
    """Write to Oost as an action would."""
    with app.app_context():
        group = db.session.scalars(select(Group).where(Group.slug == "oost")).one()
        for name, value in values.items():
            setattr(group, name, value)
        group.calendar_rev += 1
        db.session.commit()


@pytest.mark.parametrize("path", [EVERYTHING, OURS])
def test_the_list_holds_every_listed_group(client: FlaskClient, world: World, path: str):
    answer = client.get(path)

    assert answer.status_code == 200
    assert answer.content_type == "application/json"
    assert [one.name for one in read(answer.data).entries] == ["Oost", "West"]


def test_an_address_in_the_list_is_the_groups_page_on_the_public_host(
    client: FlaskClient, world: World
):
    row = json.loads(client.get(EVERYTHING).data)[0]

    assert row["url"] == "http://127.0.0.1:5000/groups/oost"


def test_a_fellowships_list_holds_its_own_groups_only(
    app: Flask, client: FlaskClient, world: World
):
    with app.app_context():
        other = found_fellowship(NewFellowship("na", "NA"), by=None)
        group = world.group(other, "noord", "Noord", "Zwolle", weekday=2)
        group.listed = True
        db.session.commit()

    assert names(client) == ["Oost", "West", "Noord"]
    assert names(client, "/fellowships/na/meetings.json") == ["Noord"]


def test_an_unknown_fellowship_answers_problem_json(client: FlaskClient, world: World):
    answer = client.get("/fellowships/nobody/meetings.json")

    assert answer.status_code == 404
    assert answer.content_type == "application/problem+json"


@pytest.mark.parametrize(
    "values",
    [{"listed": False}, {"status": Status.PAUSED}, {"status": Status.CLOSED}],
)
def test_a_group_that_is_unlisted_or_does_not_meet_is_left_out(
    app: Flask, client: FlaskClient, world: World, values: dict
):
    change(app, **values)

    assert names(client) == ["West"]


def test_a_group_in_preparation_is_in_it_once_it_has_a_time(
    app: Flask, client: FlaskClient, world: World
):
    with app.app_context():
        fellowship = db.session.get(Fellowship, world.fellowship_id)
        assert fellowship
        group = world.group(fellowship, "zuid", "Zuid", "Breda", weekday=5, status=Status.PREPARING)
        db.session.commit()
        slot_id = group.slots[0].id
        with_time = names(client)
        db.session.delete(db.session.get(SlotRecord, slot_id))
        db.session.commit()

    assert with_time == ["Oost", "West", "Zuid"]
    assert names(client) == ["Oost", "West"]


def test_a_cancelled_evening_stays_and_is_told(app: Flask, client: FlaskClient, world: World):
    with app.app_context():
        group = db.session.scalars(select(Group).where(Group.slug == "oost")).one()
        week = Week.at(app_clock.now(), group.timezone)
        db.session.add(DeviationRecord(group_id=group.id, week=week, cancelled=True))
        db.session.commit()
    change(app)

    oost = json.loads(client.get(EVERYTHING).data)[0]

    assert "gaat het niet door" in oost["notes"]


def test_a_hidden_address_is_not_in_the_list(app: Flask, client: FlaskClient, world: World):
    with app.app_context():
        for slot in db.session.scalars(select(SlotRecord)):
            slot.visibility = Visibility.TOWN
        db.session.commit()

    answer = client.get(EVERYTHING)

    assert b"Lindengracht" not in answer.data
    assert b"De Linde" not in answer.data
    assert b"Amsterdam" in answer.data


def test_any_site_may_read_the_list_and_a_proxy_may_keep_it(client: FlaskClient, world: World):
    headers = client.get(EVERYTHING).headers

    assert headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in headers
    assert headers["Cache-Control"] == "public, max-age=300"


@pytest.mark.parametrize("path", [EVERYTHING, OURS])
def test_nobodys_session_is_touched_for_it(world: World, path: str):
    headers = world.anna.client().get(path).headers

    assert "Set-Cookie" not in headers
    assert "Cookie" not in headers.get("Vary", "")


def test_who_has_the_list_already_is_told_so_in_two_queries(
    app: Flask, client: FlaskClient, world: World
):
    tag = client.get(EVERYTHING).headers["ETag"]

    with statements(app) as sent:
        answer = client.get(EVERYTHING, headers={"If-None-Match": tag})

    assert (answer.status_code, answer.data) == (304, b"")
    assert len(sent) == 2
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_the_list_is_written_once_and_kept(app: Flask, client: FlaskClient, world: World):
    first = client.get(EVERYTHING).data

    with statements(app) as sent:
        second = client.get(EVERYTHING).data

    assert first == second
    assert len(sent) == 2


@pytest.mark.parametrize(
    "values", [{"name": "Nieuw"}, {"listed": False}, {"status": Status.PAUSED}, {"zone": "Asia/Tokyo"}]
)  # fmt: skip
def test_a_changed_group_changes_the_list_at_the_next_request(
    app: Flask, client: FlaskClient, world: World, values: dict
):
    before = client.get(EVERYTHING)

    change(app, **values)

    after = client.get(EVERYTHING, headers={"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 200
    assert after.data != before.data


def test_a_renamed_fellowship_changes_the_list(app: Flask, client: FlaskClient, world: World):
    before = client.get(OURS)
    with app.app_context():
        fellowship = db.session.get(Fellowship, world.fellowship_id)
        assert fellowship
        fellowship.name = "Clean Blijven"
        db.session.commit()

    assert client.get(OURS).headers["ETag"] != before.headers["ETag"]


def test_the_week_turns_the_tag(client: FlaskClient, world: World, clock):
    before = client.get(EVERYTHING).headers["ETag"]
    clock.shift(7 * 24 * 3600)

    assert client.get(EVERYTHING).headers["ETag"] != before


def test_more_groups_cost_no_more_queries(
    app: Flask, client: FlaskClient, world: World, monkeypatch: pytest.MonkeyPatch
):
    with statements(app) as few:
        client.get(EVERYTHING)
    with app.app_context():
        fellowship = db.session.get(Fellowship, world.fellowship_id)
        assert fellowship
        for number in range(40):
            group = world.group(fellowship, f"g{number}", f"G{number}", "Ede", weekday=1)
            group.slots[0].start = time(20)
        db.session.commit()

    with statements(app) as many:
        assert len(names(client)) == 42

    assert len(many) == len(few)


def test_the_pages_of_the_query_leave_nobody_out(
    app: Flask, client: FlaskClient, world: World, monkeypatch: pytest.MonkeyPatch
):
    paged = listed_records.listed_groups
    monkeypatch.setattr(
        listed_records,
        "listed_groups",
        lambda of, *, after_id: paged(of, after_id=after_id, limit=1),
    )

    assert names(client) == ["Oost", "West"]
