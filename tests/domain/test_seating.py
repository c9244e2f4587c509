"""Twelve seats, and the one word about them that the public learns."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.seating import SEAT_NUMBERS, SEATS, Availability, Seating, availability

people = st.integers(0, 20)
capacities = st.sampled_from(SEAT_NUMBERS)


def test_there_are_twelve_seats():
    assert SEATS == 12
    assert tuple(range(1, 13)) == SEAT_NUMBERS


@pytest.mark.parametrize(
    ("taken", "waiting", "capacity", "seen"),
    [
        (0, 0, 12, Availability.FREE),
        (11, 0, 12, Availability.FREE),
        (12, 0, 12, Availability.FULL),
        (13, 0, 12, Availability.FULL),
        (11, 1, 12, Availability.FULL),
        (0, 1, 12, Availability.FULL),
        (7, 0, 8, Availability.FREE),
        (8, 0, 8, Availability.FULL),
        (9, 0, 8, Availability.FULL),
        (0, 0, 1, Availability.FREE),
        (1, 0, 1, Availability.FULL),
    ],
)
def test_a_seat_is_free_only_while_one_is_left_and_nobody_waits(
    taken: int, waiting: int, capacity: int, seen: Availability
):
    found = availability(preparing=False, taken=taken, waiting=waiting, capacity=capacity)

    assert found is seen


@given(people, people, capacities)
def test_of_a_group_in_preparation_only_that_is_seen(taken: int, waiting: int, capacity: int):
    found = availability(preparing=True, taken=taken, waiting=waiting, capacity=capacity)

    assert found is Availability.PREPARING


@given(people, people, capacities)
def test_a_group_that_people_walk_into_is_never_full_and_claims_no_free_seat(
    taken: int, waiting: int, capacity: int
):
    counts = {"preparing": False, "taken": taken, "waiting": waiting, "capacity": capacity}

    assert availability(**counts, seating=Seating.WALK_IN) is Availability.WALK_IN


@given(people, people, capacities, st.sampled_from(Seating))
def test_nothing_is_said_of_seats_of_which_the_group_said_nothing(
    taken: int, waiting: int, capacity: int, seating: Seating
):
    counts = {"preparing": False, "taken": taken, "waiting": waiting, "capacity": capacity}

    assert availability(**counts, seating=seating, said=False) is Availability.UNSAID


@given(people, people, capacities)
def test_one_more_person_never_frees_a_seat(taken: int, waiting: int, capacity: int):
    def seen(taken: int, waiting: int) -> Availability:
        return availability(preparing=False, taken=taken, waiting=waiting, capacity=capacity)

    if seen(taken, waiting) is Availability.FULL:
        assert seen(taken + 1, waiting) is Availability.FULL
        assert seen(taken, waiting + 1) is Availability.FULL
