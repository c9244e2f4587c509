"""Calendar feeds: a group's own and its discreet twin, for any calendar program.

No door, no cookie and no session: the key in the address is all there is.
"""

import hashlib
import re
import zlib
from collections import OrderedDict
from datetime import UTC, datetime, time
from threading import Lock
from typing import Any

from flask import Blueprint, Flask, Request, Response, abort, current_app, request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin

from app import clock
from app.blueprints.access import public
from app.domain.feed import Window, is_over, window_at
from app.formats.ical import TEMPLATE, TEMPLATE_CHANGED_AT, Feed, write_feed
from app.records.feeds import FoundFeed, find_feed, find_personal_feed, listing_in_window

bp = Blueprint("feeds", __name__, url_prefix="/feeds")

CACHE_BYTES = 8 * 1024 * 1024
"""Of compressed bodies in each process: about 2,500 feeds."""
SECONDS_FRESH = 300
_KEY = re.compile(r"[A-Za-z0-9_-]{16,64}")


class Bodies:
    """The bodies written last, compressed, up to a number of bytes; old ones make room."""

    def __init__(self, most_bytes: int) -> None:
        self.most_bytes = most_bytes
        self.bytes = 0
        self._bodies: OrderedDict[str, bytes] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._bodies)

    def get(self, tag: str) -> bytes | None:
        with self._lock:
            packed = self._bodies.get(tag)
            if packed is not None:
                self._bodies.move_to_end(tag)
        return None if packed is None else zlib.decompress(packed)

    def put(self, tag: str, body: bytes) -> None:
        packed = zlib.compress(body, 1)
        with self._lock:
            self.bytes += len(packed) - len(self._bodies.pop(tag, b""))
            self._bodies[tag] = packed
            while self.bytes > self.most_bytes:
                _, oldest = self._bodies.popitem(last=False)
                self.bytes -= len(oldest)


class _SessionsElsewhere(SecureCookieSessionInterface):
    """Flask-Login and Flask-Security look into the session at every request.

    That would add Vary: Cookie to a feed, and load whoever is logged in beside it.
    """

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        return self.session_class() if _is_feed(request) else super().open_session(app, request)

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        if not _is_feed(request):
            super().save_session(app, session, response)


def _is_feed(request: Request) -> bool:
    """Tell by the path, for no view is found yet. Machines fetch lists of meetings too, and what
    stands in another site's page sets no cookie there.
    """
    return request.path.startswith(("/feeds/", "/embed/")) or request.path.endswith(
        "/meetings.json"
    )


@bp.record_once
def _attach(state: Any) -> None:
    state.app.extensions["feeds"] = Bodies(CACHE_BYTES)
    state.app.session_interface = _SessionsElsewhere()


@bp.after_request
def _keep_from_search_engines(response: Response) -> Response:
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


@bp.get("/<key>.ics")
@public
def show(key: str) -> Response:
    """Answer with a feed. One query when the asker, or this process, has it already.

    Two for a participant's own, which is never kept here nor anywhere on the way.
    """
    found = (find_feed(key) or find_personal_feed(key)) if _KEY.fullmatch(key) else None
    if found is None:
        abort(404)
    now = clock.now()
    if is_over(now, found.zone, found.status, found.status_since):
        abort(410)
    window = window_at(now, found.zone, found.status, found.status_since)
    tag = _tag(found, window)
    answer = calendar_answer(tag, now, _last_modified(found, window), is_personal=found.is_personal)
    answer.make_conditional(request)
    if answer.status_code == 200:
        answer.set_data(_body(found, window, tag))
    return answer


def calendar_answer(
    tag: str, now: datetime, last_modified: datetime | None = None, *, is_personal: bool = False
) -> Response:
    """Return an answer with the headers of a calendar, and no body yet."""
    answer = Response(content_type="text/calendar; charset=utf-8")
    answer.headers["Content-Disposition"] = 'inline; filename="agenda.ics"'
    if is_personal:
        answer.headers["Cache-Control"] = "private, no-store"
    else:
        answer.cache_control.public = True
        answer.cache_control.max_age = SECONDS_FRESH
    answer.set_etag(tag, weak=True)  # weak outlives a proxy that compresses
    if last_modified and last_modified <= now:
        # Two edits within a second stamp the second one ahead; a date to come may not be sent
        # (RFC 9110 8.8.2.1), and an earlier one would hide the edit.
        answer.last_modified = last_modified
    return answer


def _tag(found: FoundFeed, window: Window) -> str:
    """Return a name for the bytes of a feed: of what decides them, and nothing besides."""
    decides = (
        found.namespace,
        found.kind,
        found.revision,
        found.changed_at.isoformat(),
        found.listed,
        found.shows_all,
        window.week,
        TEMPLATE,
        current_app.config["TWAALF_PUBLIC_URL"],
    )
    return hashlib.sha256("|".join(map(str, decides)).encode()).hexdigest()[:24]


def _last_modified(found: FoundFeed, window: Window) -> datetime:
    monday = datetime.combine(window.week.monday, time(), tzinfo=found.zone).astimezone(UTC)
    return max(found.changed_at, TEMPLATE_CHANGED_AT, monday)


def _body(found: FoundFeed, window: Window, tag: str) -> bytes:
    if found.is_personal:
        return write_feed(_feed(found, window))
    bodies: Bodies = current_app.extensions["feeds"]
    body = bodies.get(tag)
    if body is None:
        body = write_feed(_feed(found, window))
        bodies.put(tag, body)
    return body


def _feed(found: FoundFeed, window: Window) -> Feed:
    """Read the feed. An edit meanwhile is in the body early and in the tag at the next request."""
    listing = listing_in_window(found.group_id, window, shows_all=found.shows_all)
    page = f"{current_app.config['TWAALF_PUBLIC_URL']}/groups/{listing.slug}"
    return Feed(
        listing=listing,
        kind=found.kind,
        namespace=found.namespace,
        revision=found.revision,
        changed_at=found.changed_at,
        window=window,
        page=page if found.listed else "",
        is_personal=found.is_personal,
    )
