"""One evening: whoever has a seat goes first, guests fill what stays empty, tasks are nobody's for long."""

from contextlib import suppress
from datetime import UTC, date, datetime
from random import Random

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from app.actions.chairs import (
    merge_double,
    offer_chairs,
    release_seat,
    set_chairs_taken,
    take_chair,
)
from app.actions.evenings import (
    drop_task,
    fill_task,
    open_task,
    say_absent,
    set_guests,
    take_task,
)
from app.actions.retention import forget
from app.actions.seats import Ask, Asked, ask_for_seat, confirm_seat, leave_seat
from app.db import db
from app.domain.evening import WEEKS_AHEAD, NotThisEvening, Task, TaskIsTaken, TooManyGuests
from app.domain.keys import hash_of
from app.domain.refusal import LinkIsOver, NotTheirs, Refusal
from app.domain.seating import SEATS
from app.domain.week import Week
from app.records.accounts import Account
from app.records.changes import Change
from app.records.evenings import absences_of, away_in, guests_in, tasks_in
from app.records.groups import Group, find_group
from app.records.participants import ParticipantRecord, find_participant, people_of
from app.records.weeks import DeviationRecord
from tests.people import NOON, World

WEEK = Week.of(date(2026, 11, 23))


@pytest.fixture
def app(app_on_each: Flask) -> Flask:
    """The app on each database in turn."""
    return app_on_each


def seated(group: Group, number: int) -> list[Asked]:
    """Give so many people a confirmed seat, or a place in line when there is none."""
    told = []
    for one in range(number):
        ask = Ask(alias=f"Iemand {one}", consent_text="1")
        told.append(ask_for_seat(group, ask, ask_key=f"form-{one}"))
        confirm_seat(told[-1].key, by_mail=True)
    return told


def row(asked: Asked) -> ParticipantRecord:
    found = find_participant(hash_of(asked.key))
    assert found is not None
    return found


def expected(group: Group, week: Week = WEEK) -> int:
    taken = sum(one.seat is not None for one in people_of(group.id))
    return taken - away_in(group.id, week) + guests_in(group.id, week)


def test_an_absence_frees_a_chair_for_a_guest(oost: Group, anna: Account) -> None:
    told = seated(oost, 12)
    with pytest.raises(TooManyGuests) as refused:
        set_guests(oost, WEEK, 1, by=anna)
    assert refused.value.fit == 0

    say_absent(told[0].key, WEEK, away=True)
    say_absent(told[0].key, WEEK, away=True)
    set_guests(oost, WEEK, 1, by=anna)

    assert (away_in(oost.id, WEEK), guests_in(oost.id, WEEK)) == (1, 1)
    with pytest.raises(TooManyGuests):
        set_guests(oost, WEEK, 2, by=anna)


def test_who_comes_after_all_goes_before_the_guests(oost: Group, anna: Account) -> None:
    told = seated(oost, 12)
    say_absent(told[0].key, WEEK, away=True)
    say_absent(told[1].key, WEEK, away=True)
    set_guests(oost, WEEK, 2, by=anna)

    say_absent(told[0].key, WEEK, away=False)
    say_absent(told[1].key, WEEK, away=False)

    assert expected(oost) == 14
    set_guests(oost, WEEK, 1, by=anna)
    assert expected(oost) == 13
    with pytest.raises(TooManyGuests):
        set_guests(oost, WEEK, 2, by=anna)


def test_an_evening_is_one_week_alone(oost: Group, anna: Account) -> None:
    [asked] = seated(oost, 1)

    say_absent(asked.key, WEEK + 2, away=True)

    assert absences_of(row(asked).id) == {WEEK + 2}
    assert away_in(oost.id, WEEK) == 0


@pytest.mark.parametrize("weeks", [-1, WEEKS_AHEAD])
def test_a_week_that_was_or_is_far_off_cannot_be_arranged(
    oost: Group, anna: Account, weeks: int
) -> None:
    [asked] = seated(oost, 1)

    for deed in (
        lambda: say_absent(asked.key, WEEK + weeks, away=True),
        lambda: take_task(asked.key, WEEK + weeks, Task.TEA),
        lambda: fill_task(oost, WEEK + weeks, Task.TEA, by=anna),
        lambda: set_guests(oost, WEEK + weeks, 1, by=anna),
    ):
        with pytest.raises(NotThisEvening):
            deed()


def test_the_last_of_the_coming_weeks_can_be_arranged(oost: Group) -> None:
    [asked] = seated(oost, 1)

    say_absent(asked.key, WEEK + (WEEKS_AHEAD - 1), away=True)

    assert absences_of(row(asked).id) == {WEEK + (WEEKS_AHEAD - 1)}


def test_a_week_without_a_meeting_has_no_evening(oost: Group) -> None:
    [asked] = seated(oost, 1)
    db.session.add(DeviationRecord(group_id=oost.id, week=WEEK, cancelled=True))
    db.session.commit()

    with pytest.raises(NotThisEvening):
        take_task(asked.key, WEEK, Task.TEA)


def test_a_task_is_taken_once_and_put_down_by_who_has_it(oost: Group) -> None:
    kim, bo = seated(oost, 2)
    take_task(kim.key, WEEK, Task.TEA)
    take_task(kim.key, WEEK, Task.TEA)

    with pytest.raises(TaskIsTaken):
        take_task(bo.key, WEEK, Task.TEA)
    drop_task(bo.key, WEEK, Task.TEA)
    assert tasks_in(oost.id, WEEK) == {(WEEK, Task.TEA): row(kim).id}

    drop_task(kim.key, WEEK, Task.TEA)
    take_task(bo.key, WEEK, Task.TEA)
    assert tasks_in(oost.id, WEEK) == {(WEEK, Task.TEA): row(bo).id}


def test_who_stays_away_loses_the_task_of_that_week_alone(oost: Group) -> None:
    [kim] = seated(oost, 1)
    take_task(kim.key, WEEK, Task.KEY)
    take_task(kim.key, WEEK + 1, Task.KEY)

    say_absent(kim.key, WEEK, away=True)

    assert set(tasks_in(oost.id, WEEK, 6)) == {(WEEK + 1, Task.KEY)}


def test_who_takes_a_task_comes(oost: Group) -> None:
    [kim] = seated(oost, 1)
    say_absent(kim.key, WEEK, away=True)

    take_task(kim.key, WEEK, Task.TEA)

    assert absences_of(row(kim).id) == set()


def test_a_coordinator_fills_swaps_and_opens_a_task(oost: Group, anna: Account) -> None:
    kim, bo = seated(oost, 2)
    take_task(kim.key, WEEK, Task.OPENER)

    fill_task(oost, WEEK, Task.OPENER, participant_id=row(bo).id, by=anna)
    assert tasks_in(oost.id, WEEK) == {(WEEK, Task.OPENER): row(bo).id}
    fill_task(oost, WEEK, Task.OPENER, by=anna)
    assert tasks_in(oost.id, WEEK) == {(WEEK, Task.OPENER): None}
    open_task(oost, WEEK, Task.OPENER, by=anna)
    assert tasks_in(oost.id, WEEK) == {}


def test_a_task_is_for_the_seated_of_this_group(oost: Group, anna: Account, world: World) -> None:
    told = seated(oost, 13)
    west = find_group("west")
    assert west is not None
    stranger = ask_for_seat(west, Ask(alias="Ver", consent_text="1"), ask_key="form-far")
    chairless = row(told[12])

    for person in (chairless, row(stranger)):
        with pytest.raises(NotTheirs):
            fill_task(oost, WEEK, Task.TEA, participant_id=person.id, by=anna)
    for deed in (take_task, drop_task):
        with pytest.raises(NotTheirs):
            deed(told[12].key, WEEK, Task.TEA)
    with pytest.raises(NotTheirs):
        say_absent(told[12].key, WEEK, away=True)


def test_who_only_asked_for_a_seat_takes_no_task_yet(oost: Group) -> None:
    asked = ask_for_seat(oost, Ask(alias="Ver", consent_text="1"), ask_key="form-far")

    with pytest.raises(NotTheirs):
        take_task(asked.key, WEEK, Task.TEA)

    confirm_seat(asked.key, by_mail=True)
    take_task(asked.key, WEEK, Task.TEA)


def test_ben_arranges_no_evening_of_oost(oost: Group, world: World) -> None:
    ben = db.session.get_one(Account, world.ben.id)

    for deed in (
        lambda: set_guests(oost, WEEK, 1, by=ben),
        lambda: fill_task(oost, WEEK, Task.TEA, by=ben),
        lambda: open_task(oost, WEEK, Task.TEA, by=ben),
    ):
        with pytest.raises(NotTheirs):
            deed()


def test_who_leaves_takes_absence_and_task_along(oost: Group) -> None:
    [kim] = seated(oost, 1)
    take_task(kim.key, WEEK, Task.TEA)
    say_absent(kim.key, WEEK + 1, away=True)

    leave_seat(kim.key)

    assert tasks_in(oost.id, WEEK) == {}
    assert away_in(oost.id, WEEK + 1) == 0
    with pytest.raises(LinkIsOver):
        take_task(kim.key, WEEK, Task.TEA)


@pytest.mark.parametrize(("day", "kept"), [(7, True), (8, False)])
def test_an_evening_is_forgotten_once_its_sunday_is_more_than_seven_days_ago(
    oost: Group, anna: Account, day: int, kept: bool
) -> None:
    kim, bo = seated(oost, 2)
    take_task(kim.key, WEEK, Task.TEA)
    say_absent(bo.key, WEEK, away=True)
    set_guests(oost, WEEK, 3, by=anna)

    later = datetime.combine(date.fromordinal(WEEK.sunday.toordinal() + day), NOON.time(), UTC)
    with time_machine.travel(later, tick=False):
        forget(later)

    left = (bool(tasks_in(oost.id, WEEK)), away_in(oost.id, WEEK), guests_in(oost.id, WEEK))
    assert left == ((True, 1, 3) if kept else (False, 0, 0))


def test_a_chair_that_a_coordinator_takes_is_a_guest_less(oost: Group, anna: Account) -> None:
    told = seated(oost, 11)
    say_absent(told[0].key, WEEK, away=True)
    set_guests(oost, WEEK, 2, by=anna)

    take_chair(oost, by=anna)

    assert (guests_in(oost.id, WEEK), expected(oost)) == (1, SEATS)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(6))
def test_no_deed_of_a_coordinator_expects_a_thirteenth(
    oost: Group, anna: Account, seed: int
) -> None:
    """Whatever they do, in whatever order, to an evening for which some have said no."""
    random = Random(seed)
    told = seated(oost, random.randint(6, 14))
    for one in random.sample([one for one in told if one.seat], random.randint(0, 6)):
        say_absent(one.key, WEEK, away=True)

    def anyone() -> int:
        return random.choice([one.id for one in people_of(oost.id)] or [0])

    deeds = [
        lambda: set_guests(oost, WEEK, random.randint(0, 13), by=anna),
        lambda: take_chair(oost, by=anna),
        lambda: set_chairs_taken(oost, random.randint(0, 12), by=anna),
        lambda: offer_chairs(oost, random.randint(6, 12), by=anna),
        lambda: release_seat(oost, anyone(), by=anna),
        lambda: merge_double(oost, anyone(), anyone(), by=anna),
        lambda: fill_task(oost, WEEK, Task.TEA, participant_id=anyone(), by=anna),
    ]
    done = 0
    for _ in range(25):
        with suppress(Refusal):
            random.choice(deeds)()
            done += 1
        assert expected(oost) <= SEATS
    assert done > 5


def test_no_deed_of_an_evening_writes_a_name_in_the_log(oost: Group, anna: Account) -> None:
    [kim] = seated(oost, 1)
    take_task(kim.key, WEEK, Task.TEA)
    fill_task(oost, WEEK, Task.KEY, participant_id=row(kim).id, by=anna)
    say_absent(kim.key, WEEK, away=True)

    logged = [(one.deed, one.before, one.after) for one in db.session.scalars(select(Change))]

    assert [deed for deed, _, _ in logged[-3:]] == ["take_task", "fill_task", "say_absent"]
    assert all(before == after == {} for _, before, after in logged[-3:])
