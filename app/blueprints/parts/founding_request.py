"""A request for a group in the reader's words, for its asker and for the officers."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _

from app.blueprints.parts.results import results_of
from app.blueprints.web.languages import current
from app.domain.founding import Speaker
from app.formats.text import large_first
from app.formats.wording import clock_time, weekday_name
from app.records.founding_requests import FoundingRequest, nearest_to

TELLING = {"free", "full", "preparing", "paused", "walk_in"}
"""Kinds of labels that say whether a group has room."""


@dataclass(frozen=True)
class Said:
    """One thing that was written to and fro."""

    by_officer: bool
    on: date
    text: str


def request_facts(request: FoundingRequest) -> list[tuple[str, str]]:
    """Return what is wished, as (what, words)."""
    town = f"{request.town}, {request.province}" if request.province else request.town
    return [(_("Plaats"), town or "–"), (_("Wanneer"), when_wished(request))]


def when_wished(request: FoundingRequest) -> str:
    """Return `Dinsdag, 20.00`, or what of it is known."""
    language = current()
    parts = [weekday_name(request.weekday, language)] if request.weekday else []
    if request.start:
        parts.append(clock_time(request.start, language))
    return large_first(", ".join(parts)) or _("nog open")


def talk_lines(request: FoundingRequest) -> list[Said]:
    """Return what was written to and fro, the oldest first."""
    return [
        Said(one["by"] == Speaker.OFFICER, date.fromisoformat(one["on"]), one["text"])
        for one in request.talk or []
    ]


def nearest_lines(
    request: FoundingRequest, now: datetime, *, free: bool = False
) -> list[dict[str, Any]]:
    """Return the nearest groups of the kind that is asked for, as arguments of `meeting_line`.

    Where, when, and whether there is a seat, in the public's words: it is enough to see whether
    the wish is met already.
    """
    results = results_of(nearest_to(request, now, free=free), now)
    return [
        one.line
        | {"what": "", "status": [pair for pair in one.line["status"] if pair[0] in TELLING]}
        for one in results
    ]
