"""A coordinator hears of the asks of a day in one letter; at once, if she prefers that."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from app.actions.accounts import name_oneself
from app.actions.chairs import release_seat
from app.actions.seats import leave_seat
from app.db import db
from app.domain.news.digest import digest_at
from tests.actions.test_holds import ask, at, come, row, with_mail

ANNA = "anna@example.org"
HOME = ZoneInfo("Europe/Amsterdam")


def asks(postman) -> list[str]:
    return [one for one in postman.bodies(ANNA) if "Wil je dit per dag in één mail" in one]


@pytest.mark.parametrize(
    ("now", "next_starts", "told"),
    [
        ("2026-11-24 09:00", None, "2026-11-24 17:00"),
        ("2026-11-24 16:59", None, "2026-11-24 17:00"),
        ("2026-11-24 17:00", None, "2026-11-25 17:00"),
        ("2026-11-24 09:00", "2026-11-25 19:30", "2026-11-24 17:00"),
        ("2026-11-24 09:00", "2026-11-24 19:30", "2026-11-24 16:30"),
        ("2026-11-24 09:00", "2026-11-24 10:00", "2026-11-24 09:00"),
        ("2026-11-24 18:00", "2026-11-25 10:00", "2026-11-25 07:00"),
        ("2026-03-28 18:00", None, "2026-03-29 17:00"),
        ("2026-10-24 18:00", None, "2026-10-25 17:00"),
    ],
)
def test_an_ask_is_told_at_five_or_in_time_for_the_meeting(
    now: str, next_starts: str | None, told: str
):
    def instant(text: str | None) -> datetime | None:
        return datetime.fromisoformat(text).replace(tzinfo=HOME) if text else None

    assert digest_at(instant(now), HOME, instant(next_starts)) == instant(told)


def test_twelve_asks_of_a_day_are_one_letter(oost, send, postman):
    with at(timedelta(days=1)):
        for number in range(12):
            with_mail(oost, number)
            send()
        assert asks(postman) == []
    with at(timedelta(days=1, hours=5)):
        send()
        send()

        [told] = asks(postman)
        assert "12 mensen hebben een plek gevraagd." in told
        assert "Iemand 3" not in told


def test_the_asks_after_a_letter_are_told_the_day_after(oost, send, postman):
    with at(timedelta(days=1)):
        with_mail(oost, 1)
    with at(timedelta(days=1, hours=5)):
        send()
        with_mail(oost, 2)
        send()
    with at(timedelta(days=2, hours=5)):
        send()

        assert [one.count("Iemand heeft een plek gevraagd.") for one in asks(postman)] == [1, 1]


def test_who_asks_for_tonight_is_told_of_in_time(oost, send, postman):
    """Oost meets at 19.30, at noon it is 13.00 there."""
    with_mail(oost, 1)
    send()
    assert asks(postman) == []
    with at(timedelta(hours=3, minutes=31)):
        send()

        assert len(asks(postman)) == 1
    with at(timedelta(hours=5)):
        with_mail(oost, 2)
        send()

        assert len(asks(postman)) == 2


def test_who_left_or_was_met_before_the_letter_is_not_in_it(oost, anna, send, postman):
    come(oost, 1)
    leave_seat(with_mail(oost, 2).key)
    release_seat(oost, row(ask(oost, 3)).id, by=anna)
    with at(timedelta(hours=5)):
        send()

    assert asks(postman) == []


def test_who_waits_is_told_apart(oost, send, postman):
    come(oost, *range(12))
    with_mail(oost, 20)
    with at(timedelta(hours=5)):
        send()

    [told] = asks(postman)
    assert "Iemand staat nu op de wachtlijst." in told
    assert "gevraagd." not in told.split("/coordinate/")[0]


def test_a_coordinator_who_prefers_it_hears_at_once(oost, anna, send, postman):
    name_oneself(name=anna.name, language="nl", hears_at_once=True, by=anna)
    with at(timedelta(days=1)):
        with_mail(oost, 1)
        send()
        with_mail(oost, 2)
        send()

    assert len(asks(postman)) == 2


def test_a_letter_that_failed_tells_of_its_asks_later_and_of_no_others(oost, send, postman):
    with_mail(oost, 1)
    postman.refused[ANNA] = "451 later"
    with at(timedelta(hours=4)):
        send()
        with_mail(oost, 2)
        postman.refused.clear()
    with at(timedelta(hours=4, minutes=2)):
        send()

    assert [one.count("Iemand heeft een plek gevraagd.") for one in asks(postman)] == [1, 1]


def test_who_coordinates_the_group_no_more_hears_of_nobody(oost, anna, send, postman):
    with_mail(oost, 1)
    anna.roles_held.clear()
    db.session.commit()
    with at(timedelta(hours=5)):
        send()

    assert asks(postman) == []
