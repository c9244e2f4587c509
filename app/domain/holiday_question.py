"""What a group is asked about the holidays to come, and when its coordinators get a letter."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.domain.holiday import ASKED_AHEAD, REMINDED_AHEAD, WEEKS_AHEAD, Holiday, holiday_on
from app.domain.meeting import Difference, Meeting, Schedule
from app.domain.week import Week


@dataclass(frozen=True)
class Question:
    """Do you meet on this holiday?"""

    holiday: Holiday
    meeting: Meeting
    """The first to come that falls in it."""
    meets: bool | None
    """What the group answered; None while it has not."""


def questions(schedule: Schedule, today: date) -> list[Question]:
    """Return the holidays that a group would meet on within WEEKS_AHEAD weeks, answered or not.

    Each once, however many of its meetings a school holiday holds; not those that the week itself
    or a closure has settled.
    """
    found: dict[str, Question] = {}
    for meeting in schedule.meetings(Week.of(today), WEEKS_AHEAD + 1):
        day = meeting.usually_starts.date()
        holiday = holiday_on(day, schedule.holidays)
        if holiday is None or not today <= day <= today + ASKED_AHEAD:
            continue
        meets = schedule.answers.get(holiday.key)
        is_settled = meets is None and meeting.holiday is None
        if not is_settled and Difference.PAUSED not in meeting.differences:
            found.setdefault(holiday.key, Question(holiday, meeting, meets))
    return list(found.values())


def is_to_ask(question: Question, asked_on: Sequence[date], today: date) -> bool:
    """Tell whether a letter is due: the first at once, a last one two weeks before the day."""
    if question.meets is not None:
        return False
    reminded_from = question.meeting.day - REMINDED_AHEAD
    return not asked_on or (len(asked_on) == 1 and asked_on[0] < reminded_from <= today)
