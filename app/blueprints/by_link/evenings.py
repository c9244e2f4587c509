"""This evening: a participant stays away, or takes a task."""

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.actions.evenings import (
    drop_task,
    say_absent,
    take_task,
)
from app.blueprints.access import participant, public
from app.blueprints.parts.evening import task_sent, week_sent
from app.domain.evening import TaskIsTaken
from app.domain.refusal import Refusal

bp = Blueprint("by_link_evenings", __name__)


@bp.post("/seat/<token>/evening/absence")
@public
def absence(token: str) -> ResponseReturnValue:
    participant(token)
    week = week_sent(request.form.get("week", ""))
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
def task(token: str) -> ResponseReturnValue:
    participant(token)
    week, wanted = week_sent(request.form.get("week", "")), task_sent(request.form.get("task", ""))
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
