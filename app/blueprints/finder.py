"""The door of the house: what a reader asks, and the groups that answer."""

from flask import Blueprint, render_template, request

from app import clock
from app.blueprints.access import public
from app.blueprints.results import by_day, results_of
from app.formats.search import read_search
from app.records.fellowships import all_fellowships
from app.records.finder import find, find_preparing, resolve

bp = Blueprint("finder", __name__)

PER_PAGE = 20
PAGES = 50


@bp.get("/")
@public
def show():
    now = clock.now()
    asked = resolve(read_search(request.args).search, now)
    page = min(max(1, request.args.get("page", 1, type=int) or 1), PAGES)
    hits = find(asked, now, offset=(page - 1) * PER_PAGE, limit=PER_PAGE + 1)
    preparing = find_preparing(asked, now) if page == 1 else []
    results = results_of([*hits[:PER_PAGE], *preparing], now)
    return render_template(
        "finder/show.html",
        search=asked.search,
        fellowships=all_fellowships(),
        days=by_day(results[: len(hits[:PER_PAGE])]),
        preparing=[one.line for one in results[len(hits[:PER_PAGE]) :]],
        page=page,
        has_more=len(hits) > PER_PAGE,
    )
