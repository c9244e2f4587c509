"""The door of the house: what a reader asks, and the groups that answer."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from app import clock
from app.blueprints.access import public
from app.blueprints.parts import search_form
from app.blueprints.parts.listing_facts import letters_lost
from app.blueprints.parts.meeting_lines import EVENING, distance_in_words, moment_in_words
from app.blueprints.parts.results import Result, by_day, lines_of, results_of
from app.blueprints.public.finder_frame import VIEWS, Instead, frame
from app.blueprints.public.finder_views import map_page, week_page
from app.blueprints.public.seeking import seeking
from app.blueprints.web.languages import gettext as _
from app.blueprints.web.request_checks import whole_number
from app.domain.search import Day, PartOfDay, Search, Sort
from app.domain.zones import HOME
from app.formats.search import NAMES, Read, read_search
from app.kept.views import kept_a_minute
from app.records.finder import FAR, Hit, find, find_nearest, find_preparing, resolve
from app.records.finding.beside import find_farther
from app.records.resolved import Resolved

bp = Blueprint("finder", __name__)

PER_PAGE = 20
PAGES = 50
SHOWN_INSTEAD = 3
ON_THE_DOOR = 6
"""Groups on the first screen, below its questions."""


@dataclass(frozen=True)
class ListShown:
    """A page of the list: lines by day, or the nearest first."""

    days: Sequence[tuple[str, list[dict[str, Any]]]]
    nearest_first: Sequence[dict[str, Any]]
    farther: Sequence[dict[str, Any]]
    edge: int | None
    """Kilometres within which was looked; the farther ones lie beyond."""
    not_on_paper: str
    """Characters that the printed list could not show."""
    earlier: str | None
    later: str | None


@bp.get("/")
@public
@kept_a_minute
def show() -> ResponseReturnValue:
    now = clock.now()
    read = read_search(request.args)
    if not read.ignored and any(request.args.get(name) == "" for name in NAMES):
        # What a form leaves empty does not belong in an address that one passes on.
        search = read.search
        if search.asks_nothing and not search.sort:
            search = replace(search, sort=Sort.SOONEST)
        language = {"lang": request.args["lang"]} if "lang" in request.args else {}
        return redirect(search_form.address(search, **_view(), **language))
    asked = resolve(read.search, now)
    if not any(name in request.args for name in (*NAMES, "page", "view")):
        return _door(asked, now)
    view = _view().get("view")
    if view == "week":
        return week_page(asked, read, now)
    if view == "map":
        return map_page(asked, read, now)
    page = min(max(1, request.args.get("page", 1, type=whole_number) or 1), PAGES)
    return _results(asked, read, page, now)


def _door(asked: Resolved, now: datetime) -> str:
    is_evening = now.astimezone(HOME).hour >= EVENING
    return render_template(
        "public/finder/door.html",
        days=by_day(results_of(find(asked, now, limit=ON_THE_DOOR), now), now),
        preparing=[],
        seek=seeking(Search(), is_evening=is_evening),
    )


def _results(asked: Resolved, read: Read, page: int, now: datetime) -> ResponseReturnValue:
    hits = find(asked, now, offset=(page - 1) * PER_PAGE, limit=PER_PAGE + 1)
    if page > 1 and not hits:
        return redirect(search_form.address(read.search, page=1))
    shown = hits[:PER_PAGE]
    preparing = find_preparing(asked, now) if page == 1 else []
    is_empty = page == 1 and not any(hit.is_on or not asked.search.day for hit in shown)
    is_late = page == 1 and asked.search.day is Day.TODAY and not _any_near(asked, shown)
    nearest, online = _instead(asked, read.search, shown, now) if is_empty or is_late else ([], [])
    is_all = page == 1 and len(hits) <= PER_PAGE and not (is_empty or is_late)
    asks_circle = is_all and read.search.within is None
    farther = find_farther(asked, len(hits)) if asks_circle else []
    results = iter(results_of([*shown, *preparing, *nearest, *online, *farther], now))
    found, setting_up, near_by, on_line, far_off = (
        [next(results) for _hit in some] for some in (shown, preparing, nearest, online, farther)
    )
    is_by_day = asked.search.sort is Sort.SOONEST
    return render_template(
        "public/finder/show.html",
        frame=frame(asked, read, now),
        instead=Instead(
            is_empty=is_empty,
            no_more=_no_more(asked, near_by, now) if is_late else "",
            nearest=lines_of(near_by),
            is_near=any(one.kilometres is not None for one in near_by),
            online=lines_of(on_line),
        ),
        preparing=lines_of(setting_up),
        shown=ListShown(
            days=by_day(found, now) if is_by_day else [],
            nearest_first=[] if is_by_day else lines_of(found),
            farther=lines_of(far_off),
            edge=asked.search.within,
            not_on_paper=letters_lost(one.printed for one in found),
            earlier=search_form.address(read.search, page=page - 1) if page > 1 else None,
            later=search_form.address(read.search, page=page + 1) if len(hits) > PER_PAGE else None,
        ),
    )


def _any_near(asked: Resolved, hits: list[Hit]) -> bool:
    """Tell whether something is on within reach: where nobody said where, anything is."""
    if not asked.around:
        return any(hit.is_on for hit in hits)
    return any(hit.is_on and hit.kilometres is not None and hit.kilometres <= FAR for hit in hits)


def _instead(
    asked: Resolved, search: Search, found: list[Hit], now: datetime
) -> tuple[list[Hit], list[Hit]]:
    """Return what there is when nothing answers, and online ones that are not found already.

    Where only the day stands in the way: the same on the days that follow, and what is online that
    day. Else the nearest of the kind.
    """
    bodies = asked.fellowships
    kind = Search(near=search.near, whom=search.whom, subject=search.subject)
    later: list[Hit] = []
    if search.day:
        any_day = replace(search, day=None, sort=Sort.SOONEST)
        hits = find(resolve(any_day, now, bodies), now, limit=SHOWN_INSTEAD)
        later = [hit for hit in hits if hit.is_on]
    nearest = (
        later
        or find_nearest(kind, now, bodies=bodies)
        or find_nearest(Search(near=search.near), now, bodies=bodies)
    )
    on_line = replace(kind, near="", online=True, day=search.day if later else None)
    online = find(resolve(on_line, now, bodies), now, limit=SHOWN_INSTEAD)
    seen = {hit.group.id for hit in (*nearest, *found)}
    return nearest, [hit for hit in online if hit.is_on and hit.group.id not in seen]


def _no_more(asked: Resolved, instead: list[Result], now: datetime) -> str:
    """Return that nothing is left today, and what comes first: `Wel morgen 19.30, 1 km`."""
    first = next((one for one in instead if one.is_on), None)
    if first is None or first.meeting is None:
        return ""
    here = now.astimezone(HOME)
    is_evening = here.hour >= EVENING or asked.search.time is PartOfDay.EVENING
    when = moment_in_words(first.meeting, here.date())
    if first.kilometres is not None:
        when = f"{when}, {distance_in_words(first.kilometres)}"
    if asked.around and is_evening:
        return _("Niets meer vanavond in de buurt. Wel %(when)s.", when=when)
    if asked.around:
        return _("Niets meer vandaag in de buurt. Wel %(when)s.", when=when)
    if is_evening:
        return _("Niets meer vanavond. Wel %(when)s.", when=when)
    return _("Niets meer vandaag. Wel %(when)s.", when=when)


def _view() -> dict[str, str]:
    view = request.args.get("view")
    return {"view": view} if view in VIEWS else {}
