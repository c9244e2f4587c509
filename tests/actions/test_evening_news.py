"""The news of an evening reaches who has a seat and wants letters, and nobody else."""

from datetime import time

import pytest

from app.actions.groups import set_status
from app.actions.seats import Ask, Asked, ask_for_seat, set_letters
from app.actions.slots import set_slot
from app.db import db
from app.domain.meeting import Status
from app.domain.slot import Slot
from app.domain.week import Week
from app.records.groups import Group
from app.records.letters import Letter
from tests.people import NOON

WEEK = Week.of(NOON.date())


@pytest.fixture
def kim(oost: Group) -> Asked:
    ask = Ask(alias="Kim", consent_text="1", contact="kim@example.org")
    return ask_for_seat(oost, ask, ask_key="form-of-kim")


def news() -> list[dict]:
    return [one.values for one in db.session.query(Letter) if one.kind == "evening_changed"]


def moved(group: Group, since: Week, weekday: int) -> None:
    current = group.slots[0]
    slot = Slot(since, weekday, time(20), place=current.place.value() if current.place else None)
    set_slot(group, slot, by=None)


def test_who_has_a_seat_hears_of_a_meeting_that_moves_this_week(oost: Group, kim: Asked) -> None:
    moved(oost, WEEK, 4)

    [told] = news()
    assert (told["was"], told["now"]) == ("2026-11-23T19:30", "2026-11-26T20:00")
    assert (told["is_on"], told["moved"], told["elsewhere"]) == (True, True, False)


def test_a_pause_tells_that_the_evening_is_off(oost: Group, kim: Asked) -> None:
    set_status(oost, Status.PAUSED, by=None)

    assert [one["is_on"] for one in news()] == [False]


@pytest.mark.parametrize("weeks_ahead", [2, 6])
def test_what_is_further_ahead_is_left_to_the_calendar(
    oost: Group, kim: Asked, weeks_ahead: int
) -> None:
    moved(oost, WEEK + weeks_ahead, 4)

    assert news() == []


def test_who_wants_no_letters_gets_none(oost: Group, kim: Asked) -> None:
    set_letters(kim.key, wanted=False)
    moved(oost, WEEK, 4)

    assert news() == []


def test_who_waits_in_line_is_not_told_of_evenings(oost: Group) -> None:
    for number in range(13):
        contact = "sam@example.org" if number == 12 else ""
        ask = Ask(alias=f"Iemand {number}", consent_text="1", contact=contact)
        ask_for_seat(oost, ask, ask_key=f"form-{number}")
    moved(oost, WEEK, 4)

    assert news() == []
