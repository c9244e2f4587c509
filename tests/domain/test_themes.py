"""Themes: step after step whatever the calendar does, or by week of the month."""

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.themes import (
    LAST,
    STEPS,
    ByWeekOfMonth,
    NoThemes,
    Rotation,
    Theme,
    theme_of,
)
from app.domain.week import Week
from tests.domain.days import EVERY_DAY, EVERY_WEEK, weeks

ORDINALS = {number: Theme(title=f"{number}e") for number in range(1, 6)}
THE_LAST = {LAST: Theme(title="laatste")}
anchors, steps = weeks, st.integers(1, STEPS)


@given(anchors, steps)
def test_each_week_takes_the_next_step_and_after_the_twelfth_the_first(anchor: Week, first: int):
    rotation = Rotation(anchor, first)

    taken = [rotation.step_in(week) for week in EVERY_WEEK]

    assert rotation.step_in(anchor) == first
    assert set(taken) == set(range(1, STEPS + 1))
    assert all(following == this % STEPS + 1 for this, following in itertools.pairwise(taken))


@given(anchors, steps, weeks)
def test_every_step_comes_back_after_twelve_weeks(anchor: Week, first: int, week: Week):
    rotation = Rotation(anchor, first)

    assert rotation.step_in(week + STEPS) == rotation.step_in(week)
    assert len({rotation.step_in(week + n) for n in range(STEPS)}) == STEPS


@pytest.mark.parametrize(
    ("week", "step"),
    [
        ("2026-W51", 11),
        ("2026-W52", 12),
        ("2026-W53", 1),
        ("2027-W01", 2),
        ("2027-W02", 3),
        ("2027-W12", 1),
    ],
)
def test_week_53_and_new_year_neither_skip_nor_repeat_a_step(week: str, step: int):
    rotation = Rotation(anchor=Week.parse("2026-W41"), first=1)

    assert rotation.step_in(Week.parse(week)) == step


def test_weeks_before_the_anchor_count_back():
    rotation = Rotation(anchor=Week.parse("2027-W01"), first=1)

    assert rotation.step_in(Week.parse("2026-W53")) == 12


def test_a_month_has_four_or_five_of_each_weekday_and_exactly_one_last():
    themes = ByWeekOfMonth(ORDINALS | THE_LAST)
    found: dict[tuple[int, int, int], list[Theme | None]] = {}
    for day in EVERY_DAY:
        found.setdefault((day.year, day.month, day.isoweekday()), []).append(themes.theme_on(day))

    for of_one_weekday in found.values():
        assert len(of_one_weekday) in (4, 5)
        assert of_one_weekday == [ORDINALS[n] for n in range(1, len(of_one_weekday))] + [
            THE_LAST[LAST]
        ]


def test_each_day_is_the_so_manieth_of_its_weekday_in_the_month():
    themes = ByWeekOfMonth(ORDINALS)

    for day in EVERY_DAY:
        before = [day - timedelta(weeks=n) for n in range(5)]
        number = sum(earlier.month == day.month for earlier in before)
        assert themes.theme_on(day) == ORDINALS[number]


@pytest.mark.parametrize(
    ("day", "title"),
    [
        (date(2026, 11, 1), "1e"),
        (date(2026, 11, 7), "1e"),
        (date(2026, 11, 8), "2e"),
        (date(2026, 11, 23), "4e"),
        (date(2026, 11, 24), "laatste"),
        (date(2026, 11, 30), "laatste"),
        (date(2026, 12, 24), "4e"),
        (date(2026, 12, 25), "laatste"),
        (date(2026, 12, 31), "laatste"),
        (date(2027, 2, 22), "laatste"),
        (date(2027, 2, 21), "3e"),
        (date(2028, 2, 22), "4e"),
        (date(2028, 2, 29), "laatste"),
    ],
)
def test_the_last_one_of_a_month_goes_before_its_number(day: date, title: str):
    assert ByWeekOfMonth(ORDINALS | THE_LAST).theme_on(day) == Theme(title=title)


@pytest.mark.parametrize("day", [date(2026, 11, 30), date(2026, 12, 29)])
def test_a_fifth_week_without_a_theme_of_its_own_has_none(day: date):
    themes = ByWeekOfMonth({number: ORDINALS[number] for number in range(1, 5)})

    assert themes.theme_on(day) is None


def test_without_themes_no_evening_has_one():
    day = date(2026, 11, 30)

    assert theme_of(NoThemes(), week=Week.of(day), day=day, titles={}) is None


def test_a_step_is_called_as_its_fellowship_calls_it_and_else_by_its_number():
    day = date(2026, 11, 30)
    themes = Rotation(anchor=Week.of(day), first=4)
    title = Theme(step=4, title="Eerlijk kijken")

    assert theme_of(themes, week=Week.of(day), day=day, titles={4: title}) == title
    assert theme_of(themes, week=Week.of(day), day=day, titles={5: title}) == Theme(step=4)
