"""Counting heads: a number per group and week, asked for by letter only if the group wants that."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from app import clock
from app.actions.coordinators import leave_group
from app.actions.head_counts import ask_how_many, count_by_link, count_heads, set_counting
from app.db import db
from app.domain.head_count import MORE, NoMeetingToCount, NoSuchCount
from app.domain.people_known import People
from app.domain.refusal import LinkIsOver, NotTheirs
from app.domain.roles import Role
from app.domain.tally import Amount, Topic, month_of
from app.domain.week import Week
from app.records.accounts import Account, RoleRecord, find_account
from app.records.changes import changes_of
from app.records.figures import Scope, figures_of
from app.records.groups import Group, find_group
from app.records.head_counts import counts_of
from app.records.letters import Letter
from app.records.links import Link
from app.records.weeks import DeviationRecord
from tests.people import World

MONDAY = datetime.fromisoformat("2026-11-23T19:30+01:00")
AFTER = MONDAY + timedelta(hours=2, minutes=1)
WEEK = Week.parse("2026-W48")


@pytest.fixture(autouse=True)
def here(app: Flask, world: World) -> Iterator[None]:
    with time_machine.travel(AFTER, tick=False), app.app_context():
        yield


def oost() -> Group:
    return find_group("oost")


def anna() -> Account:
    return find_account("anna@example.org")


def ask() -> int:
    return ask_how_many(clock.now())


def let_oost_count() -> None:
    set_counting(oost(), asks=True, shares=False, by=anna())


def letters() -> list[Letter]:
    return list(db.session.scalars(select(Letter).where(Letter.kind == "how_many")))


def test_counting_again_overwrites():
    count_heads(oost(), WEEK, 7, by=anna())
    count_heads(oost(), WEEK, 0, by=anna())
    count_heads(oost(), WEEK + -1, MORE, by=anna())

    assert counts_of(oost().id, most=8) == [(WEEK, 0), (WEEK + -1, 13)]


def test_the_log_says_that_it_was_counted_and_not_how_many():
    count_heads(oost(), WEEK, 7, by=anna())

    (change,) = changes_of(oost().id)
    assert change.deed == "count_heads"
    assert json.dumps([change.before, change.after]) == '[{}, {"week": "2026-W48"}]'


def test_a_count_changes_neither_the_calendar_nor_the_confirmation():
    before = (oost().calendar_rev, oost().confirmed_on)

    count_heads(oost(), WEEK, 7, by=anna())

    assert (oost().calendar_rev, oost().confirmed_on) == before


def test_a_refused_count_leaves_nothing_behind():
    with pytest.raises(NoSuchCount):
        count_heads(oost(), WEEK, 14, by=anna())
    with pytest.raises(NotTheirs):
        count_heads(find_group("west"), WEEK + -1, 5, by=anna())

    assert counts_of(oost().id, most=8) == []
    assert changes_of(oost().id) == []


def test_a_meeting_that_was_called_off_has_no_count():
    db.session.add(DeviationRecord(group_id=oost().id, week=WEEK, cancelled=True))
    db.session.commit()

    with pytest.raises(NoMeetingToCount):
        count_heads(oost(), WEEK, 5, by=anna())


def test_officers_are_given_the_counts_of_groups_that_share_them_and_no_others():
    count_heads(oost(), WEEK, 7, by=anna())
    fellowship_id = oost().fellowship_id

    def heads(fellowship_id: int) -> dict[str, Amount]:
        found = figures_of(Scope(fellowship_id), WEEK.day(4)).get(Topic.HEADS, {})
        return {month: amount for month, amount in found.items() if amount != Amount()}

    assert heads(fellowship_id) == {}
    set_counting(oost(), asks=False, shares=True, by=anna())
    assert heads(fellowship_id) == {month_of(WEEK.day(4)): Amount(1, People(7))}
    assert heads(fellowship_id + 1) == {}
    set_counting(oost(), asks=False, shares=False, by=anna())
    assert heads(fellowship_id) == {}


def test_a_group_that_does_not_want_it_is_not_asked():
    assert ask() == 0


def test_each_coordinator_is_asked_once_after_the_meeting():
    ben = RoleRecord(
        account_id=find_account("ben@example.org").id,
        kind=Role.COORDINATOR,
        group_id=oost().id,
        since=WEEK.monday,
    )
    db.session.add(ben)
    db.session.commit()
    let_oost_count()

    with time_machine.travel(AFTER - timedelta(minutes=2), tick=False):
        assert ask() == 0
    assert ask() == 2
    assert ask() == 0
    with time_machine.travel(AFTER + timedelta(weeks=1), tick=False):
        assert ask() == 2

    assert {one.recipient for one in letters()} == {"anna@example.org", "ben@example.org"}


def test_who_counted_already_is_not_asked():
    let_oost_count()
    count_heads(oost(), WEEK, 7, by=anna())

    assert ask() == 0


def test_nobody_is_asked_about_a_meeting_that_was_called_off():
    let_oost_count()
    db.session.add(DeviationRecord(group_id=oost().id, week=WEEK, cancelled=True))
    db.session.commit()

    assert ask() == 0


def test_turning_it_on_asks_about_no_meeting_of_long_ago():
    with time_machine.travel(AFTER + timedelta(days=3), tick=False):
        let_oost_count()

        assert ask() == 0


def test_the_link_counts_once():
    let_oost_count()
    ask()
    key = letters()[0].values["key"]

    assert count_by_link(key, MORE).slug == "oost"

    with pytest.raises(LinkIsOver):
        count_by_link(key, 3)
    assert counts_of(oost().id, most=8) == [(WEEK, MORE)]
    assert changes_of(oost().id)[0].account.name == "Anna"


def test_a_refused_number_leaves_the_link_open():
    let_oost_count()
    ask()
    key = letters()[0].values["key"]

    with pytest.raises(NoSuchCount):
        count_by_link(key, 99)

    assert count_by_link(key, 3)


@pytest.mark.parametrize(("days", "is_over"), [(6, False), (7, True)])
def test_the_link_lasts_a_week(days: int, is_over: bool):
    let_oost_count()
    ask()
    key = letters()[0].values["key"]

    with time_machine.travel(AFTER + timedelta(days=days), tick=False):
        if is_over:
            with pytest.raises(LinkIsOver):
                count_by_link(key, 3)
        else:
            assert count_by_link(key, 3)


def test_a_link_that_confirms_cannot_count():
    let_oost_count()
    ask()
    db.session.scalars(select(Link)).one().kind = "confirm"
    db.session.commit()

    with pytest.raises(LinkIsOver):
        count_by_link(letters()[0].values["key"], 3)


def test_who_left_the_group_counts_nothing():
    let_oost_count()
    ask()
    ben = RoleRecord(
        account_id=find_account("ben@example.org").id,
        kind=Role.COORDINATOR,
        group_id=oost().id,
        since=WEEK.monday,
    )
    db.session.add(ben)
    db.session.commit()
    leave_group(oost(), by=anna())

    with pytest.raises(LinkIsOver):
        count_by_link(letters()[0].values["key"], 3)
