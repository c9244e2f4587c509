"""Who reads the circle: a yes, or a week in which nobody of it said no."""

from datetime import date, timedelta

import pytest

from app.domain.meeting import Status
from app.domain.roles import DAYS_TO_OBJECT, Reading, has_a_circle, may_object, reads

ASKED_ON = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("reading", "days", "does", "may"),
    [
        (Reading.OPEN, 0, True, False),
        (Reading.WAITS, 400, False, False),
        (Reading.ASKED, 0, False, True),
        (Reading.ASKED, DAYS_TO_OBJECT - 1, False, True),
        (Reading.ASKED, DAYS_TO_OBJECT, True, False),
        (Reading.REFUSED, 400, False, False),
    ],
)
def test_a_coordinator_reads_by_a_yes_or_by_a_week_without_a_no(
    reading: Reading, days: int, does: bool, may: bool
):
    today = ASKED_ON + timedelta(days=days)

    assert reads(reading, ASKED_ON, today) is does
    assert may_object(reading, ASKED_ON, today) is may


def test_who_was_never_asked_about_does_not_read():
    assert not reads(Reading.ASKED, None, date.max)


@pytest.mark.parametrize(
    ("status", "people", "has"),
    [
        (Status.PREPARING, 0, False),
        (Status.PREPARING, 1, True),
        (Status.ACTIVE, 0, True),
        (Status.PAUSED, 0, True),
        (Status.CLOSED, 0, False),
        (Status.CLOSED, 1, True),
    ],
)
def test_a_group_that_runs_or_has_people_has_a_circle(status: Status, people: int, has: bool):
    assert has_a_circle(status, people) is has
