"""The page of who follows a group without a seat: what it says now, and one tap to end it."""

from typing import Any

from flask import Blueprint, Response, abort, current_app, flash, redirect, render_template, request
from flask import url_for as address_of
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app import clock
from app.actions.following.deeds import confirm_follow, stop_following
from app.blueprints.access import public
from app.blueprints.parts.meeting_lines import week_line
from app.blueprints.web.form import Form
from app.blueprints.web.static_files import FOLDER
from app.domain import retention
from app.domain.held import coming_meetings
from app.domain.keys import hash_of
from app.domain.meeting import MEETS
from app.domain.refusal import LinkIsOver
from app.domain.week import Week
from app.records.followers import Follower, find_follower
from app.records.letters import letters_to_follower
from app.records.listings import schedule_of

bp = Blueprint("own_following", __name__, url_prefix="/follow")

WEEKS_SHOWN = 6


@bp.record_once
def _attach(state: Any) -> None:
    state.app.extensions["csrf"].exempt(stop)


@bp.get("/worker.js")
@public
def worker() -> Response:
    """Answer with the worker that shows messages: it reaches these pages and keeps none."""
    answer = Response((FOLDER / "follow-worker.js").read_bytes(), content_type="text/javascript")
    answer.headers["Cache-Control"] = "no-cache"
    return answer


@bp.route("/<key>", methods=["GET", "POST"])
@public
def show(key: str) -> ResponseReturnValue:
    follower, form = _of(key), Form()
    if form.validate_on_submit():
        confirm_follow(key)
        flash(_("Je krijgt bericht als er iets anders is."), "good")
        return redirect(address_of("own_following.show", key=key), 303)
    return render_template(
        "by_link/following/show.html", key=key, follower=follower, form=form, **_group_of(follower)
    ), 422 if form.is_submitted() else 200


@bp.route("/<key>/stop", methods=["GET", "POST"])
@public
def stop(key: str) -> ResponseReturnValue:
    """End it by one POST, of our page or of a mail program, which has no session (RFC 8058 3.1).

    The latter is told by its body and needs no CSRF token, as in by_link/seats.py.
    """
    if request.method == "POST":
        if request.form.get("List-Unsubscribe") != "One-Click":
            current_app.extensions["csrf"].protect()
        try:
            stop_following(key)
        except LinkIsOver:
            abort(404)
        return render_template("by_link/following/stopped.html")
    return render_template("by_link/following/stop.html", follower=_of(key), key=key)


def _of(key: str) -> Follower:
    follower = find_follower(hash_of(key))
    if follower is None:
        abort(404)
    return follower


def _group_of(follower: Follower) -> dict[str, Any]:
    """Return what anybody may see of the group's coming weeks, and what is kept of its follower."""
    group, now = follower.group, clock.now()
    this, today = Week.at(now, group.timezone), group.day_of(now)
    weeks = []
    if group.listed and group.status in MEETS:
        schedule = schedule_of(group, (this, this + WEEKS_SHOWN + 1), public=True)
        weeks = coming_meetings(schedule, now, WEEKS_SHOWN)
    return {
        "group": group,
        "weeks": [week_line(meeting, today, for_public=True) for meeting in weeks],
        "ends": group.day_of(follower.used_at + retention.FOLLOWED_UNUSED),
        "letters": letters_to_follower(follower),
    }
