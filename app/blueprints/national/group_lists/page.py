"""The groups of a fellowship: found, filtered, sorted, page by page, as a file, kept as a list."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_login import current_user
from wtforms import StringField

from app import clock
from app.actions.national.kept_lists import forget_list, keep_list
from app.blueprints.access import my_fellowship, my_region
from app.blueprints.national.group_lists.asked import (
    chosen,
    kind_words,
    query_of,
    read_wanted,
)
from app.blueprints.parts.search_form import Chip
from app.blueprints.web.downloads import download
from app.blueprints.web.form import Form, at_most, required, weekday_choices
from app.blueprints.web.languages import current
from app.blueprints.web.paging import beside, page_asked
from app.domain.confirmation import Freshness, freshness
from app.domain.geography.netherlands import PROVINCES
from app.domain.meeting import Status
from app.domain.people_known import People
from app.domain.place import Kind
from app.domain.search import PartOfDay
from app.formats.figures import people_in_figures
from app.formats.spreadsheet import Cell, Table
from app.formats.wording import clock_time, language_name, short_weekday, word
from app.records.fellowships import Fellowship
from app.records.group_lists.kept import LONGEST_NAME, KeptList, kept_lists
from app.records.group_lists.lines import (
    GroupLine,
    Held,
    count_groups,
    group_lines,
    held_by,
    languages_of,
)
from app.records.group_lists.sight import Sight
from app.records.group_lists.wanted import Wanted

bp = Blueprint("group_lists", __name__, url_prefix="/national")

PER_PAGE = 100


@dataclass(frozen=True)
class Found:
    """Groups that answer the filters of an address: a page of them, and the ways on."""

    wanted: Wanted
    asked: dict[str, str]
    """The same as the address has it."""
    chosen: list[Chip]
    number: int
    first: int
    """Which of them the page begins with, from 1."""
    lines: list[tuple[GroupLine, Freshness]]
    held: dict[int, Held]
    """Who coordinates each, by its id."""
    sorts: list[dict[str, Any]]
    files: list[tuple[str, str]]
    earlier: str | None
    later: str | None


Choice = list[tuple[Any, str]]
"""Values and their words."""


@dataclass(frozen=True)
class Offered:
    """What each filter offers."""

    kinds: Choice
    provinces: Choice
    spoken: Choice
    weekdays: Choice
    statuses: Choice
    parts: Choice
    freshnesses: Choice


@dataclass(frozen=True)
class Kept:
    """Lists that stand under a name, and the form to keep this one."""

    all: list[tuple[KeptList, str, bool]]
    """Each with its address, and whether it is what the address asks."""
    here: KeptList | None
    form: "KeepForm"


class KeepForm(Form):
    name = StringField(lazy_gettext("Naam van de lijst"), [required(), at_most(LONGEST_NAME)])


@bp.get("/<slug>/groups")
@my_region()
def index(sight: Sight) -> ResponseReturnValue:
    return _page(sight)


@bp.post("/<slug>/groups/lists")
@my_fellowship()
def keep(fellowship: Fellowship) -> ResponseReturnValue:
    """Keep the filters of the address under a name."""
    form = KeepForm()
    query = query_of(read_wanted(request.args))
    said = {name: value for name, value in query.items() if name != "page"}
    if form.does(
        lambda: keep_list(fellowship, form.name.data, query=urlencode(said), by=current_user)
    ):
        flash(_("De lijst is bewaard. Alle beheerders zien hem."), "good")
        return redirect(_here(fellowship, **query), 303)
    return _page(Sight(fellowship), form), 422


@bp.post("/<slug>/groups/lists/<int:list_id>/forget")
@my_fellowship()
def forget(fellowship: Fellowship, list_id: int) -> ResponseReturnValue:
    known = {one.id for one in kept_lists(fellowship.id)}
    if list_id not in known:
        abort(404)
    forget_list(fellowship, list_id, by=current_user)
    flash(_("De lijst is weg. De groepen zijn er nog."), "good")
    return redirect(_here(fellowship), 303)


@bp.get("/<slug>/groups.<kind>")
@my_region()
def file(sight: Sight, kind: str) -> ResponseReturnValue:
    lines = group_lines(sight, read_wanted(request.args), clock.today())
    columns = [
        _("Groep"), _("Adres"), _("Plaats"), _("Provincie"), _("Dag"), _("Begint om"), _("Locatie"),
        _("Taal"), _("Status"), _("Vermeld"), _("Bevestigd"), _("Coördinatoren"), _("Bron"),
        _("Plekken bezet"), _("Wachten"),
    ]  # fmt: skip
    rows = [_cells(line) for line in lines]
    return download(
        Table(_("Groepen"), columns, rows), kind, name=f"{sight.fellowship.slug}-groups"
    )


def _page(sight: Sight, form: KeepForm | None = None) -> str:
    return render_template(
        "national/group_lists/index.html",
        fellowship=sight.fellowship,
        found=_found(sight, read_wanted(request.args)),
        offered=_offered(sight),
        kept=_kept(sight.fellowship, form) if sight.is_whole else None,
        people=lambda people: people_in_figures(people, current()),
    )


def _found(sight: Sight, wanted: Wanted) -> Found:
    page, today, fellowship = page_asked(), clock.today(), sight.fellowship
    lines = group_lines(sight, wanted, today, offset=(page - 1) * PER_PAGE, limit=PER_PAGE + 1)
    asked, shown = query_of(wanted), lines[:PER_PAGE]
    beside_it: dict[str, Any] = dict(asked)
    return Found(
        wanted=wanted,
        asked=asked,
        chosen=chosen(sight, wanted),
        number=count_groups(sight, wanted, today),
        first=(page - 1) * PER_PAGE + 1,
        lines=[
            (line, freshness(line.confirmed_on, today, fellowship.confirm_after)) for line in shown
        ],
        held=held_by([line.id for line in shown], clock.now()),
        sorts=_sorts(fellowship, wanted),
        files=[
            (name, url_for("group_lists.file", slug=fellowship.slug, kind=kind, **beside_it))
            for name, kind in (("CSV", "csv"), ("Excel", "xlsx"))
        ],
        **beside(page, has_more=len(lines) > PER_PAGE, **asked),
    )


def _offered(sight: Sight) -> Offered:
    return Offered(
        kinds=kind_words(),
        provinces=[(one, one) for one in PROVINCES],
        spoken=[(one, language_name(one, current())) for one in languages_of(sight, clock.today())],
        weekdays=weekday_choices(),
        statuses=_in_words(Status),
        parts=_in_words(PartOfDay),
        freshnesses=_in_words(Freshness),
    )


def _kept(fellowship: Fellowship, form: KeepForm | None) -> Kept:
    lists = kept_lists(fellowship.id)
    here = urlencode(query_of(read_wanted(request.args)))
    return Kept(
        all=[(one, _address(fellowship, one), one.query == here) for one in lists],
        here=next((one for one in lists if one.query == here), None),
        form=form or KeepForm(formdata=None),
    )


def _here(fellowship: Fellowship, **query: Any) -> str:
    return url_for("group_lists.index", slug=fellowship.slug, **query)


def _address(fellowship: Fellowship, kept: KeptList) -> str:
    return f"{_here(fellowship)}?{kept.query}" if kept.query else _here(fellowship)


def _sorts(fellowship: Fellowship, wanted: Wanted) -> list[dict[str, Any]]:
    """Return each column: its title, the address that sorts by it, and how it is sorted now."""
    titles = {
        "name": _("Groep"), "town": _("Plaats"), "time": _("Dag en tijd"), "kind": _("Locatie"),
        "status": _("Status"), "seats": _("Bezet"), "waiting": _("Wachten"),
        "confirmed": _("Bevestigd"), "coordinators": _("Coördinatoren"), "source": _("Bron"),
    }  # fmt: skip
    asked: dict[str, Any] = query_of(wanted)
    return [
        {
            "name": name,
            "title": title,
            "href": _here(fellowship, **asked | {"sort": _turned(name, wanted)}),
            "now": ("descending" if wanted.descending else "ascending")
            if name == wanted.sort
            else "",
        }
        for name, title in titles.items()
    ]


def _turned(name: str, wanted: Wanted) -> str:
    return f"-{name}" if name == wanted.sort and not wanted.descending else name


def _in_words(among: type[StrEnum]) -> list[tuple[str, str]]:
    return [(str(one), word(one, current())) for one in among]


def _cells(line: GroupLine) -> list[Cell]:
    language = current()
    return [
        line.name,
        line.slug,
        line.town,
        line.province,
        short_weekday(line.weekday, language) if line.weekday else "",
        clock_time(line.start, language) if line.start else "",
        word(Kind(line.kind), language) if line.kind else "",
        language_name(line.language, language),
        word(line.status, language),
        _("ja") if line.listed else _("nee"),
        line.confirmed_on,
        line.coordinators,
        line.source,
        _people(line.people, language),
        _people(line.line, language),
    ]


def _people(people: People, language: str) -> Cell:
    return people_in_figures(people, language) if people.is_rounded else people.number
