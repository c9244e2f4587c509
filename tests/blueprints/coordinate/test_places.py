"""Places: written down once, mended for all, and shown as far as the slot says."""

import pytest
import time_machine

from app.db import db
from app.domain.place import Position
from app.records.groups import Group
from app.records.places import PlaceRecord
from tests.browsing import submit
from tests.people import NOON, Person

PLACES = "/coordinate/oost/places"


def place_id(person: Person, slug: str = "oost") -> int:
    with person.app.app_context():
        group = db.session.query(Group).filter_by(slug=slug).one()
        return group.slots[0].place_id


def test_a_new_place_gets_its_town_province_and_position_by_postcode(anna: Person) -> None:
    client = anna.client()

    answer = submit(
        client, f"{PLACES}/new", name="De Kom", street="Weg 1", postcode="3512 ab", town=""
    )

    assert answer.status_code == 303
    page = client.get(answer.location).text
    assert "De Kom, Weg 1, 3512 AB Utrecht" in page


@time_machine.travel(NOON, tick=True)  # a meeting that has begun stays where it was
def test_a_mended_place_shows_at_the_next_request(anna: Person) -> None:
    client = anna.client()

    submit(client, f"{PLACES}/{place_id(anna)}", directions="De blauwe deur.")

    assert "De blauwe deur." in client.get("/groups/oost").text


def test_a_place_abroad_stays_where_it_is(anna: Person) -> None:
    number = place_id(anna)
    with anna.app.app_context():
        place = db.session.get_one(PlaceRecord, number)
        place.country, place.town, place.postcode = "US", "Kansas City", "6411"
        place.latitude, place.longitude, place.province = 39.1, -94.58, "MO"
        db.session.commit()
    client = anna.client()

    submit(client, f"{PLACES}/{number}", directions="De blauwe deur.")
    with anna.app.app_context():
        kept = db.session.get_one(PlaceRecord, number).value()
    submit(client, f"{PLACES}/{number}", town="Independence")
    with anna.app.app_context():
        moved = db.session.get_one(PlaceRecord, number).value()

    assert (kept.country, kept.province, kept.position) == ("US", "MO", Position(39.1, -94.58))
    assert (moved.country, moved.province, moved.position) == ("US", "", None)


def test_a_place_that_another_group_wrote_down_is_not_found(anna: Person) -> None:
    assert anna.client().get(f"{PLACES}/{place_id(anna, 'west')}").status_code == 404


@pytest.mark.parametrize(
    ("field", "value"), [("join_url", "javascript:alert(1)"), ("town", ""), ("name", "x" * 121)]
)
def test_wrong_input_is_refused_at_its_field(anna: Person, field: str, value: str) -> None:
    answer = submit(anna.client(), f"{PLACES}/new", **{"postcode": "", field: value})

    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text


@pytest.mark.parametrize(
    "value", ["https://[::1", "https://[x]/", "https://x.example:99999/", "https:///room", "x"]
)
def test_a_link_without_a_host_or_port_that_exists_is_refused(anna: Person, value: str) -> None:
    answer = submit(anna.client(), f"{PLACES}/new", kind="online", join_url=value)

    assert answer.status_code == 422
    assert 'id="join_url-error"' in answer.text


@pytest.mark.parametrize(
    ("visibility", "shown", "hidden"),
    [
        ("whole", ["Buurthuis De Linde", "Lindengracht 93"], []),
        ("town", ["Amsterdam"], ["Buurthuis", "Lindengracht", "1015"]),
        (
            "nothing",
            ["Het adres hoor je van de contactpersoon"],
            ["Buurthuis", "Lindengracht", "1015"],
        ),
    ],
)
def test_the_public_page_shows_what_the_slot_allows(
    anna: Person, visibility: str, shown: list[str], hidden: list[str]
) -> None:
    client = anna.client()
    submit(client, "/coordinate/oost/slot", visibility=visibility, do="save")
    with anna.app.app_context():
        group = db.session.query(Group).filter_by(slug="oost").one()
        group.slots[0].visibility = visibility
        db.session.commit()

    page = client.get("/groups/oost").text

    assert all(words in page for words in shown)
    assert not any(words in page for words in hidden)
