"""BMLT's semantic interface, for the sites and programs that ask an NA server: JSON and JSONP."""

import re
from dataclasses import dataclass
from datetime import datetime, time

import msgspec
from flask import Blueprint, Response, abort, current_app, request

from app import clock
from app.blueprints.access import public
from app.blueprints.public.exchange.list_answer import attach, kept_body, list_answer, tag_of
from app.blueprints.public.meeting_guide import page_of
from app.blueprints.web.cross_origin import ASKED, preflight
from app.domain.zones import HOME, day_at_home, next_quarter
from app.formats.bmlt.answers import QUESTIONS, All, Body, answer
from app.formats.bmlt.asked import Asked, Row
from app.formats.bmlt.changes import Change, changes, days_asked
from app.formats.bmlt.kinds import MeetingKind, kinds_of
from app.formats.bmlt.rows import Of, row
from app.formats.meeting_guide.writing import entry_of
from app.records.exchange.followed import REMEMBERED, followed
from app.records.fellowships import all_fellowships
from app.records.listed import numbered, stamp_of_listed

bp = Blueprint("bmlt", __name__, url_prefix="/client_interface")
bp.record_once(attach)

SHAPE = 1
"""Rises when the same listing is written in another way, so that readers fetch it again."""
SCRIPT = "text/javascript; charset=utf-8"
_CALLBACK = re.compile(r"[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*){0,3}", re.ASCII)
LONGEST_CALLBACK = 120
CHANGES = "GetChanges"
MOST_CHANGES = 5_000


@dataclass(frozen=True)
class Written:
    """All rows, and the kinds of meeting in them, as they are kept in the process."""

    rows: list[Row]
    kinds: list[MeetingKind]


@bp.route("/json/", methods=ASKED)
@public
def semantic() -> Response:
    """Answer a question of BMLT's semantic interface."""
    if request.method == "OPTIONS":
        return preflight()
    return _answer(None)


@bp.get("/jsonp/")
@public
def script() -> Response:
    """Answer the same as a script that calls the function which the asker names."""
    callback = request.args.get("callback", "callback")
    if len(callback) > LONGEST_CALLBACK or not _CALLBACK.fullmatch(callback):
        abort(400)
    return _answer(callback)


def _answer(callback: str | None) -> Response:
    asked = Asked(request.args.items(multi=True))
    if asked.text("switcher") == CHANGES:
        return _changes(asked, callback)
    if asked.text("switcher") not in QUESTIONS:
        abort(400)
    now = clock.now()
    bodies = [Body(one.id, one.card(), one.phone) for one in all_fellowships()]
    stamp = [SHAPE, stamp_of_listed(now), [msgspec.to_builtins(body) for body in bodies]]

    def body() -> bytes:
        found = msgspec.json.decode(_written(now, tag_of(["bmlt", *stamp])), type=Written)
        json = answer(All(found.rows, found.kinds, bodies, _root()), asked) or b"[]"
        return _called(callback, json)

    return list_answer(
        tag_of([request.full_path, *stamp]),
        body,
        until=next_quarter(now) if callback is None else None,
        content_type="application/json" if callback is None else SCRIPT,
    )


def _called(callback: str | None, json: bytes) -> bytes:
    # The comment keeps the first bytes from being whatever the asker likes.
    return json if callback is None else b"/**/" + callback.encode() + b"(" + json + b");"


def _changes(asked: Asked, callback: str | None) -> Response:
    """Answer GetChanges: of each group its last change, as long as we remember who is gone. One query."""
    now = clock.now()
    days = days_asked(asked, day_at_home(now), REMEMBERED)
    since = datetime.combine(days[0], time(), HOME)
    body = msgspec.json.encode(
        changes(
            (
                Change(
                    one.group.id,
                    one.group.name,
                    one.group.fellowship_id,
                    one.group.fellowship.name,
                    one.modified.astimezone(HOME),
                    is_new=one.group.created_at >= since,
                    is_there=one.is_listed,
                )
                for one in followed(since, 0, limit=MOST_CHANGES)
            ),
            asked,
            days,
        )
    )
    return list_answer(
        tag_of([request.full_path, body.decode()]),
        lambda: _called(callback, body),
        until=next_quarter(now) if callback is None else None,
        content_type="application/json" if callback is None else SCRIPT,
    )


def _written(now: datetime, tag: str) -> bytes:
    """Return all rows as JSON: two queries when this process has them already."""

    def write() -> bytes:
        rows: list[Row] = []
        kinds: dict[str, MeetingKind] = {}
        for one in numbered(now):
            entry = entry_of(one.listing, page=page_of, now=now, mixed=True)
            if entry is not None:
                rows.append(row(entry, Of(one.id, one.fellowship_id), _root()))
                own = one.listing.fellowship.own_kinds
                kinds |= {kind.key: kind for kind in kinds_of(entry, own)}
        return msgspec.json.encode(Written(rows, list(kinds.values())))

    return kept_body(tag, write)


def _root() -> str:
    """Return the address that asks begin with: from the setting, never from the request."""
    root: str = current_app.config["TWAALF_PUBLIC_URL"]
    return root
