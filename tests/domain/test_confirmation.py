"""A confirmation ages day by day, and silence is left in peace after the third question."""

from datetime import date, timedelta

import pytest

from app.domain.confirmation import Freshness, freshness, is_to_ask

TODAY = date(2026, 11, 23)
GREEN, AMBER, ASK_FIRST = Freshness


@pytest.mark.parametrize(
    ("days_ago", "after_weeks", "stands"),
    [
        (0, 8, GREEN),
        (55, 8, GREEN),
        (56, 8, GREEN),
        (57, 8, AMBER),
        (111, 8, AMBER),
        (112, 8, AMBER),
        (113, 8, ASK_FIRST),
        (9999, 8, ASK_FIRST),
        (None, 8, ASK_FIRST),
        (None, 52, ASK_FIRST),
        (7, 1, GREEN),
        (8, 1, AMBER),
        (14, 1, AMBER),
        (15, 1, ASK_FIRST),
        (364, 52, GREEN),
        (365, 52, AMBER),
        (-1, 8, GREEN),
    ],
)
def test_a_confirmation_is_green_then_amber_then_ask_first(
    days_ago: int | None, after_weeks: int, stands: Freshness
):
    confirmed_on = None if days_ago is None else TODAY - timedelta(days=days_ago)

    assert freshness(confirmed_on, TODAY, after_weeks) is stands


@pytest.mark.parametrize(
    ("asked", "confirmed", "asks"),
    [
        # days ago on which was asked; days ago of the confirmation; whether we ask today
        ([], None, True),
        ([], 60, True),
        ([0], 60, False),
        ([27], 60, False),
        ([28], 60, True),
        ([56, 28], 90, True),
        ([56, 27], 90, False),
        ([84, 56, 28], 150, False),
        ([300, 272, 244], None, False),
        ([300, 272, 244], 100, True),
        ([300, 272, 244, 10], 100, False),
        ([100], 100, True),
    ],
)
def test_a_coordinator_is_asked_every_four_weeks_three_times_and_again_after_a_confirmation(
    asked: list[int], confirmed: int | None, asks: bool
):
    days = [TODAY - timedelta(days=ago) for ago in asked]
    confirmed_on = None if confirmed is None else TODAY - timedelta(days=confirmed)

    assert is_to_ask(days, confirmed_on, TODAY) is asks
