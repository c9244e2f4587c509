"""What deeds about seats ask of the database."""

from flask import Flask

from app import clock
from app.actions.seats import leave_seat
from app.db import db
from app.domain.seating import Hold
from app.records.groups import Group
from app.records.tallies import Contribution, Tally, sums_of
from tests.actions.test_seats import ask, come, row
from tests.queries import statements


def test_an_ask_asks_ten_questions_whoever_came_before(app: Flask, oost: Group) -> None:
    ask(oost, 0)
    group_id = oost.id

    for number in range(1, 15):
        with statements(app) as sent:
            ask(db.session.get_one(Group, group_id), number)
        assert len(sent) <= 10, "\n".join(sent)


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
