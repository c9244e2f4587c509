"""This evening: guests and tasks, by the coordinator."""

from flask import Blueprint, abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_login import current_user
from wtforms import HiddenField, StringField
from wtforms.validators import NumberRange

from app import clock
from app.actions.evenings import (
    fill_task,
    open_task,
    set_guests,
)
from app.blueprints.access import my_circle
from app.blueprints.parts.evening import evening_of, task_sent, task_title, week_sent
from app.blueprints.web.form import Form, NumberField
from app.domain.evening import WEEKS_AHEAD
from app.domain.meeting import Meeting
from app.domain.refusal import Refusal
from app.domain.seating import SEATS
from app.domain.week import Week
from app.records.groups import Group
from app.records.listings import schedule_of

bp = Blueprint("evenings", __name__)

SOMEBODY = "somebody"
NOBODY = "nobody"


class GuestsForm(Form):
    week = HiddenField()
    number = NumberField(
        validators=[NumberRange(0, SEATS, lazy_gettext("Kies een aantal van 0 tot en met 12."))]
    )


class TaskForm(Form):
    week = HiddenField()
    who = StringField()


@bp.get("/coordinate/<slug>/evening")
@my_circle(fresh=True)
def show(group: Group) -> ResponseReturnValue:
    return _evening(group)


@bp.post("/coordinate/<slug>/evening/guests")
@my_circle(fresh=True)
def guests(group: Group) -> ResponseReturnValue:
    form = GuestsForm()
    if form.does(
        lambda: set_guests(group, week_sent(form.week.data), form.number.data, by=current_user)
    ):
        return redirect(url_for("evenings.show", slug=group.slug), 303)
    return _evening(group, refused=_first_error(form)), 422


@bp.route("/coordinate/<slug>/evening/<task>", methods=["GET", "POST"])
@my_circle(fresh=True)
def task(group: Group, task: str) -> ResponseReturnValue:
    wanted = task_sent(task)
    form = TaskForm()
    meeting = _meeting(group)
    if meeting is None:
        abort(404)
    evening = evening_of(group, meeting)
    if form.validate_on_submit():
        week, who = week_sent(form.week.data), form.who.data or ""
        choices = {SOMEBODY: None} | {str(one): one for one in evening["names"]}
        try:
            if who == NOBODY:
                open_task(group, week, wanted, by=current_user)
            elif who in choices:
                fill_task(group, week, wanted, participant_id=choices[who], by=current_user)
            else:
                form.form_errors.append(_("Kies een naam, of iemand."))
        except Refusal as refused:
            form.refuse(refused)
        if not form.form_errors:
            return redirect(url_for("evenings.show", slug=group.slug), 303)
    title = task_title(wanted)
    line = next(one for one in evening["tasks"] if one["task"] == wanted)
    page = render_template(
        "coordinate/evenings/task.html", form=form, line=line, title=title, **evening
    )
    return page, form.code


def _evening(group: Group, refused: str = "") -> str:
    meeting = _meeting(group)
    if meeting is None:
        return render_template("coordinate/evenings/none.html", group=group)
    page = evening_of(group, meeting)
    return render_template("coordinate/evenings/show.html", refused=refused, **page)


def _meeting(group: Group) -> Meeting | None:
    """Return the next meeting that is on, this week or in the coming five."""
    now = clock.now()
    week = Week.at(now, group.timezone)
    schedule = schedule_of(group, (week + -1, week + WEEKS_AHEAD), public=False)
    meeting = schedule.next_meeting(now, WEEKS_AHEAD)
    return meeting if meeting and meeting.week >= week else None


def _first_error(form: Form) -> str:
    return str(next((error for errors in form.errors.values() for error in errors), ""))
