"""The holidays of the Netherlands, as the package `holidays` knows them, joined to stretches."""

from datetime import date, timedelta

import pytest

from app.domain.holiday import Holiday, HolidayName, Region
from app.records.holidays import holidays_between

YEARS = range(2026, 2031)
BREAKS = {
    HolidayName.CHRISTMAS_BREAK: 16,
    HolidayName.SPRING_BREAK: 9,
    HolidayName.MAY_BREAK: 9,
    HolidayName.SUMMER_BREAK: 44,
    HolidayName.AUTUMN_BREAK: 9,
}


def begun_in(year: int, region: Region) -> list[Holiday]:
    first, last = date(year, 1, 1), date(year, 12, 31)
    return [one for one in holidays_between(first, last, region) if one.first.year == year]


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("region", Region)
def test_a_year_has_every_public_holiday_once(year: int, region: Region):
    days = [one.name for one in begun_in(year, region) if one.is_one_day]

    assert sorted(days) == sorted(set(HolidayName) - set(BREAKS))


@pytest.mark.parametrize("year", YEARS[:-1])
@pytest.mark.parametrize("region", Region)
def test_a_year_has_every_break_once_from_saturday_to_sunday(year: int, region: Region):
    breaks = [one for one in begun_in(year, region) if not one.is_one_day]

    assert {one.name: (one.last - one.first).days + 1 for one in breaks} == BREAKS
    assert len(breaks) == len(BREAKS)
    assert {(one.first.isoweekday(), one.last.isoweekday()) for one in breaks} == {(6, 7)}


@pytest.mark.parametrize(
    ("region", "first", "last", "name"),
    [
        # Regeling vaststelling schoolvakanties 2025-2030, Staatscourant 2024, 19237.
        (Region.NORTH, date(2026, 12, 19), date(2027, 1, 3), HolidayName.CHRISTMAS_BREAK),
        (Region.SOUTH, date(2027, 12, 25), date(2028, 1, 9), HolidayName.CHRISTMAS_BREAK),
        (Region.NORTH, date(2027, 7, 10), date(2027, 8, 22), HolidayName.SUMMER_BREAK),
        (Region.MIDDLE, date(2027, 7, 17), date(2027, 8, 29), HolidayName.SUMMER_BREAK),
        (Region.SOUTH, date(2027, 7, 24), date(2027, 9, 5), HolidayName.SUMMER_BREAK),
        (Region.SOUTH, date(2027, 2, 13), date(2027, 2, 21), HolidayName.SPRING_BREAK),
        (Region.MIDDLE, date(2026, 4, 27), date(2026, 4, 27), HolidayName.KINGS_DAY),
        # 2031: the 27th is a Sunday.
        (Region.MIDDLE, date(2031, 4, 26), date(2031, 4, 26), HolidayName.KINGS_DAY),
    ],
)
def test_a_holiday_lies_where_it_was_decreed(region, first, last, name):
    assert Holiday(first, last, name) in holidays_between(first, first, region)
    assert Holiday(first, last, name) in holidays_between(last, last, region)


@pytest.mark.parametrize("region", Region)
def test_what_is_asked_for_a_day_is_what_that_day_lies_in(region: Region):
    """Around every New Year too: a break keeps its first day, and so its key, in the new year."""
    everything = holidays_between(date(2026, 1, 1), date(2029, 12, 31), region)
    day = date(2026, 12, 1)
    while day < date(2029, 3, 1):
        expected = [one for one in everything if one.first <= day <= one.last]
        assert list(holidays_between(day, day, region)) == expected
        day += timedelta(days=1)


def test_holidays_come_in_order_and_none_is_told_twice():
    found = holidays_between(date(2026, 1, 1), date(2030, 12, 31), Region.NORTH)

    assert list(found) == sorted(set(found))


def test_a_break_whose_end_is_not_published_yet_is_not_asked_about():
    found = holidays_between(date(2030, 12, 31), date(2031, 2, 1), Region.NORTH)

    assert [one.name for one in found] == [HolidayName.NEW_YEAR]


@pytest.mark.parametrize("year", range(1960, 2110))
def test_no_year_has_a_holiday_that_we_have_no_word_for(year: int):
    assert all(one.name in HolidayName for one in begun_in(year, Region.MIDDLE))
