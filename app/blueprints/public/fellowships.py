"""Fellowships and their groups."""

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue

from app import clock
from app.blueprints.access import public
from app.blueprints.parts.results import by_day, results_of
from app.domain.listing import Audience, Subject
from app.domain.meeting import Status
from app.domain.search import Search
from app.formats.phone import to_call
from app.kept.views import kept_a_minute
from app.records.fellowships import all_fellowships, find_fellowship
from app.records.finder import find, find_preparing, resolve
from app.records.founding_requests import fellowships_to_ask

bp = Blueprint("fellowships", __name__, url_prefix="/fellowships")

MOST = 200


@bp.get("")
@public
@kept_a_minute
def index() -> ResponseReturnValue:
    return render_template("public/fellowships/index.html", fellowships=all_fellowships())


@bp.get("/<slug>")
@public
@kept_a_minute
def show(slug: str) -> ResponseReturnValue:
    fellowship = find_fellowship(slug)
    if fellowship is None:
        abort(404)
    now = clock.now()
    asked = resolve(Search(fellowship=slug), now)
    hits = [*find(asked, now, limit=MOST), *find_preparing(asked, now, limit=MOST)]
    results = results_of(hits, now)
    meeting = [one for one in results if one.listing.status is not Status.PREPARING]
    return render_template(
        "public/fellowships/show.html",
        fellowship=fellowship,
        audience=Audience(fellowship.audience),
        subject=Subject(fellowship.subject),
        days=by_day(meeting, now),
        preparing=[one.line for one in results if one.listing.status is Status.PREPARING],
        is_cut=len(meeting) == MOST,
        to_call=to_call(fellowship.phone),
        can_be_asked=fellowship in fellowships_to_ask(),
    )
