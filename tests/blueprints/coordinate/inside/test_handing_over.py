"""The page on which a coordinator hands a group over, and what the circle reads of it."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.db import db
from app.domain.inside.handing_over import TOLD_FOR, is_news
from app.records.groups import find_group
from app.records.letters import Letter
from tests.blueprints.evenings import seat
from tests.browsing import submit
from tests.people import NOON, Person

HAND_OVER = "/coordinate/oost/hand-over"
TOLD = "Iemand anders coördineert je groep"
TODAY = NOON.date()


def offered(anna: Person, afterwards: str = "gone") -> str:
    """Offer the group to Mees, and return the address in the letter."""
    asked = {"email": "mees@example.org", "afterwards": afterwards}
    assert submit(anna.client(), HAND_OVER, to=HAND_OVER, **asked).status_code == 303
    with anna.app.app_context():
        letters = select(Letter).where(Letter.kind == "invitation")
        return "/invitations/" + str(db.session.scalars(letters).one().values["key"])


def test_it_is_offered_accepted_and_told_without_a_name(app: Flask, anna: Person) -> None:
    [page] = seat(app, "Kim")
    link = offered(anna)
    assert "Neemt het over van Anna." in anna.client().get("/coordinate/oost/people").text
    assert TOLD not in app.test_client().get(page).text

    visitor = app.test_client()
    assert "Anna draagt het aan jou over." in visitor.get(link).text
    answer = submit(visitor, link, name="Mees", password="vier losse natte wolken")

    assert answer.status_code == 303
    assert visitor.get("/coordinate/oost").status_code == 200
    assert anna.client().get("/coordinate/oost").status_code == 404
    told = app.test_client().get(page).text
    assert TOLD in told
    assert "Mees" not in told
    assert "Anna" not in told
    assert TOLD not in app.test_client().get("/groups/oost").text


def test_who_comes_later_reads_nothing_of_it(app: Flask, anna: Person) -> None:
    link = offered(anna)
    visitor = app.test_client()
    submit(visitor, link, name="Mees", password="vier losse natte wolken")
    with app.app_context():
        find_group("oost").taken_over_on -= timedelta(days=1)
        db.session.commit()

    [page] = seat(app, "Kim")

    assert TOLD not in app.test_client().get(page).text


@pytest.mark.parametrize(
    ("days", "told"), [(0, True), (TOLD_FOR.days - 1, True), (TOLD_FOR.days, False)]
)
def test_it_is_told_for_a_month(days: int, told: bool) -> None:
    assert is_news(TODAY, TODAY, TODAY + timedelta(days=days)) is told


def test_a_choice_and_another_address_are_asked_for(anna: Person) -> None:
    client = anna.client()

    assert submit(client, HAND_OVER, to=HAND_OVER, email="mees@example.org").status_code == 422
    answer = submit(client, HAND_OVER, to=HAND_OVER, email=anna.email, afterwards="gone")

    assert answer.status_code == 422
    assert "Dat ben je zelf." in answer.text


def test_who_is_no_contact_person_is_not_offered_to_stay_one(anna: Person) -> None:
    assert "blijf contactpersoon" not in anna.client().get(HAND_OVER).text
    answer = submit(
        anna.client(), HAND_OVER, to=HAND_OVER, email="mees@example.org", afterwards="contact"
    )
    assert answer.status_code == 422


def test_another_groups_coordinator_finds_no_such_page(ben: Person) -> None:
    assert ben.client().get(HAND_OVER).status_code == 404
