"""A second group: those in line are asked in order, move with one tap, or keep their place."""

from datetime import time

import pytest

from app.actions.chairs import offer_chairs
from app.actions.seats import Ask, Asked, ask_for_seat, confirm_seat
from app.actions.second_group import ask_the_line, found_sister, move_to_second_group, stay_in_line
from app.db import db
from app.domain.keys import hash_of
from app.domain.refusal import LinkIsOver, NotTheirs
from app.domain.seating import Hold, NoChairLeft
from app.records.accounts import Account
from app.records.groups import Group, find_group
from app.records.letters import Letter
from app.records.participants import ParticipantRecord, find_participant, people_of
from tests.people import World


@pytest.fixture
def line(oost: Group) -> list[Asked]:
    """Five people who wait behind twelve."""
    told = [
        ask_for_seat(
            oost,
            Ask(alias=f"Iemand {number}", consent_text="1", contact=f"i{number}@example.org"),
            ask_key=f"form-{number}",
        )
        for number in range(17)
    ]
    for one in told[:12]:
        confirm_seat(one.key, by_mail=True)
    return told[12:]


def row(asked: Asked) -> ParticipantRecord:
    found = find_participant(hash_of(asked.key))
    assert found is not None
    return found


def second_of(oost: Group, anna: Account, chairs: int = 12) -> Group:
    second = found_sister(oost, name="Oost 2", weekday=2, start=time(20), by=anna)
    offer_chairs(second, chairs, by=anna)
    return second


def invited(line: list[Asked]) -> list[bool]:
    return [row(one).invited_to is not None for one in line]


def test_the_line_is_asked_in_order_for_as_many_chairs_as_there_are(
    oost: Group, anna: Account, line: list[Asked]
) -> None:
    second = second_of(oost, anna, chairs=2)

    assert ask_the_line(oost, second, by=anna) == 2
    assert invited(line) == [True, True, False, False, False]
    letters = [one for one in db.session.query(Letter) if one.kind == "second_group"]
    assert [one.values["key"] for one in letters] == [one.key for one in line[:2]]


def test_one_tap_moves_and_the_link_of_the_page_stays(
    oost: Group, anna: Account, line: list[Asked]
) -> None:
    second = second_of(oost, anna)
    ask_the_line(oost, second, by=anna)

    move_to_second_group(line[0].key, by_mail=True)

    assert (row(line[0]).group_id, row(line[0]).seat, row(line[0]).hold) == (second.id, 1, None)
    assert len(people_of(oost.id)) == 16
    with pytest.raises(LinkIsOver):
        move_to_second_group(line[0].key)


def test_a_tap_on_the_page_alone_moves_and_is_only_an_ask(
    oost: Group, anna: Account, line: list[Asked]
) -> None:
    """Whoever waits has nothing but a page; the hidden address of the other group is not theirs."""
    second = second_of(oost, anna)
    ask_the_line(oost, second, by=anna)

    move_to_second_group(line[0].key)

    moved = row(line[0])
    assert (moved.group_id, moved.hold, moved.is_settled) == (second.id, Hold.ASKED, False)
    confirm_seat(line[0].key, by_mail=True)
    assert row(line[0]).is_settled


def test_who_stays_keeps_the_place_and_the_next_is_asked(
    oost: Group, anna: Account, line: list[Asked]
) -> None:
    second = second_of(oost, anna, chairs=1)
    ask_the_line(oost, second, by=anna)
    before = row(line[0]).wait_number

    stay_in_line(line[0].key)

    assert row(line[0]).wait_number == before
    assert invited(line) == [False, True, False, False, False]


def test_a_full_second_group_loses_nobody(oost: Group, anna: Account, line: list[Asked]) -> None:
    second = second_of(oost, anna, chairs=1)
    ask_the_line(oost, second, by=anna)
    stranger = Ask(alias="Vreemde", consent_text="1", contact="vreemde@example.org")
    confirm_seat(ask_for_seat(second, stranger, ask_key="another form").key, by_mail=True)

    with pytest.raises(NoChairLeft):
        move_to_second_group(line[0].key)

    assert row(line[0]).wait_number is not None


def test_only_who_coordinates_both_groups_asks_the_line(
    oost: Group, world: World, line: list[Asked]
) -> None:
    west = find_group("west")
    assert west is not None

    with pytest.raises(NotTheirs):
        ask_the_line(oost, west, by=db.session.get_one(Account, world.anna.id))
