"""A head count is a number of nought to twelve, or more, of a meeting that was on and has begun."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from app.domain.deviation import Deviation
from app.domain.head_count import (
    COUNTS,
    MORE,
    NoMeetingToCount,
    NoSuchCount,
    NotBegun,
    check_count,
    is_to_ask,
    last_to_count,
)
from app.domain.meeting import Schedule, Status
from app.domain.refusal import Refusal
from app.domain.slot import Slot
from app.domain.week import Week

ZONE = ZoneInfo("Europe/Amsterdam")
WEEK = Week.parse("2026-W48")
BEGINS = datetime(2026, 11, 23, 19, 30, tzinfo=ZONE)
"""Monday of that week."""
ENDS = BEGINS + timedelta(hours=2)
NEXT_DAY = BEGINS + timedelta(days=1)


def schedule(*deviations: Deviation, **more) -> Schedule:
    facts = {
        "zone": ZONE,
        "status": Status.ACTIVE,
        "status_since": date(2026, 1, 5),
        "slots": (Slot(Week.parse("2026-W02"), 1, time(19, 30)),),
        "deviations": {one.week: one for one in deviations},
    }
    return Schedule(**(facts | more))


def test_more_than_twelve_is_the_number_after_the_last_seat():
    assert MORE == 13
    assert COUNTS == (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13)


@pytest.mark.parametrize("people", COUNTS)
def test_nought_to_twelve_and_more_can_be_counted(people: int):
    check_count(schedule(), WEEK, people, NEXT_DAY)


@pytest.mark.parametrize("people", [-1, 14, 100])
def test_no_other_number_can(people: int):
    with pytest.raises(NoSuchCount):
        check_count(schedule(), WEEK, people, NEXT_DAY)


CANCELLED = schedule(Deviation(WEEK, cancelled=True))
MOVED = schedule(Deviation(WEEK, weekday=5))
PAUSED = schedule(status=Status.PAUSED)


@pytest.mark.parametrize(
    ("of", "week", "now", "refusal"),
    [
        (schedule(), WEEK, BEGINS, None),
        (schedule(), WEEK, BEGINS - timedelta(seconds=1), NotBegun),
        (schedule(), WEEK + 1, NEXT_DAY, NotBegun),
        (schedule(), WEEK + -12, NEXT_DAY, None),
        (schedule(), WEEK + -13, NEXT_DAY, NoMeetingToCount),
        (schedule(), Week.parse("2026-W01"), datetime(2026, 1, 20, tzinfo=ZONE), NoMeetingToCount),
        (schedule(slots=()), WEEK, NEXT_DAY, NoMeetingToCount),
        (CANCELLED, WEEK, NEXT_DAY, NoMeetingToCount),
        (PAUSED, WEEK, NEXT_DAY, NoMeetingToCount),
        (MOVED, WEEK, NEXT_DAY, NotBegun),
        (MOVED, WEEK, BEGINS + timedelta(days=4), None),
    ],
)
def test_what_was_on_and_has_begun_is_counted(
    of: Schedule, week: Week, now: datetime, refusal: type[Refusal] | None
):
    if refusal is None:
        check_count(of, week, 7, now)
    else:
        with pytest.raises(refusal):
            check_count(of, week, 7, now)


@pytest.mark.parametrize(
    ("of", "now", "week"),
    [
        (schedule(), NEXT_DAY, WEEK),
        (schedule(), BEGINS, WEEK),
        (schedule(), BEGINS - timedelta(minutes=1), WEEK + -1),
        (CANCELLED, NEXT_DAY, WEEK + -1),
        (PAUSED, NEXT_DAY, None),
        (schedule(slots=()), NEXT_DAY, None),
    ],
)
def test_the_last_meeting_to_count_was_on(of: Schedule, now: datetime, week: Week | None):
    meeting = last_to_count(of, now)

    assert (meeting.week if meeting else None) == week


@pytest.mark.parametrize(
    ("now", "asks"),
    [
        (ENDS - timedelta(seconds=1), False),
        (ENDS, True),
        (ENDS + timedelta(days=2) - timedelta(seconds=1), True),
        (ENDS + timedelta(days=2), False),
    ],
)
def test_a_letter_asks_after_the_end_and_not_days_later(now: datetime, asks: bool):
    assert is_to_ask(schedule().meeting_in(WEEK), now) is asks


def test_no_meeting_asks_for_no_letter():
    assert not is_to_ask(None, NEXT_DAY)
