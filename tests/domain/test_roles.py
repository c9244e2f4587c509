"""A service that ends: who follows is asked in time, whatever date somebody typed."""

from datetime import date, timedelta

from app.domain.roles import ends_soon

TODAY = date(2026, 11, 23)


def test_who_follows_is_asked_from_six_weeks_before_the_last_day() -> None:
    assert ends_soon(TODAY + timedelta(weeks=6), TODAY)
    assert not ends_soon(TODAY + timedelta(weeks=6, days=1), TODAY)
    assert not ends_soon(None, TODAY)


def test_the_first_and_last_dates_there_are_stop_nobody() -> None:
    """One such date would keep every desk and the whole outbox waiting."""
    assert ends_soon(date.min, TODAY)
    assert not ends_soon(date.max, TODAY)
