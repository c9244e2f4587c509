"""The door of the house: what a reader asks, and the groups that answer."""

from dataclasses import replace
from datetime import datetime

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app import clock
from app.blueprints import asking
from app.blueprints.access import public
from app.blueprints.frame import VIEWS, frame
from app.blueprints.lines import EVENING
from app.blueprints.results import by_day, lines_of, results_of
from app.blueprints.views import map_page, week_page
from app.domain.search import Search, Sort
from app.domain.zones import HOME
from app.formats.search import NAMES, Read, read_search
from app.records.finder import (
    Hit,
    Resolved,
    find,
    find_nearest,
    find_preparing,
    resolve,
)

bp = Blueprint("finder", __name__)

PER_PAGE = 20
PAGES = 50
ON_THE_DOOR = 6
"""Groups on the first screen, below its questions."""


@bp.get("/")
@public
def show():
    now = clock.now()
    read = read_search(request.args)
    if not read.ignored and any(request.args.get(name) == "" for name in NAMES):
        # What a form leaves empty does not belong in an address that one passes on.
        search = read.search
        if search.asks_nothing and not search.sort:
            search = replace(search, sort=Sort.SOONEST)
        language = {"lang": request.args["lang"]} if "lang" in request.args else {}
        return redirect(asking.address(search, **_view(), **language))
    asked = resolve(read.search, now)
    if not any(name in request.args for name in (*NAMES, "page", "view")):
        return _door(asked, now)
    view = _view().get("view")
    if view == "week":
        return week_page(asked, read, now)
    if view == "map":
        return map_page(asked, read, now)
    page = min(max(1, request.args.get("page", 1, type=int) or 1), PAGES)
    return _results(asked, read, page, now)


def _door(asked: Resolved, now: datetime) -> str:
    is_evening = now.astimezone(HOME).hour >= EVENING
    return render_template(
        "finder/door.html",
        tonight=_("Vanavond in de buurt") if is_evening else _("Vandaag in de buurt"),
        days=by_day(results_of(find(asked, now, limit=ON_THE_DOOR), now)),
        preparing=[],
        **asking.three_questions(),
    )


def _results(asked: Resolved, read: Read, page: int, now: datetime) -> ResponseReturnValue:
    hits = find(asked, now, offset=(page - 1) * PER_PAGE, limit=PER_PAGE + 1)
    if page > 1 and not hits:
        return redirect(asking.address(read.search, page=1))
    shown = hits[:PER_PAGE]
    preparing = find_preparing(asked, now) if page == 1 else []
    nearest, online = _instead(read.search, now) if not hits else ([], [])
    results = iter(results_of([*shown, *preparing, *nearest, *online], now))
    found, setting_up, near_by, on_line = (
        [next(results) for _hit in some] for some in (shown, preparing, nearest, online)
    )
    is_by_day = asked.search.sort is Sort.SOONEST
    return render_template(
        "finder/show.html",
        **frame(asked, read, now),
        days=by_day(found) if is_by_day else [],
        nearest_first=[] if is_by_day else lines_of(found),
        is_empty=not hits,
        preparing=lines_of(setting_up),
        instead=lines_of(near_by),
        is_near=any(one.kilometres is not None for one in near_by),
        online=lines_of(on_line),
        provinces=[],
        numbered=[],
        earlier=asking.address(read.search, page=page - 1) if page > 1 else None,
        later=asking.address(read.search, page=page + 1) if len(hits) > PER_PAGE else None,
    )


def _instead(search: Search, now: datetime) -> tuple[list[Hit], list[Hit]]:
    """Return what there is when nothing answers: the nearest of the kind, and online ones."""
    kind = Search(near=search.near, whom=search.whom, subject=search.subject)
    nearest = find_nearest(kind, now) or find_nearest(Search(near=search.near), now)
    seen = {hit.group.id for hit in nearest}
    online = find(replace(kind, near="", online=True), now, limit=3)
    return nearest, [hit for hit in online if hit.group.id not in seen]


def _view() -> dict[str, str]:
    view = request.args.get("view")
    return {"view": view} if view in VIEWS else {}
