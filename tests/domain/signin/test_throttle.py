"""How long one waits after wrong passwords."""

from datetime import UTC, datetime, timedelta

import pytest

from app.domain.signin.throttle import wait_until

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("failures", "minutes"),
    [(0, None), (1, None), (4, None), (5, 1), (6, 2), (7, 4), (8, 8), (9, 15), (50, 15)],
)
def test_the_wait_doubles_and_has_an_end(failures: int, minutes: int | None):
    until = wait_until([NOW] * failures)

    assert until == (None if minutes is None else NOW + minutes * MINUTE)


def test_one_waits_from_the_last_failure_on():
    failures = [NOW - number * MINUTE for number in range(5)]

    assert wait_until(failures) == NOW + MINUTE
    assert wait_until(failures[::-1]) == NOW + MINUTE
