"""Somebody stands in from a day to a day: does what a coordinator does, and it ends by itself."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import select

from app import clock
from app.actions.coordinators import ask_who_follows, end_service, leave_group
from app.actions.inside.announcements import announce
from app.actions.inside.stand_ins import end_stand_ins, invite_stand_in
from app.actions.invitations import accept_as_new, invite
from app.actions.weeks import call_off
from app.db import db
from app.domain.inside.stand_in import LONGEST, StandsInBackwards, StandsInTooLong
from app.domain.refusal import NotTheirs
from app.domain.roles import LastCoordinator, Role
from app.domain.week import Week
from app.records.accounts import Account, RoleRecord
from app.records.groups import Group, find_group
from app.records.letters import Letter
from tests.people import NOON, Person, World

TODAY = NOON.date()
LAST = TODAY + timedelta(days=14)
WEEK = Week.parse("2026-W49")


@pytest.fixture
def oost(world_of_each: World) -> Iterator[Group]:
    with world_of_each.app.app_context():
        yield find_group("oost")


@pytest.fixture
def anna(oost: Group, world_of_each: World) -> Account:
    return db.session.get_one(Account, world_of_each.anna.id)


@pytest.fixture
def bas(oost: Group, anna: Account) -> Account:
    key = invite_stand_in(oost, email="bas@example.org", first=TODAY, last=LAST, by=anna)
    return accept_as_new(key, name="Bas", password_hash="x", language="nl")


def test_a_stand_in_does_what_coordinators_do_until_the_last_day_is_over(
    oost: Group, bas: Account, world_of_each: World
):
    call_off(oost, WEEK, by=bas)
    world_of_each.at.move_to(NOON + timedelta(days=14))
    announce(oost, "Soep.", for_line=False, by=bas)

    world_of_each.at.move_to(NOON + timedelta(days=15))
    with pytest.raises(NotTheirs):
        call_off(oost, WEEK + 2, by=bas)
    assert end_stand_ins(clock.now()) == 1
    assert end_stand_ins(clock.now()) == 0
    assert [
        one.account.name
        for one in db.session.scalars(select(RoleRecord))
        if one.group_id == oost.id
    ] == ["Anna"]


def test_the_desk_is_shut_the_day_after_also_before_the_timer(
    world_of_each: World,
):
    with world_of_each.app.app_context():
        group = find_group("oost")
        by = db.session.get_one(Account, world_of_each.anna.id)
        key = invite_stand_in(group, email="bas@example.org", first=TODAY, last=TODAY, by=by)
        id = accept_as_new(key, name="Bas", password_hash="x", language="nl").id
    bas = Person(world_of_each.app, "bas@example.org", id)

    assert bas.client().get("/coordinate/oost").status_code == 200
    world_of_each.at.shift(timedelta(days=1))
    assert bas.client().get("/coordinate/oost").status_code == 404
    assert bas.client().get("/coordinate/").status_code == 200


def test_a_stand_in_stays_no_longer_and_brings_in_nobody(oost: Group, bas: Account):
    with pytest.raises(NotTheirs):
        end_service(oost, until=None, note_for_successor="", by=bas)
    with pytest.raises(NotTheirs):
        invite(email="cor@example.org", role=Role.COORDINATOR, group=oost, by=bas)
    assert ask_who_follows(TODAY) == 0


def test_a_stand_in_may_stop_and_is_no_reason_for_another_to(
    oost: Group, anna: Account, bas: Account
):
    with pytest.raises(LastCoordinator):
        leave_group(oost, by=anna)
    leave_group(oost, by=bas)


def test_the_letter_goes_out_on_the_first_day_and_says_until_when(oost: Group, anna: Account):
    first = TODAY + timedelta(days=3)
    invite_stand_in(oost, email="bas@example.org", first=first, last=LAST, by=anna)

    letter = db.session.scalars(select(Letter).where(Letter.kind == "invitation")).one()
    assert letter.due_at.date() == first
    assert letter.values["until"] == LAST.isoformat()


@pytest.mark.parametrize(
    ("first", "last", "refused"),
    [
        (TODAY - timedelta(days=1), LAST, StandsInBackwards),
        (LAST, TODAY, StandsInBackwards),
        (TODAY, TODAY + LONGEST, None),
        (TODAY, TODAY + LONGEST + timedelta(days=1), StandsInTooLong),
    ],
)
def test_the_days_are_from_today_and_not_for_good(oost: Group, anna: Account, first, last, refused):
    def ask() -> None:
        invite_stand_in(oost, email="bas@example.org", first=first, last=last, by=anna)

    if refused is None:
        ask()
        return
    with pytest.raises(refused):
        ask()
