"""Lists and posters on paper: any selection, and any group, as PDF."""

import hashlib
import json
from collections.abc import Callable
from enum import StrEnum
from typing import Any, TypeVar

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import ServiceUnavailable

from app import clock
from app.blueprints.access import public
from app.blueprints.public.referrers import title_of
from app.blueprints.web.languages import current
from app.blueprints.web.limits import count
from app.domain.listing import Audience, Listing
from app.domain.meeting import Meeting
from app.domain.week import Week
from app.domain.zones import day_at_home
from app.formats.printed import sheets
from app.formats.printed.sheets import Form, Order, PrintedList
from app.formats.printed.typesetting import PressIsBusy
from app.formats.search import read_search, write_search
from app.formats.wording import LANGUAGES
from app.records.end_of_reading import stop_reading
from app.records.finder import Hit, find, find_preparing, resolve
from app.records.finding.beside import find_for_relatives, groups_for_relatives
from app.records.groups import find_group
from app.records.listings import listings_of
from app.records.resolved import Resolved

bp = Blueprint("printed", __name__)

MOST_GROUPS = 1000
"""More is a book, not a list: some fifty sheets, and seconds of a processor."""
MOST_PREPARING = 60
RATE = "30/minute"
"""Sheets for one network: a library prints its own pile, a robot does not print ours."""
SECONDS_FRESH = 300
SECONDS_TO_WAIT = 5

Choice = TypeVar("Choice", bound=StrEnum)


@bp.get("/list.pdf")
@public
def show_list() -> ResponseReturnValue:
    count("print", RATE)
    now = clock.now()
    asked = resolve(read_search(request.args).search, now)
    hits = find(asked, now, limit=MOST_GROUPS + 1)
    if len(hits) > MOST_GROUPS:
        again = f"{url_for('finder.show')}?{write_search(read_search(request.args).search)}"
        return render_template("public/printed/too_many.html", most=MOST_GROUPS, again=again), 422
    hits += find_preparing(asked, now, limit=MOST_PREPARING)
    beside = find_for_relatives(asked, now, limit=3)
    today = day_at_home(now)
    asked_weeks = [hit.week for hit in hits if hit.week] if asked.search.day else []
    weeks = (Week.of(today), max([Week.of(today) + sheets.WEEKS_AHEAD, *asked_weeks]))
    listings = listings_of([hit.group for hit in [*hits, *beside]], weeks, with_contacts=False)
    language, site = current(), current_app.config["TWAALF_PUBLIC_URL"]
    shown = {one.slug for one in listings[: len(hits)]}
    words = PrintedList(
        listings=listings[: len(hits)],
        title=title_of(asked),
        site=site,
        source=f"{site}/?{write_search(read_search(request.args).search)}".rstrip("?"),
        today=today,
        language=language,
        order=_choice("order", Order.DAY),
        relatives=[one for one in listings[len(hits) :] if one.slug not in shown],
        meetings=_meetings_asked(asked, hits, listings),
        kilometres={hit.group.slug: hit.kilometres for hit in hits if hit.kilometres is not None},
    ).words()
    form = _choice("form", Form.A4)
    sheet = _sheet("lijst.pdf", words, form, lambda: sheets.write_list(words, form))
    sheet.headers["X-Robots-Tag"] = "noindex"
    if request.args.get("lang") not in LANGUAGES:
        # Its language is this reader's, by cookie or browser: no cache may give it to another.
        sheet.cache_control.public = False
        sheet.cache_control.private = True
    return sheet


def _meetings_asked(asked: Resolved, hits: list[Hit], listings: list[Listing]) -> list[Meeting]:
    """Return the meetings that were found where days are asked; else none: the list is of weeks."""
    if asked.search.day is None:
        return []
    found = zip(hits, listings, strict=False)
    meetings = [one.schedule.meeting_in(hit.week) for hit, one in found if hit.week]
    return [one for one in meetings if one]


@bp.get("/groups/<slug>/poster.pdf")
@public
def poster(slug: str) -> ResponseReturnValue:
    count("print", RATE)
    group = find_group(slug)
    if group is None or not group.listed:
        abort(404)
    if group.slug != slug:
        return redirect(url_for("printed.poster", slug=group.slug), 301)
    today = clock.now().astimezone(group.timezone).date()
    may_be_indexed = group.may_be_indexed
    beside = [] if group.audience == Audience.RELATIVES else groups_for_relatives(group)
    listing, *relatives = listings_of([group, *beside], (Week.of(today), Week.of(today) + 1))
    site = current_app.config["TWAALF_PUBLIC_URL"]
    words = sheets.poster_in_words(
        listing, address=f"{site}/groups/{listing.slug}", today=today, relatives=relatives
    )
    sheet = _sheet("poster.pdf", words, "poster", lambda: sheets.write_poster(words))
    if not may_be_indexed:
        sheet.headers["X-Robots-Tag"] = "noindex"
    return sheet


def _choice(name: str, usual: Choice) -> Choice:
    known = {str(one): one for one in type(usual)}
    return known.get(request.args.get(name, ""), usual)


def _sheet(name: str, words: dict[str, Any], form: str, write: Callable[[], bytes]) -> Response:
    """Answer with a PDF, or that the asker has it: what it says decides, and nothing is set anew."""
    stop_reading()
    decides = json.dumps([sheets.EDITION, form, words], sort_keys=True)
    sheet = Response(content_type="application/pdf")
    sheet.headers["Content-Disposition"] = f'inline; filename="{name}"'
    sheet.cache_control.public = True
    sheet.cache_control.max_age = SECONDS_FRESH
    sheet.set_etag(hashlib.sha256(decides.encode()).hexdigest()[:24])
    sheet.make_conditional(request)
    if sheet.status_code == 200:
        try:
            sheet.set_data(write())
        except PressIsBusy:
            raise ServiceUnavailable(retry_after=SECONDS_TO_WAIT) from None
    return sheet
