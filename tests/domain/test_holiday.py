"""Which holiday a day falls in, and until when it is asked about."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.holiday import Holiday, HolidayName, holiday_on, unanswered
from tests.domain.days import days

CHRISTMAS = Holiday(date(2026, 12, 19), date(2027, 1, 3), HolidayName.CHRISTMAS_BREAK)
SECOND = Holiday(date(2026, 12, 26), date(2026, 12, 26), HolidayName.SECOND_CHRISTMAS_DAY)
BOTH = (CHRISTMAS, SECOND)


@pytest.mark.parametrize(
    ("day", "holiday"),
    [
        (date(2026, 12, 18), None),
        (date(2026, 12, 19), CHRISTMAS),
        (date(2026, 12, 25), CHRISTMAS),
        (date(2026, 12, 26), SECOND),
        (date(2027, 1, 3), CHRISTMAS),
        (date(2027, 1, 4), None),
    ],
)
def test_a_public_holiday_is_asked_about_before_the_break_around_it(day, holiday):
    assert holiday_on(day, BOTH) == holiday
    assert unanswered(day, BOTH, ()) == holiday


def test_an_answer_about_a_break_says_nothing_of_a_public_holiday_in_it():
    assert unanswered(SECOND.first, BOTH, {CHRISTMAS.key}) == SECOND
    assert unanswered(date(2026, 12, 28), BOTH, {CHRISTMAS.key}) is None


def test_a_public_holiday_that_is_answered_does_not_ask_about_the_break_instead():
    assert unanswered(SECOND.first, BOTH, {SECOND.key}) is None


@given(day=days, length=st.integers(0, 60), offset=st.integers(-3, 63))
def test_a_day_is_asked_about_exactly_while_it_lies_in_an_unanswered_holiday(day, length, offset):
    holiday = Holiday(day, day + timedelta(days=length), HolidayName.SUMMER_BREAK)
    asked = day + timedelta(days=offset)

    assert (unanswered(asked, [holiday], ()) == holiday) == (0 <= offset <= length)
    assert unanswered(asked, [holiday], {holiday.key}) is None


@given(day=days)
def test_a_key_names_first_day_and_holiday_and_fits_its_column(day):
    for name in HolidayName:
        key = Holiday(day, day, name).key

        assert key == f"{day:%Y-%m-%d}-{name}"
        assert len(key) <= 48
