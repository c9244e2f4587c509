"""What is wished, when a group needs nobody's yes, and how long a request is kept."""

from datetime import UTC, datetime, time, timedelta

import pytest

from app.domain.founding import (
    MOST_AT_ONCE,
    RequestStatus,
    Wish,
    founds_at_once,
    seating_at_first,
    wish,
)
from app.domain.listing import Audience
from app.domain.retention import request_ends
from app.domain.seating import Seating
from app.domain.week import NoSuchWeekday

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "town", "province"),
    [
        ("Assen", "Assen", "Drenthe"),
        (" assen ", "Assen", "Drenthe"),
        ("9401 AB", "Assen", "Drenthe"),
        ("9401 AB Assen", "Assen", "Drenthe"),
        ("'s-Gravenhage", "Den Haag", "Zuid-Holland"),
        ("Drenthe", "Drenthe", ""),
        ("Toronto", "Toronto", ""),
        ("52.99,6.56", "52.99,6.56", ""),
        ("B-2000", "B-2000", ""),
    ],
)
def test_a_town_is_known_however_it_is_spelt(typed: str, town: str, province: str):
    asked = wish(typed, 2, time(20))

    assert (asked.town.strip(), asked.province) == (town, province)
    assert asked.is_known == bool(province)


@pytest.mark.parametrize("audience", Audience)
def test_somebody_speaks_with_the_young_before_they_have_a_seat(audience: Audience):
    speaks_first = seating_at_first(audience) is Seating.BY_CONTACT

    assert speaks_first == (audience in ("young", "teens"))


@pytest.mark.parametrize("weekday", [0, 8, -1])
def test_a_wish_is_for_one_of_seven_days(weekday: int):
    with pytest.raises(NoSuchWeekday):
        Wish("Assen", "Drenthe", weekday)


@pytest.mark.parametrize(
    ("known", "lately", "prepares", "founds"),
    [
        (True, 0, False, True),
        (True, MOST_AT_ONCE - 1, False, True),
        (True, MOST_AT_ONCE, False, False),
        (True, 0, True, False),
        (False, 0, False, False),
    ],
)
def test_when_a_group_needs_nobodys_yes(known: bool, lately: int, prepares: bool, founds: bool):
    asked = Wish("Assen", "Drenthe" if known else "")

    assert founds_at_once(asked, lately=lately, prepares_there=prepares) is founds


@pytest.mark.parametrize(
    ("status", "confirmed", "prepares", "kept"),
    [
        (RequestStatus.ASKED, False, False, timedelta(hours=48)),
        (RequestStatus.ASKED, True, False, timedelta(days=365)),
        (RequestStatus.ASKED_BACK, True, False, timedelta(days=90)),
        (RequestStatus.NOT_YET, True, False, timedelta(days=90)),
        (RequestStatus.WITHDRAWN, True, False, timedelta(days=90)),
        (RequestStatus.FOUNDED, True, True, timedelta(days=365)),
        (RequestStatus.FOUNDED, True, False, timedelta(days=90)),
    ],
)
def test_how_long_a_request_is_kept(
    status: RequestStatus, confirmed: bool, prepares: bool, kept: timedelta
):
    ends = request_ends(status, confirmed=confirmed, since=NOON, prepares=prepares)

    assert ends == NOON + kept
