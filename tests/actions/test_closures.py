"""Groups, places and fellowships that are shut for a while."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from app.actions.all_the_same import follow_closure, meet_all_the_same
from app.actions.closures import (
    change_closure,
    close_fellowship,
    close_group,
    close_place,
    withdraw_closure,
)
from app.db import db
from app.domain.closure import (
    ClosureIsOver,
    EndsBeforeItBegins,
    LongerThanAYear,
    ShutInThePast,
    TooFarAhead,
)
from app.domain.refusal import ChangedMeanwhile, NotTheirs, Refusal
from app.domain.roles import Role
from app.records.accounts import RoleRecord
from app.records.changes import Change, ChangeOfGroup
from app.records.fellowships import Fellowship
from app.records.groups import Group, find_group
from app.records.weeks import ClosureRecord, DeviationRecord
from tests.actions.shut import (
    MONDAY,
    SUNDAY,
    WEEK,
    account,
    fill_the_hall,
    hall_of_oost,
    is_on,
    letters,
    reason,
    said_yes,
    share_the_hall,
)
from tests.people import FOUNDED, World
from tests.queries import statements


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(datetime(2026, 11, 24, 12, tzinfo=UTC), tick=False) as traveller:
        yield traveller


@pytest.fixture
def hall(app: Flask, world: World) -> Iterator[Flask]:
    """Oost and West meet in the hall that Oost wrote down; the app's context is open."""
    share_the_hall(app)
    with app.app_context():
        yield app


def close_hall(first: date = MONDAY, last: date = SUNDAY, why: str = "verbouwing", by=None):
    return close_place(find_group("oost"), hall_of_oost(), first, last, why, by=by)


def close_all(world: World, first: date = MONDAY, last: date = SUNDAY, by=None) -> int:
    fellowship = db.session.get_one(Fellowship, world.fellowship_id)
    return close_fellowship(fellowship, first, last, "landelijke dag", by=by).id


def test_a_group_that_is_shut_does_not_meet_and_does_again_afterwards(app: Flask, world: World):
    with app.app_context():
        close_group(find_group("oost"), MONDAY, SUNDAY, "zomerstop", by=account(world.anna))

        assert not is_on("oost")
        assert reason("oost") == "zomerstop"
        assert is_on("oost", WEEK + -1)
        assert is_on("oost", WEEK + 1)
        assert is_on("west")
        assert letters() == []


def test_a_hall_that_is_shut_shuts_all_of_its_groups_with_one_change(hall: Flask, world: World):
    close_hall(by=account(world.anna))

    assert not is_on("oost")
    assert not is_on("west")
    [change] = db.session.scalars(select(Change))
    about = db.session.scalars(select(ChangeOfGroup.group_id))
    assert change.deed == "close_place"
    assert set(about) == {find_group("oost").id, find_group("west").id}


def test_the_coordinators_of_the_other_groups_are_told_and_ones_own_are_not(
    hall: Flask, world: World
):
    close_hall(by=account(world.anna))

    [letter] = letters()
    assert (letter.kind, letter.recipient) == ("closed", "ben@example.org")
    assert letter.values["groups"][0]["off"] == [(MONDAY + timedelta(days=2)).isoformat()]


def test_who_coordinates_three_of_the_groups_gets_one_letter_about_them(hall: Flask, world: World):
    fill_the_hall(hall, world, 2)
    for slug in ("zaal-0", "zaal-1"):
        group_id, ben_id = find_group(slug).id, world.ben.id
        db.session.add(
            RoleRecord(kind=Role.COORDINATOR, group_id=group_id, account_id=ben_id, since=FOUNDED)
        )
    db.session.commit()

    close_hall(by=account(world.anna))

    [letter] = letters()
    assert sorted(one["name"] for one in letter.values["groups"]) == ["West", "Zaal 0", "Zaal 1"]


def test_who_cancelled_that_week_anyway_gets_no_letter(hall: Flask, world: World):
    west = find_group("west")
    db.session.add(DeviationRecord(group_id=west.id, week=WEEK, cancelled=True))
    db.session.commit()

    close_hall(by=account(world.anna))

    assert letters() == []


def test_officers_shut_all_groups_and_every_coordinator_is_told(app: Flask, world: World):
    with app.app_context():
        close_all(world, by=account(world.olaf))

        assert not is_on("oost")
        assert not is_on("west")
        told = {letter.recipient for letter in letters()}
        assert told == {"anna@example.org", "ben@example.org"}
        change = db.session.scalars(select(Change)).one()
        assert change.fellowship_id == world.fellowship_id


def test_only_who_wrote_a_hall_down_shuts_it(hall: Flask, world: World):
    west, place = find_group("west"), hall_of_oost()

    with pytest.raises(NotTheirs):
        close_place(west, place, MONDAY, SUNDAY, "", by=account(world.ben))
    with pytest.raises(NotTheirs):
        close_hall(by=account(world.ben))

    assert db.session.scalars(select(ClosureRecord)).all() == []
    assert letters() == []


@pytest.mark.parametrize("who", ["anna", "vera"])
def test_only_officers_of_the_fellowship_shut_it(app: Flask, world: World, who: str):
    with app.app_context(), pytest.raises(NotTheirs):
        close_all(world, by=account(getattr(world, who)))


@pytest.mark.parametrize("who", ["ben", "olaf", "vera"])
def test_nobody_else_withdraws_or_changes_what_a_group_shut(app: Flask, world: World, who: str):
    with app.app_context():
        closure = close_group(find_group("oost"), MONDAY, SUNDAY, "", by=None).id
        other = account(getattr(world, who))

        with pytest.raises(NotTheirs):
            withdraw_closure(closure, by=other)
        with pytest.raises(NotTheirs):
            change_closure(closure, MONDAY, MONDAY, "", by=other)

        assert not is_on("oost")


@pytest.mark.parametrize(
    ("first", "last", "refusal"),
    [
        (SUNDAY, MONDAY, EndsBeforeItBegins),
        (date(2026, 11, 1), date(2026, 11, 23), ShutInThePast),
        (date(2026, 11, 1), date(2026, 11, 24), None),
        (date(2026, 12, 1), date(2027, 12, 2), LongerThanAYear),
        (date(2026, 12, 1), date(2027, 12, 1), None),
        (date(2206, 12, 1), date(2206, 12, 9), TooFarAhead),
        (date.max, date.max, TooFarAhead),
    ],
)
def test_days_that_cannot_be_are_refused_and_nothing_is_stored(
    app: Flask, world: World, first: date, last: date, refusal: type[Refusal] | None
):
    with app.app_context():
        oost = find_group("oost")
        revision = oost.calendar_rev
        if refusal is None:
            close_group(oost, first, last, "", by=None)
            return
        with pytest.raises(refusal):
            close_group(oost, first, last, "", by=None)

        assert db.session.scalars(select(ClosureRecord)).all() == []
        assert find_group("oost").calendar_rev == revision


def test_a_closure_that_was_changed_meanwhile_is_not_overwritten(app: Flask, world: World):
    with app.app_context():
        closure = close_group(find_group("oost"), MONDAY, SUNDAY, "een", by=None).id
        change_closure(closure, MONDAY, MONDAY, "twee", by=account(world.anna), version=1)

        with pytest.raises(ChangedMeanwhile) as refused:
            change_closure(closure, MONDAY, SUNDAY, "drie", by=None, version=1)

        assert (refused.value.by, refused.value.current.reason) == ("Anna", "twee")


def test_a_closure_that_ended_or_went_is_neither_changed_nor_withdrawn(
    app: Flask, world: World, clock: time_machine.Traveller
):
    with app.app_context():
        closure = close_group(find_group("oost"), MONDAY, SUNDAY, "", by=None).id
        clock.move_to(datetime(2026, 12, 14, 12, tzinfo=UTC))
        for deed in (
            lambda: withdraw_closure(closure, by=None),
            lambda: withdraw_closure(closure + 1, by=None),
            lambda: change_closure(closure, MONDAY, SUNDAY + timedelta(days=7), "", by=None),
        ):
            with pytest.raises(ClosureIsOver):
                deed()


def test_one_that_has_begun_ends_yesterday_so_that_what_was_off_stays_off(
    app: Flask, world: World, clock: time_machine.Traveller
):
    with app.app_context():
        last = SUNDAY + timedelta(weeks=3)
        closure = close_group(find_group("oost"), MONDAY, last, "griep", by=None).id
        clock.move_to(datetime(2026, 12, 14, 12, tzinfo=UTC))

        withdraw_closure(closure, by=None)

        assert not is_on("oost", WEEK)
        assert is_on("oost", WEEK + 1)


def test_others_are_told_when_their_meetings_come_back(hall: Flask, world: World):
    closure = close_hall(last=SUNDAY + timedelta(weeks=1), by=account(world.anna)).id

    change_closure(closure, MONDAY, SUNDAY, "verbouwing", by=account(world.anna))
    change_closure(closure, MONDAY, SUNDAY, "geverfd", by=account(world.anna))
    withdraw_closure(closure, by=account(world.anna))

    assert [letter.kind for letter in letters()] == ["closed", "reopened", "reopened"]
    back = [letter.values["groups"][0]["on"] for letter in letters()[1:]]
    assert back == [["2026-12-16"], ["2026-12-09"]]
    assert is_on("west")


def test_two_closures_may_overlap_and_one_withdrawn_leaves_the_other(hall: Flask, world: World):
    close_group(find_group("west"), MONDAY, SUNDAY, "eigen", by=None)
    closure = close_hall().id

    withdraw_closure(closure, by=None)

    assert not is_on("west")
    assert letters() == []


def test_a_group_meets_all_the_same_in_every_coming_week_of_a_closure(hall: Flask, world: World):
    closure = close_all(world, last=SUNDAY + timedelta(weeks=2))

    weeks = meet_all_the_same(find_group("oost"), closure, by=account(world.anna))

    assert weeks == [WEEK, WEEK + 1, WEEK + 2]
    assert is_on("oost", WEEK + 2)
    assert not is_on("west")

    follow_closure(find_group("oost"), closure, by=account(world.anna))

    assert not is_on("oost")
    assert said_yes("oost") == []


def test_a_group_answers_only_for_itself_and_only_what_touches_it(hall: Flask, world: World):
    oost = find_group("oost")
    of_all = close_all(world)
    own = close_group(oost, MONDAY, SUNDAY, "", by=None).id
    of_west = close_group(find_group("west"), MONDAY, SUNDAY, "", by=None).id

    for closure, who in ((of_all, world.ben), (own, world.anna), (of_west, world.anna)):
        with pytest.raises(NotTheirs):
            meet_all_the_same(oost, closure, by=account(who))
    with pytest.raises(ClosureIsOver):
        meet_all_the_same(oost, 4711, by=account(world.anna))


def test_a_hall_that_shuts_later_asks_again_who_said_yes_to_the_fellowship(
    hall: Flask, world: World
):
    closure = close_all(world, last=SUNDAY + timedelta(weeks=1))
    meet_all_the_same(find_group("west"), closure, by=account(world.ben))
    version = db.session.get_one(DeviationRecord, (find_group("west").id, WEEK)).version

    close_hall(by=account(world.anna))

    assert not is_on("west", WEEK)
    assert is_on("west", WEEK + 1)
    assert said_yes("west") == [WEEK + 1]
    assert db.session.get_one(DeviationRecord, (find_group("west").id, WEEK)).version == version + 1
    assert letters()[-1].values["groups"][0]["asked_again"]


def test_a_closure_made_longer_asks_again_only_in_the_weeks_it_did_not_have(
    hall: Flask, world: World
):
    of_all = close_all(world, last=SUNDAY + timedelta(weeks=1))
    of_hall = close_hall().id
    both = (of_all, of_hall)
    meet_all_the_same(find_group("west"), of_all, knowing=both, by=None)

    change_closure(of_hall, MONDAY, SUNDAY + timedelta(weeks=1), "verbouwing", by=None)

    assert said_yes("west") == [WEEK]


def test_a_yes_to_one_closure_sets_no_other_aside_unseen(hall: Flask, world: World):
    of_all = close_all(world, last=SUNDAY + timedelta(weeks=1))
    of_hall = close_hall().id
    west = find_group("west")

    assert meet_all_the_same(west, of_all, by=account(world.ben)) == [WEEK + 1]
    assert not is_on("west", WEEK)

    seen = meet_all_the_same(west, of_all, knowing=[of_hall], by=account(world.ben))
    assert seen == [WEEK, WEEK + 1]
    assert is_on("west", WEEK)


def test_an_answer_leaves_the_rest_of_a_week_as_it_is(hall: Flask, world: World):
    oost = find_group("oost")
    db.session.add(DeviationRecord(group_id=oost.id, week=WEEK, note="Neem een stoel mee."))
    db.session.commit()
    closure = close_all(world)

    meet_all_the_same(oost, closure, by=None)

    row = db.session.get_one(DeviationRecord, (oost.id, WEEK))
    assert (row.note, row.all_the_same, row.version) == ("Neem een stoel mee.", True, 2)


STAMPS = re.compile(rb"(SEQUENCE|LAST-MODIFIED|DTSTAMP):[^\r]*\r\n")


def feeds(app: Flask) -> dict[int, bytes]:
    with app.app_context():
        keys = {
            one.id: (one.feed_key, one.discreet_key) for one in db.session.scalars(select(Group))
        }
    client = app.test_client()
    return {
        group_id * 2 + number: client.get(f"/feeds/{key}.ics").data
        for group_id, pair in keys.items()
        for number, key in enumerate(pair)
    }


@pytest.mark.long
def test_two_hundred_groups_in_a_hall_are_shut_in_one_transaction_and_all_come_back(
    app: Flask, world: World
):
    share_the_hall(app)
    fill_the_hall(app, world, 198)
    before = feeds(app)
    with app.app_context(), statements(app) as sent:
        closure = close_hall(by=account(world.anna)).id
        changes = len(db.session.scalars(select(Change)).all())
    shut = feeds(app)
    with app.app_context():
        withdraw_closure(closure, by=account(world.anna))
    after = feeds(app)

    assert changes == 1
    assert len(sent) < 80  # the schedules of all groups are read three times
    assert len(before) == 400
    assert all(b"STATUS:CANCELLED" in body for body in shut.values())
    assert all(STAMPS.sub(b"", shut[one]) != STAMPS.sub(b"", before[one]) for one in before)
    assert all(STAMPS.sub(b"", after[one]) == STAMPS.sub(b"", before[one]) for one in before)
    assert all(after[one] != before[one] for one in before)
