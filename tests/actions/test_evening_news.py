"""The news of evenings and standing times reaches who has a seat and wants letters, as it is when
it is sent."""

from collections.abc import Callable
from datetime import date, time, timedelta

import pytest
from flask import Flask

from app import clock
from app.actions.closures import close_group, withdraw_closure
from app.actions.groups import set_status
from app.actions.parts.week_rows import WeekEdit
from app.actions.seats import Asked, confirm_seat, set_letters
from app.actions.slots import set_slot, withdraw_slot
from app.actions.weeks import as_usual, call_off, change_week
from app.db import db
from app.domain.meeting import Status
from app.domain.news.evening import TOLD_AHEAD
from app.domain.slot import Slot
from app.domain.week import Week
from app.records.groups import Group, find_group
from app.records.letters import Letter
from tests.actions.test_holds import ask, at, come, with_mail
from tests.conftest import EACH_DATABASE
from tests.people import NOON
from tests.postman import Postman

WEEK = Week.of(NOON.date())
KIM = "iemand1@example.org"
WEDNESDAY = 3


@pytest.fixture
def kim(oost: Group, send: Callable[[], str], postman: Postman) -> Asked:
    """Who has a seat in Oost, and has read every letter so far."""
    [kim] = come(oost, 1)
    send()
    postman.taken.clear()
    return kim


def kinds() -> list[str]:
    unsent = db.session.query(Letter).filter(Letter.sent_at.is_(None), Letter.participant_id > 0)
    return [one.kind for one in unsent.order_by(Letter.id)]


def hold_on(group: Group, since: Week, weekday: int, start: time = time(20, 30)) -> None:
    current = group.slots[0]
    slot = Slot(since, weekday, start, place=current.place.value() if current.place else None)
    set_slot(group, slot, by=None)


def move(group: Group, week: Week, weekday: int) -> None:
    change_week(group, week, WeekEdit(weekday=weekday, start=time(20)), by=None)


def test_an_evening_that_moves_is_told_as_this_time_only(oost, kim, send, postman):
    move(oost, WEEK, 4)
    send()

    [told] = postman.bodies(KIM)
    assert "maandag 23 november, 19.30 is alleen deze keer verplaatst" in told
    assert "donderdag 26 november, 20.00" in told
    assert "voortaan" not in told


def test_of_several_changes_before_a_letter_goes_only_the_last_is_told(oost, kim, send, postman):
    move(oost, WEEK, 4)
    move(oost, WEEK, 5)
    call_off(oost, WEEK, by=None)
    send()
    send()

    [told] = postman.bodies(KIM)
    assert "Je afspraak van maandag 23 november, 19.30 gaat niet door." in told
    assert "verplaatst" not in told


def test_a_change_that_is_taken_back_before_a_letter_goes_is_no_news(oost, kim, send, postman):
    call_off(oost, WEEK, by=None)
    as_usual(oost, WEEK, by=None)
    send()

    assert postman.bodies(KIM) == []
    assert kinds() == []


def test_a_change_that_is_taken_back_after_the_letter_is_told_too(oost, kim, send, postman):
    call_off(oost, WEEK, by=None)
    send()
    as_usual(oost, WEEK, by=None)
    send()

    assert "gaat toch door" in postman.bodies(KIM)[1]


def test_a_letter_that_failed_says_what_is_so_when_it_is_tried_again(oost, kim, send, postman):
    move(oost, WEEK, 4)
    postman.refused[KIM] = "451 later"
    send()
    postman.refused.clear()
    call_off(oost, WEEK, by=None)
    with at(timedelta(minutes=2)):
        send()

    [told] = postman.bodies(KIM)
    assert "maandag 23 november, 19.30 gaat niet door" in told


@pytest.mark.parametrize(("minutes", "letters"), [(-1, 1), (0, 0), (1, 0), (60 * 24, 0)])
def test_nobody_hears_of_an_evening_that_has_begun(
    oost, kim, send, postman, minutes: int, letters: int
):
    """Oost meets at 19.30; the timer stood still since noon."""
    call_off(oost, WEEK, by=None)
    with at(timedelta(hours=6, minutes=30 + minutes)):
        send()

        assert len(postman.bodies(KIM)) == letters
        assert kinds() == []


def test_an_evening_that_was_moved_is_told_until_it_begins_on_its_new_day(oost, kim, send, postman):
    move(oost, WEEK, 4)
    with at(timedelta(days=1)):
        send()

    assert len(postman.bodies(KIM)) == 1


@pytest.mark.parametrize("weeks_ahead", [2, 6, 30])
def test_what_is_further_ahead_is_told_a_week_before(oost, kim, send, postman, weeks_ahead: int):
    call_off(oost, WEEK + weeks_ahead, by=None)
    send()
    assert postman.bodies(KIM) == []

    with at(timedelta(weeks=weeks_ahead) - TOLD_AHEAD + timedelta(hours=8)):
        send()

        [told] = postman.bodies(KIM)
        assert "gaat niet door" in told


def test_what_was_far_ahead_and_taken_back_is_never_told(oost, kim, send, postman):
    call_off(oost, WEEK + 5, by=None)
    with at(timedelta(weeks=1)):
        as_usual(oost, WEEK + 5, by=None)
    with at(timedelta(weeks=4, days=5)):
        send()

    assert postman.bodies(KIM) == []


def test_weeks_that_are_shut_are_told_in_one_letter(oost, kim, send, postman):
    close_group(oost, date(2026, 12, 21), date(2027, 1, 3), "kerst", by=None)
    with at(timedelta(weeks=3, hours=8)):
        send()

    [told] = postman.bodies(KIM)
    assert "maandag 21 december, 19.30 gaat niet door" in told
    assert "maandag 28 december, 19.30 gaat niet door" in told


def test_a_closure_that_was_withdrawn_before_the_letter_is_no_news(oost, kim, send, postman):
    closure = close_group(oost, NOON.date(), NOON.date(), "verbouwing", by=None)
    withdraw_closure(closure.id, by=None)
    send()

    assert postman.bodies(KIM) == []


def test_a_lasting_change_reads_as_lasting_at_once_and_again_the_week_before(
    oost, kim, send, postman
):
    hold_on(oost, WEEK + 10, WEDNESDAY)
    send()

    [told] = postman.bodies(KIM)
    lasting = "Vanaf woensdag 3 februari 2027 is je afspraak voortaan elke woensdag om 20.30."
    assert lasting in told
    assert "alleen deze keer" not in told
    with at(timedelta(weeks=9)):
        send()
        assert len(postman.bodies(KIM)) == 1
    with at(timedelta(weeks=9, days=2, hours=12)):
        send()
        send()

        [_, again] = postman.bodies(KIM)
        assert lasting in again
        assert "herinnering" in again


def test_a_lasting_change_of_this_week_is_told_once(oost, kim, send, postman):
    hold_on(oost, WEEK, 4)
    send()
    with at(timedelta(days=2)):
        send()

    [told] = postman.bodies(KIM)
    assert "Vanaf donderdag 26 november 2026 is je afspraak voortaan elke donderdag" in told


def test_a_lasting_change_that_is_withdrawn_before_the_letter_is_no_news(oost, kim, send, postman):
    hold_on(oost, WEEK + 10, WEDNESDAY)
    withdraw_slot(oost, WEEK + 10, by=None)
    send()
    with at(timedelta(weeks=9, days=3)):
        send()

    assert postman.bodies(KIM) == []


def test_a_lasting_change_that_is_withdrawn_later_is_told_and_not_reminded_of(
    oost, kim, send, postman
):
    hold_on(oost, WEEK + 10, WEDNESDAY)
    send()
    withdraw_slot(oost, WEEK + 10, by=None)
    send()
    with at(timedelta(weeks=9, days=3)):
        send()

    [_, back] = postman.bodies(KIM)
    assert "voortaan elke maandag om 19.30" in back


def test_a_lasting_change_that_is_put_off_is_reminded_of_in_its_own_week(oost, kim, send, postman):
    hold_on(oost, WEEK + 4, WEDNESDAY)
    send()
    withdraw_slot(oost, WEEK + 4, by=None)
    hold_on(oost, WEEK + 10, WEDNESDAY)
    send()
    with at(timedelta(weeks=3, days=3)):
        send()
        assert len(postman.bodies(KIM)) == 2
    with at(timedelta(weeks=9, days=3)):
        send()

    [_, _, again] = postman.bodies(KIM)
    assert "Vanaf woensdag 3 februari 2027" in again


def test_another_place_from_now_on_is_told_as_lasting(oost, kim, send, postman):
    slot = Slot(WEEK + 2, 1, time(19, 30), place=None)
    set_slot(oost, slot, by=None)
    send()

    [told] = postman.bodies(KIM)
    assert "voortaan op een andere locatie" in told


def test_other_themes_are_no_news(oost, kim, send, postman):
    current = oost.slots[0]
    slot = Slot(WEEK + 2, 1, time(19, 30), place=current.place.value())
    set_slot(oost, slot, by=None)
    send()

    assert postman.bodies(KIM) == []


def test_a_pause_is_told_once_and_not_evening_by_evening(oost, kim, send, postman):
    call_off(oost, WEEK, by=None)
    set_status(oost, Status.PAUSED, by=None)
    send()

    [told] = postman.bodies(KIM)
    assert "voorlopig niet door" in told


@pytest.mark.parametrize("stop", [Status.PAUSED, Status.CLOSED])
def test_a_group_that_stops_and_goes_on_before_a_letter_goes_is_no_news(
    oost, kim, send, postman, stop: Status
):
    set_status(oost, stop, by=None)
    set_status(oost, Status.ACTIVE, by=None)
    send()

    assert postman.bodies(KIM) == []


def test_a_group_that_pauses_and_then_closes_is_told_of_as_closed(oost, kim, send, postman):
    set_status(oost, Status.PAUSED, by=None)
    set_status(oost, Status.CLOSED, by=None)
    send()

    [told] = postman.bodies(KIM)
    assert "is gestopt" in told


def test_who_wants_no_letters_gets_none(oost, kim, send, postman):
    set_letters(kim.key, wanted=False)
    call_off(oost, WEEK, by=None)
    send()

    assert postman.bodies(KIM) == []


def test_who_waits_in_line_is_not_told_of_evenings(oost, send, postman):
    come(oost, *range(2, 14))
    with_mail(oost, 1)
    send()
    postman.taken.clear()
    call_off(oost, WEEK, by=None)
    send()

    assert postman.bodies(KIM) == []


def test_who_said_yes_before_the_letter_came_is_asked_nothing(oost, send, postman):
    asked = with_mail(oost, 1)
    confirm_seat(asked.key, by_mail=True)
    send()

    [told] = postman.bodies(KIM)
    assert "Je hebt een plek." in told


@pytest.mark.parametrize("database_url", EACH_DATABASE, indirect=True)
def test_on_each_database_the_last_truth_alone_goes_out(
    both: Flask, server: str, postman: Postman, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(both.config, "TWAALF_MAIL_URL", server)
    run = both.test_cli_runner()
    week = Week.of(clock.today()) + 1
    with both.app_context():
        oost = find_group("oost")
        set_slot(oost, Slot(week, 1, time(19, 30)), by=None)
        set_status(oost, Status.ACTIVE, by=None)
        confirm_seat(ask(oost, 1, KIM).key, by_mail=True)
    assert run.invoke(args=["letters", "send"], catch_exceptions=False).exit_code == 0
    postman.taken.clear()
    with both.app_context():
        oost = find_group("oost")
        move(oost, week, 4)
        call_off(oost, week, by=None)
        hold_on(oost, week + 3, 2)
        db.session.remove()
    assert run.invoke(args=["letters", "send"], catch_exceptions=False).exit_code == 0

    told = postman.bodies(KIM)
    assert sum("gaat niet door" in one for one in told) <= 1
    assert sum("voortaan elke dinsdag om 20.30" in one for one in told) == 1
    assert not any("verplaatst" in one for one in told)
