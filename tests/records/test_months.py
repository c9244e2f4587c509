"""What is kept of a month adds up to the figures of its last morning, whole and by part."""

import random
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.actions import figures as figures_actions
from app.actions.figures import keep_month
from app.actions.groups import set_status
from app.db import db
from app.domain.confirmation import Freshness
from app.domain.meeting import Status
from app.domain.overview import RUNNING
from app.domain.people_known import People
from app.domain.periods import Kept
from app.domain.tally import Topic
from app.records.fellowships import Fellowship
from app.records.figures import Scope, figures_of, listings_by_freshness
from app.records.group_lists.by_region import in_region
from app.records.groups import Group
from app.records.months import MonthKept, months_kept
from app.records.participants import ParticipantRecord
from app.records.regions import Region
from tests.nights import let_a_night_pass
from tests.people import NOON, World

pytestmark = pytest.mark.long
FIRST_NIGHT = NOON.replace(month=12, day=1, hour=4)


@pytest.mark.parametrize("seed", range(3))
def test_a_month_adds_up_to_its_figures(
    app_on_each: Flask, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    dice = random.Random(seed)
    with time_machine.travel(FIRST_NIGHT - timedelta(days=1), tick=False):
        world = World(app_on_each)
        with app_on_each.app_context():
            fellowship = db.session.get_one(Fellowship, world.fellowship_id)
            for number in range(25):
                province = dice.choice(["Drenthe", "Utrecht", ""])
                group = world.group(
                    fellowship, f"g{number}", f"G{number}", "Ede", weekday=1, province=province
                )
                for seat in range(1, dice.randint(1, 13)):
                    row = ParticipantRecord(group_id=group.id, seat=seat, joined_on=NOON.date())
                    db.session.add(row)
                group.confirmed_on = dice.choice(
                    [None, NOON.date(), NOON.date() - timedelta(days=400)]
                )
            db.session.add(
                Region(
                    fellowship_id=fellowship.id, name="Hier", kept_parts=[["province", "Drenthe"]]
                )
            )
            db.session.commit()
            for group in db.session.scalars(select(Group).limit(6)).all():
                set_status(group, dice.choice([Status.CLOSED, Status.PAUSED]), by=None)
            let_a_night_pass()
    with time_machine.travel(FIRST_NIGHT, tick=False), app_on_each.app_context():
        today = FIRST_NIGHT.date()
        region = in_region(world.fellowship_id, db.session.scalars(select(Region.id)).one(), today)
        monkeypatch.setattr(figures_actions, "AT_ONCE", 9)
        assert keep_month() == 9  # and there it is broken off
        db.session.remove()
        slices = list(iter(keep_month, 0))
        assert slices[:-1] == [9] * (len(slices) - 1)
        assert 9 + sum(slices) > 15
        assert keep_month() == 0
        for scope in (
            Scope(),
            Scope(world.fellowship_id),
            Scope(world.fellowship_id, "Drenthe"),
            Scope(world.fellowship_id, groups=region),
        ):
            figures, fresh = figures_of(scope, today), listings_by_freshness(scope, today)
            seats, line = (
                People.total(figures.get(topic, {})[one].people
                             for one in RUNNING if one in figures.get(topic, {}))
                for topic in (Topic.SEATS, Topic.LINE)
            )  # fmt: skip
            expected = Kept(seats, line, sum(fresh.values()), fresh[Freshness.GREEN])
            assert months_kept(scope, "2026-01") == {"2026-11": expected}


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_the_database_keeps_no_small_number(app_on_each: Flask, number: int) -> None:
    World(app_on_each)
    with app_on_each.app_context():
        row = {"month": "2026-10", "group_id": 1, "seats_few": 0, "line_few": 0}
        db.session.add(MonthKept(**row, seats_exact=number, line_exact=0))
        with pytest.raises(IntegrityError, match="betrays_nobody"):
            db.session.commit()
