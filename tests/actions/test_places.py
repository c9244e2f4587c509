"""Places: what is of the house is shared and told, what is of a group is its own."""

from datetime import UTC, date, datetime, time

import pytest
import time_machine
from flask import Flask

from app.actions.closures import close_place
from app.actions.national.houses import say_one_house, say_two_houses
from app.actions.parts.new_place import PlaceEdit
from app.actions.places import HOUSE_UNDONE_WITHIN, add_place, edit_place, put_house_back
from app.actions.slots import set_slot
from app.db import db
from app.domain.geography.house import HouseIsOtherwise, OneIsNoTwo
from app.domain.place import Kind
from app.domain.refusal import NotTheirs
from app.domain.slot import Slot
from app.domain.week import Week
from app.records.accounts import Account
from app.records.changes import Change, house_mended
from app.records.groups import find_group
from app.records.houses import housemates, places_for
from app.records.letters import Letter
from app.records.listings import schedule_of
from app.records.places import PlaceRecord
from tests.people import World

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
"""Wednesday of week 48; Oost met on Monday."""
MONDAY, DAY = date(2026, 11, 30), date(2026, 12, 1)
W48 = Week.parse("2026-W48")
HALL = PlaceEdit(
    kind=Kind.BOTH,
    name="De Linde",
    street="Lindengracht 93",
    postcode="1015 KD",
    town="Amsterdam",
    directions="achterdeur",
    join_url="https://bellen.example/oost",
    join_notes="code 1234",
)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def house(app: Flask, world: World):
    """Oost has a hall with a join link of its own; West chose it from the list."""
    with app.app_context():
        oost, west = find_group("oost"), find_group("west")
        west.slots[0].place.postcode = "1017 AA"
        db.session.commit()
        edit_place(oost, oost.slots[0].place, HALL, position=None, by=anna())
        oost.slots[0].place.earlier = []
        db.session.commit()
        chosen = oost.slots[0].place.value()
        slot = Slot(since=W48 + 1, weekday=2, start=time(20), place=chosen)
        set_slot(find_group("west"), slot, by=None)
        yield


def anna() -> Account:
    return account("anna@example.org")


def ben() -> Account:
    return account("ben@example.org")


def account(email: str) -> Account:
    return db.session.query(Account).filter_by(email=email).one()


def place_of(slug: str) -> PlaceRecord:
    return find_group(slug).slots[-1].place


def place_in(slug: str, week: Week):
    group = find_group(slug)
    meeting = schedule_of(group, (week, week), public=False).meeting_in(week)
    assert meeting is not None
    return meeting.place


def letters() -> list[Letter]:
    return db.session.query(Letter).filter_by(kind="house_mended").all()


def mend(**changes) -> Change:
    edit_place(
        find_group("oost"),
        place_of("oost"),
        PlaceEdit(**{**vars(HALL), **changes}),
        position=None,
        by=anna(),
    )
    return db.session.query(Change).order_by(Change.id.desc()).first()


def test_who_chooses_another_groups_place_gets_the_house_and_not_its_join_link(house):
    oost, west = place_of("oost"), place_of("west")

    assert west.id != oost.id
    assert (west.house, west.street, west.directions) == (
        oost.house, "Lindengracht 93", "achterdeur",
    )  # fmt: skip
    assert (west.kind, west.join_url, west.join_notes) == (Kind.BUILDING, "", "")


def test_a_house_is_offered_once_and_as_the_groups_own(house):
    west = find_group("west")

    offered = [one for one in places_for(west, ben().id) if one.house == place_of("west").house]

    assert [one.owner_id for one in offered] == [west.id]


def test_each_coordinator_sees_who_else_is_in_the_house(house):
    assert [one.name for one in housemates(find_group("oost"), place_of("oost"))] == ["West"]
    find_group("west").listed = False
    db.session.commit()
    assert [one.name for one in housemates(find_group("oost"), place_of("oost"))] == [""]


def test_a_mended_address_is_mended_for_all_in_the_house_and_they_are_told(house):
    change = mend(street="Lindengracht 95", join_url="https://bellen.example/nieuw")

    assert place_of("west").street == "Lindengracht 95"
    assert place_of("west").join_url == ""
    assert change.deed == "edit_house"
    assert len(letters()) == 1


def test_what_is_the_groups_own_is_changed_for_nobody_else_and_nobody_is_told(house):
    change = mend(join_url="https://bellen.example/nieuw", join_notes="code 9")

    assert change.deed == "edit_place"
    assert place_of("west").join_url == ""
    assert letters() == []


def test_a_group_that_goes_elsewhere_takes_nobody_along(house):
    edit = PlaceEdit(**{**vars(HALL), "street": "Kade 1", "postcode": "1011 AB"})
    edit_place(
        find_group("oost"), place_of("oost"), edit, position=None, by=anna(), whole_house=False
    )

    assert place_of("west").street == "Lindengracht 93"
    assert place_of("west").house != place_of("oost").house
    assert letters() == []


def test_any_group_in_the_house_puts_the_address_back(house):
    change = mend(street="Lindengracht 95")

    assert house_mended(find_group("west").id, NOW - HOUSE_UNDONE_WITHIN).id == change.id
    put_house_back(find_group("west"), change.id, by=ben())

    assert place_of("oost").street == place_of("west").street == "Lindengracht 93"
    assert house_mended(find_group("west").id, NOW - HOUSE_UNDONE_WITHIN) is None


def test_what_was_mended_again_since_is_not_put_back(house):
    change = mend(street="Lindengracht 95")
    mend(street="Lindengracht 97")

    with pytest.raises(HouseIsOtherwise):
        put_house_back(find_group("west"), change.id, by=ben())


def test_who_does_not_meet_there_puts_nothing_back(house, world: World):
    change = mend(street="Lindengracht 95")
    elsewhere = world.group(find_group("oost").fellowship, "ver", "Ver", "Emmen", weekday=1)
    db.session.commit()

    with pytest.raises(NotTheirs):
        put_house_back(elsewhere, change.id, by=None)


def test_what_was_held_stays_where_it_was(house):
    mend(street="Lindengracht 95")
    mend(street="Lindengracht 97")

    assert place_in("oost", W48 + -1).street == "Lindengracht 93"
    assert place_in("oost", W48).street == "Lindengracht 93"  # Monday was held
    assert place_in("oost", W48 + 1).street == "Lindengracht 97"


def test_the_door_that_a_group_keeps_hidden_stays_hidden_in_the_past(house):
    mend(street="Lindengracht 95")
    oost = find_group("oost")
    oost.slots[0].visibility = "town"
    db.session.commit()

    meeting = schedule_of(oost, (W48, W48), public=True).meeting_in(W48)

    assert meeting.place.street == ""


def test_an_address_without_a_postcode_is_the_house_of_its_neighbour_with_one(house):
    oost = find_group("oost")
    edit = PlaceEdit(kind=Kind.BUILDING, street="Lindengr. 93", town="Amsterdam")
    place = add_place(oost, edit, position=None, by=anna())
    assert place.house != place_of("oost").house  # `gr.` is nobody's abbreviation

    edit = PlaceEdit(kind=Kind.BUILDING, street="lindengracht 93", town="Amsterdam")
    place = add_place(oost, edit, position=None, by=anna())
    assert place.house == place_of("oost").house


def test_an_office_says_that_two_addresses_are_one_house_and_a_closure_then_shuts_both(
    house, world: World
):
    oost, west, olaf = find_group("oost"), find_group("west"), account("olaf@example.org")
    west.slots[-1].place.street, west.slots[-1].place.postcode = "Hoek 1", "1015 XY"
    db.session.commit()
    ids = [place_of("oost").id, place_of("west").id]

    say_one_house(oost.fellowship, ids, by=olaf)

    assert place_of("west").house == place_of("oost").house
    close_place(find_group("oost"), place_of("oost"), DAY, DAY, "verf", by=anna())
    assert not meeting_on("west", DAY).is_on

    say_two_houses(oost.fellowship, ids[0], by=olaf)
    assert place_of("west").house != place_of("oost").house
    assert meeting_on("west", DAY).is_on


def test_who_comes_to_a_house_that_was_said_to_be_one_with_another_comes_to_that_one(house):
    oost, olaf = find_group("oost"), account("olaf@example.org")
    find_group("west").slots[-1].place.street = "Hoek 1"
    db.session.commit()
    say_one_house(oost.fellowship, [place_of("oost").id, place_of("west").id], by=olaf)
    edit = PlaceEdit(kind=Kind.BUILDING, street="Hoek 1", postcode="1015 KD", town="Amsterdam")

    place = add_place(find_group("oost"), edit, position=None, by=anna())

    assert place.house == place_of("oost").house


def test_one_address_is_no_two(house):
    with pytest.raises(OneIsNoTwo):
        say_one_house(
            find_group("oost").fellowship, [place_of("oost").id], by=account("olaf@example.org")
        )


def test_one_room_may_be_shut_alone(house):
    place_of("oost").room, place_of("west").room = "zaal 1", "zaal 2"
    db.session.commit()

    close_place(find_group("oost"), place_of("oost"), MONDAY, DAY, "", by=anna(), only_room=True)

    assert meeting_on("west", DAY).is_on
    assert not meeting_on("oost", MONDAY).is_on


def meeting_on(slug: str, day: date):
    week = Week.of(day)
    group = find_group(slug)
    return schedule_of(group, (week, week), public=True).meeting_in(week)
