"""Seats: at once or in line, confirmed or free again, and the first in line moves up."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask

from app.actions.chairs import offer_chairs, release_seat, set_chairs_taken
from app.actions.seats import Ask, Asked, ask_for_seat, confirm_seat, leave_seat, settle_seats
from app.db import db
from app.domain.keys import hash_of
from app.domain.refusal import LinkIsOver
from app.domain.seating import SEATS, AsksElsewhere, ChairsTaken, Hold, Seating
from app.records.accounts import Account
from app.records.groups import Group
from app.records.participants import ParticipantRecord, find_participant, people_of
from tests.people import NOON, World


def ask(group: Group, number: int, contact: str | None = None) -> Asked:
    address = f"iemand{number}@example.org" if contact is None else contact
    asked = Ask(alias=f"Iemand {number}", consent_text="1", contact=address)
    return ask_for_seat(group, asked, ask_key=f"form-{number}")


def come(group: Group, *numbers: int) -> list[Asked]:
    """Ask and confirm by the link in the letter."""
    told = [ask(group, number) for number in numbers]
    for one in told:
        confirm_seat(one.key, by_mail=True)
    return told


def row(asked: Asked) -> ParticipantRecord:
    found = find_participant(hash_of(asked.key))
    assert found is not None
    return found


def test_the_first_twelve_have_a_seat_and_the_others_wait_in_order(oost: Group) -> None:
    told = [ask(oost, number) for number in range(15)]

    assert [one.seat for one in told] == [*range(1, 13), None, None, None]
    assert [one.position for one in told[12:]] == [1, 2, 3]
    assert sum(one.seat is not None for one in people_of(oost.id)) == SEATS


def test_a_double_click_is_one_place(oost: Group) -> None:
    assert ask(oost, 1) == ask(oost, 1)
    assert len(people_of(oost.id)) == 1


def test_who_leaves_makes_room_for_the_first_in_line(oost: Group) -> None:
    told = [*come(oost, *range(12)), ask(oost, 12), ask(oost, 13)]

    leave_seat(told[4].key)

    assert (row(told[12]).seat, row(told[12]).hold) == (5, Hold.OFFERED)
    assert row(told[13]).wait_number is not None
    with pytest.raises(LinkIsOver):
        confirm_seat(told[4].key, by_mail=True)


def test_nobody_jumps_the_line_when_a_seat_is_free_for_a_moment(oost: Group) -> None:
    told = [*come(oost, *range(12)), ask(oost, 12)]
    leave_seat(told[0].key)
    told.append(ask(oost, 13))

    assert row(told[12]).seat == 1
    assert told[13].position == 1


def test_a_seat_that_nobody_confirmed_is_free_again_after_two_days(oost: Group, app: Flask) -> None:
    asked = ask(oost, 1)
    with time_machine.travel(NOON + timedelta(hours=47, minutes=59), tick=False):
        settle_seats(oost.id)
        assert row(asked).seat == 1

    with time_machine.travel(NOON + timedelta(hours=48), tick=False):
        settle_seats(oost.id)
        assert people_of(oost.id) == []


def test_a_confirmed_seat_stands(oost: Group) -> None:
    [asked] = come(oost, 1)
    with time_machine.travel(NOON + timedelta(days=100), tick=False):
        settle_seats(oost.id)

    assert (row(asked).seat, row(asked).hold) == (1, None)


def test_a_seat_that_came_to_someone_silent_goes_to_the_next_and_they_wait_behind(
    oost: Group, world: World
) -> None:
    told = [*come(oost, *range(12)), ask(oost, 12), ask(oost, 13)]
    leave_seat(told[0].key)

    with time_machine.travel(NOON + timedelta(days=7), tick=False):
        settle_seats(oost.id)

    assert row(told[13]).seat == 1
    assert row(told[12]).seat is None
    assert row(told[12]).wait_number is not None


def test_a_group_never_offers_fewer_chairs_than_are_taken(oost: Group, world: World) -> None:
    anna = db.session.get_one(Account, world.anna.id)
    come(oost, 0, 1, 2)

    with pytest.raises(ChairsTaken):
        offer_chairs(oost, 2, by=anna)
    offer_chairs(oost, 3, by=anna)

    assert ask(oost, 4).position == 1


def test_a_released_seat_leaves_nothing_behind(oost: Group, world: World) -> None:
    anna = db.session.get_one(Account, world.anna.id)
    asked = ask(oost, 1)

    release_seat(oost, row(asked).id, by=anna)

    assert people_of(oost.id) == []


def test_chairs_without_a_name_are_counted_up_and_down(oost: Group, world: World) -> None:
    anna = db.session.get_one(Account, world.anna.id)
    ask(oost, 1)

    set_chairs_taken(oost, 9, by=anna)
    assert [one.alias for one in people_of(oost.id)].count(None) == 9
    set_chairs_taken(oost, 0, by=anna)
    assert [one.alias for one in people_of(oost.id)] == ["Iemand 1"]


@pytest.mark.parametrize("seating", [Seating.BY_CONTACT, Seating.WALK_IN])
def test_some_groups_fill_their_seats_without_the_app(oost: Group, seating: Seating) -> None:
    oost.seating = seating
    db.session.commit()

    with pytest.raises(AsksElsewhere):
        ask(oost, 1)
