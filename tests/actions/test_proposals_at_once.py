"""A proposal is answered by several at once: one answer counts, and the others are told."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.actions.proposals import Said, accept_proposal, decline_proposal, propose
from app.db import db
from app.domain.proposal import Wrong
from app.domain.undoing import TooLateToUndo
from app.domain.week import Week
from app.records.accounts import Account
from app.records.changes import Change
from app.records.groups import find_group
from app.records.letters import Letter
from app.records.proposals import Proposal
from tests.actions.at_once import at_once
from tests.people import Person, World

ROUNDS = 10
SAID = [
    Said(Wrong.LISTING, instead={"description": "Met thee."}, sender="kim@example.org"),
    Said(Wrong.TIME, instead={"weekday": 3}, sender="kim@example.org"),
    Said(Wrong.GONE, words="Er is niemand.", sender="kim@example.org"),
]


@pytest.fixture
def world(app_on_each: Flask) -> World:
    return World(app_on_each)


def answers() -> tuple[int, int]:
    """Return how many changes there are, and letters to who sent a proposal."""
    changes = db.session.scalar(select(func.count(Change.id)))
    told = select(func.count(Letter.id)).where(Letter.kind == "proposal_answered")
    return changes or 0, db.session.scalar(told) or 0


@pytest.mark.parametrize("said", SAID, ids=lambda said: str(said.wrong))
def test_of_several_answers_at_once_one_counts_and_makes_one_change(world: World, said: Said):
    def the_proposal() -> Proposal:
        return db.session.scalars(select(Proposal).order_by(Proposal.id.desc())).first()

    def accept(person: Person, *, as_officer: bool = False) -> None:
        proposal = the_proposal()
        by = db.session.get_one(Account, person.id)
        accept_proposal(proposal, Week(0), by=by, as_officer=as_officer)

    def decline() -> None:
        by = db.session.get_one(Account, world.anna.id)
        decline_proposal(the_proposal(), reason="Het klopt.", by=by)

    for number in range(ROUNDS):
        with world.app.app_context():
            again = Said(said.wrong, f"{number}", said.instead, said.sender)
            propose(find_group("oost"), again, language="nl")
            changes, letters = answers()

        raised = at_once(
            world.app,
            lambda: accept(world.anna),
            lambda: accept(world.anna),
            lambda: accept(world.olaf, as_officer=True),
            decline,
        )

        assert [type(one) for one in raised] == [TooLateToUndo] * 3
        with world.app.app_context():
            assert answers() == (changes + 1, letters + 1)
            assert the_proposal().state in ("accepted", "declined")
