"""One week: what is different, as usual again; one row, and nobody overwrites unseen."""

import threading
from datetime import UTC, datetime, time, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select, text

from app.actions.national.mending import mend_week
from app.actions.slots import set_slot
from app.actions.undoing import undo
from app.actions.weeks import WeekEdit, as_usual, call_off, change_week
from app.db import db
from app.domain.held import MeetingIsOver, MovedToThePast
from app.domain.meeting import Difference, Meeting
from app.domain.refusal import ChangedMeanwhile, NotTheirs
from app.domain.slot import Slot
from app.domain.themes import Rotation
from app.domain.week import NoSuchWeek, NoSuchWeekday, Week
from app.records.accounts import Account
from app.records.changes import Change, changes_of
from app.records.groups import Group, find_group
from app.records.listings import schedule_of
from app.records.weeks import ClosureRecord, DeviationRecord
from tests.people import World

WEDNESDAY = datetime(2026, 11, 25, 12, tzinfo=UTC)
WEEK = Week.parse("2026-W49")
THIS_WEEK = Week.parse("2026-W48")


@pytest.fixture
def now() -> datetime:
    return WEDNESDAY


def meeting(group: Group, week: Week = WEEK) -> Meeting:
    found = schedule_of(group, (week, week), public=False).meeting_in(week)
    assert found is not None
    return found


def step_in(group: Group, week: Week) -> int | None:
    theme = meeting(group, week).theme
    return theme.step if theme else None


def rows() -> list[DeviationRecord]:
    return list(db.session.query(DeviationRecord))


def test_differences_may_be_combined(oost: Group, anna: Account) -> None:
    edit = WeekEdit(weekday=2, start=time(20), theme_title="Dankbaarheid", note="Neem brood mee.")

    change_week(oost, WEEK, edit, by=anna)

    found = meeting(oost)
    assert f"{found.starts:%A %H:%M}" == "Tuesday 20:00"
    assert found.differences == {Difference.MOVED, Difference.THEME, Difference.NOTE}


def test_a_week_has_one_row_however_often_it_changes(oost: Group, anna: Account) -> None:
    for reason in ("feest", "ziek", "storm"):
        change_week(oost, WEEK, WeekEdit(cancelled=True, reason=reason), by=anna)

    assert [(row.reason, row.version) for row in rows()] == [("storm", 3)]


def test_what_is_as_usual_is_not_stored(oost: Group, anna: Account) -> None:
    place_id = oost.slots[0].place_id
    usual = WeekEdit(weekday=1, start=time(19, 30), place_id=place_id, note="x")
    change_week(oost, WEEK, usual, by=anna)

    [row] = rows()
    assert (row.weekday, row.start, row.place_id) == (None, None, None)
    assert meeting(oost).differences == {Difference.NOTE}


def test_a_change_raises_the_feed_and_confirms_the_listing(oost: Group, anna: Account) -> None:
    before = oost.calendar_rev

    change_week(oost, WEEK, WeekEdit(note="Neem een stoel mee."), by=anna)

    assert oost.calendar_rev > before
    assert oost.confirmed_on == WEDNESDAY.date()


@pytest.mark.parametrize(
    ("week", "edit", "refusal"),
    [
        (THIS_WEEK + -1, WeekEdit(note="x"), MeetingIsOver),
        (THIS_WEEK, WeekEdit(note="x"), MeetingIsOver),
        (THIS_WEEK, WeekEdit(cancelled=True), MeetingIsOver),
        (THIS_WEEK, WeekEdit(weekday=5), MeetingIsOver),
        (WEEK, WeekEdit(weekday=8), NoSuchWeekday),
        (WEEK, WeekEdit(weekday=0), NoSuchWeekday),
        (WEEK, WeekEdit(place_id=4_000_000), NotTheirs),
    ],
)
def test_a_refusal_stores_nothing(
    oost: Group, anna: Account, week: Week, edit: WeekEdit, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        change_week(oost, week, edit, by=anna)

    assert rows() == []
    assert changes_of(oost.id) == []


@pytest.mark.parametrize(
    ("edit", "refusal"),
    [
        (WeekEdit(weekday=3, start=time(13, 1)), None),
        (WeekEdit(weekday=3, start=time(13)), MovedToThePast),
        (WeekEdit(weekday=2), MovedToThePast),
        (WeekEdit(weekday=7), None),
    ],
)
def test_this_weeks_meeting_moves_only_to_an_hour_to_come(
    oost: Group, anna: Account, edit: WeekEdit, refusal: type[Exception] | None
) -> None:
    # It is Wednesday, 13.00 in Amsterdam; they meet on Friday this week.
    with time_machine.travel(WEDNESDAY - timedelta(days=2), tick=False):
        change_week(oost, THIS_WEEK, WeekEdit(weekday=5), by=anna)

    if refusal is None:
        change_week(oost, THIS_WEEK, edit, by=anna)
        assert meeting(oost, THIS_WEEK).starts.isoweekday() == edit.weekday
    else:
        with pytest.raises(refusal):
            change_week(oost, THIS_WEEK, edit, by=anna)
        assert meeting(oost, THIS_WEEK).starts.isoweekday() == 5


def test_a_week_is_not_as_usual_again_once_its_usual_time_has_been(
    oost: Group, anna: Account
) -> None:
    with time_machine.travel(WEDNESDAY - timedelta(days=2), tick=False):
        change_week(oost, THIS_WEEK, WeekEdit(weekday=5), by=anna)

    with pytest.raises(MovedToThePast):
        as_usual(oost, THIS_WEEK, by=anna)


def test_tonight_is_called_off_and_what_else_is_different_stays(oost: Group, anna: Account) -> None:
    change_week(oost, WEEK, WeekEdit(weekday=2, note="Neem een sjaal mee."), by=anna)

    call_off(oost, WEEK, reason="zaal dicht", by=anna)

    found = meeting(oost)
    assert not found.is_on
    assert (found.starts.isoweekday(), found.reason, found.note) == (
        2,
        "zaal dicht",
        "Neem een sjaal mee.",
    )
    assert [one.deed for one in changes_of(oost.id)] == ["call_off", "change_week"]


def test_calling_off_what_is_off_notes_nothing(oost: Group, anna: Account) -> None:
    call_off(oost, WEEK, by=anna)
    call_off(oost, WEEK, by=anna)

    assert len(changes_of(oost.id)) == 1


def test_calling_off_hits_no_week_that_was_changed_meanwhile(oost: Group, anna: Account) -> None:
    seen = oost.slot_version
    change_week(oost, WEEK, WeekEdit(weekday=5), by=anna)

    with pytest.raises(ChangedMeanwhile):
        call_off(oost, WEEK, by=anna, version=0, slot_version=seen)
    assert meeting(oost).is_on


def test_an_evening_that_is_over_is_not_called_off(oost: Group, anna: Account) -> None:
    with pytest.raises(MeetingIsOver):
        call_off(oost, THIS_WEEK, by=anna)


def test_before_the_first_week_there_is_nothing_to_change(oost: Group, anna: Account) -> None:
    oost.slots[0].since = WEEK + 1
    db.session.commit()

    with pytest.raises(NoSuchWeek):
        change_week(oost, WEEK, WeekEdit(note="x"), by=anna)


def test_the_place_of_another_group_is_not_theirs_to_choose(oost: Group, anna: Account) -> None:
    west = find_group("west")
    assert west is not None

    with pytest.raises(NotTheirs):
        change_week(oost, WEEK, WeekEdit(place_id=west.slots[0].place_id), by=anna)


def test_as_usual_takes_back_whatever_was_different(oost: Group, anna: Account) -> None:
    change_week(oost, WEEK, WeekEdit(cancelled=True, weekday=3, note="x"), by=anna)

    as_usual(oost, WEEK, by=anna)

    assert meeting(oost).differences == frozenset()
    assert rows()[0].version == 2


def test_as_usual_says_otherwise_than_a_closure(oost: Group, anna: Account) -> None:
    db.session.add(ClosureRecord(group_id=oost.id, first_day=WEEK.monday, last_day=WEEK.sunday))
    db.session.commit()
    assert not meeting(oost).is_on

    as_usual(oost, WEEK, by=anna)

    assert meeting(oost).is_on


def test_a_form_that_is_behind_is_told_what_stands_there_now(oost: Group, anna: Account) -> None:
    change_week(oost, WEEK, WeekEdit(note="De eerste."), by=anna, version=0)

    with pytest.raises(ChangedMeanwhile) as refused:
        change_week(oost, WEEK, WeekEdit(note="De tweede."), by=anna, version=0)

    assert (refused.value.by, refused.value.current.note) == ("Anna", "De eerste.")


def test_a_form_from_before_two_changes_and_back_does_not_pass_for_new(
    oost: Group, anna: Account
) -> None:
    change_week(oost, WEEK, WeekEdit(note="x"), by=anna)
    as_usual(oost, WEEK, by=anna)

    with pytest.raises(ChangedMeanwhile):
        change_week(oost, WEEK, WeekEdit(note="y"), by=anna, version=0)


def test_twenty_people_at_once_leave_one_row_and_overwrite_nothing_unseen(
    app_on_each: Flask,
) -> None:
    world = World(app_on_each)
    told: list[str] = []
    ready = threading.Barrier(20)

    def change(number: int) -> None:
        ready.wait(timeout=30)
        with app_on_each.app_context():
            group, account = find_group("oost"), db.session.get_one(Account, world.anna.id)
            assert group is not None
            version = 0
            while True:
                try:
                    edit = WeekEdit(note=f"{number}")
                    change_week(group, WEEK, edit, by=account, version=version)
                    return
                except ChangedMeanwhile as refused:
                    told.append(refused.current.note)
                    version = rows()[0].version
                    db.session.rollback()

    with time_machine.travel(WEDNESDAY, tick=False):
        threads = [threading.Thread(target=change, args=(number,)) for number in range(20)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    with app_on_each.app_context():
        [row] = rows()
        notes = [change.after["note"] for change in changes_of(find_group("oost").id)]
        assert row.version == 20
        assert len(set(notes)) == 20
        before = [change.before["note"] for change in changes_of(find_group("oost").id)]
        assert before[:-1] == notes[1:]  # each knew what it changed
        assert len(told) >= 19


def test_another_step_this_week_leaves_the_rest_as_it_was(oost: Group, anna: Account) -> None:
    planned = [step_in(oost, WEEK + number) for number in range(3)]

    change_week(oost, WEEK, WeekEdit(theme_step=9), by=anna)

    assert [step_in(oost, WEEK + number) for number in range(3)] == [9, *planned[1:]]


def test_another_step_that_the_rest_follows_moves_every_later_week(
    oost: Group, anna: Account
) -> None:
    slot = Slot(WEEK + 4, 2, time(20), themes=Rotation(WEEK + 4, first=1))
    set_slot(oost, slot, by=anna)
    last_week = step_in(oost, WEEK + -1)
    planned = [step_in(oost, WEEK + number) for number in range(8)]

    change_week(oost, WEEK, WeekEdit(theme_step=last_week), by=anna, rest_follows=True)

    moved = [step_in(oost, WEEK + number) for number in range(8)]
    assert moved == [(step - 2) % 12 + 1 for step in planned if step]
    assert step_in(oost, WEEK + -1) == last_week
    assert Difference.THEME not in meeting(oost).differences
    assert (
        schedule_of(oost, (WEEK, WEEK), public=False).changes_ahead(THIS_WEEK)[0].since == WEEK + 4
    )


def test_nothing_is_noted_when_nothing_changes(oost: Group, anna: Account) -> None:
    change_week(oost, WEEK, WeekEdit(note="Koek."), by=anna)
    revision, noted = oost.calendar_rev, len(changes_of(oost.id))

    change_week(oost, WEEK, WeekEdit(weekday=1, start=time(19, 30), note="Koek."), by=anna)
    as_usual(oost, WEEK + 1, by=anna)

    assert (oost.calendar_rev, len(changes_of(oost.id))) == (revision, noted)


def test_the_step_whose_turn_it_is_is_no_other_theme(oost: Group, anna: Account) -> None:
    change_week(oost, WEEK, WeekEdit(theme_step=step_in(oost, WEEK), note="x"), by=anna)

    assert meeting(oost).differences == {Difference.NOTE}


def test_a_week_whose_meeting_was_moved_forward_is_over_with_it(oost: Group, anna: Account) -> None:
    with time_machine.travel(WEDNESDAY - timedelta(days=2), tick=False):
        change_week(oost, THIS_WEEK, WeekEdit(weekday=2, start=time(20)), by=anna)

    with pytest.raises(MeetingIsOver):
        change_week(oost, THIS_WEEK, WeekEdit(weekday=2, start=time(20), note="Sjaal."), by=anna)


def test_a_new_standing_time_since_the_form_was_opened_is_told(oost: Group, anna: Account) -> None:
    seen = oost.slot_version
    set_slot(oost, Slot(WEEK, 4, time(20)), by=anna)

    with pytest.raises(ChangedMeanwhile):
        change_week(oost, WEEK, WeekEdit(weekday=1), by=anna, version=0, slot_version=seen)


def test_whoever_changed_this_week_is_named_and_not_who_changed_another(
    oost: Group, anna: Account
) -> None:
    change_week(oost, WEEK, WeekEdit(note="x"), by=anna)
    change_week(oost, WEEK + 1, WeekEdit(note="y"), by=None)

    with pytest.raises(ChangedMeanwhile) as refused:
        as_usual(oost, WEEK, by=anna, version=0)

    assert refused.value.by == "Anna"


def test_as_usual_sets_no_closure_aside_that_was_not_seen(oost: Group, anna: Account) -> None:
    change_week(oost, WEEK, WeekEdit(note="x"), by=anna)
    db.session.add(ClosureRecord(group_id=oost.id, first_day=WEEK.monday, last_day=WEEK.sunday))
    db.session.commit()

    with pytest.raises(ChangedMeanwhile):
        as_usual(oost, WEEK, by=anna, knowing=())

    assert not meeting(oost).is_on


def test_what_is_said_to_who_has_a_seat_is_told_to_nobody_else(
    oost: Group, anna: Account, world: World
):
    edit = WeekEdit(note="Neem een sjaal mee.", inside_note="Zilvermeeuw trakteert.")
    change_week(oost, WEEK, edit, by=anna)

    own = schedule_of(oost, (WEEK, WEEK), public=False).meeting_in(WEEK)
    seen = schedule_of(oost, (WEEK, WEEK), public=True)
    assert own.note == "Neem een sjaal mee.\nZilvermeeuw trakteert."
    assert "Zilvermeeuw" not in repr(seen)
    assert "Zilvermeeuw" not in repr(seen.with_week(own_deviation(oost)).meeting_in(WEEK))
    logged = [(one.before, one.after) for one in db.session.scalars(select(Change))]
    assert "Zilvermeeuw" not in repr(logged)
    [kept] = db.session.scalars(text("SELECT inside_note FROM deviation"))
    assert b"Zilvermeeuw" not in bytes(kept)


def own_deviation(group: Group):
    return schedule_of(group, (WEEK, WEEK), public=False).deviations[WEEK]


def test_a_note_for_participants_alone_is_undone_whole(oost: Group, anna: Account):
    change_week(oost, WEEK, WeekEdit(inside_note="De eerste."), by=anna)
    change_week(oost, WEEK, WeekEdit(inside_note="De tweede."), by=anna)
    [last, *_] = changes_of(oost.id)

    undo(oost, last.id, by=anna)

    assert own_deviation(oost).inside_note == "De eerste."


def test_an_office_takes_no_note_for_participants_away(oost: Group, anna: Account, world: World):
    olaf = db.session.get_one(Account, world.olaf.id)
    change_week(oost, WEEK, WeekEdit(weekday=2, inside_note="Soep."), by=anna)

    mend_week(oost, WEEK, cancelled=False, by=olaf)

    assert own_deviation(oost).inside_note == "Soep."
    assert own_deviation(oost).weekday is None
