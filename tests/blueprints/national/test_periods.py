"""Months and years beside each other, since a day of one's choice."""

import csv
import io
from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import select

from app.actions.figures import keep_month
from app.actions.groups import set_status
from app.db import db
from app.domain.meeting import Status
from app.domain.week import Week
from app.domain.zones import HOME
from app.records.groups import find_group
from app.records.head_counts import HeadCount
from app.records.months import MonthKept
from app.records.participants import ParticipantRecord
from tests.browsing import words_of
from tests.nights import let_a_night_pass
from tests.people import NOON, World
from tests.queries import statements

PERIODS = "/national/stay-clean/periods"


@pytest.fixture(autouse=True)
def clock_stands_still() -> Iterator[None]:
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def olaf(world: World) -> FlaskClient:
    """West shares its counts, and Oost stopped this month."""
    with world.app.app_context():
        west, week = find_group("west"), Week.at(NOON, HOME)
        west.shares_head_counts = True
        db.session.add_all(
            HeadCount(group_id=west.id, week=week + -ago, people=people)
            for ago, people in ((1, 9), (2, 3), (6, 13), (60, 8))
        )
        db.session.commit()
        set_status(find_group("oost"), Status.CLOSED, by=None)
        let_a_night_pass()
    return world.olaf.client()


def rows(client: FlaskClient, name: str, **query: str) -> list[list[str]]:
    answer = client.get(f"{PERIODS}/{name}.csv", query_string=query)
    assert answer.status_code == 200
    return list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))


def test_then_and_now_are_beside_each_other_with_their_difference(olaf: FlaskClient) -> None:
    page = words_of(olaf.get(f"{PERIODS}?since=2026-02-01").text)

    assert (
        "Sinds begin februari 2026: van 2 naar 1 actieve groepen. Begonnen: 0. Gestopt: 1." in page
    )
    assert rows(olaf, "since", since="2026-02-01")[1] == ["Actief", "2", "1", "−1"]


def test_months_stand_beside_those_of_other_years(olaf: FlaskClient) -> None:
    table = rows(olaf, "visits", since="2025-01-01")

    assert table[0][:2] == ["Maand", "2026"]
    assert table[11][1] == "ongeveer 10"
    assert table[12][1] == "–", "December is still to come"


def test_a_day_that_is_none_is_a_year_ago(olaf: FlaskClient) -> None:
    for since in ("", "geen dag", "9999-01-01", "2026-02-31"):
        assert 'value="2025-11-23"' in olaf.get(PERIODS, query_string={"since": since}).text


def test_a_province_is_compared_by_itself(olaf: FlaskClient) -> None:
    page = words_of(olaf.get(f"{PERIODS}?province=Drenthe&since=2026-02-01").text)

    assert "van 0 naar 0 actieve groepen" in page
    assert olaf.get(f"{PERIODS}?province=Texas").status_code == 404
    assert olaf.get(f"{PERIODS}/nothing.csv").status_code == 404


def test_a_month_is_kept_in_the_first_night_after_it_and_once(
    olaf: FlaskClient, world: World
) -> None:
    with world.app.app_context():
        west = find_group("west")
        db.session.add_all(
            ParticipantRecord(group_id=west.id, seat=seat, joined_on=NOON.date())
            for seat in range(1, 8)
        )
        west.confirmed_on = NOON.date()
        db.session.commit()
        let_a_night_pass()
        assert keep_month() == 0, "the month is not over, and that before it too long ago"

        with time_machine.travel(NOON + timedelta(days=10), tick=False):
            night(world)
            db.session.add(ParticipantRecord(group_id=west.id, seat=9, joined_on=NOON.date()))
            db.session.commit()
            night(world)
            assert [row.seats_exact for row in db.session.scalars(select(MonthKept))] == [7]

    with time_machine.travel(NOON + timedelta(days=11), tick=False):
        client = world.olaf.client()
        assert rows(client, "seats", since="2026-06-01")[11:] == [
            ["November", "7"],
            ["December", "8"],
        ]
        now = rows(client, "since", since="2026-12-01")
        assert now[4] == ["Plekken bezet", "7", "8", ""]
        assert now[6][:3] == ["Vermeldingen op tijd bevestigd", "1", "1"]
        page = words_of(client.get(f"{PERIODS}?since=2026-06-01").text)
        assert "Sinds november 2026 bewaard." in page


def test_who_came_in_the_night_is_not_told_of_the_month(olaf: FlaskClient, world: World) -> None:
    with world.app.app_context():
        west = find_group("west")
        with time_machine.travel(NOON + timedelta(days=8), tick=False):
            db.session.add_all(
                ParticipantRecord(group_id=west.id, seat=seat, joined_on=NOON.date())
                for seat in range(1, 8)
            )
            db.session.commit()
            night(world)
            kept = db.session.scalars(select(MonthKept)).all()
            assert [(row.month, row.seats_exact, row.seats_few) for row in kept] == [
                ("2026-11", 0, 0)
            ]


def night(world: World) -> None:
    world.app.test_cli_runner().invoke(args=["forget"])


def test_comparing_costs_as_many_queries_for_many_years(olaf: FlaskClient, world: World) -> None:
    def cost() -> int:
        with statements(world.app) as sent:
            assert olaf.get(f"{PERIODS}?since=2020-01-01").status_code == 200
        return len(sent)

    few = cost()
    with world.app.app_context():
        find_group("west").created_at -= timedelta(days=3000)
        db.session.commit()

    assert cost() == few
    assert few <= 10
