"""Who stops coordinating takes their traces along, as far as they say, and lands on a page."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app import clock
from app.db import db
from app.domain.roles import Role
from app.records.accounts import RoleRecord
from app.records.contacts import ContactRecord
from app.records.groups import find_group
from app.records.letters import Letter
from tests.browsing import submit
from tests.people import FOUNDED, Person, World

pytestmark = pytest.mark.usefixtures("clock")
PEOPLE, LEAVE = "/coordinate/oost/people", "/coordinate/oost/people/leave"


@pytest.fixture
def client(app: Flask, world: World) -> FlaskClient:
    """Anna's, who coordinates Oost together with Ben."""
    give(app, world.ben, Role.COORDINATOR, "oost")
    return world.anna.client()


def give(app: Flask, who: Person, kind: Role, slug: str) -> None:
    with app.app_context():
        group = find_group(slug)
        db.session.add(RoleRecord(account_id=who.id, kind=kind, group_id=group.id, since=FOUNDED))
        db.session.commit()


def publish(app: Flask, *, name: str = "Anna", email: str = "Anna@example.org") -> None:
    with app.app_context():
        group = find_group("oost")
        group.contacts.append(
            ContactRecord(
                position=1,
                name=name,
                email=email,
                phone="+31612345678",
                shows_phone=True,
                agreed_at=clock.now(),
            )
        )
        db.session.commit()


def contacts(app: Flask) -> int:
    with app.app_context():
        return len(db.session.scalars(select(ContactRecord)).all())


def told(app: Flask) -> dict:
    with app.app_context():
        query = select(Letter).where(Letter.kind == "service_handed_on")
        return db.session.scalars(query).one().values


def test_who_stops_lands_on_a_page(app: Flask, client: FlaskClient) -> None:
    done = submit(client, PEOPLE, to=LEAVE)

    assert done.location == "/account"
    assert "Je bent geen coördinator" in client.get(done.location).text


def test_who_has_another_group_lands_at_the_desk(
    app: Flask, client: FlaskClient, world: World
) -> None:
    give(app, world.anna, Role.COORDINATOR, "west")

    assert submit(client, PEOPLE, to=LEAVE).location == "/coordinate/"


def test_who_is_no_contact_person_is_asked_nothing(app: Flask, client: FlaskClient) -> None:
    publish(app, name="Kees", email="kees@example.org")

    assert "Je staat ook als contactpersoon" not in client.get(PEOPLE).text
    submit(client, PEOPLE, to=LEAVE)
    assert contacts(app) == 1
    assert told(app)["contact"] == ""


@pytest.mark.parametrize("own", [{"name": "Anna B."}, {"email": "anders@example.org"}])
@pytest.mark.parametrize(("answer", "left"), [("gone", 0), ("stays", 1)])
def test_who_is_contact_person_says_what_becomes_of_it_and_the_others_hear(
    app: Flask, client: FlaskClient, own: dict[str, str], answer: str, left: int
) -> None:
    publish(app, **own)

    assert "Je staat ook als contactpersoon" in client.get(PEOPLE).text
    assert submit(client, PEOPLE, to=LEAVE).status_code == 422
    assert submit(client, PEOPLE, to=LEAVE, leave__contact=answer).location == "/account"

    assert contacts(app) == left
    assert told(app)["contact"] == answer
    page = app.test_client().get("/groups/oost").text
    assert ("612345678" in page.replace(" ", "")) == bool(left)


def test_the_last_coordinator_keeps_the_entry_as_contact_person(app: Flask, world: World) -> None:
    publish(app)
    client = world.anna.client()

    refused = submit(client, PEOPLE, to=LEAVE, leave__contact="gone")

    assert refused.status_code == 422
    assert contacts(app) == 1
