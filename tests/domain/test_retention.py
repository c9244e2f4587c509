"""How long silence may last: asked, then erased, and never for who cannot be asked."""

from datetime import date, timedelta

import pytest

from app.domain.retention import Step, next_step

HEARD = date(2026, 1, 5)


@pytest.mark.parametrize(
    ("waits", "days", "due"),
    [
        (True, 89, None),
        (True, 90, Step.ASK),
        (False, 364, None),
        (False, 365, Step.ASK),
    ],
)
def test_who_was_silent_for_long_is_asked(waits: bool, days: int, due: Step | None) -> None:
    today = HEARD + timedelta(days=days)

    assert (
        next_step(waits=waits, is_reached=True, heard_on=HEARD, asked_on=None, today=today) is due
    )


@pytest.mark.parametrize(
    ("waits", "days", "due"),
    [
        (True, 29, None),
        (True, 30, Step.LEAVE_LINE),
        (False, 29, None),
        (False, 30, Step.ERASE_NAME),
    ],
)
def test_an_answer_may_take_thirty_days(waits: bool, days: int, due: Step | None) -> None:
    asked_on = HEARD + timedelta(days=400)
    today = asked_on + timedelta(days=days)

    assert (
        next_step(waits=waits, is_reached=True, heard_on=HEARD, asked_on=asked_on, today=today)
        is due
    )


def test_who_answered_is_left_in_peace() -> None:
    asked_on = HEARD + timedelta(days=365)
    heard_on = asked_on + timedelta(days=3)

    for days in (4, 60, 360):
        today = asked_on + timedelta(days=days)
        due = next_step(
            waits=False, is_reached=True, heard_on=heard_on, asked_on=asked_on, today=today
        )
        assert due is None


@pytest.mark.parametrize("days", [90, 120, 1000])
def test_who_waits_without_a_contact_is_never_dropped_for_silence(days: int) -> None:
    today = HEARD + timedelta(days=days)

    assert (
        next_step(waits=True, is_reached=False, heard_on=HEARD, asked_on=None, today=today) is None
    )
