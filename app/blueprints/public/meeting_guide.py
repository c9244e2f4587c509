"""Meeting Guide JSON, all or by fellowship: public facts, for any site and any program."""

from datetime import datetime
from functools import partial

from flask import Blueprint, Response, abort, current_app, request

from app import clock
from app.blueprints.access import public
from app.blueprints.public.exchange import list_lines
from app.blueprints.public.exchange.list_answer import attach, kept_body, list_answer, tag_of
from app.blueprints.public.exchange.list_lines import lines_of
from app.blueprints.web.cross_origin import ASKED, preflight
from app.domain.listing import Listing
from app.domain.zones import next_quarter
from app.formats.meeting_guide import writing
from app.records.fellowships import find_fellowship
from app.records.listed import stamp_of_listed

bp = Blueprint("meetings", __name__)
bp.record_once(attach)
bp.record_once(list_lines.attach)


@bp.route("/meetings.json", methods=ASKED)
@public
def everything() -> Response:
    """Show every listed group of every fellowship."""
    return _list(clock.now(), None)


@bp.route("/fellowships/<slug>/meetings.json", methods=ASKED)
@public
def of_fellowship(slug: str) -> Response:
    """Show the listed groups of one fellowship."""
    fellowship = find_fellowship(slug)
    if fellowship is None:
        abort(404)
    return _list(clock.now(), fellowship.id)


def _list(now: datetime, fellowship_id: int | None) -> Response:
    """Answer with the list, or that it is the same.

    Two queries when the asker, or this process, has it already; a thousand groups are 600 KB.
    """
    if request.method == "OPTIONS":
        return preflight()
    tag = tag_of([writing.SHAPE, fellowship_id, stamp_of_listed(now, fellowship_id)])

    def write() -> bytes:
        mixed = fellowship_id is None
        line = partial(writing.line, page=page_of, now=now, mixed=mixed)
        way = "mixed" if mixed else "of one fellowship"
        return writing.joined(lines_of(way, now, fellowship_id, line))

    until = next_quarter(now)  # no day turns anywhere before
    return list_answer(tag, lambda: kept_body(tag, write), until=until)


def page_of(listing: Listing) -> str:
    """Return a group's address: from the setting, never from what the request calls this host."""
    return f"{current_app.config['TWAALF_PUBLIC_URL']}/groups/{listing.slug}"
