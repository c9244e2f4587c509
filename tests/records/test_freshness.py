"""Freshness is asked of the database in three ways, and each agrees with the domain on each day."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from app.db import db
from app.domain.confirmation import Freshness, freshness
from app.domain.search import Search
from app.records.accounts import Account
from app.records.confirmations import coordinators_of_aged
from app.records.finder import find
from app.records.group_lists.lines import count_groups
from app.records.group_lists.sight import Sight
from app.records.group_lists.wanted import Wanted
from app.records.groups import find_group
from tests.people import NOON, World

AFTER = (1, 2, 8)


@pytest.fixture
def both(app_on_each: Flask) -> Iterator[Flask]:
    with time_machine.travel(NOON, tick=False):
        World(app_on_each)
        with app_on_each.app_context():
            yield app_on_each


def days(after: int, today: date) -> list[date | None]:
    """Return each day around both ends of each stage, and none."""
    ends = (0, after * 7, 2 * after * 7)
    return [None, *(today - timedelta(days=end + near) for end in ends for near in (-1, 0, 1))]


@pytest.mark.parametrize("after", AFTER)
def test_every_question_about_freshness_agrees_with_the_domain(both: Flask, after: int):
    group = find_group("oost")
    today = group.day_of(NOON)
    group.fellowship.confirm_after = after
    everybody = list(db.session.scalars(select(Account.id)))
    for day in days(after, today):
        group.confirmed_on = day
        db.session.commit()
        is_so = freshness(day, today, after)

        listed = [
            one
            for one in Freshness
            if count_groups(Sight(group.fellowship), Wanted(freshness=one, town=group.town), today)
        ]
        asked = {role.group.slug for role in coordinators_of_aged(today, everybody)}
        found = {hit.group.slug for hit in find(Search(confirmed=True), NOON)}

        assert listed == [is_so], day
        assert ("oost" in asked) == (is_so is not Freshness.GREEN), day
        assert ("oost" in found) == (is_so is Freshness.GREEN), day
