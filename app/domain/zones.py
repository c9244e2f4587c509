"""The zone of whoever looks for groups here."""

from zoneinfo import ZoneInfo

HOME = ZoneInfo("Europe/Amsterdam")
