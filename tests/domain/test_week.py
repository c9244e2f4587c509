"""The ISO week: each day belongs to one, and its name leads back to it."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.week import FIRST_YEAR, LAST_YEAR, NoSuchWeek, Week
from tests.domain.days import AMSTERDAM, EVERY_DAY, EVERY_WEEK, days, weekdays, weeks, zones

YEARS_WITH_53_WEEKS = {2020, 2026, 2032}


def test_each_day_belongs_to_the_one_week_that_the_calendar_says():
    for day in EVERY_DAY:
        year, number, weekday = day.isocalendar()

        week = Week.of(day)

        assert week.iso == (year, number)
        assert week.monday <= day <= week.sunday
        assert week.day(weekday) == day


def test_two_weeks_are_equal_exactly_when_year_and_number_are():
    assert len({week.iso for week in EVERY_WEEK}) == len(EVERY_WEEK)


def test_each_week_has_seven_days_and_the_next_begins_the_day_after():
    for week in EVERY_WEEK:
        assert {Week.of(week.day(weekday)) for weekday in range(1, 8)} == {week}
        assert (week + 1).monday == week.sunday + timedelta(days=1)


def test_the_name_of_a_week_leads_back_to_it():
    for week in EVERY_WEEK:
        assert Week.parse(str(week)) == week


def test_names_sort_as_weeks_do():
    assert sorted(map(str, EVERY_WEEK)) == [str(week) for week in sorted(EVERY_WEEK)]


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2020, 12, 31), "2020-W53"),
        (date(2021, 1, 3), "2020-W53"),
        (date(2021, 1, 4), "2021-W01"),
        (date(2024, 12, 29), "2024-W52"),
        (date(2024, 12, 30), "2025-W01"),
        (date(2026, 12, 31), "2026-W53"),
        (date(2027, 1, 3), "2026-W53"),
        (date(2027, 1, 4), "2027-W01"),
        (date(2028, 2, 29), "2028-W09"),
        (date(2032, 12, 27), "2032-W53"),
        (date(2035, 12, 31), "2036-W01"),
    ],
)
def test_new_year_falls_in_the_week_that_iso_8601_gives_it(day: date, name: str):
    assert str(Week.of(day)) == name


@pytest.mark.parametrize("year", range(2020, 2036))
def test_only_long_years_have_a_week_53(year: int):
    if year in YEARS_WITH_53_WEEKS:
        assert Week.parse(f"{year}-W53") + 1 == Week.parse(f"{year + 1}-W01")
    else:
        with pytest.raises(NoSuchWeek):
            Week.parse(f"{year}-W53")


@pytest.mark.parametrize(
    "text",
    [
        "", "2026-W00", "2026-W54", "2026-W99", "2026-W1", "2026-w48", "2026W48", " 2026-W48",
        "2026-W48 ", "2026-W48\n", "2026-W-1", "-026-W01", "2026-W4８", "²026-W01", "1999-W01",
        "2101-W01", "0000-W01", "9999-W53", "2026-W48-1",
    ],
)  # fmt: skip
def test_a_name_that_no_week_has_is_refused(text: str):
    with pytest.raises(NoSuchWeek) as refusal:
        Week.parse(text)

    assert refusal.value.text == text


@pytest.mark.parametrize("name", [f"{FIRST_YEAR}-W01", f"{LAST_YEAR}-W52"])
def test_the_first_and_last_week_that_can_be_named_are_read(name: str):
    assert str(Week.parse(name)) == name


@given(st.text(max_size=12))
def test_any_text_is_a_week_or_refused(text: str):
    try:
        week = Week.parse(text)
    except NoSuchWeek:
        return

    assert str(week) == text


@given(weeks, st.integers(-400, 400))
def test_adding_weeks_and_taking_the_difference_undo_each_other(week: Week, count: int):
    assert (week + count) - week == count
    assert (week + count).monday - week.monday == timedelta(weeks=count)


@given(weeks, weeks)
def test_weeks_are_ordered_as_their_mondays_are(one: Week, other: Week):
    assert (one < other) == (one.monday < other.monday)
    assert (one == other) == (one.iso == other.iso)


@given(days, weekdays)
def test_a_weekday_lies_in_its_own_week(day: date, weekday: int):
    week = Week.of(day)

    assert week.day(weekday).isoweekday() == weekday
    assert Week.of(week.day(weekday)) == week


@given(days, zones, st.integers(0, 24 * 60 - 1))
def test_an_instant_belongs_to_the_week_on_the_wall_of_its_zone(
    day: date, zone: ZoneInfo, minute: int
):
    instant = datetime.combine(day, time(), UTC) + timedelta(minutes=minute)

    assert Week.at(instant, zone) == Week.of(instant.astimezone(zone).date())
    assert Week.at(instant.astimezone(zone), zone) == Week.at(instant, zone)


@pytest.mark.parametrize(
    ("instant", "name"),
    [
        (datetime(2026, 11, 29, 22, 59, tzinfo=UTC), "2026-W48"),
        (datetime(2026, 11, 29, 23, 0, tzinfo=UTC), "2026-W49"),
        (datetime(2026, 7, 5, 21, 59, tzinfo=UTC), "2026-W27"),
        (datetime(2026, 7, 5, 22, 0, tzinfo=UTC), "2026-W28"),
        (datetime(2027, 1, 3, 22, 59, tzinfo=UTC), "2026-W53"),
        (datetime(2027, 1, 3, 23, 0, tzinfo=UTC), "2027-W01"),
    ],
)
def test_a_week_begins_at_midnight_in_amsterdam_not_in_greenwich(instant: datetime, name: str):
    assert str(Week.at(instant, AMSTERDAM)) == name
