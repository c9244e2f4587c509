"""Calendar feeds: a group's own and its discreet twin, for any calendar program.

No door, no cookie and no session: the key in the address is all there is.
"""

import hashlib
import re
import zlib
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, time
from threading import Lock
from typing import Any
from uuid import UUID

from flask import Blueprint, Flask, Request, Response, abort, current_app, g, redirect, request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin
from prometheus_client import Counter

from app import clock
from app.blueprints.access import public
from app.blueprints.web.cross_origin import (
    ASKED,
    FOR_PROGRAMS,
    preflight,
    readable_elsewhere,
)
from app.domain.feeds.appointment import Said, telling_of
from app.domain.feeds.feed import Window, holds_until, is_over, is_retired, window_at
from app.domain.week import Week
from app.domain.zones import day_at_home
from app.formats.ical.feed import TEMPLATE, TEMPLATE_CHANGED_AT, Feed, write_feed, write_quiet_feed
from app.kept.views import keep
from app.records.evenings import said_of_weeks
from app.records.feeds.found import (
    FEED_ROW,
    FoundFeed,
    find_feed,
    find_personal_feed,
    listing_in_window,
)
from app.records.feeds.retired import find_retired_feed
from app.records.feeds.stamps import stamps_of
from app.records.health.in_clear import note_in_clear

bp = Blueprint("feeds", __name__, url_prefix="/feeds")

CACHE_BYTES = 8 * 1024 * 1024
"""Of compressed bodies in each process: about 2,500 feeds."""
SECONDS_FRESH = 300
IN_CLEAR = Counter(
    "twaalf_private_keys_asked_in_clear", "Private calendar keys that came by http, not https"
)
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
    return request.path.startswith(("/feeds/", "/embed/", *FOR_PROGRAMS)) or request.path.endswith(
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


@bp.route("/<key>.ics", methods=ASKED)
@bp.route("/<key>/agenda.ics", methods=ASKED)
@public
def show(key: str) -> Response:
    """Answer with a feed; `/feeds/<key>.ics` is what it was called before, and stays.

    Thunderbird calls a calendar by the last part of its address. One query when the asker, or this process, has it already.

    Three for a participant's own, which is never kept here nor anywhere on the way, nor sent in
    clear: who asks by http is sent to https.
    """
    found = (find_feed(key) or find_personal_feed(key)) if _KEY.fullmatch(key) else None
    if found is None and request.method != "OPTIONS":
        return _retired(key)
    if found is None or (found.is_personal and request.method == "OPTIONS"):
        abort(404)
    if request.method == "OPTIONS":
        return preflight()
    if found.is_personal and _is_in_clear():
        return _to_https()
    now = clock.now()
    if is_over(now, found.zone, found.status, found.status_since):
        abort(410)
    window = window_at(now, found.zone, found.status, found.status_since)
    said = said_of_weeks(found.participant_id) if found.participant_id else {}
    tag = _tag(found, window, said)
    last_modified = _last_modified(found, window, said)
    answer = calendar_answer(tag, now, last_modified, is_personal=found.is_personal)
    answer.make_conditional(request)
    if answer.status_code == 200:
        answer.set_data(_body(found, window, tag, said))
    if found.is_personal:
        return answer
    if answer.last_modified:
        keep(request.environ, holds_until(now, found.zone), FEED_ROW, {"key": key})
    return readable_elsewhere(answer)


def _retired(key: str) -> Response:
    """Answer for a key that somebody gave up: a calendar in which nothing comes, for 90 days."""
    retired = find_retired_feed(key)
    if retired is None:
        abort(404)
    if _is_in_clear():
        return _to_https()
    now = clock.now()
    if is_retired(retired.retired_on, day_at_home(now)):
        abort(410)
    answer = calendar_answer(f"{retired.key_hash[:24]}-{TEMPLATE}", now, is_personal=True)
    answer.make_conditional(request)
    if answer.status_code == 200:
        namespace = UUID(retired.key_hash[:32])
        answer.set_data(write_quiet_feed(namespace, retired.retired_on, retired.language))
    return answer


def _is_in_clear() -> bool:
    """Tell whether this came by http to a site of https, as far as this app can know."""
    by_https = request.is_secure or request.headers.get("X-Forwarded-Proto", "") == "https"
    return current_app.config["TWAALF_PUBLIC_URL"].startswith("https:") and not by_https


def _to_https() -> Response:
    IN_CLEAR.inc()
    note_in_clear(current_app.config["IN_CLEAR_FOLDER"], clock.today())
    return redirect(current_app.config["TWAALF_PUBLIC_URL"] + request.path, 308)  # type: ignore[return-value]


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


def _tag(found: FoundFeed, window: Window, said: Mapping[Week, Said]) -> str:
    """Return a name for the bytes of a feed: of what decides them, and nothing besides."""
    decides = (
        found.namespace,
        found.kind,
        found.revision,
        found.changed_at.isoformat(),
        found.listed,
        found.shows_all,
        window.week,
        *sorted((week.number, one.times) for week, one in said.items()),
        TEMPLATE,
        current_app.config["TWAALF_PUBLIC_URL"],
    )
    return hashlib.sha256("|".join(map(str, decides)).encode()).hexdigest()[:24]


def _last_modified(found: FoundFeed, window: Window, said: Mapping[Week, Said]) -> datetime:
    monday = datetime.combine(window.week.monday, time(), tzinfo=found.zone).astimezone(UTC)
    spoken = [one.at for one in said.values() if one.at]
    return max(found.changed_at, TEMPLATE_CHANGED_AT, monday, *spoken)


def _body(found: FoundFeed, window: Window, tag: str, said: Mapping[Week, Said]) -> bytes:
    if found.is_personal:
        return write_feed(replace(feed_of(found, window), said=said))
    bodies: Bodies = current_app.extensions["feeds"]
    body = bodies.get(tag)
    g.feed = "kept" if body is not None else "written"
    if body is None:
        body = write_feed(feed_of(found, window))
        bodies.put(tag, body)
    return body


def feed_of(found: FoundFeed, window: Window) -> Feed:
    """Read the feed. An edit meanwhile is in the body early and in the tag at the next request."""
    listing = listing_in_window(found.group_id, window, shows_all=found.shows_all)
    telling = telling_of(found.kind, is_personal=found.is_personal)
    stamps = stamps_of([found.group_id], telling, (window.first, window.last))
    page = f"{current_app.config['TWAALF_PUBLIC_URL']}/groups/{listing.slug}"
    return Feed(
        listing=listing,
        kind=found.kind,
        namespace=found.namespace,
        floor=found.floor,
        window=window,
        stamps=stamps[found.group_id],
        page=page if found.listed else "",
        is_personal=found.is_personal,
    )
