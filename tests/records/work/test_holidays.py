"""Holidays that nobody answered: the thin rule of the work list and the questions agree."""

from datetime import date, time

import pytest
from flask import Flask
from sqlalchemy import select

from app.db import db
from app.domain.holiday_question import questions
from app.domain.week import Week
from app.domain.work import ANSWER_DUE, Concern
from app.records.groups import Group, find_group
from app.records.holidays import HolidayAnswer
from app.records.listings import schedules_of
from app.records.weeks import ClosureRecord, DeviationRecord
from app.records.work.points import work_of
from tests.people import World

TODAY = date(2026, 12, 7)
CHRISTMAS_WEEK, LAST_WEEK = Week.parse("2026-W52"), Week.parse("2026-W53")
KEY = "2026-12-19-christmas_break"


def shut(first: date, last: date, **whose: int) -> None:
    db.session.add(ClosureRecord(first_day=first, last_day=last, **whose))


def different(week: Week, **how) -> None:
    db.session.add(DeviationRecord(group_id=find_group("oost").id, week=week, **how))


CASES = {
    "silent": lambda oost: None,
    "answered": lambda oost: db.session.add(
        HolidayAnswer(group_id=oost.id, holiday=KEY, meets=True, last_day=date(2027, 1, 3))
    ),
    "cancelled once": lambda oost: different(CHRISTMAS_WEEK, cancelled=True),
    "cancelled twice": lambda oost: [
        different(week, cancelled=True) for week in (CHRISTMAS_WEEK, LAST_WEEK)
    ],
    "held all the same": lambda oost: [
        different(week, all_the_same=True) for week in (CHRISTMAS_WEEK, LAST_WEEK)
    ],
    "moved": lambda oost: [
        different(week, weekday=2, start=time(20)) for week in (CHRISTMAS_WEEK, LAST_WEEK)
    ],
    "moved to where it is": lambda oost: [
        different(week, weekday=1, start=time(19, 30)) for week in (CHRISTMAS_WEEK, LAST_WEEK)
    ],
    "a note": lambda oost: different(CHRISTMAS_WEEK, note="Neem iets mee."),
    "group shut": lambda oost: shut(date(2026, 12, 20), date(2027, 1, 3), group_id=oost.id),
    "place shut": lambda oost: shut(
        date(2026, 12, 20), date(2027, 1, 3), place_id=oost.slots[0].place_id
    ),
    "fellowship shut": lambda oost: shut(
        date(2026, 12, 20), date(2026, 12, 25), fellowship_id=oost.fellowship_id
    ),
    "paused": lambda oost: setattr(oost, "status", "paused"),
    "in preparation": lambda oost: setattr(oost, "status", "preparing"),
    "elsewhere": lambda oost: setattr(oost, "zone", "America/Toronto"),
}


@pytest.mark.parametrize("case", CASES)
def test_the_list_is_silent_about_whatever_no_question_asks(app: Flask, world: World, case: str):
    with app.app_context():
        oost = find_group("oost")
        CASES[case](oost)
        db.session.commit()

        listed = {
            one.slug: {holiday.key for holiday in one.point.holidays}
            for one in work_of(oost.fellowship_id, TODAY)
            if one.point.concern is Concern.HOLIDAY
        }

        groups = db.session.scalars(select(Group)).all()
        week = Week.of(TODAY)
        schedules = schedules_of(groups, (week, week + 7), public=False)
        asked = {
            group.slug: {
                one.holiday.key
                for one in questions(schedules[group.id], TODAY)
                if one.meets is None and one.meeting.usually_starts.date() <= TODAY + ANSWER_DUE
            }
            for group in groups
            if group.status != "paused"
        }
        assert listed == {slug: keys for slug, keys in asked.items() if keys}
