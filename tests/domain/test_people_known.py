"""Figures of people: what may be told, and that nothing more can be worked out from it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.people_known import People

COUNTS = st.lists(st.integers(0, 13), max_size=12)


@pytest.mark.parametrize(
    ("count", "told"),
    [
        (0, (0, False)),
        (1, "1–4"),
        (4, "1–4"),
        (5, (5, False)),
        (12, (12, False)),
        (13, (13, False)),
    ],
)
def test_a_group_of_one_to_four_is_not_counted_out(count, told):
    people = People.of(count)

    assert ("1–4" if people.is_few else (people.number, people.is_rounded)) == told


@pytest.mark.parametrize(
    ("counts", "number", "is_rounded"),
    [([7, 12], 19, False), ([7, 12, 0], 19, False), ([7, 3], 10, True), ([2, 3], 5, True),
     ([12, 12, 1], 25, True), ([9, 9, 9, 2], 30, True)],
)  # fmt: skip
def test_a_total_with_a_small_group_in_it_is_rounded_to_five(counts, number, is_rounded):
    people = People.total(map(People.of, counts))

    assert (people.number, people.is_rounded) == (number, is_rounded)


@given(COUNTS, st.lists(st.integers(1, 4), min_size=12, max_size=12))
def test_no_total_depends_on_how_small_a_small_group_is(counts, others):
    same_but_for_the_small = [
        other if 1 <= count <= 4 else count for count, other in zip(counts, others, strict=False)
    ]

    assert People.total(map(People.of, counts)) == People.total(
        map(People.of, same_but_for_the_small)
    )


@given(COUNTS, COUNTS)
def test_what_was_added_can_be_taken_away(some, others):
    one, other = People.total(map(People.of, some)), People.total(map(People.of, others))

    assert one + other - other == one
