"""The days, weeks and zones that the property tests draw from."""

from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from app.domain.week import Week

FIRST, LAST = date(2020, 1, 1), date(2035, 12, 31)
EVERY_DAY = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
EVERY_WEEK = [Week(n) for n in range(Week.of(FIRST).number, Week.of(LAST).number + 1)]
ZONES = [
    ZoneInfo(name)
    for name in ("Europe/Amsterdam", "America/Toronto", "Asia/Tokyo", "Pacific/Auckland")
]
AMSTERDAM, TORONTO, TOKYO, AUCKLAND = ZONES

days = st.dates(FIRST, LAST)
weeks = days.map(Week.of)
weekdays = st.integers(1, 7)
zones = st.sampled_from(ZONES)
starts = st.builds(time, st.integers(0, 23), st.sampled_from([0, 1, 15, 30, 45, 59]))
