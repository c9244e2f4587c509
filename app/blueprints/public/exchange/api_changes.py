"""What a mirror of the lists asks: what changed, and what is gone; and how the API is described."""

from datetime import datetime, timedelta

import msgspec
from flask import Blueprint, Response, current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app import clock
from app.blueprints.access import public
from app.blueprints.public.exchange.api import Refused, answers
from app.blueprints.public.exchange.list_answer import list_answer, tag_of
from app.blueprints.public.meeting_guide import page_of
from app.blueprints.web.cross_origin import ASKED, preflight
from app.domain.meeting import Status
from app.domain.week import Week
from app.domain.zones import HOME
from app.formats.api import types
from app.formats.api.asked import AFTER, LIMIT, SINCE, USUAL, instant_of
from app.formats.api.description import OPERATIONS, json_schema, openapi
from app.formats.api.making import group_of
from app.kept.views import kept_a_minute
from app.records.exchange.followed import REMEMBERED, Followed, followed
from app.records.groups import Group
from app.records.listings import listings_of

bp = Blueprint("api_changes", __name__, url_prefix="/api")

VERSION = "1.0.0"
SETTLES = timedelta(seconds=10)
"""So long a deed may take from its instant to its commit: these seconds are asked again."""
A_QUARTER = timedelta(minutes=15)
_WHY = {Status.CLOSED: types.Gone.CLOSED, Status.PAUSED: types.Gone.PAUSED}


@bp.route("/v1/changes.json", methods=ASKED)
@public
@answers(SINCE, AFTER, LIMIT)
def changes(now: datetime) -> types.Changes:
    """Show groups that changed since an instant, and for 30 days those that are gone."""
    since = instant_of(request.args.get(SINCE.name, ""))
    if since and since < now - REMEMBERED:
        raise Refused(410, _("Dat is te lang geleden. Begin opnieuw, zonder since."))
    limit = int(request.args.get(LIMIT.name) or USUAL)
    after = int(request.args.get(AFTER.name) or 0)
    found = followed(since, after, limit=limit + 1)
    shown = found[:limit]
    modified, id = (shown[-1].modified, shown[-1].group.id) if shown else (since or now, after)
    if len(found) <= limit and modified > now - SETTLES:
        modified, id = now - SETTLES, 0
    return types.Changes(_changes(shown, now), _following(modified, id, limit))


@bp.route("/v1/openapi.json", methods=ASKED)
@public
def description() -> Response:
    """Show the description of the API: OpenAPI 3.1."""
    return _document(openapi(VERSION, current_app.config["TWAALF_PUBLIC_URL"]))


@bp.route("/v1/schema.json", methods=ASKED)
@public
def schema() -> Response:
    """Show JSON Schema of its answers."""
    return _document(json_schema())


@bp.get("/")
@public
@kept_a_minute
def show() -> ResponseReturnValue:
    """Show the description as a page, without any script."""
    document = msgspec.json.decode(openapi(VERSION, current_app.config["TWAALF_PUBLIC_URL"]))
    return render_template(
        "public/api/show.html",
        root=document["servers"][0]["url"],
        operations=OPERATIONS,
        schemas=document["components"]["schemas"],
    )


def _document(body: bytes) -> Response:
    if request.method == "OPTIONS":
        return preflight()
    return list_answer(tag_of([body.decode()]), lambda: body, until=clock.now() + A_QUARTER)


def _changes(found: list[Followed], now: datetime) -> list[types.Change]:
    this = Week.at(now, HOME)
    there = [one.group for one in found if one.is_listed]
    listings = listings_of(there, (this + -1, this + 1), with_contacts=False) if there else []
    by_id = dict(zip([one.id for one in there], listings, strict=True))
    return [
        types.Change(
            types.Kept.UPDATED,
            one.group.slug,
            one.modified,
            None,
            group_of(by_id[one.group.id], page=page_of(by_id[one.group.id]), now=now),
        )
        if one.is_listed
        else types.Change(types.Kept.DELETED, one.group.slug, one.modified, _why(one.group), None)
        for one in found
    ]


def _why(group: Group) -> types.Gone:
    return types.Gone.UNLISTED if not group.listed else _WHY[Status(group.status)]


def _following(modified: datetime, id: int, limit: int) -> str:
    since = modified.isoformat().replace("+00:00", "Z")
    address = url_for(".changes", since=since, after=id, limit=limit)
    return str(current_app.config["TWAALF_PUBLIC_URL"]) + address
