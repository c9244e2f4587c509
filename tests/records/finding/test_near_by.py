"""What is near by is found by an index, however many groups there are."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import event, text

from app.db import db
from app.domain.geography.whereabouts import spot_of_town
from app.domain.search import Day, Search
from app.domain.week import Week
from app.records.choices import count_choices
from app.records.finder import find_preparing, resolve
from app.records.finding.beside import find_farther, find_for_relatives, groups_for_relatives
from app.records.finding.between import find_between
from app.records.finding.coming import ComingMeeting
from app.records.groups import Group, find_group
from app.records.provinces import count_by_province
from tests.people import World
from tests.records.finding.many import many_rows

pytestmark = pytest.mark.long

MONDAY = datetime(2026, 11, 23, 17, tzinfo=UTC)


@pytest.fixture
def both(app_on_each: Flask) -> Iterator[Flask]:
    with time_machine.travel(MONDAY, tick=False):
        World(app_on_each)
        with app_on_each.app_context():
            for slug, town in (("oost", "Amsterdam"), ("west", "Haarlem")):
                spot = spot_of_town(town)
                place = find_group(slug).slots[0].place
                place.latitude, place.longitude = spot.position.latitude, spot.position.longitude
            db.session.commit()
        yield app_on_each


def plans_of(ask: Callable[[], object], about: str) -> list[str]:
    """Return how the database goes about each statement that speaks of a table."""
    plans = []

    def explain(connection, cursor, statement, parameters, _context, _many):
        if about in statement and "EXPLAIN" not in statement:
            word = "EXPLAIN" if db.engine.dialect.name == "postgresql" else "EXPLAIN QUERY PLAN"
            rows = connection.exec_driver_sql(f"{word} {statement}", parameters)
            plans.append("\n".join(str(row[-1]) for row in rows))

    event.listen(db.engine, "before_cursor_execute", explain)
    ask()
    event.remove(db.engine, "before_cursor_execute", explain)
    return plans


def as_many_again_for_weeks(weeks: int) -> None:
    """Let all meet for some weeks on end, and let that be known."""
    later = text(
        "INSERT INTO coming_meeting"
        " (group_id, week, starts, ends, next_from, day, minute, is_on, is_soon, is_open)"
        " SELECT group_id, week + :weeks, starts + :minutes, ends + :minutes, next_from + :minutes,"
        " day, minute, is_on, false, is_open FROM coming_meeting WHERE group_id >= 10000 AND week = :week"
    )
    week = Week.of(MONDAY.date()).number
    for ahead in range(1, weeks + 1):
        db.session.execute(later, {"weeks": ahead, "minutes": ahead * 10080, "week": week})
    db.session.execute(text("ANALYZE"))


def test_groups_for_relatives_are_found_by_town_province_and_subject(both: Flask):
    with both.app_context():
        many_rows(MONDAY)
        group = find_group("g-10004")

        [plan] = plans_of(lambda: groups_for_relatives(group), "groups.audience =")

        for one in ("town", "province", "subject", "id"):
            assert f"ix_groups_relatives_{one}" in plan
        assert "ORDER BY groups.id" not in plan


def test_the_groups_for_relatives_are_those_of_the_town_then_of_the_province_then_others(
    both: Flask,
):
    with both.app_context():
        many_rows(MONDAY)
        group = find_group("g-10004")
        groups = db.session.query(Group).filter_by(audience="relatives").all()
        wanted = sorted(
            groups,
            key=lambda one: (
                (one.town != group.town) * (1 if one.province == group.province else 2),
                one.subject != group.subject,
                one.id,
            ),
        )

        found = groups_for_relatives(group, limit=200)

        assert found == wanted[:200]
        assert [one.town == group.town for one in found[:5]] == [True] * 3 + [False] * 2


def test_a_week_near_by_goes_by_the_place(both: Flask):
    with both.app_context():
        many_rows(MONDAY)
        asked = resolve(Search(near="3512", within=10), MONDAY)
        first = MONDAY.date()

        [plan] = plans_of(
            lambda: find_between(asked, first, first + timedelta(days=6), limit=70),
            "coming_meeting",
        )

        assert "ix_findable_in_circle" in plan


def test_very_many_groups_are_counted_by_indexes_alone_and_none_is_read_in_vain(both: Flask):
    with both.app_context():
        many_rows(MONDAY)
        asked = resolve(Search(near="3512", within=100), MONDAY)

        plans = plans_of(lambda: count_choices(asked), "coming_meeting")
        in_provinces = plans_of(lambda: count_by_province(asked), "findable")

        assert len(plans) == len(in_provinces) == 1
        if db.engine.dialect.name == "sqlite":
            assert "SEARCH findable USING COVERING INDEX ix_findable_in_circle" in plans[0]
            assert (
                "SEARCH coming_meeting USING COVERING INDEX ix_coming_meeting_of_group" in plans[0]
            )
            assert "USING COVERING INDEX ix_findable_in_province" in in_provinces[0]


def test_groups_in_preparation_are_walked_in_their_order_or_by_the_place(both: Flask):
    with both.app_context():
        many_rows(MONDAY)
        anywhere, near = (resolve(one, MONDAY) for one in (Search(), Search(near="3512", within=5)))

        [walked] = plans_of(lambda: find_preparing(anywhere, MONDAY), "findable")
        [by_place] = plans_of(lambda: find_preparing(near, MONDAY), "findable")

        assert "ix_findable_of_status" in walked
        if db.engine.dialect.name == "sqlite":
            assert "TEMP B-TREE" not in walked
            assert "ix_findable_in_circle" in by_place


def test_the_soonest_of_a_few_are_found_without_reading_all_groups_beforehand(both: Flask):
    with both.app_context():
        many_rows(MONDAY)
        as_many_again_for_weeks(14)
        asked = resolve(Search(), MONDAY)

        [plan] = plans_of(lambda: find_for_relatives(asked, MONDAY), "coming_meeting")

        if db.engine.dialect.name == "sqlite":
            assert "ix_coming_meeting_in_time" in plan
            assert "BLOOM" not in plan


def test_what_is_off_pushes_nobody_out_of_the_nearest_outside_the_circle(both: Flask):
    with both.app_context():
        asked = resolve(Search(near="1011", within=5, day=Day.TODAY), MONDAY)
        oost = db.session.query(ComingMeeting).filter_by(group_id=find_group("oost").id)
        west = db.session.query(ComingMeeting).filter_by(group_id=find_group("west").id)
        for row in west.filter(ComingMeeting.starts > MONDAY).limit(1):
            row.day = MONDAY.date()
        for row in oost.filter(ComingMeeting.day == MONDAY.date()):
            row.next_from, row.is_on, row.is_soon = None, False, False
        db.session.commit()

        assert [hit.group.slug for hit in find_farther(asked, 1)] == ["west"]
