"""Round the table: greeted, released, taken without a name, merged, and nobody is ever lost."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from app.actions.chairs import (
    greet,
    merge_double,
    offer_chairs,
    offer_claim,
    release_seat,
    set_chairs_taken,
    set_seating,
    take_chair,
)
from app.actions.seats import Ask, Asked, ask_for_seat, claim_seat, confirm_seat, settle_seats
from app.db import db
from app.domain.keys import hash_of
from app.domain.refusal import LinkIsOver, NotTheirs
from app.domain.seating import Hold, NoChairLeft, PeopleWait, Seating
from app.records.accounts import Account
from app.records.changes import Change
from app.records.groups import Group, find_group
from app.records.letters import Letter
from app.records.participants import ParticipantRecord, find_participant, people_of
from tests.people import NOON, World


def ask(group: Group, number: int, *, alias: str = "", contact: str = "") -> Asked:
    asked = Ask(alias=alias or f"Iemand {number}", consent_text="1", contact=contact)
    return ask_for_seat(group, asked, ask_key=f"form-{number}")


def come(group: Group, *numbers: int) -> list[Asked]:
    """Ask and confirm by the link in the letter, one after the other."""
    told = []
    for number in numbers:
        told.append(ask(group, number, contact=f"iemand{number}@example.org"))
        confirm_seat(told[-1].key, by_mail=True)
    return told


def row(asked: Asked) -> ParticipantRecord:
    found = find_participant(hash_of(asked.key))
    assert found is not None
    return found


def places(group: Group) -> list[tuple[str | None, int | None]]:
    return [(one.alias, one.seat) for one in people_of(group.id)]


@pytest.mark.parametrize("seating", [Seating.SEATS_ITSELF, Seating.WELCOMES])
def test_who_is_greeted_has_the_seat_for_good(oost: Group, anna: Account, seating: Seating) -> None:
    set_seating(oost, seating, by=anna)
    asked = ask(oost, 1)

    greet(oost, row(asked).id, by=anna)

    with time_machine.travel(NOON + timedelta(days=60), tick=False):
        settle_seats(oost.id)
    assert (row(asked).seat, row(asked).hold) == (1, None)


def test_a_released_seat_goes_to_the_first_in_line_once(oost: Group, anna: Account) -> None:
    told = [*come(oost, *range(12)), ask(oost, 12), ask(oost, 13)]

    release_seat(oost, row(told[2]).id, by=anna)

    assert (row(told[12]).seat, row(told[12]).hold) == (3, Hold.OFFERED)
    assert row(told[13]).seat is None


def test_a_chair_without_a_name_is_the_one_that_was_tapped(oost: Group, anna: Account) -> None:
    assert take_chair(oost, number=10, by=anna).seat == 10
    assert take_chair(oost, number=10, by=anna).seat == 1
    assert take_chair(oost, number=99, by=anna).seat == 2
    assert take_chair(oost, by=anna).seat == 3


def test_there_is_no_thirteenth_chair_to_take(oost: Group, anna: Account) -> None:
    set_chairs_taken(oost, 12, by=anna)

    with pytest.raises(NoChairLeft):
        take_chair(oost, by=anna)
    with pytest.raises(NoChairLeft):
        set_chairs_taken(oost, 13, by=anna)
    assert len(people_of(oost.id)) == 12


def test_a_chair_is_not_taken_before_those_who_wait(oost: Group, anna: Account) -> None:
    come(oost, *range(12))
    ask(oost, 12)

    with pytest.raises(PeopleWait):
        take_chair(oost, by=anna)


def test_more_chairs_go_to_the_line_in_order(oost: Group, anna: Account) -> None:
    offer_chairs(oost, 2, by=anna)
    told = [*come(oost, 0, 1), *(ask(oost, number) for number in (2, 3, 4))]

    offer_chairs(oost, 4, by=anna)

    assert [row(one).seat for one in told] == [1, 2, 3, 4, None]


@pytest.mark.parametrize("seating", list(Seating))
def test_another_way_of_seating_loses_nobody(oost: Group, anna: Account, seating: Seating) -> None:
    come(oost, *range(12))
    for number in (12, 13):
        ask(oost, number)
    before = [(one.alias, one.seat, one.wait_number) for one in people_of(oost.id)]

    set_seating(oost, seating, by=anna)

    assert [(one.alias, one.seat, one.wait_number) for one in people_of(oost.id)] == before


def test_a_double_becomes_one_with_the_better_place(oost: Group, anna: Account) -> None:
    told = [*come(oost, *range(12)), ask(oost, 12)]

    merge_double(oost, row(told[12]).id, row(told[3]).id, by=anna)

    assert row(told[12]).seat == 4
    assert find_participant(hash_of(told[3].key)) is None


def test_a_name_is_kept_when_the_double_has_none(oost: Group, anna: Account) -> None:
    chair = take_chair(oost, by=anna)
    asked = ask(oost, 1, alias="Kim")

    kept = merge_double(oost, chair.id, row(asked).id, by=anna)

    assert kept.alias == "Kim"
    assert places(oost) == [("Kim", 1)]


def test_the_contact_of_a_double_is_not_shown_to_who_stays(oost: Group, anna: Account) -> None:
    one = ask(oost, 1, alias="Kim")
    other = ask(oost, 2, alias="Kim", contact="other@example.org")

    merge_double(oost, row(one).id, row(other).id, by=anna)

    assert row(one).contact is None
    told = db.session.scalars(select(Letter).where(Letter.kind == "seat_ended")).all()
    assert [letter.values["reason"] for letter in told] == ["double"]


def test_nobody_is_a_double_of_themselves_or_of_someone_elsewhere(
    oost: Group, anna: Account
) -> None:
    mine = row(ask(oost, 1)).id
    west = find_group("west")
    assert west is not None
    theirs = row(ask(west, 2)).id

    for other in (mine, theirs, 0):
        with pytest.raises(NotTheirs):
            merge_double(oost, mine, other, by=anna)
    assert len(people_of(west.id)) == 1


def test_a_link_gives_a_nameless_seat_to_one_person_once(oost: Group, anna: Account) -> None:
    chair = take_chair(oost, by=anna)
    old = offer_claim(oost, chair.id, by=anna)
    key = offer_claim(oost, chair.id, by=anna)

    with pytest.raises(LinkIsOver):
        claim_seat(old, Ask(alias="Kim", consent_text="1"))
    claim_seat(key, Ask(alias="Kim", consent_text="1"))
    with pytest.raises(LinkIsOver):
        claim_seat(key, Ask(alias="Bo", consent_text="1"))

    assert places(oost) == [("Kim", 1)]
    with pytest.raises(NotTheirs):
        offer_claim(oost, chair.id, by=anna)


def test_no_deed_round_the_table_writes_a_name_in_the_log(oost: Group, anna: Account) -> None:
    one, other = ask(oost, 1, alias="Kimberley"), ask(oost, 2, alias="Kimberley")
    greet(oost, row(one).id, by=anna)
    merge_double(oost, row(one).id, row(other).id, by=anna)
    release_seat(oost, row(one).id, by=anna)

    logged = [f"{one.before} {one.after}" for one in db.session.scalars(select(Change))]

    assert len(logged) == 5
    assert not any("Kimberley" in line for line in logged)


def test_the_circle_of_another_group_is_out_of_reach(oost: Group, world: World) -> None:
    asked = ask(oost, 1)
    ben = db.session.get_one(Account, world.ben.id)

    for deed in (greet, release_seat, offer_claim):
        with pytest.raises(NotTheirs):
            deed(oost, row(asked).id, by=ben)
