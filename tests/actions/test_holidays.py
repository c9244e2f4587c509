"""Answering about a holiday, and being asked by letter: on both databases."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from time_machine import TimeMachineFixture

from app.actions.holidays import answer_holiday, ask_about_holidays
from app.actions.retention import forget
from app.db import db
from app.domain.holiday import HolidayIsOver, NoSuchHoliday
from app.domain.meeting import Difference, Meeting, Status
from app.domain.refusal import NotTheirs
from app.domain.roles import Role
from app.domain.week import Week
from app.records.accounts import Account, RoleRecord
from app.records.changes import Change
from app.records.fellowships import Fellowship
from app.records.groups import Group, find_group
from app.records.letters import Letter
from app.records.listings import schedule_of
from app.records.weeks import ClosureRecord, DeviationRecord
from tests.people import World

SECOND = "2026-12-26-second_christmas_day"
BREAK = "2026-12-19-christmas_break"
SATURDAY = Week.parse("2026-W52")
REASON = "Tweede Kerstdag"
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture
def app(app_on_each: Flask, time_machine: TimeMachineFixture) -> Iterator[Flask]:
    time_machine.move_to(NOON, tick=False)
    with app_on_each.app_context():
        yield app_on_each


@pytest.fixture
def group(app: Flask) -> Group:
    """Anna's on Saturdays, in Amsterdam."""
    World(app)
    group = find_group("oost")
    group.province = "Noord-Holland"
    group.slots[0].weekday = 6
    db.session.commit()
    return group


@pytest.fixture
def anna(group: Group) -> Account:
    return db.session.scalars(select(Account).where(Account.name == "Anna")).one()


def meeting(group: Group, week: Week = SATURDAY) -> Meeting:
    found = schedule_of(group, (week, week), public=False).meeting_in(week)
    assert found is not None
    return found


def answer(group: Group, meets: bool, key: str = SECOND, *, by: Account, reason: str = REASON):
    answer_holiday(group, key, meets, reason=reason, by=by)


def count(table: type) -> int:
    return len(db.session.scalars(select(table)).all())


def letters() -> list[Letter]:
    return list(db.session.scalars(select(Letter).order_by(Letter.id)))


def test_no_cancels_the_meeting_of_that_day_and_says_why(group: Group, anna: Account):
    answer(group, False, by=anna)

    assert meeting(group).differences == {Difference.CANCELLED}
    assert meeting(group).reason == REASON


def test_yes_only_ends_the_question(group: Group, anna: Account):
    assert meeting(group).differences == {Difference.HOLIDAY}

    answer(group, True, by=anna)

    assert meeting(group).differences == set()
    assert count(DeviationRecord) == 0


def test_an_answer_is_one_change_confirms_and_raises_the_revision(group: Group, anna: Account):
    before = (count(Change), group.calendar_rev, group.calendar_changed_at)

    answer(group, True, by=anna)

    assert (count(Change), group.calendar_rev) == (before[0] + 1, before[1] + 1)
    assert group.calendar_changed_at > before[2]
    assert group.confirmed_on == NOON.date()


def test_yes_after_no_takes_the_cancellation_back(group: Group, anna: Account):
    answer(group, False, by=anna)
    answer(group, True, by=anna)

    assert meeting(group).differences == set()


def test_yes_after_no_leaves_what_somebody_wrote_over_it(group: Group, anna: Account):
    answer(group, False, by=anna)
    record = db.session.get_one(DeviationRecord, (group.id, SATURDAY))
    record.reason = "De zaal is dicht"
    db.session.commit()

    answer(group, True, by=anna)

    assert meeting(group).reason == "De zaal is dicht"


def test_no_keeps_what_else_was_said_of_the_week(group: Group, anna: Account):
    db.session.add(DeviationRecord(group_id=group.id, week=SATURDAY, note="Neem iets mee"))
    db.session.commit()

    answer(group, False, by=anna)
    answer(group, True, by=anna)

    assert meeting(group).note == "Neem iets mee"
    assert meeting(group).is_on


def test_no_leaves_a_week_that_was_moved_off_the_holiday(group: Group, anna: Account):
    db.session.add(DeviationRecord(group_id=group.id, week=SATURDAY, weekday=5))
    db.session.commit()

    answer(group, False, by=anna)

    assert meeting(group).differences == {Difference.MOVED}


def test_no_to_a_day_on_which_the_group_never_meets_cancels_nothing(group: Group, anna: Account):
    answer(group, False, "2026-12-25-christmas_day", by=anna)

    assert meeting(group).is_on


def test_no_to_a_school_holiday_shuts_the_group_for_its_weeks(group: Group, anna: Account):
    answer(group, False, BREAK, by=anna, reason="Kerstvakantie")
    answer(group, False, BREAK, by=anna, reason="Kerstvakantie")

    assert count(ClosureRecord) == 1
    on = [meeting(group, SATURDAY + number).is_on for number in range(-2, 3)]
    assert on == [True, False, False, False, True]


def test_no_to_a_school_holiday_goes_before_meeting_all_the_same(group: Group, anna: Account):
    db.session.add(DeviationRecord(group_id=group.id, week=SATURDAY, all_the_same=True))
    db.session.commit()

    answer(group, False, BREAK, by=anna, reason="Kerstvakantie")

    assert not meeting(group).is_on


def test_yes_after_no_opens_the_group_again(group: Group, anna: Account):
    answer(group, False, BREAK, by=anna, reason="Kerstvakantie")
    answer(group, True, BREAK, by=anna, reason="Kerstvakantie")

    assert count(ClosureRecord) == 0


def test_yes_halfway_lets_the_weeks_that_were_shut_stay_so(
    group: Group, anna: Account, time_machine: TimeMachineFixture
):
    answer(group, False, BREAK, by=anna, reason="Kerstvakantie")
    time_machine.move_to(datetime(2026, 12, 28, 12, tzinfo=UTC), tick=False)

    answer(group, True, BREAK, by=anna, reason="Kerstvakantie")

    assert not meeting(group).is_on
    assert meeting(group, SATURDAY + 1).is_on


def test_no_halfway_rewrites_nothing_that_has_been(
    group: Group, anna: Account, time_machine: TimeMachineFixture
):
    time_machine.move_to(datetime(2026, 12, 28, 12, tzinfo=UTC), tick=False)

    answer(group, False, BREAK, by=anna, reason="Kerstvakantie")

    assert meeting(group).is_on
    assert not meeting(group, SATURDAY + 1).is_on


@pytest.mark.parametrize(
    "key", ["", "x", "2026-12-26", "2026-12-27-second_christmas_day", "9999-12-31-x"]
)
def test_a_holiday_that_does_not_exist_is_refused(group: Group, anna: Account, key: str):
    with pytest.raises(NoSuchHoliday):
        answer(group, True, key, by=anna)


def test_a_break_of_another_region_is_refused(group: Group, anna: Account):
    with pytest.raises(NoSuchHoliday):
        answer(group, True, "2027-02-13-spring_break", by=anna)


def test_a_group_abroad_has_no_holidays(group: Group, anna: Account):
    group.zone = "America/Toronto"
    db.session.commit()

    assert meeting(group).differences == set()
    with pytest.raises(NoSuchHoliday):
        answer(group, True, by=anna)


def test_a_holiday_that_is_over_is_refused(
    group: Group, anna: Account, time_machine: TimeMachineFixture
):
    time_machine.move_to(datetime(2026, 12, 27, 12, tzinfo=UTC), tick=False)

    with pytest.raises(HolidayIsOver):
        answer(group, False, by=anna)


def test_the_coordinator_of_another_group_may_not_answer(group: Group):
    ben = db.session.scalars(select(Account).where(Account.name == "Ben")).one()

    with pytest.raises(NotTheirs):
        answer(group, False, by=ben)


# Letters


def test_one_letter_asks_a_person_about_all_holidays_and_groups_that_are_due(
    group: Group, anna: Account
):
    fellowship = db.session.get_one(Fellowship, group.fellowship_id)
    sister = World.group(None, fellowship, "sister", "Zuster", "Amsterdam", weekday=1)
    db.session.add(
        RoleRecord(account_id=anna.id, kind=Role.COORDINATOR, group_id=sister.id, since=NOON.date())
    )
    db.session.commit()

    ask_about_holidays(NOON.date())

    to_anna = [letter for letter in letters() if letter.recipient == anna.email]
    assert len(to_anna) == 1
    asked = {
        one["slug"]: [holiday["name"] for holiday in one["holidays"]]
        for one in to_anna[0].values["groups"]
    }
    assert asked == {
        "oost": ["christmas_break", "second_christmas_day"],
        "sister": ["christmas_break"],
    }


def test_nobody_is_asked_before_six_weeks_ahead(group: Group):
    assert ask_about_holidays(date(2026, 11, 6)) == 0

    # Saturday 19 December lies in the break; West is asked from Wednesday the 11th on.
    assert ask_about_holidays(date(2026, 11, 7)) == 1


def test_asking_goes_once_and_again_two_weeks_before(
    group: Group, anna: Account, time_machine: TimeMachineFixture
):
    day = date(2026, 11, 1)
    asked = {}
    while day < date(2027, 1, 5):
        time_machine.move_to(datetime(day.year, day.month, day.day, 12, tzinfo=UTC), tick=False)
        before = len(letters())
        ask_about_holidays(day)
        ask_about_holidays(day)
        for letter in letters()[before:]:
            if letter.recipient == anna.email:
                names = [one["name"] for one in letter.values["groups"][0]["holidays"]]
                asked[str(day)] = names
        day += timedelta(days=1)

    assert asked == {
        "2026-11-07": ["christmas_break"],
        "2026-11-14": ["second_christmas_day"],
        "2026-12-05": ["christmas_break"],
        "2026-12-12": ["second_christmas_day"],
    }


def test_whoever_was_asked_late_is_not_reminded_the_next_day(
    group: Group, time_machine: TimeMachineFixture
):
    time_machine.move_to(datetime(2026, 12, 20, 12, tzinfo=UTC), tick=False)
    ask_about_holidays(date(2026, 12, 20))
    time_machine.move_to(datetime(2026, 12, 21, 12, tzinfo=UTC), tick=False)

    assert ask_about_holidays(date(2026, 12, 21)) == 0


def test_whoever_answered_is_not_asked(group: Group, anna: Account):
    answer(group, True, by=anna)
    answer(group, True, BREAK, by=anna)

    ask_about_holidays(NOON.date())

    assert anna.email not in [letter.recipient for letter in letters()]


@pytest.mark.parametrize("status", [Status.PAUSED, Status.CLOSED])
def test_a_group_that_does_not_meet_is_not_asked(group: Group, anna: Account, status: Status):
    group.status, group.status_since = status, NOON.date()
    db.session.commit()

    ask_about_holidays(NOON.date())

    assert anna.email not in [letter.recipient for letter in letters()]


def test_nobody_is_asked_anew_when_the_letters_are_forgotten(
    group: Group, time_machine: TimeMachineFixture
):
    ask_about_holidays(NOON.date())
    for letter in letters():
        letter.sent_at = NOON
    db.session.commit()
    later = NOON + timedelta(days=8)
    time_machine.move_to(later, tick=False)
    forget(later)

    assert ask_about_holidays(later.date()) == 0


def test_a_run_that_asks_nobody_notes_nothing(group: Group):
    ask_about_holidays(NOON.date())
    before = count(Change)

    ask_about_holidays(NOON.date())

    assert count(Change) == before
