"""Periods beside each other: what they bring adds up, and a small number never shows in a difference."""

from datetime import date
from itertools import pairwise

import pytest

from app.domain.meeting import Status
from app.domain.overview import Month, every_month
from app.domain.people_known import People
from app.domain.periods import compared, years_of
from app.domain.tally import Amount, Topic

TODAY = date(2026, 11, 30)
FIGURES = {
    Topic.MOVED: {
        "2024-11 active": Amount(2),
        "2025-03 active": Amount(3),
        "2026-02 active": Amount(-1),
        "2026-02 closed": Amount(1),
    },
    Topic.FOUNDED: {"2024-11": Amount(2), "2025-03": Amount(3)},
    Topic.ENDED: {"2026-02": Amount(1)},
    Topic.HEADS: {
        "2025-12": Amount(1, People.of(9)),
        "2026-01": Amount(2, People.of(3) + People.of(11)),
    },
}


def months(figures: dict = FIGURES) -> list[Month]:
    return every_month(figures, TODAY)


def test_years_begin_with_the_first_month_and_the_last_is_as_far_as_it_has_come():
    years = years_of(months())

    assert [(one.name, len(one.months)) for one in years] == [
        ("2024", 2),
        ("2025", 12),
        ("2026", 11),
    ]
    assert [one.at_its_end(Status.ACTIVE) for one in years] == [2, 5, 4]
    assert [(one.founded, one.ended) for one in years] == [(2, 0), (3, 0), (0, 1)]


@pytest.mark.parametrize(
    ("since", "was", "founded", "ended"),
    [
        (date(2020, 1, 1), 0, 5, 1),
        (date(2024, 11, 30), 0, 5, 1),
        (date(2024, 12, 1), 2, 3, 1),
        (date(2025, 3, 31), 2, 3, 1),
        (date(2025, 4, 1), 5, 0, 1),
        (date(2026, 2, 28), 5, 0, 1),
        (date(2026, 3, 1), 4, 0, 0),
        (date(2026, 11, 30), 4, 0, 0),
        (date(2030, 1, 1), 4, 0, 0),
    ],
)
def test_what_began_and_stopped_since_a_day_leads_from_then_to_now(
    since: date, was: int, founded: int, ended: int
):
    found = compared(months(), since)

    assert found.was(Status.ACTIVE) == was
    assert (found.since.founded, found.since.ended) == (founded, ended)
    assert found.since.at_its_end(Status.ACTIVE) == was + founded - ended == 4


def test_years_before_the_day_are_left_out():
    assert [one.name for one in compared(months(), date(2025, 6, 1)).years] == ["2025", "2026"]


def test_the_months_of_a_year_are_the_year():
    for year in years_of(months()):
        assert sum((one.heads for one in year.months), Amount()) == year.heads
        assert all(one.name < later.name for one, later in pairwise(year.months))
        assert [year.month(int(one.name[5:])) for one in year.months] == year.months


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_no_period_and_no_difference_of_two_tells_a_small_number(number: int):
    small = FIGURES | {
        Topic.HEADS: {
            "2025-12": Amount(1, People.of(9)),
            "2026-01": Amount(2, People.of(number) + People.of(11)),
        }
    }

    assert months(small) == months()
    assert compared(months(small), date(2026, 1, 1)) == compared(months(), date(2026, 1, 1))


def test_a_fellowship_without_groups_is_compared_too():
    found = compared(every_month({}, TODAY), date(2025, 1, 1))

    assert found.before is None
    assert found.since.at_its_end(Status.ACTIVE) == 0
