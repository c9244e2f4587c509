"""One evening of a group for who wants no calendar that follows it."""

from flask import Blueprint, Response, abort

from app import clock
from app.blueprints.access import public
from app.blueprints.public.feeds import feed_of
from app.domain.feeds.feed import window_at
from app.domain.meeting import Status
from app.domain.week import NoSuchWeek, Week
from app.formats.ical.feed import write_feed
from app.records.feeds.found import find_feed
from app.records.groups import find_group

bp = Blueprint("one_evening", __name__, url_prefix="/groups/<slug>/weeks")


@bp.get("/<week>/agenda.ics")
@public
def calendar(slug: str, week: str) -> Response:
    """Answer with one meeting that is on, as discreet as a calendar can be."""
    group = find_group(slug)
    found = find_feed(group.discreet_key) if group is not None and group.listed else None
    if group is None or found is None:
        abort(404)
    try:
        wanted = Week.parse(week)
    except NoSuchWeek:
        abort(404)
    window = window_at(clock.now(), group.timezone, Status(group.status), group.status_since)
    if not window.first <= wanted <= window.last:
        abort(404)
    feed = feed_of(found, window)
    meeting = feed.listing.schedule.meeting_in(wanted)
    if meeting is None or not meeting.is_on:
        abort(404)
    answer = Response(write_feed(feed, only=wanted), content_type="text/calendar; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="afspraak.ics"'
    return answer
