"""Fellowships and their groups."""

from flask import Blueprint, abort, render_template

from app import clock
from app.blueprints.access import public
from app.blueprints.finder import by_day
from app.blueprints.lines import meeting_line
from app.domain.listing import Audience, Subject
from app.domain.standstill import WEEKS_READ
from app.domain.week import Week
from app.domain.zones import HOME
from app.records.fellowships import all_fellowships, find_fellowship
from app.records.finder import Search, find_groups, groups_in_preparation
from app.records.listings import listings_of

bp = Blueprint("fellowships", __name__, url_prefix="/fellowships")

MOST = 200


@bp.get("")
@public
def index():
    return render_template("fellowships/index.html", fellowships=all_fellowships())


@bp.get("/<slug>")
@public
def show(slug: str):
    fellowship = find_fellowship(slug)
    if fellowship is None:
        abort(404)
    today = clock.now().astimezone(HOME).date()
    search = Search(fellowship=slug)
    found = find_groups(search, today=today, offset=0, limit=MOST)
    preparing = groups_in_preparation(search)
    listings = listings_of([*found, *preparing], (Week.of(today), Week.of(today) + WEEKS_READ))
    return render_template(
        "fellowships/show.html",
        fellowship=fellowship,
        audience=Audience(fellowship.audience),
        subject=Subject(fellowship.subject),
        days=by_day(listings[: len(found)], today),
        preparing=[meeting_line(one, None, today) for one in listings[len(found) :]],
        is_cut=len(found) == MOST,
    )
