"""The clock: the one place that asks what time it is."""

from datetime import UTC, date, datetime

from app.domain.zones import day_at_home


def now() -> datetime:
    """Return the present instant, aware, in UTC, in whole seconds."""
    return datetime.now(UTC).replace(microsecond=0)


def instant() -> datetime:
    """Return the present instant to the microsecond: for what happens several times in a second."""
    return datetime.now(UTC)


def today() -> date:
    """Return the present day at HOME; that of a group or a fellowship is its `day_of`."""
    return day_at_home(now())
