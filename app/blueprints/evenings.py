"""This evening: guests and tasks by the coordinator; absence and tasks by a participant."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_login import current_user
from wtforms import HiddenField, IntegerField, StringField
from wtforms.validators import NumberRange

from app import clock
from app.actions.evenings import (
    drop_task,
    fill_task,
    open_task,
    say_absent,
    set_guests,
    take_task,
)
from app.blueprints.access import my_group, public
from app.blueprints.evening_lines import evening_of, task_title
from app.blueprints.form import Form
from app.blueprints.seats import participant
from app.domain.evening import WEEKS_AHEAD, Task
from app.domain.meeting import Meeting
from app.domain.refusal import NoSuchWeek, Refusal, TaskIsTaken
from app.domain.seating import SEATS
from app.domain.week import Week
from app.records.groups import Group
from app.records.listings import schedule_of

bp = Blueprint("evenings", __name__)

SOMEBODY = "somebody"
NOBODY = "nobody"


class GuestsForm(Form):
    week = HiddenField()
    number = IntegerField(
        validators=[NumberRange(0, SEATS, lazy_gettext("Kies een aantal van 0 tot en met 12."))]
    )


class TaskForm(Form):
    week = HiddenField()
    who = StringField()


@bp.get("/coordinate/<slug>/evening")
@my_group(fresh=True)
def show(group: Group):
    return _evening(group)


@bp.post("/coordinate/<slug>/evening/guests")
@my_group(fresh=True)
def guests(group: Group):
    form = GuestsForm()
    if form.does(
        lambda: set_guests(group, _week(form.week.data), form.number.data, by=current_user)
    ):
        return redirect(url_for("evenings.show", slug=group.slug), 303)
    return _evening(group, refused=_first_error(form)), 422


@bp.route("/coordinate/<slug>/evening/<task>", methods=["GET", "POST"])
@my_group(fresh=True)
def task(group: Group, task: str):
    wanted = _task(task)
    form = TaskForm()
    meeting = _meeting(group)
    if meeting is None:
        abort(404)
    evening = evening_of(group, meeting)
    if form.validate_on_submit():
        week, who = _week(form.week.data), form.who.data or ""
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
    page = render_template("evenings/task.html", form=form, line=line, title=title, **evening)
    return page, form.code


@bp.post("/seat/<token>/evening/absence")
@public
def absence(token: str):
    participant(token)
    week = _week(request.form.get("week", ""))
    is_away = request.form.get("away") == "yes"
    try:
        say_absent(token, week, away=is_away)
    except Refusal:
        flash(_("Dit kan nu niet. Kijk hieronder hoe het ervoor staat."), "warning")
    else:
        flash(
            _("Bewaard. Je plek houd je gewoon.") if is_away else _("Fijn, je bent er toch bij."),
            "good",
        )
    return redirect(url_for("seats.show", token=token, _anchor="evening"), 303)


@bp.post("/seat/<token>/evening/task")
@public
def own_task(token: str):
    participant(token)
    week, wanted = _week(request.form.get("week", "")), _task(request.form.get("task", ""))
    try:
        if request.form.get("do") == "drop":
            drop_task(token, week, wanted)
        else:
            take_task(token, week, wanted)
            flash(_("Dank je wel."), "good")
    except TaskIsTaken:
        flash(_("Iemand anders was je net voor. Het is geregeld."), "warning")
    except Refusal:
        flash(_("Dit kan nu niet. Kijk hieronder hoe het ervoor staat."), "warning")
    return redirect(url_for("seats.show", token=token, _anchor="evening"), 303)


def _evening(group: Group, refused: str = "") -> str:
    meeting = _meeting(group)
    if meeting is None:
        return render_template("evenings/none.html", group=group)
    page = evening_of(group, meeting)
    return render_template("evenings/show.html", refused=refused, **page)


def _meeting(group: Group) -> Meeting | None:
    """Return the next meeting that is on, this week or in the coming five."""
    now = clock.now()
    week = Week.at(now, group.timezone)
    schedule = schedule_of(group, (week + -1, week + WEEKS_AHEAD), public=False)
    meeting = schedule.next_meeting(now, WEEKS_AHEAD)
    return meeting if meeting and meeting.week >= week else None


def _week(text: str | None) -> Week:
    try:
        return Week.parse(text or "")
    except NoSuchWeek:
        abort(422)


def _task(text: str) -> Task:
    if text not in list(Task):
        abort(404)
    return Task(text)


def _first_error(form: Form) -> str:
    return str(next((error for errors in form.errors.values() for error in errors), ""))
