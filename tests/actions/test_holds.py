"""Held seats: who ends which hold, how long it lasts, and who yields to whom."""

from datetime import timedelta

import pytest
import time_machine

from app import clock
from app.actions.chairs import greet, offer_chairs, set_chairs_taken, set_seating, take_chair
from app.actions.parts.week_rows import WeekEdit
from app.actions.retention import forget
from app.actions.seats import (
    Ask,
    Asked,
    ask_for_seat,
    confirm_seat,
    leave_seat,
    set_letters,
    settle_seats,
)
from app.actions.weeks import change_week
from app.db import db
from app.domain.keys import hash_of
from app.domain.retention import ENDED_PAGE
from app.domain.seating import (
    HOLDS,
    SEATS,
    SEATS_WITHOUT_ADDRESS,
    Hold,
    NotShownYet,
    Proof,
    Seating,
)
from app.domain.week import Week
from app.records.accounts import Account
from app.records.groups import Group
from app.records.letters import Letter, groups_to_settle
from app.records.participants import ParticipantRecord, find_participant, known_figures, people_of
from app.records.seats.ended_pages import EndedPage, find_ended_page
from tests.people import NOON

END_OF_OOST = timedelta(hours=8, minutes=30)
"""From NOON until the meeting of that Monday is over."""


def ask(group: Group, number: int, contact: str = "") -> Asked:
    asked = Ask(alias=f"Iemand {number}", consent_text="1", contact=contact)
    return ask_for_seat(group, asked, ask_key=f"form-{number}")


def with_mail(group: Group, number: int) -> Asked:
    return ask(group, number, f"iemand{number}@example.org")


def come(group: Group, *numbers: int) -> list[Asked]:
    told = []
    for number in numbers:
        told.append(with_mail(group, number))
        confirm_seat(told[-1].key, by_mail=True)
    return told


def row(asked: Asked) -> ParticipantRecord:
    found = find_participant(hash_of(asked.key))
    assert found is not None
    return found


def at(after: timedelta) -> time_machine.travel:
    return time_machine.travel(NOON + after, tick=False)


def seen(group: Group) -> str:
    return group.availability(*known_figures([group.id]).get(group.id, (0, 0)))


def held(oost: Group, anna: Account, why: Hold) -> Asked:
    """Bring somebody into each kind of hold."""
    if why is Hold.OFFERED:
        first, *_ = come(oost, *range(SEATS))
        waits = with_mail(oost, 99)
        leave_seat(first.key)
        return waits
    set_seating(oost, Seating.WELCOMES if why is Hold.GREETED else Seating.SEATS_ITSELF, by=anna)
    return with_mail(oost, 99)


@pytest.mark.parametrize("why", list(Hold))
@pytest.mark.parametrize("shown", [None, *Proof])
def test_a_hold_is_ended_by_whom_the_table_names_and_by_nobody_else(
    oost: Group, anna: Account, why: Hold, shown: Proof | None
) -> None:
    person = held(oost, anna, why)
    assert row(person).hold == why

    if shown is Proof.COORDINATOR:
        greet(oost, row(person).id, by=anna)
    elif shown in HOLDS[why].ended_by:
        confirm_seat(person.key, by_mail=True)
    else:
        with pytest.raises(NotShownYet):
            confirm_seat(person.key, by_mail=shown is Proof.MAIL)

    assert row(person).is_settled is (shown in HOLDS[why].ended_by)


def test_without_an_address_a_seat_is_held_until_a_day_after_the_next_meeting(oost: Group) -> None:
    asked = ask(oost, 1)
    over = END_OF_OOST + timedelta(days=1)

    assert row(asked).held_until == NOON + over
    with at(over - timedelta(seconds=1)):
        settle_seats(oost.id)
        assert row(asked).seat
    with at(over):
        settle_seats(oost.id)
        assert find_participant(hash_of(asked.key)) is None


def test_who_asks_during_the_meeting_is_met_at_the_next_one(oost: Group) -> None:
    with at(END_OF_OOST - timedelta(minutes=30)):
        asked = ask(oost, 1)

    assert row(asked).held_until == NOON + END_OF_OOST + timedelta(days=8)


def test_a_meeting_that_is_cancelled_after_all_is_waited_for_no_less(
    oost: Group, anna: Account
) -> None:
    asked = ask(oost, 1)
    change_week(oost, Week.of(NOON.date()), WeekEdit(cancelled=True), by=anna)

    with at(END_OF_OOST + timedelta(days=1)):
        settle_seats(oost.id)
        assert row(asked).held_until == NOON + END_OF_OOST + timedelta(days=8)


def test_without_a_meeting_in_sight_nobody_loses_what_they_asked_for(oost: Group) -> None:
    oost.slots = []
    db.session.commit()
    asked = ask(oost, 1)

    for weeks in range(1, 30):
        with at(timedelta(weeks=weeks)):
            settle_seats(oost.id)
            assert row(asked).seat == 1


@pytest.mark.parametrize("seating", [Seating.SEATS_ITSELF, Seating.WELCOMES])
def test_names_alone_never_fill_a_group(oost: Group, anna: Account, seating: Seating) -> None:
    set_seating(oost, seating, by=anna)
    told = [ask(oost, number) for number in range(20)]

    assert sum(one.seat is not None for one in people_of(oost.id)) == SEATS_WITHOUT_ADDRESS
    assert seen(oost) == "free"
    for days in range(1, 7):
        with at(timedelta(days=days)):
            settle_seats(oost.id)
            assert seen(oost) == "free"
    assert len(told) == 20


def test_addresses_that_nobody_reads_never_fill_a_group(oost: Group) -> None:
    for number in range(30):
        with_mail(oost, number)

    assert len([one for one in people_of(oost.id) if one.seat]) == SEATS
    assert seen(oost) == "free"


def test_who_merely_asked_yields_to_who_confirms(oost: Group) -> None:
    crowd = [ask(oost, number) for number in range(3)] + [
        with_mail(oost, number) for number in range(3, 20)
    ]
    late = come(oost, *range(100, 112))

    assert all(row(one).is_settled for one in late)
    assert seen(oost) == "full"
    assert all(row(one).seat is None for one in crowd)
    assert len([one for one in people_of(oost.id) if one.seat]) == SEATS


def test_a_coordinator_takes_a_chair_that_was_merely_asked_for(oost: Group, anna: Account) -> None:
    for number in range(SEATS):
        with_mail(oost, number)

    chair = take_chair(oost, by=anna)

    assert chair.seat is not None
    assert sum(one.seat is not None for one in people_of(oost.id)) == SEATS


def test_who_was_beside_the_line_stands_in_it_when_the_group_is_full(oost: Group) -> None:
    asked = [with_mail(oost, number) for number in range(SEATS + 2)]
    for one in asked[:SEATS]:
        confirm_seat(one.key, by_mail=True)

    last = [row(one) for one in asked[SEATS:]]
    assert [(one.seat, one.hold) for one in last] == [(None, None), (None, None)]
    told = [one.recipient for one in db.session.query(Letter) if one.kind == "in_line"]
    assert told == ["iemand12@example.org", "iemand13@example.org"]


def test_who_was_offered_a_seat_and_left_no_address_has_until_after_the_meeting(
    oost: Group, anna: Account
) -> None:
    set_chairs_taken(oost, 11, by=anna)
    [last] = come(oost, 1)
    waits = ask(oost, 2)
    with at(END_OF_OOST + timedelta(minutes=1)):
        leave_seat(last.key)

    assert row(waits).hold == Hold.OFFERED
    assert row(waits).held_until == NOON + END_OF_OOST + timedelta(days=8)


def test_an_address_left_later_brings_a_letter_that_confirms(oost: Group) -> None:
    asked = ask(oost, 1)

    set_letters(asked.key, wanted=True, contact="kim@example.org")

    assert [one.kind for one in db.session.query(Letter) if one.recipient == "kim@example.org"] == [
        "seat_given"
    ]


@pytest.mark.parametrize(
    ("why", "lasts"), [(Hold.ASKED, timedelta(hours=48)), (Hold.OFFERED, timedelta(days=7))]
)
def test_a_hold_that_ends_is_told_a_day_before_and_once(
    oost: Group, anna: Account, why: Hold, lasts: timedelta
) -> None:
    person = held(oost, anna, why)

    def told() -> list[str]:
        return [one.recipient for one in db.session.query(Letter) if one.kind == "hold_ends"]

    with at(lasts - timedelta(hours=24, minutes=1)):
        assert groups_to_settle(clock.now()) == []
    for hours in (24, 23, 1):
        with at(lasts - timedelta(hours=hours)):
            for group_id in groups_to_settle(clock.now()):
                settle_seats(group_id)
            assert told() == ["iemand99@example.org"]
            assert groups_to_settle(clock.now()) == []
    assert row(person).hold == why


def test_of_a_page_that_is_over_a_hash_an_ending_and_a_day_stay_for_thirty_days(
    oost: Group,
) -> None:
    [asked] = come(oost, 1)
    leave_seat(asked.key)

    over = find_ended_page(hash_of(asked.key))
    assert over is not None
    assert {one.name for one in EndedPage.__table__.columns} == {
        "key_hash", "ending", "ended_on"
    }  # fmt: skip
    assert (over.ending, over.ended_on) == ("left", NOON.date())
    with at(ENDED_PAGE - timedelta(days=1)):
        forget(clock.now())
        assert find_ended_page(hash_of(asked.key)) is not None
    with at(ENDED_PAGE):
        forget(clock.now())
        assert find_ended_page(hash_of(asked.key)) is None


@pytest.mark.parametrize("wanted", [True, False])
def test_who_waits_and_cannot_be_asked_is_never_dropped_for_silence(
    oost: Group, anna: Account, wanted: bool
) -> None:
    """No address, or one to which no letter may go: nobody asked them anything."""
    set_chairs_taken(oost, SEATS, by=anna)
    waits = ask(oost, 1, "kim@example.org" if not wanted else "")
    if not wanted:
        set_letters(waits.key, wanted=False)

    for days in (91, 122, 400, 800):
        with at(timedelta(days=days)):
            forget(clock.now())
            assert row(waits).wait_number == 1


def test_fewer_chairs_are_offered_only_down_to_those_who_come(oost: Group, anna: Account) -> None:
    come(oost, 1, 2)
    offer_chairs(oost, 2, by=anna)

    assert seen(oost) == "full"
