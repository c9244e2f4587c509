"""What tests of proposals share, whoever they answer."""

from sqlalchemy import select

from app.db import db
from app.records.letters import Letter
from app.records.proposals import Proposal
from tests.people import World

WRONG = "/groups/oost/wrong"


def kept(world: World) -> list[Proposal]:
    return list(db.session.scalars(select(Proposal).order_by(Proposal.id)))


def letters() -> list[tuple[str, str]]:
    return [
        (one.kind, one.recipient) for one in db.session.scalars(select(Letter).order_by(Letter.id))
    ]
