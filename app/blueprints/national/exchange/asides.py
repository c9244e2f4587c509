"""What lists asides in prose, as an office answers it for its groups."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app.actions.exchange.asides import answer_aside
from app.blueprints.access import my_fellowship
from app.blueprints.parts.exchange.asides import aside_line
from app.blueprints.web.refusals import pressed
from app.domain.exchange.asides import Answer
from app.records.exchange.asides import aside, unanswered_in
from app.records.fellowships import Fellowship

bp = Blueprint("national_asides", __name__, url_prefix="/national")

SHOWN = 100


@bp.get("/<slug>/asides")
@my_fellowship(fresh=True)
def index(fellowship: Fellowship) -> ResponseReturnValue:
    found = unanswered_in(fellowship.id, SHOWN + 1)
    return render_template(
        "national/lists/asides.html",
        fellowship=fellowship,
        lines=[aside_line(one, as_officer=True) for one in found[:SHOWN]],
        has_more=len(found) > SHOWN,
    )


@bp.post("/<slug>/asides/<int:aside_id>")
@my_fellowship(fresh=True)
def answer(fellowship: Fellowship, aside_id: int) -> ResponseReturnValue:
    found = aside(aside_id)
    if found is None or found.group.fellowship_id != fellowship.id:
        abort(404)
    back = url_for("national_asides.index", slug=fellowship.slug)
    if request.form.get("do") not in set(Answer):
        return redirect(back)
    return pressed(
        lambda: answer_aside(found, Answer(request.form["do"]), by=current_user, as_officer=True),
        _("Bewaard."),
        then=back,
    )
