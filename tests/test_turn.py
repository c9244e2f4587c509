"""Writers of one process come in by turns, and none of them waits for ever."""

from threading import Thread
from time import monotonic

import pytest
from flask import Flask

from app.actions.seats import settle_seats
from app.db import TURNS
from app.domain.upkeep.fault import Fault
from app.records.health.faults import fault_of
from app.turn import NoTurn, Turns
from tests.people import World


def wait_until(turns: Turns, waiting: int) -> None:
    until = monotonic() + 10
    while turns.waiting < waiting:
        assert monotonic() < until, "nobody came to wait"


def test_who_came_first_writes_first() -> None:
    turns, wrote = Turns(), []

    def write(number: int) -> None:
        with turns.turn(10):
            wrote.append(number)

    writers = [Thread(target=write, args=(number,)) for number in range(5)]
    with turns.turn(0):
        for number, writer in enumerate(writers, 1):
            writer.start()
            wait_until(turns, number)
    for writer in writers:
        writer.join()

    assert wrote == [0, 1, 2, 3, 4]


def test_who_waits_too_long_gives_up_and_is_not_waited_for() -> None:
    turns = Turns()

    with turns.turn(0), pytest.raises(NoTurn), turns.turn(0.01):
        pass

    assert turns.waiting == 0
    with turns.turn(0):
        pass


def test_a_turn_ends_also_with_an_error() -> None:
    turns = Turns()

    with pytest.raises(ZeroDivisionError), turns.turn(0):
        raise ZeroDivisionError

    with turns.turn(0):
        pass


def test_a_deed_that_has_no_turn_in_time_is_a_busy_database(
    app: Flask, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.db.TURN_SECONDS", 0.01)

    with (
        app.app_context(),
        app.extensions[TURNS].turn(0),
        pytest.raises(NoTurn) as raised,
    ):
        settle_seats(1)

    assert fault_of(raised.value) is Fault.DATABASE_BUSY
