"""What a deed reads of a group it asks once, until something was written that may change it."""

from datetime import time

from flask import Flask
from sqlalchemy import delete, select

from app.db import db, writing
from app.domain.week import Week
from app.records.asked.schedule_rows import slot_rows, week_rows
from app.records.groups import Group, find_group
from app.records.slots import SlotRecord
from app.records.weeks import DeviationRecord
from tests.people import FOUNDED, World
from tests.queries import statements

WEEK = Week.of(FOUNDED) + 40


def oost() -> Group:
    group = find_group("oost")
    assert group is not None
    return group


def test_within_a_deed_the_same_is_asked_once(world: World) -> None:
    with world.app.app_context(), writing():
        group = oost()
        first = slot_rows([group])
        with statements(world.app) as sent:
            assert slot_rows([group]) == first
            assert group.slots == first
    assert sent == []


def test_outside_of_a_deed_everything_is_asked_each_time(world: World) -> None:
    with world.app.app_context():
        group = oost()
        slot_rows([group])
        with statements(world.app) as sent:
            slot_rows([group])
    assert len(sent) == 1


def test_what_the_deed_wrote_is_read_again(world: World) -> None:
    with world.app.app_context(), writing():
        group = oost()
        assert len(slot_rows([group])) == 1
        later = SlotRecord(since=WEEK, weekday=2, start=time(20))
        group.slots.append(later)
        assert later in slot_rows([group])
        group.slots.remove(later)
        assert later not in slot_rows([group])


def test_what_was_written_past_the_records_is_read_again(world: World) -> None:
    with world.app.app_context(), writing():
        group = oost()
        db.session.add(DeviationRecord(group_id=group.id, week=WEEK, note="taart"))
        assert len(week_rows([group.id], (WEEK, WEEK))) == 1
        db.session.execute(delete(DeviationRecord).where(DeviationRecord.group_id == group.id))
        assert week_rows([group.id], (WEEK, WEEK)) == []


def test_what_was_undone_is_read_again(world: World) -> None:
    with world.app.app_context(), writing():
        group = oost()
        part = db.session.begin_nested()
        group.slots.append(SlotRecord(since=WEEK, weekday=2, start=time(20)))
        assert len(slot_rows([group])) == 2
        part.rollback()
        assert len(slot_rows([group])) == 1


def test_earlier_weeks_than_were_asked_are_asked_anew(world: World) -> None:
    with world.app.app_context(), writing():
        group = oost()
        db.session.add(DeviationRecord(group_id=group.id, week=WEEK, note="taart"))
        late, early = (WEEK + 41, WEEK + 41), (WEEK, WEEK)
        assert week_rows([group.id], late) == []
        assert len(week_rows([group.id], early)) == 1
        with statements(world.app) as sent:
            week_rows([group.id], late)
        assert sent == []


def test_a_deed_begins_with_nothing_that_was_known_before(world: World) -> None:
    with world.app.app_context():
        with writing():
            slot_rows([oost()])
        with writing(), statements(world.app) as sent:
            slot_rows([oost()])
    assert len(sent) == 2


def test_after_a_lock_that_others_may_have_held_everything_is_asked_again(
    app_on_each: Flask,
) -> None:
    World(app_on_each)
    with app_on_each.app_context(), writing():
        group = oost()
        week_rows([group.id], (WEEK, WEEK))
        db.session.scalars(select(Group).with_for_update()).all()
        with statements(app_on_each) as sent:
            week_rows([group.id], (WEEK, WEEK))
        waits = db.engine.dialect.name == "postgresql"
    assert len(sent) == (1 if waits else 0)
