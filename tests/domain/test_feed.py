"""Which weeks a feed holds, and when a closed group's feed ends."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given

from app.domain.feeds.feed import WEEKS, Window, is_over, window_at
from app.domain.meeting import Status
from app.domain.week import Week
from tests.domain.days import days

AMSTERDAM, TOKYO = ZoneInfo("Europe/Amsterdam"), ZoneInfo("Asia/Tokyo")
FOUNDED = date(2026, 1, 5)


def test_a_window_is_twelve_weeks_back_and_fifty_two_ahead():
    window = Window(Week.parse("2026-W48"))

    assert str(window.first) == "2026-W36"
    assert str(window.last) == "2027-W47"
    assert window.last - window.first + 1 == WEEKS == 65


@pytest.mark.parametrize(
    ("zone", "now", "week"),
    [
        (AMSTERDAM, datetime(2026, 11, 22, 22, 59, tzinfo=UTC), "2026-W47"),
        (AMSTERDAM, datetime(2026, 11, 22, 23, 0, tzinfo=UTC), "2026-W48"),
        (TOKYO, datetime(2026, 11, 22, 14, 59, tzinfo=UTC), "2026-W47"),
        (TOKYO, datetime(2026, 11, 22, 15, 0, tzinfo=UTC), "2026-W48"),
    ],
)
def test_a_window_moves_on_monday_midnight_of_the_groups_zone(
    zone: ZoneInfo, now: datetime, week: str
):
    assert str(window_at(now, zone, Status.ACTIVE, FOUNDED).week) == week


def test_the_window_of_a_closed_group_stands_still():
    closed_on = date(2026, 9, 9)

    now = datetime(2026, 11, 25, tzinfo=UTC)

    assert window_at(now, AMSTERDAM, Status.CLOSED, closed_on).week == Week.of(closed_on)


def test_a_group_that_will_close_has_its_window_still():
    now = datetime(2026, 11, 25, tzinfo=UTC)

    window = window_at(now, AMSTERDAM, Status.CLOSED, date(2027, 1, 10))

    assert str(window.week) == "2026-W48"


@pytest.mark.parametrize(
    ("closed_on", "first_monday_without"),
    [
        (date(2026, 6, 2), date(2026, 8, 31)),  # day 90 is that Monday
        (date(2026, 6, 3), date(2026, 9, 7)),  # day 90 is a Tuesday
        (date(2026, 6, 1), date(2026, 8, 31)),  # day 90 is a Sunday
    ],
)
def test_a_closed_feed_ends_on_the_first_monday_on_or_after_day_ninety(
    closed_on: date, first_monday_without: date
):
    midnight = datetime.combine(first_monday_without, datetime.min.time(), tzinfo=AMSTERDAM)

    assert is_over(midnight, AMSTERDAM, Status.CLOSED, closed_on)
    assert not is_over(midnight - timedelta(seconds=1), AMSTERDAM, Status.CLOSED, closed_on)


@given(days)
def test_a_closed_feed_lasts_ninety_to_ninety_six_days(closed_on: date):
    def over(day: int) -> bool:
        noon = datetime.combine(closed_on + timedelta(days=day), datetime.min.time(), tzinfo=UTC)
        return is_over(noon, ZoneInfo("UTC"), Status.CLOSED, closed_on)

    assert not over(89)
    assert over(96)
    ended = next(day for day in range(98) if over(day))
    assert (closed_on + timedelta(days=ended)).isoweekday() == 1


@pytest.mark.parametrize("status", [Status.ACTIVE, Status.PAUSED, Status.PREPARING])
def test_only_a_closed_group_loses_its_feed(status: Status):
    assert not is_over(datetime(2030, 1, 1, tzinfo=UTC), AMSTERDAM, status, FOUNDED)
