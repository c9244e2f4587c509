"""What about a group asks for the eye of its fellowship's office."""

from datetime import date, timedelta

import pytest

from app.domain.closure import Closure
from app.domain.meeting import Status
from app.domain.work import (
    MOST_OF_FACT,
    Concern,
    Facts,
    Point,
    closure_ends,
    fact_of,
    is_hidden,
    is_long,
    is_unconfirmed,
    points_of,
    service_ends,
)

TODAY = date(2026, 11, 23)
FOUNDED = date(2026, 1, 5)


def days(number: int) -> date:
    return TODAY + timedelta(days=number)


def facts(**given) -> Facts:
    """Return the facts of a group about which there is nothing to say."""
    plain = {
        "group_id": 1,
        "status": Status.ACTIVE,
        "listed": True,
        "founded": FOUNDED,
        "confirmed_on": TODAY,
        "services": (None,),
    }
    return Facts(**(plain | given))


def concerns(**given) -> list[Concern]:
    return [point.concern for point in points_of(facts(**given), TODAY)]


def test_a_group_that_runs_asks_for_nothing():
    assert concerns() == []


@pytest.mark.parametrize(
    ("services", "found"),
    [
        ((), [Concern.NO_COORDINATOR]),
        ((days(-1),), [Concern.NO_COORDINATOR]),
        ((days(0),), [Concern.SERVICE_ENDS]),
        ((days(42),), [Concern.SERVICE_ENDS]),
        ((days(43),), []),
        ((days(42), days(1)), [Concern.SERVICE_ENDS]),
        ((days(42), days(43)), []),
        ((days(1), None), []),
        ((days(-1), days(1)), [Concern.SERVICE_ENDS]),
    ],
)
def test_a_group_needs_somebody_who_goes_on(services: tuple, found: list):
    assert concerns(services=services) == found


def test_the_last_day_of_the_last_one_is_told():
    assert service_ends((days(3), days(9)), TODAY) == days(9)


@pytest.mark.parametrize(
    ("confirmed_on", "founded", "unconfirmed"),
    [
        (TODAY - timedelta(weeks=26), FOUNDED, False),
        (TODAY - timedelta(weeks=26, days=1), FOUNDED, True),
        (None, TODAY - timedelta(weeks=26), False),
        (None, TODAY - timedelta(weeks=26, days=1), True),
    ],
)
def test_half_a_year_without_a_yes_is_too_long(
    confirmed_on: date | None, founded: date, unconfirmed: bool
):
    assert is_unconfirmed(confirmed_on, founded, TODAY) is unconfirmed


@pytest.mark.parametrize(("ago", "long"), [(55, False), (56, True), (57, True)])
def test_eight_weeks_are_long(ago: int, long: bool):
    assert is_long(days(-ago), TODAY) is long
    assert (Concern.FULL in concerns(full_since=days(-ago))) is long
    assert (Concern.EMPTY in concerns(empty_since=days(-ago))) is long


@pytest.mark.parametrize(
    ("first", "last", "ends"),
    [
        (-14, 0, True),
        (-14, 14, True),
        (-14, 15, False),
        (-14, -1, False),
        (1, 14, False),
        (0, 13, True),
        (0, 12, False),
    ],
)
def test_a_long_closure_is_asked_about_when_it_ends(first: int, last: int, ends: bool):
    closure = Closure(days(first), days(last), "zomer", None, 1)

    assert closure_ends(closure, TODAY) is ends
    assert (Concern.CLOSURE_ENDS in concerns(closures=(closure,))) is ends


@pytest.mark.parametrize("status", list(Status))
def test_only_a_group_that_meets_needs_a_place(status: Status):
    found = concerns(status=status, placeless_since=FOUNDED)

    assert (Concern.NO_PLACE in found) is (status in (Status.ACTIVE, Status.PREPARING))


def test_a_closed_group_asks_for_nothing():
    assert concerns(status=Status.CLOSED, services=(), confirmed_on=None) == []


def test_nobody_is_asked_to_confirm_what_is_not_listed():
    assert concerns(listed=False, confirmed_on=None) == []


@pytest.mark.parametrize(
    ("marked", "hidden"),
    [
        (None, False),
        (("then", None), True),
        (("other", None), False),
        (("then", days(0)), False),
        (("then", days(1)), True),
        (("other", days(1)), False),
    ],
)
def test_a_mark_hides_a_point_until_its_day_or_another_fact(marked, hidden: bool):
    assert is_hidden(marked, "then", TODAY) is hidden


def test_another_fact_is_another_key():
    one, other = (Point(Concern.FULL, 1, TODAY, fact) for fact in ("then", "now"))

    assert one.key != other.key
    assert one.key == Point(Concern.FULL, 1, FOUNDED, "then").key


def test_a_long_fact_fits_its_column_and_stays_itself():
    long = fact_of(*range(100))

    assert len(long) <= MOST_OF_FACT
    assert long == fact_of(*range(100)) != fact_of(*range(101))
