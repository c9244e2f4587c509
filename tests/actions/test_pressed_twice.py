"""Who presses a button several times at once does one thing, and nobody gets an error for it."""

from collections.abc import Callable
from datetime import time, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from app import clock
from app.actions.closures import close_group
from app.actions.contacts import ContactEdit, write_contact
from app.actions.founding_requests import Asker, ask_for_group
from app.actions.groups import found_group
from app.actions.invitations import accept_as_new, invite
from app.actions.national.fellowships import NewFellowship, found_fellowship
from app.actions.parts.new_place import PlaceEdit
from app.actions.places import add_place
from app.actions.second_group import found_sister
from app.db import db
from app.domain.founding import wish
from app.domain.roles import AddressInUse, AlreadyInvited, Role
from app.domain.slug import NameInUse
from app.records.accounts import Account
from app.records.contacts import ContactRecord
from app.records.fellowships import Fellowship, find_fellowship
from app.records.founding_requests import FoundingRequest
from app.records.groups import Group, find_group
from app.records.letters import Letter
from app.records.places import PlaceRecord
from app.records.weeks import ClosureRecord
from tests.actions.at_once import at_once
from tests.people import Person, World

TAPS = 4
ROUNDS = 5


@pytest.fixture
def place(app_on_each: Flask) -> World:
    return World(app_on_each)


def account(person: Person) -> Account:
    return db.session.get_one(Account, person.id)


def fellowship(place: World) -> Fellowship:
    return db.session.get_one(Fellowship, place.fellowship_id)


def named(place: World, name: str) -> int | None:
    with place.app.app_context():
        return db.session.scalar(select(func.count(Group.id)).where(Group.name == name))


def test_an_officer_founds_one_group(place: World):
    for number in range(ROUNDS):
        name = f"Assen {number}"

        def found(name: str = name) -> None:
            found_group(fellowship(place), name=name, town="Assen", by=account(place.olaf))

        assert at_once(place.app, *[found] * TAPS) == []
        assert named(place, name) == 1


def test_a_coordinator_founds_one_sister(place: World):
    def found() -> None:
        anna = account(place.anna)
        found_sister(find_group("oost"), name="Oost 2", weekday=2, start=time(20), by=anna)

    assert at_once(place.app, *[found] * TAPS) == []
    assert named(place, "Oost 2") == 1


def test_a_coordinator_writes_one_closure_one_place_and_one_contact(place: World):
    first = clock.today() + timedelta(days=3)

    def anna() -> Account:
        return account(place.anna)

    deeds: dict[type, Callable[[], object]] = {
        ClosureRecord: lambda: close_group(find_group("oost"), first, first, "Zomer", by=anna()),
        PlaceRecord: lambda: add_place(
            find_group("oost"), PlaceEdit(kind="building", name="Zaal"), position=None, by=anna()
        ),
        ContactRecord: lambda: write_contact(
            find_group("oost"), ContactEdit(name="Noor", email="noor@example.org"), by=anna()
        ),
    }
    for table, deed in deeds.items():
        with place.app.app_context():
            before = db.session.scalar(select(func.count()).select_from(table)) or 0

        assert at_once(place.app, *[deed] * TAPS) == []
        with place.app.app_context():
            assert db.session.scalar(select(func.count()).select_from(table)) == before + 1


def test_two_groups_of_one_name_in_two_towns_are_two(place: World):
    with place.app.app_context():
        for town in ("Assen", "Meppel"):
            found_group(fellowship(place), name="Hoop", town=town, by=account(place.olaf))

    assert named(place, "Hoop") == 2


def test_an_overseer_writes_one_fellowship_down(place: World):
    for number in range(ROUNDS):
        new = NewFellowship(slug=f"nieuw-{number}", name=f"Nieuw {number}")

        def found(new: NewFellowship = new) -> None:
            found_fellowship(new, by=account(place.vera))

        refused = at_once(place.app, *[found] * TAPS)

        assert [type(one) for one in refused] == [NameInUse] * (TAPS - 1)
        with place.app.app_context():
            assert find_fellowship(new.slug) is not None


def test_a_newcomer_asks_once_for_a_group(place: World):
    asker = Asker(name="Mees", contact="mees@example.org", words="", consent_text="1")

    def ask() -> None:
        ask_for_group(fellowship(place), wish("Assen", None, None), asker, ask_key="one-form")

    assert at_once(place.app, *[ask] * TAPS) == []
    with place.app.app_context():
        assert db.session.scalar(select(func.count(FoundingRequest.id))) == 1


def test_an_address_gets_one_invitation_to_one_role(place: World):
    for number in range(ROUNDS):
        email = f"new{number}@example.org"

        def to_the_group(email: str = email) -> None:
            anna = account(place.anna)
            invite(email=email, role=Role.COORDINATOR, group=find_group("oost"), by=anna)

        def to_the_office(email: str = email) -> None:
            body, vera = fellowship(place), account(place.vera)
            invite(email=email.upper(), role=Role.OFFICER, fellowship=body, by=vera)

        for press in (to_the_group, to_the_office):
            refused = at_once(place.app, *[press] * TAPS)

            assert [type(one) for one in refused] == [AlreadyInvited] * (TAPS - 1)
    with place.app.app_context():
        written = select(func.count(Letter.id)).where(Letter.kind == "invitation")
        assert db.session.scalar(written) == 2 * ROUNDS


def test_two_invitations_of_one_address_begin_one_account(place: World):
    for number in range(ROUNDS):
        with place.app.app_context():
            keys = [
                invite(
                    email=f"new{number}@example.org",
                    role=Role.COORDINATOR,
                    group=find_group(slug),
                    by=None,
                )
                for slug in ("oost", "west")
            ]
        refused = at_once(
            place.app,
            *[
                lambda key=key: accept_as_new(key, name="New", password_hash="x", language="nl")
                for key in keys
            ],
        )

        assert [type(one) for one in refused] == [AddressInUse]
