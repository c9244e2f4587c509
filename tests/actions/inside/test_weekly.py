"""One letter on Sunday evening, for who wants that: what is on, and each open question once."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from app import clock
from app.actions.accounts import name_oneself
from app.actions.confirmation import confirm_by_link
from app.actions.coordinators import leave_group
from app.actions.groups import set_status
from app.actions.head_counts import count_by_link, set_counting
from app.actions.holidays import answer_by_link
from app.actions.inside.weekly import write_weekly
from app.actions.parts.week_rows import WeekEdit
from app.actions.weeks import change_week
from app.db import db
from app.domain.meeting import Status
from app.domain.news.weekly import week_to_tell
from app.domain.refusal import LinkIsOver
from app.domain.roles import Role
from app.domain.week import Week
from app.records.accounts import Account, RoleRecord
from app.records.changes import Change
from app.records.groups import Group
from app.records.letters import Letter
from tests.actions.test_holds import at, with_mail
from tests.people import NOON
from tests.postman import Postman

ANNA = "anna@example.org"
SUNDAY = timedelta(days=6, hours=5)
"""From NOON to Sunday 29 November, six in the evening."""
WEEK = Week.parse("2026-W49")


@pytest.fixture
def group(oost: Group) -> Group:
    """It counts, has a school holiday to come, and nobody confirmed it for long."""
    oost.province, oost.counts_heads, oost.confirmed_on = "Noord-Holland", True, date(2026, 8, 1)
    db.session.commit()
    return oost


@pytest.fixture
def weekly(anna: Account, group: Group) -> Account:
    name_oneself(name="Anna", language="nl", hears_weekly=True, by=anna)
    return anna


def keys(body: str, of: str) -> list[str]:
    return re.findall(rf"/{of}/(\S+)", body)


@pytest.mark.parametrize(
    ("instant", "week"),
    [
        ("2026-11-29T17:59+01:00", None),
        ("2026-11-29T18:00+01:00", "2026-W49"),
        ("2026-11-29T23:59+01:00", "2026-W49"),
        ("2026-11-30T11:59+01:00", "2026-W49"),
        ("2026-11-30T12:00+01:00", None),
        ("2026-12-27T20:00+01:00", "2026-W53"),
        ("2026-07-05T18:00+02:00", "2026-W28"),
    ],
)
def test_it_is_written_on_sunday_evening_or_the_morning_after(instant: str, week: str | None):
    told = week_to_tell(clock.now().fromisoformat(instant))

    assert (str(told) if told else None) == week


def test_it_holds_the_coming_meeting_and_every_open_question(
    weekly: Account, group: Group, send: Callable[[], str], postman: Postman
):
    with at(SUNDAY):
        change_week(group, WEEK, WeekEdit(is_open=True), by=None)
        with_mail(group, 1)
        group.confirmed_on = date(2026, 8, 1)
        db.session.commit()

        send()
        send()

        [body] = postman.bodies(ANNA)
        assert "maandag 30 november, 19.30, Buurthuis De Linde, Stap" in body
        assert "deze keer open voor iedereen" in body
        assert "Iemand heeft een plek gevraagd." in body
        assert "Kerstvakantie" in body
        assert "Hoeveel mensen waren er op maandag 23 november 2026?" in body
        assert "Klopt dit nog? Dag, tijd en adres van Oost" in body
        assert [one["Subject"] for one in postman.taken if one["To"] == ANNA] == [
            "Je mail van zondag"
        ]
        assert "Iemand 1" not in body


def test_each_link_in_it_does_its_one_deed_once(
    weekly: Account, group: Group, send: Callable[[], str], postman: Postman
):
    with at(SUNDAY):
        send()
        send()
        [body] = postman.bodies(ANNA)
        [holiday], [count], [confirm] = (keys(body, of) for of in ("holidays", "count", "confirm"))

        answer_by_link(holiday, False, reason="Kerstvakantie")
        count_by_link(count, 9)
        assert confirm_by_link(confirm, ["oost"])[0] == [group]

        for again in (
            lambda: answer_by_link(holiday, True, reason=""),
            lambda: count_by_link(count, 8),
            lambda: confirm_by_link(confirm, ["oost"]),
        ):
            with pytest.raises(LinkIsOver):
                again()


def test_nothing_of_it_comes_by_itself_as_well(
    weekly: Account, group: Group, send: Callable[[], str], postman: Postman
):
    for hours in range(0, 24 * 13, 3):
        with at(timedelta(hours=hours)):
            send()

    subjects = [str(one["Subject"]) for one in postman.taken if one["To"] == ANNA]
    assert subjects == ["Je mail van zondag"]


def test_who_did_not_choose_it_hears_of_each_question_as_before(
    anna: Account, group: Group, send: Callable[[], str]
):
    with at(SUNDAY):
        send()

    kinds = set(db.session.scalars(select(Letter.kind)))
    assert "weekly" not in kinds
    assert {"holidays", "whether_right"} <= kinds


def test_of_two_coordinators_each_hears_as_they_chose(
    weekly: Account, group: Group, world, send: Callable[[], str], postman: Postman
):
    db.session.add(
        RoleRecord(
            account_id=world.ben.id, kind=Role.COORDINATOR, group_id=group.id, since=NOON.date()
        )
    )
    db.session.commit()

    send()
    send()
    assert postman.bodies(ANNA) == []
    assert any("Kerstvakantie" in one for one in postman.bodies("ben@example.org"))


def test_who_asked_after_the_mail_of_the_day_stands_in_it_alone(
    weekly: Account, group: Group, send: Callable[[], str], postman: Postman
):
    with at(SUNDAY - timedelta(minutes=30)):
        with_mail(group, 1)
    with at(SUNDAY):
        send()
    with at(SUNDAY + timedelta(hours=20)):
        send()

    assert sum("Iemand heeft een plek gevraagd." in one for one in postman.bodies(ANNA)) == 1


def test_it_says_what_is_so_when_it_is_sent(
    weekly: Account, group: Group, send: Callable[[], str], postman: Postman
):
    with at(SUNDAY):
        assert write_weekly(clock.now(), [weekly.id]) == 1
        change_week(group, WEEK, WeekEdit(cancelled=True, reason="storm"), by=weekly)

        send()

        [body] = postman.bodies(ANNA)
        assert "maandag 30 november, 19.30: gaat niet door (storm)" in body
        assert "Klopt dit nog?" not in body  # who changed it looked at it


def test_who_left_the_group_meanwhile_reads_nothing_of_it(
    weekly: Account, group: Group, world, send: Callable[[], str], postman: Postman
):
    db.session.add(
        RoleRecord(
            account_id=world.ben.id, kind=Role.COORDINATOR, group_id=group.id, since=NOON.date()
        )
    )
    db.session.commit()
    with at(SUNDAY):
        write_weekly(clock.now(), [weekly.id])
        leave_group(group, by=weekly)

        send()

    assert not any("Je mail van zondag" in str(one["Subject"]) for one in postman.taken)


def test_a_group_that_has_paused_asks_for_no_sunday(weekly: Account, group: Group):
    set_status(group, Status.PAUSED, by=weekly)
    with at(SUNDAY):
        assert write_weekly(clock.now(), [weekly.id]) == 0
        assert db.session.scalars(select(Change).where(Change.deed == "write_weekly")).all() == []


def test_counting_that_was_turned_off_is_not_asked_for(
    weekly: Account, group: Group, send, postman
):
    set_counting(group, asks=False, shares=False, by=weekly)
    with at(SUNDAY):
        send()
        send()

    assert keys(postman.bodies(ANNA)[0], "count") == []
