"""Whom the office brings into a group that runs reads no name before a yes."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import delete, select

from app import clock
from app.actions.chairs import take_chair
from app.actions.contacts import remove_contact
from app.actions.groups import set_status
from app.actions.invitations import accept_as_new, invite, invite_again
from app.actions.national.officers import hand_on
from app.actions.reading import ask_the_circles, let_read, object_to_reader
from app.actions.seats import Ask, ask_for_seat, confirm_seat
from app.actions.second_group import ask_the_line, found_sister
from app.db import db
from app.domain.meeting import Status
from app.domain.refusal import LinkIsOver, NotTheirs
from app.domain.roles import DAYS_TO_OBJECT, Reading, Role
from app.records.accounts import Account, RoleRecord, coordinators_of
from app.records.changes import Change
from app.records.groups import Group
from app.records.invitations import Invitation
from app.records.letters import Letter
from tests.people import NOON, World


def role_of(account: Account, group: Group) -> RoleRecord:
    return next(one for one in coordinators_of(group.id) if one.account_id == account.id)


def joined(key: str, name: str = "Bas") -> Account:
    return accept_as_new(key, name=name, password_hash="x", language="nl")


def invited_by(account: Account | None, group: Group, name: str = "bas") -> Account:
    email = f"{name}@example.org"
    return joined(invite(email=email, role=Role.COORDINATOR, group=group, by=account), name)


@pytest.fixture
def olaf(oost: Group, world: World) -> Account:
    return db.session.get_one(Account, world.olaf.id)


@pytest.fixture
def bas(oost: Group, olaf: Account) -> Account:
    return invited_by(olaf, oost)


@pytest.fixture
def alone(oost: Group, bas: Account, anna: Account) -> Account:
    """Bas, in a group that nobody else coordinates any more."""
    db.session.execute(delete(RoleRecord).where(RoleRecord.account_id == anna.id))
    db.session.commit()
    return bas


def seated(group: Group, name: str) -> str:
    ask = Ask(alias=name, consent_text="1", contact=f"{name}@example.org")
    key = ask_for_seat(group, ask, ask_key=name).key
    confirm_seat(key, by_mail=True)
    return key


def test_who_the_office_invites_waits_and_who_the_group_invites_does_not(
    oost: Group, anna: Account, bas: Account
):
    assert role_of(bas, oost).reading == Reading.WAITS
    assert role_of(invited_by(anna, oost, "cor"), oost).reads(clock.now())
    assert role_of(invited_by(None, oost, "dirk"), oost).reads(clock.now())


def test_who_waits_brings_in_nobody_who_reads(oost: Group, bas: Account):
    assert not role_of(invited_by(bas, oost, "cor"), oost).reads(clock.now())


def test_an_invitation_that_is_sent_again_is_still_of_the_office(
    oost: Group, anna: Account, olaf: Account
):
    invite(email="bas@example.org", role=Role.COORDINATOR, group=oost, by=olaf)
    [invitation] = db.session.scalars(select(Invitation).where(Invitation.group_id == oost.id))

    bas = joined(invite_again(invitation, by=anna))

    assert not role_of(bas, oost).reads(clock.now())


def test_in_a_group_in_preparation_without_people_they_read_at_once(
    oost: Group, anna: Account, olaf: Account
):
    set_status(oost, Status.PREPARING, by=anna)

    assert role_of(invited_by(olaf, oost), oost).reads(clock.now())


def test_but_not_where_somebody_asked_for_a_seat_meanwhile(
    oost: Group, anna: Account, olaf: Account
):
    set_status(oost, Status.PREPARING, by=anna)
    key = invite(email="bas@example.org", role=Role.COORDINATOR, group=oost, by=olaf)
    seated(oost, "kim")

    assert not role_of(joined(key), oost).reads(clock.now())


def test_what_shows_or_changes_the_circle_is_refused_to_who_waits(oost: Group, bas: Account):
    for deed in (
        lambda: take_chair(oost, by=bas),
        lambda: remove_contact(oost, 1, by=bas),
        lambda: let_read(oost, bas.id, by=bas),
    ):
        with pytest.raises(NotTheirs):
            deed()


def test_a_sister_group_is_no_way_round(oost: Group, bas: Account):
    sister = found_sister(oost, name="Oost 2", weekday=2, start=NOON.time(), by=bas)

    assert not role_of(bas, sister).reads(clock.now())
    with pytest.raises(NotTheirs):
        ask_the_line(oost, sister, by=bas)


def test_a_coordinator_says_yes_and_the_log_says_who(oost: Group, anna: Account, bas: Account):
    let_read(oost, bas.id, by=anna)

    assert role_of(bas, oost).reads(clock.now())
    [change] = db.session.scalars(select(Change).where(Change.deed == "let_read"))
    assert change.account_id == anna.id


def test_the_circle_is_not_asked_while_a_coordinator_can_say_yes(oost: Group, bas: Account):
    assert ask_the_circles() == 0
    assert role_of(bas, oost).reading == Reading.WAITS


def test_where_nobody_can_say_yes_each_with_a_seat_is_asked_once(oost: Group, alone: Account):
    seated(oost, "kim")
    seated(oost, "noor")
    ask = Ask(alias="Sam", consent_text="1", contact="sam@example.org")
    ask_for_seat(oost, ask, ask_key="sam")

    assert (ask_the_circles(), ask_the_circles()) == (1, 0)

    letters = db.session.scalars(select(Letter).where(Letter.kind == "circle_asked"))
    assert {one.recipient for one in letters} == {"kim@example.org", "noor@example.org"}
    assert not role_of(alone, oost).reads(clock.now())


def test_a_week_without_a_no_opens_the_circle(oost: Group, alone: Account):
    key = seated(oost, "kim")
    ask_the_circles()

    with time_machine.travel(NOON + timedelta(days=DAYS_TO_OBJECT), tick=False):
        assert role_of(alone, oost).reads(clock.now())
        with pytest.raises(LinkIsOver):
            object_to_reader(key)


def test_one_no_keeps_it_closed_and_names_nobody(oost: Group, alone: Account):
    key = seated(oost, "kim")
    ask_the_circles()

    object_to_reader(key)

    with time_machine.travel(NOON + timedelta(days=99), tick=False):
        assert not role_of(alone, oost).reads(clock.now())
        assert ask_the_circles() == 0
    [change] = db.session.scalars(select(Change).where(Change.deed == "object_to_reader"))
    assert (change.account_id, change.after) == (None, {})


def test_who_only_asked_for_a_seat_has_no_say(oost: Group, alone: Account):
    ask = Ask(alias="Sam", consent_text="1", contact="sam@example.org")
    key = ask_for_seat(oost, ask, ask_key="sam").key
    ask_the_circles()

    with pytest.raises(NotTheirs):
        object_to_reader(key)


def test_who_gets_a_group_that_is_handed_on_waits_too(oost: Group, anna: Account, olaf: Account):
    role_of(anna, oost).until = (NOON - timedelta(days=1)).date()
    db.session.commit()

    new = joined(hand_on(oost, email="bas@example.org", by=olaf))

    assert role_of(new, oost).reading == Reading.WAITS
    assert ask_the_circles() == 1
