"""The holidays that the app reads are those of the package `holidays`."""

from datetime import date

from app.domain.holiday import TABLE, HolidayName, Region, begun_in
from assets.holiday_table import YEARS, written


def test_the_table_is_what_the_package_says():
    assert TABLE.read_text("utf-8") == written(), "make it anew: python -m assets.holiday_table"


def test_the_table_reaches_far_beyond_what_groups_are_asked_about():
    assert date(YEARS[-1], 12, 31) > date(2090, 1, 1)
    assert {one.name for one in begun_in(YEARS[-1], Region.SOUTH)} >= {HolidayName.EASTER_SUNDAY}
    assert begun_in(YEARS[-1] + 1, Region.SOUTH) == ()
