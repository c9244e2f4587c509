"""What tests of history share, whoever they answer."""

from sqlalchemy import select

from app.db import db
from app.records.changes import Change
from app.records.groups import find_group
from tests.people import Person

LISTING = "/coordinate/oost/listing"
CHANGES = "/coordinate/oost/changes"
HISTORY = "/national/stay-clean/history"
SLOT = "/coordinate/oost/slot"


def change_id(person: Person, deed: str, number: int = -1) -> int:
    with person.app.app_context():
        found = db.session.scalars(select(Change.id).where(Change.deed == deed)).all()
        return sorted(found)[number]


def description(person: Person) -> str:
    with person.app.app_context():
        group = find_group("oost")
        assert group is not None
        return group.description
