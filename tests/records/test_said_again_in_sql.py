"""What a query says again, for speed, is what the domain says of each group by itself."""

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from app.db import db
from app.domain.holiday import WEEKS_AHEAD
from app.domain.holiday_question import is_to_ask, questions
from app.domain.listing import Subject
from app.domain.meeting import Status
from app.domain.roles import Role
from app.domain.search import Day, PartOfDay, Search, Whom
from app.domain.week import Week
from app.records.accounts import RoleRecord
from app.records.choices import count_choices
from app.records.finder import find, resolve
from app.records.groups import Group
from app.records.holidays_asked import asked_before, questions_due
from app.records.listings import schedule_of
from app.records.provinces import count_by_province
from tests.people import NOON

GROUPS = 40
MANY = 1000


@pytest.fixture
def full(app_on_each: Flask) -> Iterator[Flask]:
    """The demo, on each database."""
    with time_machine.travel(NOON, tick=False):
        filled = app_on_each.test_cli_runner().invoke(args=["demo", "--groups", str(GROUPS)])
        assert filled.exit_code == 0, filled.output
        with app_on_each.app_context():
            yield app_on_each


def questions_of(group: Group, today: date) -> set[tuple[int, str, int]]:
    """Return what a group is to be asked by its own schedule, and how often it was."""
    week = Week.of(today)
    schedule = schedule_of(group, (week, week + WEEKS_AHEAD), public=False)
    asked = asked_before([group.id], today)
    return {
        (group.id, one.holiday.key, len(before))
        for one in questions(schedule, today)
        if is_to_ask(one, before := asked.get((group.id, one.holiday.key), []), today)
    }


def test_no_question_about_a_holiday_is_lost_in_the_rough_query(full: Flask):
    dice = random.Random(12)
    groups = list(db.session.scalars(select(Group).order_by(Group.id)))
    for group in groups:
        group.status = dice.choice([*Status])
    db.session.commit()
    coordinated = set(
        db.session.scalars(select(RoleRecord.group_id).where(RoleRecord.kind == Role.COORDINATOR))
    )
    asked = set()
    for _ in range(25):
        today = NOON.date() + timedelta(days=dice.randrange(400))
        with time_machine.travel(NOON + (today - NOON.date()), tick=False):
            due = {
                (group.id, question.holiday.key, before)
                for group, question, before in questions_due([one.id for one in groups], today)
            }
            each = [questions_of(one, today) for one in groups if one.id in coordinated]
            assert due == set().union(*each), today
            asked |= due
    assert len(asked) > GROUPS, "it was about something"


def a_search(dice: random.Random) -> Search:
    may_be: dict[str, list[Any]] = {
        "near": ["Utrecht", "Amsterdam", "Groningen"],
        "words": ["oost", "avond"],
        "day": [*Day],
        "time": [*PartOfDay],
        "whom": [*Whom],
        "subject": [*Subject],
        "fellowship": ["aa", "stay-clean"],
        "language": ["nl", "en"],
        "online": [True, False],
        "free": [True],
        "wheelchair": [True],
        "is_open": [True],
        "confirmed": [True],
    }
    names = dice.sample(sorted(may_be), dice.randrange(4))
    return Search(within=50, **{name: dice.choice(may_be[name]) for name in names})


def found(search: Search) -> list[Group]:
    """Return the groups that are counted: on an asked day those that meet, else all that go on."""
    hits = find(search, NOON, limit=MANY)
    return [one.group for one in hits if one.is_on or search.day is None]


def test_the_count_of_each_province_is_what_a_search_there_finds(full: Flask):
    dice = random.Random(5)
    counted = 0
    for _ in range(20):
        search = replace(a_search(dice), near="", words="")
        counts = count_by_province(resolve(search, NOON))

        there = {
            name: len(found(replace(search, province=name)))
            for name in {one.province for one in db.session.scalars(select(Group))} - {""}
        }
        assert Counter(counts) == Counter(there), search
        counted += sum(counts.values())
    assert counted > GROUPS


def test_the_count_of_each_choice_is_what_the_search_with_it_finds(full: Flask):
    dice = random.Random(9)
    for _ in range(20):
        search = a_search(dice)
        counts = count_choices(resolve(search, NOON))

        assert counts.choices is not None
        assert counts.total == len(found(search)), search
        for name, value in [
            ("day", dice.choice([*Day])),
            ("time", dice.choice([*PartOfDay])),
            ("whom", dice.choice([*Whom])),
            ("subject", dice.choice([*Subject])),
            ("online", dice.choice([True, False])),
            ("free", True),
            ("wheelchair", True),
            ("confirmed", True),
        ]:
            counted = counts.choices[name].get(value, 0)
            if counted is None:
                assert name == "online"
                assert search.near, "online is everywhere, a hall is near by"
                continue
            with_it = replace(search, **{name: value})
            assert counted == len(found(with_it)), (search, name)
