"""Undo: one tap on a quiet line, for an hour."""

from dataclasses import dataclass

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app import clock
from app.actions.undoing import WAYS_BACK, undo
from app.blueprints.access import my_group
from app.blueprints.parts.changes import deed_in_words, who_did
from app.blueprints.web.languages import current
from app.blueprints.web.refusals import say
from app.domain.refusal import NotTheirs
from app.domain.undoing import TooLateToUndo
from app.domain.week import Week
from app.formats.wording import clock_time
from app.records.changes import changes_to_undo
from app.records.groups import Group

bp = Blueprint("undoing", __name__, url_prefix="/coordinate")


@dataclass(frozen=True)
class UndoLine:
    """What may be undone, in words."""

    change_id: int
    words: str
    """`Eén week veranderd: week van maandag 23 november 2026 (Anna, 13.05)`."""


@bp.post("/<slug>/changes/<int:change_id>/undo")
@my_group()
def put_back(group: Group, change_id: int) -> ResponseReturnValue:
    slug = group.slug
    try:
        change = undo(group, change_id, by=current_user)
    except NotTheirs:
        abort(404)
    except TooLateToUndo as refused:
        say(refused)
        return to_desk(slug)
    flash(_("Ongedaan gemaakt. Het is weer zoals het was."), "good")
    if "back" in request.form:
        return to_desk(slug)
    if week := change.after.get("week"):
        return redirect(url_for("weeks.show", slug=slug, week=week), 303)
    return to_desk(slug)


def to_desk(slug: str) -> ResponseReturnValue:
    """Go back to where a button was pressed: the list of groups, or a group's own desk."""
    if request.form.get("back") == "desk":
        return redirect(url_for("desk.show"), 303)
    return redirect(url_for("desk.group", slug=slug), 303)


def undo_line(group: Group, week: Week | None = None) -> UndoLine | None:
    """Return the latest change, if asked of one week, that can still be undone.

    One query when there is none.
    """
    for change in changes_to_undo(group.id, WAYS_BACK, clock.now()):
        is_asked = week is None or change.after.get("week") == str(week)
        if is_asked and WAYS_BACK[change.deed].stands(group, change):
            at = clock_time(change.at.astimezone(group.timezone), current())
            return UndoLine(change.id, f"{deed_in_words(change)} ({who_did(change)}, {at})")
    return None
