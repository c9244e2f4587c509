"""What officers do to a group is told to its coordinators, who can undo it."""

import threading

import pytest
from flask import Flask
from sqlalchemy import select

from app import clock
from app.actions.invitations import accept_as_new, invite, invite_again, revoke
from app.actions.national.officers import end_officer, hand_on, list_again, list_group
from app.db import db
from app.domain.meeting import Status
from app.domain.refusal import LinkIsOver, NotTheirs
from app.domain.roles import LastOfficer, OnlyTheGroupInvitesOfficers, Role, SomebodyCoordinates
from app.records.accounts import Account, RoleRecord, coordinators_of, officers_of
from app.records.changes import Change
from app.records.fellowships import Fellowship
from app.records.groups import Group
from app.records.invitations import Invitation, invitations_pending
from app.records.letters import Letter
from tests.people import FOUNDED, World


@pytest.fixture
def olaf(oost: Group, world: World) -> Account:
    return db.session.get_one(Account, world.olaf.id)


@pytest.fixture
def vera(oost: Group, world: World) -> Account:
    return db.session.get_one(Account, world.vera.id)


@pytest.fixture
def fellowship(oost: Group) -> Fellowship:
    return oost.fellowship


def letters() -> list[tuple[str, str, str]]:
    return [
        (one.kind, one.recipient, one.values.get("did", ""))
        for one in db.session.scalars(select(Letter).order_by(Letter.id))
    ]


def test_who_takes_a_group_off_the_list_says_why_to_its_coordinators(oost, olaf):
    revision = oost.calendar_rev

    list_group(oost, listed=False, reason="Dubbel met West.", by=olaf)

    assert (oost.listed, oost.unlisted_because) == (False, "Dubbel met West.")
    assert oost.calendar_rev > revision
    assert letters() == [("office_did", "anna@example.org", "unlisted")]
    [letter] = db.session.scalars(select(Letter))
    assert letter.values["reason"] == "Dubbel met West."


@pytest.mark.parametrize("address", ["olaf@example.org", " Vera@Example.org "])
def test_the_office_does_not_bring_itself_into_a_group_that_runs(oost, olaf, anna, address):
    with pytest.raises(OnlyTheGroupInvitesOfficers):
        invite(email=address, role=Role.COORDINATOR, group=oost, by=olaf)
    db.session.delete(coordinators_of(oost.id)[0])
    db.session.commit()
    with pytest.raises(OnlyTheGroupInvitesOfficers):
        hand_on(oost, email=address, by=olaf)

    assert letters() == []


def test_a_coordinator_may_ask_an_officer_in_and_so_may_who_founds_a_group(oost, olaf, anna):
    invite(email="olaf@example.org", role=Role.COORDINATOR, group=oost, by=anna)
    (first,) = invitations_pending(clock.now(), group_id=oost.id)
    revoke(first, by=anna)
    db.session.delete(coordinators_of(oost.id)[0])
    oost.status = Status.PREPARING
    db.session.commit()

    invite(email="olaf@example.org", role=Role.COORDINATOR, group=oost, by=olaf)


def test_its_coordinator_puts_it_back_and_the_officers_are_told(oost, olaf, anna):
    list_group(oost, listed=False, reason="Dubbel met West.", by=olaf)

    list_again(oost, by=anna)

    assert (oost.listed, oost.unlisted_because) == (True, "")
    assert letters()[-1] == ("group_did", "olaf@example.org", "listed_again")


def test_an_officer_who_undoes_it_as_coordinator_is_not_told_by_letter(oost, olaf, world):
    olaf.roles_held.append(RoleRecord(kind=Role.COORDINATOR, group_id=oost.id, since=FOUNDED))
    db.session.commit()
    list_group(oost, listed=False, reason="Dubbel met West.", by=olaf)

    list_again(oost, by=olaf)

    assert "group_did" not in [kind for kind, *_ in letters()]


def test_to_list_what_is_listed_tells_nobody(oost, olaf):
    list_group(oost, listed=True, reason="", by=olaf)

    assert letters() == []


def test_an_officer_of_another_fellowship_lists_nothing(oost, world):
    other = Fellowship(slug="rust", name="Rust", created_at=clock.now())
    db.session.add(other)
    db.session.flush()
    otto = world.person("otto@example.org", "Otto", Role.OFFICER, fellowship=other)
    db.session.commit()

    with pytest.raises(NotTheirs):
        list_group(oost, listed=False, reason="x", by=db.session.get_one(Account, otto.id))
    assert oost.listed


def test_a_coordinator_unlists_nothing(oost, anna):
    with pytest.raises(NotTheirs):
        list_group(oost, listed=False, reason="x", by=anna)


def test_coordinators_hear_that_the_office_invited_somebody(oost, olaf):
    invite(email="noor@example.org", role=Role.COORDINATOR, group=oost, by=olaf)

    assert letters() == [
        ("invitation", "noor@example.org", ""),
        ("office_did", "anna@example.org", "invited"),
    ]


def test_a_coordinator_who_invites_gets_no_letter_from_the_office(oost, anna):
    invite(email="noor@example.org", role=Role.COORDINATOR, group=oost, by=anna)

    assert letters() == [("invitation", "noor@example.org", "")]


def test_an_invitation_sent_again_ends_the_old_link(oost, olaf):
    old = invite(email="noor@example.org", role=Role.COORDINATOR, group=oost, by=olaf)
    [invitation] = db.session.scalars(select(Invitation))

    new = invite_again(invitation, by=olaf)

    with pytest.raises(LinkIsOver):
        accept_as_new(old, name="Noor", password_hash="x", language="nl")
    accept_as_new(new, name="Noor", password_hash="x", language="nl")
    assert [role.account.name for role in coordinators_of(oost.id)] == ["Anna", "Noor"]


def test_a_used_invitation_is_not_sent_again(oost, olaf):
    key = invite(email="noor@example.org", role=Role.COORDINATOR, group=oost, by=olaf)
    accept_as_new(key, name="Noor", password_hash="x", language="nl")
    [invitation] = db.session.scalars(select(Invitation))

    with pytest.raises(LinkIsOver):
        invite_again(invitation, by=olaf)


def test_a_group_is_not_handed_on_while_somebody_coordinates_it(oost, olaf):
    with pytest.raises(SomebodyCoordinates):
        hand_on(oost, email="noor@example.org", by=olaf)
    assert db.session.scalars(select(Invitation)).all() == []


def test_a_group_is_not_handed_on_on_the_last_day_of_a_service(oost, olaf):
    coordinators_of(oost.id)[0].until = clock.today()
    db.session.commit()

    with pytest.raises(SomebodyCoordinates):
        hand_on(oost, email="noor@example.org", by=olaf)


def test_a_group_whose_services_have_ended_goes_to_somebody_new(oost, olaf):
    coordinators_of(oost.id)[0].until = FOUNDED
    db.session.commit()

    hand_on(oost, email="noor@example.org", by=olaf)

    assert coordinators_of(oost.id) == []
    assert letters() == [
        ("office_did", "anna@example.org", "handed_on"),
        ("invitation", "noor@example.org", ""),
    ]
    [change] = db.session.scalars(select(Change))
    assert (change.deed, change.account_id) == ("hand_on", olaf.id)


def test_the_last_officer_cannot_step_down(fellowship, olaf):
    with pytest.raises(LastOfficer):
        end_officer(fellowship, olaf.id, by=olaf)
    assert officers_of(fellowship.id) == [olaf]


def test_an_overseer_does_not_end_the_last_officer_either(fellowship, olaf, vera):
    with pytest.raises(LastOfficer):
        end_officer(fellowship, olaf.id, by=vera)


def test_an_officer_ends_nobody_else(fellowship, world, olaf):
    noor = world.person("noor@example.org", "Noor", Role.OFFICER, fellowship=fellowship)
    db.session.commit()

    with pytest.raises(NotTheirs):
        end_officer(fellowship, noor.id, by=olaf)


def test_an_overseer_ends_an_officer_who_is_told(fellowship, world, olaf, vera):
    noor = world.person("noor@example.org", "Noor", Role.OFFICER, fellowship=fellowship)
    db.session.commit()

    end_officer(fellowship, noor.id, by=vera)

    assert officers_of(fellowship.id) == [olaf]
    assert letters() == [("no_longer_officer", "noor@example.org", "")]


def test_of_two_officers_who_step_down_at_once_one_stays(both: Flask):
    with both.app_context():
        fellowship = db.session.scalars(select(Fellowship)).one()
        fellowship_id = fellowship.id
        ids = []
        for name in ("olaf", "noor"):
            account = Account(
                email=f"{name}@example.org",
                name=name,
                fs_uniquifier=name,
                created_at=clock.now(),
                roles_held=[
                    RoleRecord(kind=Role.OFFICER, fellowship_id=fellowship_id, since=FOUNDED)
                ],
            )
            db.session.add(account)
            db.session.flush()
            ids.append(account.id)
        db.session.commit()
    ready, told = threading.Barrier(2), []

    def step_down(account_id: int) -> None:
        with both.app_context():
            mine = db.session.get_one(Fellowship, fellowship_id)
            me = db.session.get_one(Account, account_id)
            db.session.commit()
            ready.wait(30)
            try:
                end_officer(mine, me.id, by=me)
                told.append("down")
            except LastOfficer:
                told.append("stays")
            db.session.remove()

    threads = [threading.Thread(target=step_down, args=(one,)) for one in ids]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(told) == ["down", "stays"]
    with both.app_context():
        assert len(officers_of(fellowship_id)) == 1
