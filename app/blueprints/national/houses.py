"""The houses in which a fellowship's groups meet: which addresses are one building."""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app.actions.national.houses import say_one_house, say_two_houses
from app.blueprints.access import my_fellowship
from app.blueprints.web.refusals import pressed
from app.blueprints.web.request_checks import whole_number
from app.records.fellowships import Fellowship
from app.records.houses import houses_of

bp = Blueprint("national_houses", __name__, url_prefix="/national")

MOST_SHOWN = 200
MOST_AT_ONCE = 10


@bp.get("/<slug>/houses")
@my_fellowship()
def index(fellowship: Fellowship) -> ResponseReturnValue:
    words = request.args.get("q", "")
    houses = houses_of(fellowship.id, words)
    return render_template(
        "national/houses/index.html",
        fellowship=fellowship,
        houses=houses[:MOST_SHOWN],
        more=len(houses) - MOST_SHOWN,
        words=words,
    )


@bp.post("/<slug>/houses")
@my_fellowship(fresh=True)
def say(fellowship: Fellowship) -> ResponseReturnValue:
    chosen = request.form.getlist("house", type=whole_number)[:MOST_AT_ONCE]
    then = url_for("national_houses.index", slug=fellowship.slug, q=request.form.get("q") or None)
    if request.form.get("do") == "apart" and chosen:
        return pressed(
            lambda: say_two_houses(fellowship, chosen[0], by=current_user),
            _("Bewaard. De adressen tellen weer apart."),
            then=then,
        )
    return pressed(
        lambda: say_one_house(fellowship, chosen, by=current_user),
        _("Bewaard. Deze adressen tellen nu als één gebouw, en de groepen daar weten het."),
        then=then,
    )
