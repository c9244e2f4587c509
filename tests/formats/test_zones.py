"""Time zones as people and lists write them, and hours by the clock of who reads."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from app.formats.zones import hour_for_reader, zone_named


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Europe/Amsterdam", "Europe/Amsterdam"),
        ("europe/amsterdam", "Europe/Amsterdam"),
        ("Europe/Kiev", "Europe/Kyiv"),
        ("Europe/Kyiv", "Europe/Kyiv"),
        ("US/Eastern", "America/New_York"),
        ("Asia/Kolkata", "Asia/Kolkata"),
        ("Asia/Calcutta", "Asia/Kolkata"),
        ("Africa/Casablanca", "Africa/Casablanca"),
        ("America/Paramaribo", "America/Paramaribo"),
        ("W. Europe Standard Time", "Europe/Berlin"),
        ("CET", "Europe/Brussels"),
        ("UTC", "UTC"),
        ("UTC+1", None),
        ("EST", None),
        ("Amsterdam", None),
        ("", None),
    ],
)
def test_a_zone_is_known_by_the_names_that_people_give_it(text: str, name: str | None):
    assert zone_named(text) == name


@pytest.mark.parametrize(
    ("zone", "language", "words"),
    [
        ("Europe/Amsterdam", "nl", "19.00"),
        ("Europe/Paris", "nl", "19.00"),
        ("America/Toronto", "nl", "01.00 (19.00 in Toronto)"),
        ("America/Toronto", "en", "01:00 (19:00 in Toronto)"),
        ("Asia/Tokyo", "nl", "11.00 (19.00 in Tokio)"),
        ("UTC", "en", "20:00 (19:00 in UTC)"),
    ],
)
def test_an_hour_is_told_by_the_readers_clock_and_by_the_groups(
    zone: str, language: str, words: str
):
    moment = datetime(2026, 12, 1, 19, tzinfo=ZoneInfo(zone))

    assert hour_for_reader(moment, language) == words
