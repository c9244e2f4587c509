"""A visitor's word that something is wrong: enough to act on, and from which week it is true."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest

from app.domain.proposal import NothingSaid, Wrong, check_says_what, first_week
from app.domain.slot import Slot
from app.domain.week import Week

HOME = ZoneInfo("Europe/Amsterdam")
WEEK = Week.parse("2026-W48")
WEDNESDAY_EVENING = Slot(since=WEEK + -9, weekday=3, start=time(20))
FIRST_TO_COME = Slot(since=WEEK + 2, weekday=3, start=time(20))


@pytest.mark.parametrize(
    ("wrong", "instead", "words"),
    [
        (Wrong.GONE, {}, ""),
        (Wrong.OTHER, {}, "De bel doet het niet."),
        (Wrong.TIME, {"weekday": 3}, ""),
    ],
)
def test_a_proposal_says_what_is_wrong(wrong: Wrong, instead: dict, words: str):
    check_says_what(wrong, instead, words)


@pytest.mark.parametrize("wrong", [one for one in Wrong if one is not Wrong.GONE])
def test_a_proposal_that_says_nothing_is_refused(wrong: Wrong):
    with pytest.raises(NothingSaid):
        check_says_what(wrong, {}, "")


@pytest.mark.parametrize(
    ("now", "slot", "week"),
    [
        (datetime(2026, 11, 23, 9), WEDNESDAY_EVENING, WEEK),
        (datetime(2026, 11, 25, 19, 59), WEDNESDAY_EVENING, WEEK),
        (datetime(2026, 11, 25, 20), WEDNESDAY_EVENING, WEEK + 1),
        (datetime(2026, 11, 29, 23, 59), WEDNESDAY_EVENING, WEEK + 1),
        (datetime(2026, 11, 29, 23, 59), None, WEEK),
        (datetime(2026, 11, 23, 9), FIRST_TO_COME, WEEK + 2),
    ],
)
def test_another_time_is_true_from_the_first_evening_that_has_not_begun(now, slot, week):
    assert first_week(now.replace(tzinfo=HOME), slot) == week
