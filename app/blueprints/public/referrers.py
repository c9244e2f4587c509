"""For care professionals: what the groups are, and lists to hand on that stay true."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.blueprints.access import public
from app.blueprints.parts import search_form
from app.blueprints.parts.listing_facts import letters_lost
from app.blueprints.parts.results import by_day, lines_of, results_of, with_preparing
from app.blueprints.web.languages import current
from app.domain.geography.netherlands import PROVINCES
from app.domain.listing import Subject
from app.domain.search import Search, Sort, Whom
from app.domain.zones import day_at_home
from app.formats.kinds.asked import kind_asked
from app.formats.phone import to_call
from app.formats.printed.qr import QrCode, qr_code
from app.formats.printed.sheets import Form
from app.formats.search import NAMES, query_of, read_search, write_search
from app.formats.search_words import search_in_words
from app.formats.wording import language_name, word
from app.records.fellowships import all_fellowships
from app.records.finder import find, resolve
from app.records.finding.beside import find_for_relatives
from app.records.resolved import Resolved

bp = Blueprint("referrers", __name__, url_prefix="/referrers")

OPEN_SHOWN = 6
ON_THE_PAGE = 100
"""Groups of a selection on its page; all of them are in its PDF."""


@dataclass(frozen=True)
class HandedOn:
    """The ways in which a selection is given away or kept."""

    address: str
    """Of this page, which stays true."""
    finder: str
    """The same groups as everybody sees them: what the code holds."""
    code: QrCode
    sheets: dict[Form, str]
    not_on_paper: str
    """Characters that the printed list could not show."""


@dataclass(frozen=True)
class Groups:
    """Lines of a selection: by day, or the nearest first; then those beside it."""

    days: Sequence[tuple[str, list[dict[str, Any]]]]
    nearest_first: Sequence[dict[str, Any]]
    preparing: Sequence[dict[str, Any]]
    relatives: Sequence[dict[str, Any]]
    is_cut: bool


@bp.get("")
@public
def show() -> ResponseReturnValue:
    """Explain the groups, and ask for whom a list is to be."""
    now = clock.now()
    search = read_search(request.args).search
    open_ones = find(Search(is_open=True, sort=Sort.SOONEST), now, limit=OPEN_SHOWN)
    return render_template(
        "public/referrers/show.html",
        near=search.near,
        choices=_choices(search),
        wheelchair=search.wheelchair,
        provinces=[(one, _address(Search(province=one))) for one in PROVINCES],
        days=by_day(results_of(open_ones, now), now),
        all_open=_address(Search(is_open=True)),
        fellowships=[(one, *to_call(one.phone)) for one in all_fellowships()],
    )


@bp.get("/list")
@public
def selection() -> ResponseReturnValue:
    """Show a selection under the address that is its query: bookmarked, it is always of today."""
    read = read_search(request.args)
    if not read.ignored and any(request.args.get(name) == "" for name in NAMES):
        # What a form leaves empty does not belong in an address that is kept for years.
        language = {"lang": request.args["lang"]} if "lang" in request.args else {}
        return redirect(_at("referrers.selection", read.search, **language))
    now = clock.now()
    asked = resolve(read.search, now)
    hits = find(asked, now, limit=ON_THE_PAGE + 1)
    found, preparing = with_preparing(hits[:ON_THE_PAGE], asked, now)
    is_by_day = asked.search.sort is Sort.SOONEST
    finder = f"{current_app.config['TWAALF_PUBLIC_URL']}/?{write_search(read.search)}".rstrip("?")
    return render_template(
        "public/referrers/list.html",
        title=title_of(asked),
        sentences=search_form.not_understood(read),
        found=Groups(
            days=by_day(found, now) if is_by_day else [],
            nearest_first=[] if is_by_day else lines_of(found),
            preparing=lines_of(preparing),
            relatives=_for_relatives(asked, now),
            is_cut=len(hits) > ON_THE_PAGE,
        ),
        most=ON_THE_PAGE,
        handed=HandedOn(
            address=current_app.config["TWAALF_PUBLIC_URL"] + _address(read.search),
            finder=finder,
            code=qr_code(finder),
            sheets=_sheets(read.search),
            not_on_paper=letters_lost(one.printed for one in found),
        ),
        change=_at("referrers.show", read.search),
        today=day_at_home(now),
    )


def title_of(asked: Resolved) -> str:
    """Return what a selection is, in the reader's words."""
    names = (one.name for one in asked.fellowships if one.slug == asked.search.fellowship)
    return search_in_words(
        asked.search,
        current(),
        fellowship=next(names, ""),
        kind=kind_asked(asked.search, asked.own_kinds, current()),
    )


def _address(search: Search) -> str:
    return _at("referrers.selection", search)


def _at(endpoint: str, search: Search, **more: str) -> str:
    query: dict[str, Any] = query_of(search) | more
    return url_for(endpoint, **query)


def _sheets(search: Search) -> dict[Form, str]:
    return {form: _at("printed.show_list", search, lang=current(), form=form) for form in Form}


def _for_relatives(asked: Resolved, now: datetime) -> list[dict[str, Any]]:
    if asked.search.whom is Whom.RELATIVES:
        return []
    return lines_of(results_of(find_for_relatives(asked, now), now))


def _choices(search: Search) -> dict[str, list[search_form.Option]]:
    language = current()
    return {
        "subject": [
            search_form.Option(one, word(one, language), one == search.subject) for one in Subject
        ],
        "for": [search_form.Option(one, word(one, language), one == search.whom) for one in Whom],
        "language": [
            search_form.Option(code, language_name(code, language), code == search.language)
            for code in dict.fromkeys((*search_form.LANGUAGES, search.language))
            if code
        ],
    }
