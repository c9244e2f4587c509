"""Closures: from the first day to the last, on one place or on the group as a whole."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.closure import Closure, EndsBeforeItBegins
from tests.domain.days import days

FIRST, LAST = date(2026, 12, 24), date(2027, 1, 3)
places = st.sampled_from([None, 1, 2])


@pytest.mark.parametrize(
    ("day", "shut"),
    [
        (FIRST - timedelta(days=1), False),
        (FIRST, True),
        (date(2026, 12, 31), True),
        (date(2027, 1, 1), True),
        (LAST, True),
        (LAST + timedelta(days=1), False),
    ],
)
def test_first_and_last_day_both_count(day: date, shut: bool):
    assert Closure(FIRST, LAST).shuts(day, place_id=1) is shut


def only(place_id: int | None) -> frozenset[int] | None:
    return None if place_id is None else frozenset({place_id})


@pytest.mark.parametrize(
    ("closed", "meets_in", "shut"),
    [
        (None, None, True),
        (None, 1, True),
        (1, 1, True),
        (1, 2, False),
        (1, None, False),
    ],
)
def test_a_shut_place_touches_only_meetings_in_it(
    closed: int | None, meets_in: int | None, shut: bool
):
    assert Closure(FIRST, LAST, places=only(closed)).shuts(FIRST, meets_in) is shut


def test_a_closure_of_one_day_shuts_that_day():
    closure = Closure(FIRST, FIRST)

    assert closure.shuts(FIRST, None)
    assert not closure.shuts(FIRST + timedelta(days=1), None)


def test_a_closure_that_ends_before_it_begins_is_refused():
    with pytest.raises(EndsBeforeItBegins):
        Closure(FIRST, FIRST - timedelta(days=1))


@given(days, st.integers(0, 60), days, places, places)
def test_a_closure_ends_by_itself(first: date, length: int, day: date, closed, meets_in):
    closure = Closure(first, first + timedelta(days=length), places=only(closed))

    shut = closure.shuts(day, meets_in)

    assert shut == (first <= day <= closure.last and closed in (None, meets_in))
    assert not closure.shuts(closure.last + timedelta(days=1), meets_in)
