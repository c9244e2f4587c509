"""Figures of every answer, for `/metrics`: how many, how long, what was waited for. Of nobody."""

import time
from typing import Any
from weakref import WeakKeyDictionary

from flask import Flask, Response, current_app, g, has_request_context, request
from prometheus_client import Counter, Summary, disable_created_metrics

from app.blueprints.web.security_log import log_line, request_id
from app.records.health.queries import SLOW_SECONDS, Query, when_asked
from app.replica.instead import was_read
from app.replica.standing import FELL

disable_created_metrics()  # type: ignore[no-untyped-call]

REQUESTS = Counter(
    "twaalf_requests_total", "Answers, by view and kind of status", ["view", "method", "status"]
)
SECONDS = Summary("twaalf_request_seconds", "How long an answer took", ["view"])
QUERIES = Counter("twaalf_queries_total", "Questions to the database")
SLOW = Counter(
    "twaalf_slow_queries_total",
    "Those that took half a second or more; the log names them",
    ["name"],
)
LOCKS = Summary("twaalf_lock_wait_seconds", "How long writers waited for their lock")
FAULTS = Counter("twaalf_faults_total", "Faults of the house, by their word", ["kind"])
FEEDS = Counter("twaalf_feeds_total", "Calendars, by how they were answered", ["how"])
SEATS = Counter("twaalf_seats_asked_total", "Seats that were asked for")
REPORTS = Counter(
    "twaalf_csp_reports_total", "What browsers report of the content security policy", ["directive"]
)
KEPT = Counter("twaalf_kept_answers_total", "Public answers given again, before any view is asked")
BESIDE = Counter("twaalf_replica_answers_total", "Answers for which the replica was read")
TURNS = Counter(
    "twaalf_replica_turns_total",
    "How often it came to stand otherwise, or fell in an answer that the primary then gave",
    ["standing"],
)
ASKS = "ask.seat"


_counted_of_kept: WeakKeyDictionary[Any, int] = WeakKeyDictionary()


def attach(app: Flask) -> None:
    app.before_request(_begin)
    app.after_request(_count)
    when_asked(_asked)
    if replica := app.extensions.get("replica"):
        replica.when_changed(_turned)


def _begin() -> None:
    g.begun = time.perf_counter()


def _count(response: Response) -> Response:
    if (kept := current_app.extensions.get("kept")) is not None:
        # Such an answer passes by here: it is counted at the next one that does not.
        KEPT.inc(kept.given - _counted_of_kept.get(kept, 0))
        _counted_of_kept[kept] = kept.given
    if was_read(request.environ):
        BESIDE.inc()
    view = request.endpoint or "none"
    REQUESTS.labels(view, request.method, f"{response.status_code // 100}xx").inc()
    if "begun" in g:
        SECONDS.labels(view).observe(time.perf_counter() - g.begun)
    if view == ASKS and request.method == "POST" and response.status_code == 303:
        SEATS.inc()
    if view == "feeds.show" and response.status_code in (200, 304):
        FEEDS.labels(
            "not_modified" if response.status_code == 304 else g.get("feed", "written")
        ).inc()
    return response


def _turned(standing: str) -> None:
    TURNS.labels(standing).inc()
    if standing != FELL:
        log_line("replica", standing=standing)


def _asked(query: Query) -> None:
    QUERIES.inc()
    if query.takes_a_lock:
        LOCKS.observe(query.seconds)
    if query.seconds >= SLOW_SECONDS:
        told: dict[str, Any] = {"name": query.name, "milliseconds": round(query.seconds * 1000)}
        SLOW.labels(query.name).inc()
        if has_request_context():
            told |= {"at": request.endpoint, "request": request_id()}
        log_line("slow_query", **told)
