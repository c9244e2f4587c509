"""What a coordinator's save costs: as many queries with a hundred groups as with two.

A save keeps what is found of the group and what it adds to the tallies in the same transaction.
"""

import pytest
from flask.testing import FlaskClient

from app import clock
from app.db import db
from app.domain.week import Week
from app.records.fellowships import Fellowship
from tests.browsing import form_on
from tests.people import Person, World
from tests.queries import statements

SAVE_SLOT = 30
SAVE_LISTING = 19
SAVE_WEEK = 36
SAVE_PLACE = 36
"""Of one that another group meets in too."""
GROUP_PAGE = 9
SHOWN_AGAIN = 4
"""Of a group page whose schedules nobody wrote to since: group, neighbours, seats, contact persons."""


@pytest.fixture(params=[0, 100], ids=["two groups", "a hundred more"])
def crowd(request: pytest.FixtureRequest, world: World) -> None:
    with world.app.app_context():
        fellowship = db.session.get_one(Fellowship, world.fellowship_id)
        for number in range(request.param):
            world.group(fellowship, f"more-{number}", f"Meer {number}", "Amsterdam", weekday=2)
        db.session.commit()


def asked_by(anna: Person, client: FlaskClient, page: str, data: dict[str, str]) -> int:
    """Return how many statements a save took."""
    with statements(anna.app) as queries:
        assert client.post(page, data=data).status_code == 303
    return len(queries)


def test_a_save_of_the_slot_takes_a_fixed_number_of_queries(anna: Person, crowd: None) -> None:
    client = anna.client()
    data = form_on(client, "/coordinate/oost/slot") | {"start": "20:00", "do": "save"}

    assert asked_by(anna, client, "/coordinate/oost/slot", data) == SAVE_SLOT


def test_a_save_of_the_listing_takes_a_fixed_number_of_queries(anna: Person, crowd: None) -> None:
    client = anna.client()
    data = form_on(client, "/coordinate/oost/listing") | {"description": "Anders."}

    assert asked_by(anna, client, "/coordinate/oost/listing", data) == SAVE_LISTING


def test_a_save_of_one_week_takes_a_fixed_number_of_queries(anna: Person, crowd: None) -> None:
    client = anna.client()
    page = f"/coordinate/oost/weeks/{Week.of(clock.today()) + 1}"
    data = form_on(client, f"{page}?change=move", page) | {"start": "20:00", "do": "save"}

    assert asked_by(anna, client, page, data) == SAVE_WEEK


def test_a_save_of_a_place_takes_a_fixed_number_of_queries(anna: Person) -> None:
    client = anna.client()
    data = form_on(client, "/coordinate/oost/places/1") | {"directions": "Bel tweemaal."}

    assert asked_by(anna, client, "/coordinate/oost/places/1", data) == SAVE_PLACE


def test_a_groups_page_takes_a_fixed_number_of_queries(anna: Person, crowd: None) -> None:
    visitor = anna.app.test_client()

    with statements(anna.app) as queries:
        visitor.get("/groups/oost")

    assert len(queries) == GROUP_PAGE


def test_a_schedule_is_read_again_only_after_it_was_written(anna: Person, crowd: None) -> None:
    visitor, coordinator = anna.app.test_client(), anna.client()
    visitor.get("/groups/oost")

    with statements(anna.app) as queries:
        visitor.get("/groups/oost")
    assert len(queries) == SHOWN_AGAIN

    data = form_on(coordinator, "/coordinate/oost/slot") | {"start": "21:15", "do": "save"}
    coordinator.post("/coordinate/oost/slot", data=data)
    with statements(anna.app) as queries:
        page = visitor.get("/groups/oost").text
    assert len(queries) == GROUP_PAGE
    assert "21.15" in page
