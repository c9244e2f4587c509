"""The zones in which groups may meet."""

from zoneinfo import ZoneInfo, available_timezones

HOME = ZoneInfo("Europe/Amsterdam")


def is_zone(name: str) -> bool:
    """Tell whether a name is one of the IANA time zones."""
    return name in available_timezones()
