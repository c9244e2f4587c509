"""Several groups under one link: a calendar of what was searched, or of chosen groups, and their page."""

import hashlib
from dataclasses import replace
from datetime import datetime, time
from typing import Any

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app import clock
from app.blueprints.access import public
from app.blueprints.parts.calendar_card import CalendarCard, card_of, device_asking
from app.blueprints.parts.results import results_of
from app.blueprints.public.feeds import Bodies, calendar_answer
from app.blueprints.web.compression import may_be_compressed
from app.blueprints.web.cross_origin import ASKED, preflight, readable_elsewhere
from app.blueprints.web.languages import current
from app.blueprints.web.limits import count
from app.domain.feeds.appointment import telling_of
from app.domain.feeds.feed import OF_SEVERAL_AHEAD, FeedKind, Window, is_over, window_at
from app.domain.geography.found import Whereabouts
from app.domain.geography.whereabouts import whereabouts
from app.domain.search import Search
from app.domain.week import Week
from app.domain.zones import HOME
from app.formats.ical.feed import TEMPLATE, Feed, write_feed_of_several
from app.formats.ical.subscribe import Device
from app.formats.kinds.asked import kind_asked
from app.formats.search import NAMES, query_of, read_search
from app.formats.search_words import search_in_words
from app.formats.selection import (
    MOST_CHOSEN,
    Selection,
    pack,
    seal,
    selection_of,
    slugs_among,
    unpack,
    unseal,
)
from app.formats.wording import gettext_in
from app.records.feeds.found import FoundFeed, feed_among_others
from app.records.feeds.stamps import stamps_of
from app.records.finder import Hit, find, resolve
from app.records.finding.selected import groups_selected
from app.records.groups import Group, find_listed
from app.records.listings import listings_of

bp = Blueprint("selections", __name__)

MOST_FOUND = 100
"""Groups in the calendar of a search."""
WRITTEN_RATE = "120/minute"
"""Calendars written anew for one network: Google fetches for very many readers from one."""
MOST_OFFERED = 20
Part = tuple[Group, FoundFeed, Window]


@bp.route("/feeds/selection/<packed>.ics", methods=ASKED)
@bp.route("/feeds/selection/<packed>/agenda.ics", methods=ASKED)
@public
def feed(packed: str) -> Response:
    """Answer with the coming weeks of several groups; the address holds all that was asked.

    Without Last-Modified: a group that leaves the selection makes nothing newer, and a program
    that sends the date alone would keep it. Five queries when the asker has it already.
    """
    selection = unpack(packed) or unseal(packed, current_app.config["SECRET_KEY"])
    if selection is None:
        abort(404)
    if request.method == "OPTIONS":
        return preflight()
    now = clock.now()
    name, groups = _of_slugs(selection) if selection.slugs else _of_search(selection, now)
    kind = FeedKind.DISCREET if selection.is_discreet else FeedKind.NAMED
    parts = [_part(group, kind, packed, now) for group in groups]
    parts = [part for part in parts if not _is_over(part[1], now)]
    tag = _tag(packed, name, parts)
    answer = calendar_answer(tag, now)
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    may_be_compressed()
    answer.make_conditional(request)
    if answer.status_code == 200:
        bodies: Bodies = current_app.extensions["feeds"]
        body = bodies.get(tag)
        if body is None:
            # Anyone can make up selections; a calendar that is asked for again costs nothing here.
            count("selection", WRITTEN_RATE)
            feeds = _feeds(parts)
            body = write_feed_of_several(feeds, kind, name=name, language=selection.language)
            bodies.put(tag, body)
        answer.set_data(body)
    return readable_elsewhere(answer)


@bp.get("/my-groups")
@public
def mine() -> ResponseReturnValue:
    """Show chosen groups, and others to choose: the address alone holds the choice."""
    asked = list(dict.fromkeys(request.args.getlist("g")))
    slugs = slugs_among(asked)
    read = read_search(request.args)
    if any(request.args.get(name) == "" for name in NAMES):
        query: dict[str, Any] = {"g": asked[: MOST_CHOSEN + 1], **query_of(read.search)}
        if "lang" in request.args:
            query["lang"] = request.args["lang"]
        return redirect(url_for(".mine", **query))
    now = clock.now()
    chosen = find_listed(slugs)
    offered = _others(read.search, chosen, now) if _asks(read.search) else []
    results = results_of([*(Hit(group, None) for group in chosen), *offered], now)
    page = render_template(
        "public/selections/mine.html",
        chosen=results[: len(chosen)],
        offered=results[len(chosen) :],
        search=read.search,
        has_asked=_asks(read.search),
        is_full=len(asked) > MOST_CHOSEN,
        most=MOST_CHOSEN,
        is_missing_some=len(slugs) > len(chosen),
        cards=_cards(
            Selection(slugs=tuple(one.slug for one in chosen), language=current()), device_asking()
        )
        if chosen
        else None,
    )
    answer = make_response(page)
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    return answer


@bp.app_template_global()
def cards_of_search(search: Search) -> tuple[CalendarCard, CalendarCard] | None:
    """Return the cards of a search, the discreet one first; None when its place is not known."""
    return _cards(selection_of(search, current())) if _is_known(search) else None


@bp.app_template_global()
def my_groups_from(search: Search) -> str:
    """Return where one chooses from what a search finds."""
    query: dict[str, Any] = {**query_of(selection_of(search, current()).search)}
    return url_for("selections.mine", **query)


def _cards(selection: Selection, device: Device | None = None) -> tuple[CalendarCard, CalendarCard]:
    neutral = replace(selection, is_discreet=True)
    sealed = seal(neutral, current_app.config["SECRET_KEY"])
    return (
        card_of(url_for("selections.feed", packed=sealed), _("Afspraak"), device),
        card_of(url_for("selections.feed", packed=pack(selection)), _("Groepen"), device),
    )


def _of_slugs(selection: Selection) -> tuple[str, list[Group]]:
    _ = gettext_in(selection.language)
    return _("Groepen die ik volg"), sorted(
        find_listed(selection.slugs), key=lambda group: group.id
    )


def _of_search(selection: Selection, now: datetime) -> tuple[str, list[Group]]:
    """Return the groups that a search finds in any week to come, as seen from Monday midnight.

    What comes soonest differs by the hour, and with it which hundred there are.
    """
    if not _is_known(selection.search):
        abort(404)
    monday = datetime.combine(Week.at(now, HOME).monday, time(), tzinfo=HOME)
    asked = resolve(selection.search, monday)
    fellowship = next((b.name for b in asked.fellowships if b.slug == asked.search.fellowship), "")
    name = search_in_words(
        asked.search,
        selection.language,
        fellowship=fellowship,
        kind=kind_asked(asked.search, asked.own_kinds, selection.language),
    )
    return name, groups_selected(asked, monday.date(), OF_SEVERAL_AHEAD + 1, limit=MOST_FOUND)


def _part(group: Group, kind: FeedKind, packed: str, now: datetime) -> Part:
    found = feed_among_others(group, kind, packed)
    window = window_at(now, found.zone, found.status, found.status_since, is_of_several=True)
    return group, found, window


def _is_over(found: FoundFeed, now: datetime) -> bool:
    return is_over(now, found.zone, found.status, found.status_since)


def _tag(packed: str, name: str, parts: list[Part]) -> str:
    """Return a name for the bytes of a calendar: of what decides them, and nothing besides."""
    of_groups = [
        (found.group_id, found.revision, found.changed_at.isoformat(), str(window.week))
        for _group, found, window in parts
    ]
    decides = (packed, name, of_groups, TEMPLATE, current_app.config["TWAALF_PUBLIC_URL"])
    return hashlib.sha256(repr(decides).encode()).hexdigest()[:24]


def _feeds(parts: list[Part]) -> list[Feed]:
    if not parts:
        return []
    weeks = (min(window.first for *_, window in parts), max(window.last for *_, window in parts))
    listings = listings_of([group for group, *_ in parts], weeks, with_contacts=False)
    telling = telling_of(parts[0][1].kind, is_of_several=True)
    stamps = stamps_of([found.group_id for _, found, _ in parts], telling, weeks)
    site = current_app.config["TWAALF_PUBLIC_URL"]
    return [
        Feed(
            listing=listing,
            kind=found.kind,
            namespace=found.namespace,
            floor=found.floor,
            window=window,
            stamps=stamps[found.group_id],
            page=f"{site}/groups/{listing.slug}",
        )
        for (_group, found, window), listing in zip(parts, listings, strict=True)
    ]


def _others(search: Search, chosen: list[Group], now: datetime) -> list[Hit]:
    held = {group.id for group in chosen}
    hits = find(search, now, limit=MOST_OFFERED + len(held))
    return [hit for hit in hits if hit.group.id not in held][:MOST_OFFERED]


def _asks(search: Search) -> bool:
    return not search.asks_nothing


def _is_known(search: Search) -> bool:
    return not search.near or isinstance(whereabouts(search.near), Whereabouts)
