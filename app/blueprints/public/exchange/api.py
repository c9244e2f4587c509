"""The read API, version 1: groups, meetings, fellowships, places and changes, for any program."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import wraps
from typing import Any, TypeVar

import msgspec
from flask import Blueprint, Response, current_app, request, url_for
from flask_babel import gettext as _

from app import clock
from app.blueprints.access import public
from app.blueprints.public.exchange.list_answer import attach, kept_body, list_answer, tag_of
from app.blueprints.public.meeting_guide import page_of
from app.blueprints.web.cross_origin import ASKED, preflight, readable_elsewhere
from app.blueprints.web.paging import with_query
from app.domain.geography.found import Whereabouts
from app.domain.geography.whereabouts import whereabouts
from app.domain.listing import Listing
from app.domain.search import Sort
from app.domain.week import Week
from app.domain.zones import HOME, day_at_home
from app.formats.api import types
from app.formats.api.asked import (
    CURSOR,
    FILTERS,
    FIRST,
    LAST,
    LIMIT,
    MOST_DAYS,
    USUAL,
    NoSuchPage,
    Parameter,
    day_of,
    is_allowed,
    read_cursor,
    write_cursor,
)
from app.formats.api.making import fellowship_of, group_of, houses_of, meeting_of
from app.formats.search import read_search
from app.records.asked.listed import GroupFound
from app.records.fellowships import Fellowship, all_fellowships, find_fellowship
from app.records.finder import resolve
from app.records.finding.in_order import groups_in_order, meetings_in_order
from app.records.groups import Group, find_group
from app.records.listed import listed, stamp_of_listed
from app.records.listings import listings_of
from app.records.resolved import Resolved

bp = Blueprint("api", __name__, url_prefix="/api/v1")
bp.record_once(attach)

SHAPE = 1
PROBLEM = "application/problem+json"
DAYS_USUAL = 7
HORIZON = timedelta(weeks=10)
"""Meetings are kept some weeks ahead, to be found: further, nobody promises anything."""
A_MINUTE = timedelta(minutes=1)
T = TypeVar("T")


class Refused(Exception):
    """A question that cannot be understood, or of what is not there."""

    def __init__(self, status: int, detail: str) -> None:
        super().__init__(detail)
        self.status, self.detail = status, detail


def answers(*asks: Parameter) -> Callable[[Callable[..., Any]], Callable[..., Response]]:
    """Let a view return what it answers with; parameters it asks must be as they are described."""

    def decorate(view: Callable[..., Any]) -> Callable[..., Response]:
        @wraps(view)
        def answer(**of_path: str) -> Response:
            if request.method == "OPTIONS":
                return preflight()
            try:
                _must_be_allowed(asks)
                body = msgspec.json.encode(view(clock.now(), **of_path))
            except NoSuchPage:
                return problem(404, _("Deze bladzijde is er niet."))
            except Refused as refused:
                return problem(refused.status, refused.detail)
            tag = hashlib.sha256(body).hexdigest()[:24]
            minute = clock.now().replace(second=0, microsecond=0) + A_MINUTE
            return list_answer(tag, lambda: body, until=minute)

        return answer

    return decorate


def problem(status: int, detail: str) -> Response:
    """Answer with a problem (RFC 9457)."""
    title = _("Dat lukte niet")
    body = msgspec.json.encode(types.Problem("about:blank", title, status, detail))
    return readable_elsewhere(Response(body, status, content_type=PROBLEM))


@bp.route("/groups", methods=ASKED)
@public
@answers(*FILTERS, LIMIT, CURSOR)
def groups(now: datetime) -> types.Groups:
    """Show groups that meet or prepare to, by their number. Some twelve queries."""
    asked = _search(now)
    (after,) = read_cursor(_asked(CURSOR), 1) if _asked(CURSOR) else (0,)
    found = groups_in_order(asked, after, limit=_limit() + 1) if asked else []
    shown, more = found[: _limit()], len(found) > _limit()
    following = _next(write_cursor(shown[-1].id)) if more else None
    return types.Groups(_groups(shown, now), following)


@bp.route("/groups/<slug>", methods=ASKED)
@public
@answers()
def group(now: datetime, slug: str) -> types.Group:
    """Show one listed group, whatever its status."""
    found = find_group(slug)
    if found is None or not found.listed:
        raise Refused(404, _("Deze groep is er niet."))
    return _groups([found], now)[0]


@bp.route("/meetings", methods=ASKED)
@public
@answers(*FILTERS, FIRST, LAST, LIMIT, CURSOR)
def meetings(now: datetime) -> types.Meetings:
    """Show what groups do on some days, also what is not on. Some twelve queries."""
    first, last = _window(now)
    asked = _search(now)
    after = None
    if _asked(CURSOR):
        minute, group_id = read_cursor(_asked(CURSOR), 2)
        after = datetime.fromtimestamp(minute * 60, tz=HOME), group_id
    hits = (
        meetings_in_order(asked, first, last, after, limit=_limit() + 1)
        if asked and first <= last
        else []
    )
    shown = hits[: _limit()]
    weeks = (Week.of(first) + -1, Week.of(max(first, last)) + 1)
    of = {hit.group.id: hit.group for hit in shown}
    listings = dict(zip(of, _listings(list(of.values()), weeks), strict=True))
    found = []
    for hit in shown:
        listing = listings[hit.group.id]
        meeting = listing.schedule.meeting_in(hit.week) if hit.week else None
        if meeting:
            found.append(meeting_of(listing, meeting, page=page_of(listing)))
    following = None
    if len(hits) > len(shown) and found:
        minute = int(found[-1].starts.timestamp()) // 60
        following = _next(write_cursor(minute, shown[-1].group.id))
    return types.Meetings(found, first, last, following)


@bp.route("/fellowships", methods=ASKED)
@public
@answers()
def fellowships(_now: datetime) -> types.Fellowships:
    """Show the national bodies. One query."""
    return types.Fellowships([_fellowship(one) for one in all_fellowships()])


@bp.route("/fellowships/<slug>", methods=ASKED)
@public
@answers()
def fellowship(_now: datetime, slug: str) -> types.Fellowship:
    """Show one national body."""
    found = find_fellowship(slug)
    if found is None or found.closed_on:
        raise Refused(404, _("Deze organisatie is er niet."))
    return _fellowship(found)


@bp.route("/places", methods=ASKED)
@public
@answers(LIMIT, CURSOR)
def places(now: datetime) -> types.Places:
    """Show buildings that are shown whole. Two queries when this process has them already."""
    (after,) = read_cursor(_asked(CURSOR), 1) if _asked(CURSOR) else (0,)
    tag = tag_of(["houses", SHAPE, stamp_of_listed(now)])
    body = kept_body(tag, lambda: msgspec.json.encode(list(houses_of(listed(now), now))))
    every = msgspec.json.decode(body, type=list[types.House])
    until = after + _limit()
    following = _next(write_cursor(until)) if until < len(every) else None
    return types.Places(every[after:until], following)


def _must_be_allowed(asks: Sequence[Parameter]) -> None:
    for ask in asks:
        for value in request.args.getlist(ask.name):
            if not is_allowed(ask, value):
                words = _(
                    "“%(value)s” kan niet bij %(name)s staan.", value=value[:80], name=ask.name
                )
                raise Refused(400, words)


def _asked(parameter: Parameter) -> str:
    return request.args.get(parameter.name, "")


def _limit() -> int:
    return int(_asked(LIMIT) or USUAL)


def _search(now: datetime) -> Resolved | None:
    """Return what is asked; None where it is around a place that is not known: nothing is near."""
    query = {one.name: request.args.get(one.name, "") for one in FILTERS}
    search = replace(read_search(query).search, sort=Sort.SOONEST)
    if search.near and not isinstance(whereabouts(search.near), Whereabouts):
        return None
    return resolve(search, now)


def _window(now: datetime) -> tuple[date, date]:
    """Return the days that are asked, as far as anything is known of them."""
    today = day_at_home(now)
    first = max(day_of(_asked(FIRST)) or today, today - timedelta(days=1))
    first = min(first, today + HORIZON)
    last = day_of(_asked(LAST)) or first + timedelta(days=DAYS_USUAL - 1)
    return first, min(last, first + timedelta(days=MOST_DAYS - 1), today + HORIZON)


def _groups(found: Sequence[Group], now: datetime) -> list[types.Group]:
    this = Week.at(now, HOME)
    every = _listings(found, (this + -1, this + 1))
    return [group_of(listing, page=page_of(listing), now=now) for listing in every]


def _listings(found: Sequence[Group | GroupFound], weeks: tuple[Week, Week]) -> list[Listing]:
    return listings_of(found, weeks, with_contacts=False) if found else []


def _fellowship(found: Fellowship) -> types.Fellowship:
    root = current_app.config["TWAALF_PUBLIC_URL"]
    page = f"{root}/fellowships/{found.slug}"
    return fellowship_of(found.card(), phone=found.phone, page=page)


def _next(cursor: str) -> str:
    """Return the address of the next page: the same question, further on."""
    address = str(current_app.config["TWAALF_PUBLIC_URL"]) + url_for(str(request.endpoint))
    return with_query(address, {**request.args.to_dict(), CURSOR.name: cursor})
