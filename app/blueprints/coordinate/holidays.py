"""Holidays on the desk: the question, and one tap that answers it."""

from dataclasses import dataclass
from datetime import date

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app.actions.holidays import answer_holiday
from app.blueprints.access import my_group
from app.blueprints.parts.closures import days_of_holiday
from app.blueprints.web.languages import current
from app.blueprints.web.refusals import say
from app.domain.holiday import Holiday, HolidayIsOver, NoSuchHoliday
from app.domain.holiday_question import Question, questions
from app.domain.meeting import Schedule
from app.domain.week import Week
from app.formats import wording
from app.records.groups import Group
from app.records.holidays import holiday_named
from app.records.listings import schedule_of

bp = Blueprint("holidays", __name__, url_prefix="/coordinate")

MEETS = {"yes": True, "no": False}


@dataclass(frozen=True)
class QuestionLine:
    """One holiday on the desk, in words."""

    key: str
    name: str
    when: str
    """`zaterdag 26 december`, or first and last day."""
    meets: bool | None
    otherwise: str
    """Where another day is chosen, or each week by itself."""
    is_one_day: bool


@bp.post("/<slug>/holidays/<key>")
@my_group()
def answer(group: Group, key: str) -> ResponseReturnValue:
    holiday = holiday_named(group, key)
    meets = MEETS.get(request.form.get("meets", ""))
    if holiday is None:
        abort(404)
    if meets is None:
        abort(422)
    reason = wording.word(holiday.name, group.language)
    try:
        answer_holiday(group, key, meets, reason=reason, by=current_user)
    except NoSuchHoliday:
        abort(404)
    except HolidayIsOver as refused:
        say(refused)
    else:
        flash(_seen_now(group, holiday, meets), "good")
    return redirect(url_for("desk.group", slug=group.slug), 303)


def question_lines(schedule: Schedule, group: Group, today: date) -> list[QuestionLine]:
    """Return the holidays that a group is, or was, asked about: six weeks ahead."""
    return [_line(one, group) for one in questions(schedule, today)]


def count_unanswered(schedule: Schedule, today: date) -> int:
    return sum(one.meets is None for one in questions(schedule, today))


def _line(question: Question, group: Group) -> QuestionLine:
    holiday, week = question.holiday, question.meeting.week
    of_week = url_for("weeks.show", slug=group.slug, week=str(week), change="move")
    return QuestionLine(
        key=holiday.key,
        name=wording.word(holiday.name, current()),
        when=days_of_holiday(holiday),
        meets=question.meets,
        otherwise=of_week if holiday.is_one_day else "#weeks-title",
        is_one_day=holiday.is_one_day,
    )


def _seen_now(group: Group, holiday: Holiday, meets: bool) -> str:
    """Return what everyone sees from now on: that of the meeting itself when it is one day."""
    name = wording.word(holiday.name, current())
    if holiday.is_one_day:
        week = Week.of(holiday.first)
        meeting = schedule_of(group, (week, week), public=False).meeting_in(week)
        meets = meeting.is_on if meeting else meets
    if meets:
        return _(
            "Bewaard. %(holiday)s: iedereen ziet nu dat jullie bij elkaar komen.", holiday=name
        )
    return _("Bewaard. %(holiday)s: iedereen ziet nu dat het niet doorgaat.", holiday=name)
