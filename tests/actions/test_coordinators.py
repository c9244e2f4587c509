"""Who joins a group's coordinators is told to those who were there, who can undo it for a while."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app import clock
from app.actions.coordinators import undo_joining
from app.actions.invitations import accept_as_new, invite
from app.db import db
from app.domain.refusal import NotTheirs
from app.domain.roles import DAYS_TO_UNDO_JOINING, Role
from app.records.accounts import Account, coordinators_of
from app.records.groups import Group
from app.records.letters import Letter
from tests.people import World


@pytest.fixture
def bas(oost: Group, world: World) -> Account:
    """Who was invited by the office, and joined Anna today."""
    olaf = db.session.get_one(Account, world.olaf.id)
    key = invite(email="bas@example.org", role=Role.COORDINATOR, group=oost, by=olaf)
    return accept_as_new(key, name="Bas", password_hash="x", language="nl")


def test_those_who_were_there_hear_who_joined(oost: Group, bas: Account):
    [letter] = db.session.scalars(select(Letter).where(Letter.kind == "joined"))

    assert letter.recipient == "anna@example.org"
    assert (letter.values["who"], letter.values["group"]) == ("Bas", oost.name)


def test_who_was_there_undoes_it_and_the_other_is_told(oost: Group, anna: Account, bas: Account):
    undo_joining(oost, bas.id, by=anna)

    assert [role.account_id for role in coordinators_of(oost.id)] == [anna.id]
    [letter] = db.session.scalars(select(Letter).where(Letter.kind == "no_longer_coordinator"))
    assert letter.recipient == "bas@example.org"


def test_who_joined_does_not_undo_who_was_there_nor_themselves(
    oost: Group, anna: Account, bas: Account
):
    for account in (anna, bas):
        with pytest.raises(NotTheirs):
            undo_joining(oost, account.id, by=bas)


@pytest.mark.parametrize(("days", "may"), [(DAYS_TO_UNDO_JOINING, True), (31, False)])
def test_after_a_month_it_stands(
    app: Flask, oost: Group, anna: Account, bas: Account, days: int, may: bool
):
    coordinators_of(oost.id)[-1].since = clock.today() - timedelta(days=days)
    db.session.commit()

    if may:
        undo_joining(oost, bas.id, by=anna)
    else:
        with pytest.raises(NotTheirs):
            undo_joining(oost, bas.id, by=anna)


def test_the_page_offers_it_to_who_was_there_alone(
    app: Flask, world: World, oost: Group, bas: Account
):
    assert "Bas hoort er niet bij" in world.anna.client().get("/coordinate/oost/people").text
    assert "Anna hoort er niet bij" not in world.anna.client().get("/coordinate/oost/people").text
