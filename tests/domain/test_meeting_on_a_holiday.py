"""A meeting on a holiday is on, but asked about, until the group has said whether it meets."""

from dataclasses import replace
from datetime import date, time

import pytest

from app.domain.closure import Closure
from app.domain.deviation import Deviation
from app.domain.holiday import Holiday, HolidayName
from app.domain.meeting import Difference, Meeting, Schedule, Status
from app.domain.place import Kind, Place
from app.domain.slot import Slot
from app.domain.themes import Theme
from app.domain.week import Week
from tests.domain.days import AMSTERDAM

WEEK = Week.parse("2026-W52")
CHRISTMAS = Holiday(date(2026, 12, 19), date(2027, 1, 3), HolidayName.CHRISTMAS_BREAK)
SECOND = Holiday(date(2026, 12, 26), date(2026, 12, 26), HolidayName.SECOND_CHRISTMAS_DAY)
LINDE = Place(id=1, kind=Kind.BUILDING, name="De Linde")
SATURDAYS = Slot(WEEK + -50, weekday=6, start=time(19, 30), place=LINDE)
MONDAYS = replace(SATURDAYS, weekday=1)


def met(slot: Slot = SATURDAYS, **more) -> Meeting:
    usual = {"zone": AMSTERDAM, "status": Status.ACTIVE, "status_since": date(2026, 1, 5)}
    group = Schedule(**(usual | {"slots": (slot,), "holidays": (CHRISTMAS, SECOND)} | more))
    meeting = group.meeting_in(WEEK)
    assert meeting is not None
    return meeting


@pytest.mark.parametrize(("slot", "holiday"), [(SATURDAYS, SECOND), (MONDAYS, CHRISTMAS)])
def test_it_is_asked_about_and_still_on(slot: Slot, holiday: Holiday):
    meeting = met(slot)

    assert meeting.holiday == holiday
    assert meeting.differences == {Difference.HOLIDAY}
    assert meeting.is_on


@pytest.mark.parametrize("meets", [True, False])
def test_an_answer_ends_the_question_whatever_it_is(meets: bool):
    meeting = met(answers={SECOND.key: meets})

    assert meeting.holiday is None
    assert meeting.differences == set()


@pytest.mark.parametrize(
    "different",
    [
        {"weekday": 5},
        {"start": time(15)},
        {"cancelled": True, "reason": "kerst"},
        {"all_the_same": True},
    ],
)
def test_a_week_that_was_settled_by_hand_is_not_asked_about(different: dict):
    assert met(deviations={WEEK: Deviation(WEEK, **different)}).holiday is None


@pytest.mark.parametrize(
    "different", [{"note": "Neem iets lekkers mee"}, {"theme": Theme(5)}, {"place": LINDE}]
)
def test_what_else_differs_is_no_answer(different: dict):
    assert met(deviations={WEEK: Deviation(WEEK, **different)}).holiday == SECOND


def test_a_meeting_that_was_moved_onto_a_holiday_is_not_asked_about():
    assert (
        met(MONDAYS, holidays=(SECOND,), deviations={WEEK: Deviation(WEEK, weekday=6)}).holiday
        is None
    )


@pytest.mark.parametrize("places", [None, frozenset({LINDE.id})])
def test_a_meeting_that_is_shut_is_not_asked_about(places: frozenset[int] | None):
    closure = Closure(date(2026, 12, 21), date(2026, 12, 31), "Zaal dicht", places)

    assert met(closures=(closure,)).holiday is None


def test_a_group_that_has_stopped_for_a_while_is_not_asked():
    assert met(status=Status.PAUSED).holiday is None
