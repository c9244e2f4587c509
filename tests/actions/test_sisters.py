"""A sister group takes along what is asked for, and publishes nobody without a yes of their own."""

from datetime import time, timedelta

import pytest
from sqlalchemy import select

from app import clock
from app.actions.closures import close_group, withdraw_closure
from app.actions.contacts import ContactEdit, agree_to_contact, write_contact
from app.actions.invitations import accept_as_new, invite
from app.actions.parts.new_place import PlaceEdit
from app.actions.places import add_place
from app.actions.second_group import Along, found_sister
from app.db import db
from app.domain.meeting import Status
from app.domain.place import Kind
from app.domain.refusal import NotTheirs
from app.domain.roles import Role
from app.records.accounts import Account
from app.records.closures import closures_of_group, places_owned_by
from app.records.groups import Group
from app.records.letters import Letter
from tests.people import World

ALL = Along(contacts=True, closures=True, places=True)


def sister_of(oost: Group, by: Account, along: Along = ALL, *, begins: bool = False) -> Group:
    return found_sister(
        oost, name="Oost 2", weekday=2, start=time(20), by=by, along=along, begins=begins
    )


def shut(oost: Group, anna: Account) -> None:
    first = oost.day_of(clock.now()) + timedelta(days=9)
    close_group(oost, first, first + timedelta(days=20), "Zomer", by=anna)


def asked() -> list[Letter]:
    return list(db.session.scalars(select(Letter).where(Letter.kind == "contact_yes")))


def test_contact_persons_come_along_and_are_asked_for_a_yes_of_their_own(
    oost: Group, anna: Account
):
    write_contact(oost, ContactEdit("Corrie", "corrie@example.org"), by=anna)
    agree_to_contact(asked()[0].values["key"])

    sister = sister_of(oost, anna)

    [contact] = sister.contacts
    assert contact.value() is None
    agree_to_contact(asked()[1].values["key"])
    assert contact.value() is not None
    assert oost.contacts[0].value() is not None


def test_closures_come_along_and_are_its_own_from_then_on(oost: Group, anna: Account):
    shut(oost, anna)
    today = oost.day_of(clock.now())

    sister = sister_of(oost, anna)

    [of_sister] = closures_of_group(sister.id, today)
    assert of_sister.reason == "Zomer"
    withdraw_closure(of_sister.id, by=anna)
    assert len(closures_of_group(oost.id, today)) == 1


def test_places_come_along_each_once(oost: Group, anna: Account):
    add_place(
        oost, PlaceEdit(kind=Kind.BUILDING, name="De Kapel", town="Utrecht"), position=None, by=anna
    )

    sister = sister_of(oost, anna)

    names = [one.name for one in places_owned_by(oost)]
    assert [one.name for one in places_owned_by(sister)] == names
    assert not {one.id for one in places_owned_by(sister)} & {
        one.id for one in places_owned_by(oost)
    }


def test_nothing_comes_along_that_was_not_asked_for(oost: Group, anna: Account):
    write_contact(oost, ContactEdit("Corrie", "corrie@example.org"), by=anna)
    shut(oost, anna)
    add_place(
        oost, PlaceEdit(kind=Kind.BUILDING, name="De Kapel", town="Utrecht"), position=None, by=anna
    )

    sister = sister_of(oost, anna, Along())

    assert sister.contacts == []
    assert closures_of_group(sister.id, oost.day_of(clock.now())) == []
    assert "De Kapel" not in {one.name for one in places_owned_by(sister)}


def test_it_begins_at_once_or_waits_for_its_coordinator(oost: Group, anna: Account):
    assert sister_of(oost, anna, begins=True).status == Status.ACTIVE
    other = found_sister(oost, name="Oost 3", weekday=3, start=time(20), by=anna)
    assert other.status == Status.PREPARING


def test_a_group_without_a_time_gets_a_sister_with_one(oost: Group, anna: Account):
    oost.slots.clear()
    db.session.commit()

    [slot] = sister_of(oost, anna, Along()).slots

    assert (slot.weekday, slot.start, slot.place) == (2, time(20), None)


def test_who_does_not_read_the_circle_takes_no_contact_person_along(oost: Group, world: World):
    key = invite(
        email="bas@example.org",
        role=Role.COORDINATOR,
        group=oost,
        by=db.session.get_one(Account, world.olaf.id),
    )
    bas = accept_as_new(key, name="Bas", password_hash="x", language="nl")

    with pytest.raises(NotTheirs):
        sister_of(oost, bas, Along(contacts=True))
    sister_of(oost, bas, Along(closures=True, places=True))
