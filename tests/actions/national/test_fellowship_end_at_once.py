"""A fellowship is closed while its office and coordinators are at work: nothing slips through."""

from datetime import time

import pytest
from flask import Flask
from sqlalchemy import select

from app.actions.founding_requests import Asker, ask_for_group, confirm_request
from app.actions.groups import found_group
from app.actions.invitations import invite
from app.actions.national.answering_requests import Plan, found_as_asked
from app.actions.national.fellowship_end import end_fellowship, reopen_fellowship
from app.actions.national.officers import list_group
from app.actions.second_group import found_sister
from app.db import db
from app.domain.founding import RequestIsOver, wish
from app.domain.refusal import FellowshipIsClosed
from app.domain.roles import Role
from app.records.accounts import Account
from app.records.fellowships import Fellowship
from app.records.founding_requests import FoundingRequest
from app.records.groups import Group, find_group
from app.records.invitations import Invitation
from tests.actions.at_once import at_once
from tests.people import World

ROUNDS = 10


@pytest.fixture
def place(app_on_each: Flask) -> World:
    return World(app_on_each)


@pytest.mark.long
def test_nothing_begins_and_nobody_waits_for_ever_while_a_fellowship_closes(place: World):
    app = place.app

    def account(person) -> Account:
        return db.session.get_one(Account, person.id)

    def fellowship() -> Fellowship:
        return db.session.get_one(Fellowship, place.fellowship_id)

    for number in range(ROUNDS):
        wrong = at_once(
            app,
            lambda: end_fellowship(fellowship(), by=account(place.vera)),
            lambda: found_group(fellowship(), name="Assen", town="", by=account(place.olaf)),
            lambda: found_sister(
                find_group("oost"), name="Ook", weekday=2, start=time(20, 0), by=account(place.anna)
            ),
            lambda number=number: list_group(
                find_group("west"), listed=bool(number % 2), reason="x", by=account(place.olaf)
            ),
            lambda: invite(
                email="noor@example.org",
                role=Role.COORDINATOR,
                group=find_group("west"),
                by=account(place.olaf),
            ),
            lambda: invite(
                email="noor@example.org",
                role=Role.OFFICER,
                fellowship=fellowship(),
                by=account(place.vera),
            ),
        )

        assert [one for one in wrong if not isinstance(one, FellowshipIsClosed)] == []
        with app.app_context():
            assert set(db.session.scalars(select(Group.status))) == {"closed"}
            assert all(db.session.scalars(select(Invitation.revoked_at)))
            reopen_fellowship(fellowship(), by=account(place.vera))


@pytest.mark.long
def test_a_request_that_is_confirmed_or_granted_meanwhile_waits_its_turn(place: World):
    app = place.app

    def account(person) -> Account:
        return db.session.get_one(Account, person.id)

    def fellowship() -> Fellowship:
        return db.session.get_one(Fellowship, place.fellowship_id)

    def asked(number: int) -> tuple[str, int]:
        asker = Asker(name="Mees", contact=f"m{number}@example.org", words="", consent_text="1")
        with app.app_context():
            ask_for_group(fellowship(), wish("Assen", None, None), asker, ask_key=f"form-{number}")
            row = db.session.scalars(
                select(FoundingRequest).order_by(FoundingRequest.id.desc())
            ).first()
            return row.key, row.id

    for number in range(ROUNDS):
        new, _ = asked(2 * number)
        known, request_id = asked(2 * number + 1)
        with app.app_context():
            confirm_request(known)

        wrong = at_once(
            app,
            lambda: end_fellowship(fellowship(), by=account(place.vera)),
            lambda new=new: confirm_request(new),
            lambda request_id=request_id: found_as_asked(
                db.session.get_one(FoundingRequest, request_id),
                Plan(name="Assen", town="Assen"),
                by=account(place.olaf),
            ),
        )

        over = (FellowshipIsClosed, RequestIsOver)
        assert [one for one in wrong if not isinstance(one, over)] == []
        with app.app_context():
            assert set(db.session.scalars(select(Group.status))) == {"closed"}
            reopen_fellowship(fellowship(), by=account(place.vera))
