"""The door of the house: groups by day and by fellowship."""

from datetime import date
from itertools import groupby

from flask import Blueprint, render_template, request
from flask_babel import gettext as _

from app import clock
from app.blueprints.access import public
from app.blueprints.languages import current
from app.blueprints.lines import meeting_line
from app.domain.listing import Listing
from app.domain.standstill import WEEKS_READ, standstill
from app.domain.week import Week
from app.domain.zones import HOME
from app.formats.text import one_line
from app.formats.wording import short_day
from app.records.fellowships import all_fellowships
from app.records.finder import Search, find_groups, groups_in_preparation
from app.records.listings import listings_of

bp = Blueprint("finder", __name__)

PER_PAGE = 60


@bp.get("/")
@public
def show():
    search = _search()
    page = max(1, request.args.get("page", 1, type=int) or 1)
    today = clock.now().astimezone(HOME).date()
    found = find_groups(
        search, today=today, offset=(min(page, 10_000) - 1) * PER_PAGE, limit=PER_PAGE + 1
    )
    preparing = groups_in_preparation(search) if page == 1 and not search.day else []
    listings = listings_of(
        [*found[:PER_PAGE], *preparing], (Week.of(today), Week.of(today) + WEEKS_READ)
    )
    return render_template(
        "finder/show.html",
        search=search,
        fellowships=all_fellowships(),
        days=by_day(listings[: len(found[:PER_PAGE])], today),
        preparing=[meeting_line(one, None, today) for one in listings[len(found[:PER_PAGE]) :]],
        page=page,
        has_more=len(found) > PER_PAGE,
    )


def _search() -> Search:
    day = request.args.get("day", type=int)
    return Search(
        day=day if day in range(1, 8) else None,
        fellowship=request.args.get("fellowship", "")[:64],
        words=one_line(request.args.get("q", ""))[:80],
    )


def by_day(listings, today):
    """Return (date, lines): each group under the day it meets next, moved or not."""
    found = []
    for listing in listings:
        meetings = listing.schedule.meetings(Week.of(today), 2)
        meeting = next((one for one in meetings if one.day >= today), None)
        if meeting:
            found.append((meeting, meeting_line(listing, meeting, today) | _again(listing, today)))
    found.sort(key=lambda one: (one[0].day, one[0].starts.time()))
    return [
        (day, [line for _, line in some]) for day, some in groupby(found, lambda one: one[0].day)
    ]


def _again(listing: Listing, today: date) -> dict[str, str]:
    """Return when a group that is shut for a while meets again, in place of its theme."""
    still = standstill(listing.schedule, today)
    if still is None or still.again is None:
        return {}
    return {"what": _("weer vanaf %(day)s", day=short_day(still.again.day, current()))}
