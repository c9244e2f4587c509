"""What tests of contacts share, whoever they answer."""

from sqlalchemy import select

from app.db import db
from app.records.letters import Letter
from tests.people import Person

CONTACTS = "/coordinate/oost/contacts"
KIM = {"name": "Kim", "email": "kim@example.org", "phone": "06 12345678", "shows_phone": "y"}


def keys_in_letters(person: Person) -> list[str]:
    with person.app.app_context():
        letters = db.session.scalars(select(Letter).where(Letter.kind == "contact_yes"))
        return [letter.values["key"] for letter in letters]
