"""When a coordinator hears of who asked: the asks of a day together, before the next meeting."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

DIGEST_AT = time(17)
"""After work, before the evening."""
BEFORE_MEETING = timedelta(hours=3)
"""Who asks for tonight is told of in time to be met."""


def digest_at(now: datetime, zone: ZoneInfo, next_starts: datetime | None) -> datetime:
    """Return when an ask of now is told of, by the wall clock of the group's zone, as an instant."""
    local = now.astimezone(zone)
    today = datetime.combine(local.date(), DIGEST_AT, tzinfo=zone)
    due = (
        today
        if local < today
        else datetime.combine(today.date() + timedelta(days=1), DIGEST_AT, tzinfo=zone)
    )
    if next_starts is not None:
        in_time = next_starts.astimezone(UTC) - BEFORE_MEETING
        due = min(due.astimezone(UTC), max(in_time, now.astimezone(UTC)))
    return due.astimezone(UTC)
