"""Meeting Guide JSON, all or by fellowship: public facts, for any site and any program."""

import hashlib
import json
from datetime import datetime
from typing import Any

from flask import Blueprint, Response, abort, current_app, request

from app import clock
from app.blueprints.access import public
from app.blueprints.feeds import Bodies
from app.domain.listing import Listing
from app.formats import meeting_guide
from app.records.fellowships import find_fellowship
from app.records.listed import listed, stamp_of_listed

bp = Blueprint("meetings", __name__)

SECONDS = 300
"""So long a reader or a proxy may keep the list without asking."""
CACHE_BYTES = 4 * 1024 * 1024
"""Of compressed lists in each process: about 50,000 groups."""


@bp.record_once
def _attach(state: Any) -> None:
    state.app.extensions["meetings"] = Bodies(CACHE_BYTES)


@bp.get("/meetings.json")
@public
def everything() -> Response:
    """Show every listed group of every fellowship."""
    return _list(clock.now(), None)


@bp.get("/fellowships/<slug>/meetings.json")
@public
def of_fellowship(slug: str) -> Response:
    """Show the listed groups of one fellowship."""
    fellowship = find_fellowship(slug)
    if fellowship is None:
        abort(404)
    return _list(clock.now(), fellowship.id)


def _list(now: datetime, fellowship_id: int | None) -> Response:
    """Answer with the list, or that it is the same.

    Two queries when the asker, or this process, has it already. It is built before it is sent,
    so that a slow reader holds no connection to the database; a thousand groups are 600 KB.
    """
    stamp = stamp_of_listed(now, fellowship_id)
    decides = [meeting_guide.SHAPE, current_app.config["TWAALF_PUBLIC_URL"], fellowship_id, stamp]
    tag = hashlib.sha256(json.dumps(decides).encode()).hexdigest()[:24]
    response = Response(content_type="application/json")
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.cache_control.public = True
    response.cache_control.max_age = SECONDS
    response.set_etag(tag, weak=True)
    response.make_conditional(request)
    if response.status_code == 200:
        response.set_data(_body(now, fellowship_id, tag))
    return response


def _body(now: datetime, fellowship_id: int | None, tag: str) -> bytes:
    bodies: Bodies = current_app.extensions["meetings"]
    body = bodies.get(tag)
    if body is None:
        groups = listed(now, fellowship_id)
        body = meeting_guide.write(groups, page=_page, now=now, mixed=fellowship_id is None)
        bodies.put(tag, body)
    return body


def _page(listing: Listing) -> str:
    """Return a group's address: from the setting, never from what the request calls this host."""
    return f"{current_app.config['TWAALF_PUBLIC_URL']}/groups/{listing.slug}"
