"""Months and years beside each other, since a day of one's choice."""

import csv
import io
from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from flask.testing import FlaskClient

from app.actions.groups import set_status
from app.db import db
from app.domain.meeting import Status
from app.domain.week import Week
from app.domain.zones import HOME
from app.records.groups import find_group
from app.records.head_counts import HeadCount
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
    assert few <= 8
