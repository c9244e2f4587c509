"""Undo: within the hour, by any coordinator of the group, while nothing has changed it since."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, time, timedelta

import pytest
import time_machine
from flask import Flask

from app.actions.slots import set_slot
from app.actions.undoing import undo
from app.actions.weeks import WeekEdit, as_usual, change_week
from app.db import db
from app.domain.meeting import Meeting
from app.domain.refusal import NotTheirs
from app.domain.slot import Slot
from app.domain.undoing import TooLateToUndo
from app.domain.week import Week
from app.records.accounts import Account
from app.records.changes import Change, changes_of
from app.records.groups import Group, find_group
from app.records.listings import schedule_of
from app.records.weeks import DeviationRecord
from tests.people import World

MONDAY = datetime(2026, 11, 23, 12, tzinfo=UTC)
WEEK = Week.parse("2026-W48")


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(MONDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def oost(clock: time_machine.Traveller, app: Flask, world: World) -> Iterator[Group]:
    with app.app_context():
        group = find_group("oost")
        assert group
        yield group


def account(world: World, name: str) -> Account:
    return db.session.get_one(Account, getattr(world, name).id)


def last(group: Group) -> Change:
    return changes_of(group.id, most=1)[0]


def meeting(group: Group) -> Meeting:
    found = schedule_of(group, (WEEK, WEEK + 4), public=False).meeting_in(WEEK)
    assert found
    return found


def steps(group: Group) -> list[int | None]:
    schedule = schedule_of(group, (WEEK, WEEK + 4), public=False)
    return [one.theme.step if one.theme else None for one in schedule.meetings(WEEK, 4)]


def test_what_was_cancelled_takes_place_again_and_the_revision_rises(oost: Group, world: World):
    before = oost.calendar_rev
    change_week(oost, WEEK, WeekEdit(cancelled=True, reason="zaal dicht"), by=None)

    undo(oost, last(oost).id, by=account(world, "anna"))

    assert meeting(oost).is_on
    assert oost.calendar_rev == before + 2
    assert last(oost).deed == "undo"
    assert db.session.get_one(DeviationRecord, (oost.id, WEEK)).version == 2


def test_everything_that_differed_before_is_there_again(oost: Group):
    place = oost.slots[0].place.value()
    first = WeekEdit(weekday=3, start=time(20), note="Neem koek mee", theme_title="Spreker")
    change_week(oost, WEEK, first, by=None)
    stood = meeting(oost)
    as_usual(oost, WEEK, by=None)

    undo(oost, last(oost).id, by=None)

    assert meeting(oost) == stood
    assert stood.place == place


def test_a_second_undo_finds_nothing(oost: Group):
    change_week(oost, WEEK, WeekEdit(note="Koek"), by=None)
    change = last(oost)
    undo(oost, change.id, by=None)

    with pytest.raises(TooLateToUndo):
        undo(oost, change.id, by=None)


def test_an_undo_is_not_undone(oost: Group):
    change_week(oost, WEEK, WeekEdit(note="Koek"), by=None)
    undo(oost, last(oost).id, by=None)

    with pytest.raises(TooLateToUndo):
        undo(oost, last(oost).id, by=None)


def test_what_changed_since_is_not_undone(oost: Group):
    change_week(oost, WEEK, WeekEdit(note="Koek"), by=None)
    change = last(oost)
    change_week(oost, WEEK, WeekEdit(note="Taart"), by=None)

    with pytest.raises(TooLateToUndo):
        undo(oost, change.id, by=None)

    assert meeting(oost).note == "Taart"


@pytest.mark.parametrize(("minutes", "may"), [(59, True), (60, False), (61, False)])
def test_it_is_undone_within_an_hour(
    oost: Group, clock: time_machine.Traveller, minutes: int, may: bool
):
    change_week(oost, WEEK, WeekEdit(cancelled=True), by=None)
    change = last(oost)
    clock.shift(timedelta(minutes=minutes))

    with suppress(TooLateToUndo):
        undo(oost, change.id, by=None)

    assert meeting(oost).is_on is may


def test_a_meeting_that_is_over_meanwhile_stays_as_it_was(
    oost: Group, clock: time_machine.Traveller
):
    clock.move_to(datetime(2026, 11, 23, 20, tzinfo=UTC))
    change_week(oost, WEEK, WeekEdit(cancelled=True), by=None)
    clock.shift(timedelta(minutes=30))

    with pytest.raises(TooLateToUndo):
        undo(oost, last(oost).id, by=None)


def test_the_coordinator_of_another_group_may_not(oost: Group, world: World):
    change_week(oost, WEEK, WeekEdit(cancelled=True), by=None)
    change, west = last(oost), find_group("west")

    with pytest.raises(NotTheirs):
        undo(oost, change.id, by=account(world, "ben"))
    with pytest.raises(NotTheirs):
        undo(west, change.id, by=account(world, "ben"))


def test_steps_that_went_on_from_a_week_take_their_old_turns_again(oost: Group):
    later = WEEK + 2
    themes = oost.slots[0].value().themes
    set_slot(oost, Slot(later, 2, time(20), themes=themes), by=None)
    before = steps(oost)
    change_week(oost, WEEK, WeekEdit(theme_step=5), rest_follows=True, by=None)
    assert steps(oost) == [5, 6, 7, 8]

    undo(oost, last(oost).id, by=None)

    assert steps(oost) == before
    assert [str(slot.since) for slot in oost.slots] == ["2026-W02", str(later)]


def test_steps_are_not_put_back_over_a_new_standing_time(oost: Group):
    change_week(oost, WEEK, WeekEdit(theme_step=5), rest_follows=True, by=None)
    change = last(oost)
    set_slot(oost, Slot(WEEK + 1, 2, time(20)), by=None)

    with pytest.raises(TooLateToUndo):
        undo(oost, change.id, by=None)


def test_what_has_no_way_back_is_refused(oost: Group):
    set_slot(oost, Slot(WEEK + 1, 2, time(20)), by=None)

    with pytest.raises(TooLateToUndo):
        undo(oost, last(oost).id, by=None)
