"""The zone of whoever looks for groups here, and when days turn in any zone."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

HOME = ZoneInfo("Europe/Amsterdam")


def day_at_home(instant: datetime) -> date:
    """Return which day it is at HOME at an aware instant: the day where no group's or fellowship's is meant.

    A day is never that of UTC: between midnight and one or two that is yesterday to everybody here.
    """
    return instant.astimezone(HOME).date()


def next_quarter(now: datetime) -> datetime:
    """Return the next whole quarter of an hour after an aware instant.

    Every midnight of the world is at one: all offsets in use are whole quarters (IANA tz).
    """
    begun = now.replace(minute=now.minute - now.minute % 15, second=0, microsecond=0)
    return begun + timedelta(minutes=15)
