"""A day in a template is the day of whoever reads it, not that of UTC."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from flask import Flask

AFTER_MIDNIGHT = datetime(2026, 11, 30, 23, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (date(2026, 11, 30), "ma 30 nov"),
        (AFTER_MIDNIGHT, "di 1 dec"),
        (AFTER_MIDNIGHT.astimezone(ZoneInfo("America/Curacao")), "ma 30 nov"),
        (datetime(2026, 7, 31, 22, tzinfo=UTC), "za 1 aug"),
    ],
)
def test_an_instant_as_it_is_stored_is_said_as_the_day_at_home(
    app: Flask, value: date, said: str
) -> None:
    with app.test_request_context("/"):
        assert app.jinja_env.filters["short_day"](value) == said
