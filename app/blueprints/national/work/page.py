"""The work list of a fellowship's office: piles of what asks for attention, and each point of one."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from app import clock
from app.actions.national.work import give_work, put_aside, put_back
from app.blueprints.access import my_region
from app.blueprints.national.work.lines import concern_words, in_one_line
from app.blueprints.national.work.wanted import SORTS, Wanted
from app.blueprints.parts.search_form import Chip
from app.blueprints.web.paging import beside, page_asked
from app.blueprints.web.refusals import say
from app.blueprints.web.request_checks import whole_number
from app.domain.refusal import Refusal
from app.domain.work import SNOOZES, Concern, ListHasChanged
from app.records.accounts import officers_of
from app.records.fellowships import Fellowship
from app.records.group_lists.sight import Sight
from app.records.work.points import Work, work_in

bp = Blueprint("national_work", __name__, url_prefix="/national")

PER_PAGE = 50
FIRST = (Concern.NO_COORDINATOR, Concern.SERVICE_ENDS, Concern.SAME_ROOM, Concern.HOLIDAY)
"""What cannot wait until the others are done."""
NAMED = 3
"""Provinces that a pile names, those with most of it."""


@dataclass(frozen=True)
class Pile:
    """All points of one kind, as one row that opens."""

    concern: Concern
    number: int
    provinces: list[tuple[str, int]]
    example: str
    """The one point, where there is only one."""


@dataclass(frozen=True)
class Shown:
    """What an address asks of the list: as piles, or a page of its points."""

    wanted: Wanted
    asked: dict[str, str]
    """The same as the address has it."""
    chosen: list[Chip]
    piles: list[tuple[str, list[Pile]]]
    lines: list[tuple[Work, str]]
    number: int
    total: int
    """Before anything was chosen."""
    mine: int
    hidden: int
    provinces: list[tuple[str, str]]
    earlier: str | None
    later: str | None


@bp.get("/<slug>/work")
@my_region()
def index(sight: Sight) -> ResponseReturnValue:
    fellowship = sight.fellowship
    return render_template(
        "national/work/index.html",
        fellowship=fellowship,
        shown=_shown(sight, Wanted.of(request.args)),
        words_for=concern_words(),
        snoozes=SNOOZES,
        officers=officers_of(fellowship.id) if sight.is_whole else [],
        is_whole=sight.is_whole,
    )


def _shown(sight: Sight, wanted: Wanted) -> Shown:
    page, fellowship = page_asked(), sight.fellowship
    everything = work_in(sight, fellowship.day_of(clock.now()))
    there = [one for one in everything if one.is_hidden == wanted.hidden]
    picked = sorted(
        (one for one in there if wanted.picks(one, current_user.id)), key=SORTS[wanted.sort]
    )
    some = picked[(page - 1) * PER_PAGE : page * PER_PAGE]
    piles = _piles(picked) if wanted.is_piled else []
    return Shown(
        wanted=wanted,
        asked=wanted.query(),
        chosen=wanted.chosen(fellowship),
        piles=[
            (title, [pile for pile in piles if (pile.concern in FIRST) == is_first])
            for title, is_first in ((_("Eerst dit"), True), (_("Daarna"), False))
        ]
        if piles
        else [],
        lines=[] if piles else [(one, in_one_line(one.point)) for one in some],
        number=len(picked),
        total=len(there),
        mine=sum(one.owner_id == current_user.id for one in there),
        hidden=sum(one.is_hidden for one in everything),
        provinces=[(name, name) for name in sorted({one.province for one in there} - {""})],
        **beside(page, has_more=len(picked) > page * PER_PAGE, **wanted.query()),
    )


@bp.post("/<slug>/work")
@my_region()
def mark(sight: Sight) -> ResponseReturnValue:
    """Do to the picked points, or to a whole pile, what the button says."""
    fellowship, wanted = sight.fellowship, Wanted.of(request.args)
    deed = request.form.get("do", "")
    then = url_for("national_work.index", slug=fellowship.slug, **wanted.query())  # type: ignore[arg-type]  # words all
    try:
        picked = _picked(sight, wanted)
        if deed == "letter" and picked:
            return redirect(_letter_about(fellowship, wanted, picked), 303)
        flash(_mark(fellowship, picked, deed), "good")
    except Refusal as refused:
        say(refused)
    return redirect(then, 303)


def _picked(sight: Sight, wanted: Wanted) -> frozenset[str]:
    """Return the keys of the ticked points, or of a whole pile. Raises ListHasChanged."""
    pile = {str(one): one for one in Concern}.get(request.form.get("pile", ""))
    if pile is None:
        return frozenset(request.form.getlist("point"))
    keys = frozenset(
        one.point.key
        for one in work_in(sight, sight.fellowship.day_of(clock.now()))
        if one.is_hidden == wanted.hidden
        and one.point.concern == pile
        and wanted.picks(one, current_user.id)
    )
    if len(keys) != request.form.get("number", type=whole_number):
        raise ListHasChanged
    return keys


def _letter_about(fellowship: Fellowship, wanted: Wanted, picked: frozenset[str]) -> str:
    """Return the letter's page; of a pile it says the kind, for its keys fill no address."""
    if pile := request.form.get("pile"):
        asked: dict[str, Any] = dict(wanted.query(), concern=pile)
        return url_for("national_work.letter", slug=fellowship.slug, **asked)
    return url_for("national_work.letter", slug=fellowship.slug, point=sorted(picked))


def _piles(points: list[Work]) -> list[Pile]:
    found = []
    for concern in Concern:
        own = [one for one in points if one.point.concern == concern]
        if own:
            provinces = Counter(one.province or _("provincie niet bekend") for one in own)
            example = f"{own[0].name}: {in_one_line(own[0].point)}" if len(own) == 1 else ""
            found.append(Pile(concern, len(own), provinces.most_common(NAMED), example))
    return found


def _mark(fellowship: Fellowship, picked: frozenset[str], deed: str) -> str:
    """Return what was done in words. Raises Refusal."""
    if deed == "back":
        number = put_back(fellowship, picked, by=current_user)
        return ngettext(
            "%(num)s punt staat weer op de lijst.", "%(num)s punten staan weer op de lijst.", number
        )
    if deed == "give":
        to = request.form.get("officer", type=whole_number)
        number = give_work(fellowship, picked, to=to, by=current_user)
        return ngettext("%(num)s punt is doorgegeven.", "%(num)s punten zijn doorgegeven.", number)
    weeks = {str(one): one for one in SNOOZES}.get(deed)
    number = put_aside(fellowship, picked, weeks=weeks, by=current_user)
    if weeks is None:
        return ngettext(
            "%(num)s punt geregeld. Het komt terug als er iets verandert.",
            "%(num)s punten geregeld. Ze komen terug als er iets verandert.",
            number,
        )
    return ngettext("%(num)s punt komt later terug.", "%(num)s punten komen later terug.", number)
