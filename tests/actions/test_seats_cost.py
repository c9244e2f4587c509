"""What deeds about seats ask of the database."""

from datetime import datetime

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from app import clock
from app.actions.chairs import offer_chairs
from app.actions.seats import confirm_seat, leave_seat
from app.db import db
from app.domain.seating import HOLDS, SOON, Hold
from app.records.accounts import Account
from app.records.findables import FindableRecord
from app.records.groups import Group
from app.records.letters import Letter
from app.records.tallies import Contribution, Tally, sums_of
from tests.actions.test_seats import ask, come, row
from tests.queries import statements
from tests.unsealing import noted


@pytest.mark.parametrize(
    ("contact", "questions"),
    [pytest.param(None, 10, id="with an address"), pytest.param("", 14, id="held for the meeting")],
)
def test_an_ask_asks_as_many_questions_whoever_came_before(
    app: Flask, oost: Group, contact: str | None, questions: int
) -> None:
    ask(oost, 0)
    group_id = oost.id

    for number in range(1, 15):
        with statements(app) as sent:
            ask(db.session.get_one(Group, group_id), number, contact)
        assert len(sent) <= questions, "\n".join(sent)


@pytest.mark.parametrize("contact", [None, ""], ids=["with an address", "without"])
def test_an_ask_opens_nothing_of_who_came_before(
    oost: Group, monkeypatch: pytest.MonkeyPatch, contact: str | None
) -> None:
    for number in range(14):
        ask(oost, number, "" if number % 2 else None)
    opened = noted(monkeypatch)

    ask(oost, 14, contact)

    letters_to_coordinators = [one for one in opened if isinstance(one, dict)]
    assert opened == letters_to_coordinators


def test_who_came_before_is_opened_as_soon_as_they_are_written_to(
    oost: Group, now: datetime
) -> None:
    for number in range(3):
        ask(oost, number)
    with time_machine.travel(now + HOLDS[Hold.ASKED].lasts - SOON / 2, tick=False):
        ask(oost, 3)

    told = db.session.scalars(select(Letter).where(Letter.kind == "hold_ends"))
    assert sorted(one.recipient for one in told) == [f"iemand{n}@example.org" for n in range(3)]


def test_who_merely_asks_moves_no_figure(oost: Group) -> None:
    come(oost, 0)
    before = sums_of(Tally)

    told = [ask(oost, number) for number in range(1, 15)]
    leave_seat(told[3].key)

    assert sums_of(Tally) == before == sums_of(Contribution)


def test_who_is_known_no_more_moves_them_also_when_nobody_read_that_they_were(oost: Group) -> None:
    nobody = sums_of(Tally)
    (asked,) = come(oost, 0)
    known = sums_of(Tally)

    person = row(asked)
    db.session.expire(person)
    person.hold, person.held_until = Hold.ASKED, clock.now()
    db.session.commit()

    assert sums_of(Tally) == nobody != known


def test_to_confirm_and_to_leave_ask_no_more_than_they_need(app: Flask, oost: Group) -> None:
    told = [*come(oost, *range(6)), ask(oost, 6)]

    with statements(app) as confirming:
        confirm_seat(told[6].key, by_mail=True)
    with statements(app) as leaving:
        leave_seat(told[0].key)

    assert len(confirming) <= 17, "\n".join(confirming)
    assert len(leaving) <= 21, "\n".join(leaving)


def test_the_finder_follows_who_comes_and_leaves(oost: Group, anna: Account) -> None:
    def are_free() -> set[bool]:
        of_oost = FindableRecord.group_id == oost.id
        return set(db.session.scalars(select(FindableRecord.free).where(of_oost)))

    offer_chairs(oost, 1, by=anna)
    assert are_free() == {True}

    (asked,) = come(oost, 0)
    assert are_free() == {False}

    leave_seat(asked.key)
    assert are_free() == {True}
