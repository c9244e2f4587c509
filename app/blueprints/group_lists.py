"""The groups behind a figure: an officer's list, filtered, page by page and as a file."""

from enum import StrEnum
from typing import Any, TypeVar

from flask import Blueprint, render_template, request, url_for
from flask_babel import gettext as _

from app import clock
from app.blueprints.access import my_fellowship
from app.blueprints.asking import Chip
from app.blueprints.downloads import download
from app.blueprints.form import weekday_choices
from app.blueprints.languages import current
from app.blueprints.paging import beside, page_asked
from app.domain.confirmation import Freshness, freshness
from app.domain.country import PROVINCES
from app.domain.figures import People
from app.domain.meeting import Status
from app.domain.search import PartOfDay
from app.domain.zones import HOME
from app.formats.figures import people_in_figures
from app.formats.spreadsheet import Cell, Table
from app.formats.wording import weekday_name, word
from app.records.fellowships import Fellowship
from app.records.group_lines import GroupLine, Wanted, count_groups, group_lines

bp = Blueprint("group_lists", __name__, url_prefix="/national")

PER_PAGE = 100
LONGEST_TOWN = 80
Choice = TypeVar("Choice", bound=StrEnum)


@bp.get("/<slug>/groups")
@my_fellowship()
def index(fellowship: Fellowship):
    page = page_asked()
    wanted, today = _wanted(), clock.now().astimezone(HOME).date()
    lines = group_lines(fellowship, wanted, today, offset=(page - 1) * PER_PAGE, limit=PER_PAGE + 1)
    asked: dict[str, Any] = dict(_query(wanted))
    return render_template(
        "group_lists/index.html",
        fellowship=fellowship,
        wanted=wanted,
        asked=asked,
        chosen=_chosen(fellowship, wanted),
        number=count_groups(fellowship, wanted, today),
        lines=[
            (line, freshness(line.confirmed_on, today, fellowship.confirm_after))
            for line in lines[:PER_PAGE]
        ],
        people=lambda people: people_in_figures(people, current()),
        provinces=[(one, one) for one in PROVINCES],
        weekdays=weekday_choices(),
        statuses=_in_words(Status),
        parts=_in_words(PartOfDay),
        freshnesses=_in_words(Freshness),
        files=[
            (name, url_for("group_lists.file", slug=fellowship.slug, kind=kind, **asked))
            for name, kind in (("CSV", "csv"), ("Excel", "xlsx"))
        ],
        **beside(page, has_more=len(lines) > PER_PAGE, **asked),
    )


@bp.get("/<slug>/groups.<kind>")
@my_fellowship()
def file(fellowship: Fellowship, kind: str):
    today = clock.now().astimezone(HOME).date()
    lines = group_lines(fellowship, _wanted(), today)
    rows = [_cells(line) for line in lines]
    columns = [
        _("Groep"), _("Plaats"), _("Provincie"), _("Status"), _("Vermeld"), _("Bevestigd"),
        _("Coördinatoren"), _("Plekken bezet"), _("Wachten"),
    ]  # fmt: skip
    return download(Table(_("Groepen"), columns, rows), kind, name=f"{fellowship.slug}-groups")


def _wanted() -> Wanted:
    """Read the filters of an address; what is not understood asks nothing."""
    given = request.args
    province, town = given.get("province"), given.get("town")
    weekday = given.get("weekday", type=int)
    return Wanted(
        status=_choice("status", Status),
        province=province if province in ("", *PROVINCES) else None,
        town=town[:LONGEST_TOWN] if town else None,
        weekday=weekday if weekday in range(1, 8) else None,
        part=_choice("part", PartOfDay),
        freshness=_choice("freshness", Freshness),
        full=given.get("full") == "yes",
        listed={"yes": True, "no": False}.get(given.get("listed", "")),
    )


def _choice(name: str, among: type[Choice]) -> Choice | None:
    return {str(one): one for one in among}.get(request.args.get(name, ""))


def _in_words(among: type[StrEnum]) -> list[tuple[str, str]]:
    return [(str(one), word(one, current())) for one in among]


def _query(wanted: Wanted) -> dict[str, str]:
    """Return the filters as an address says them."""
    said: dict[str, str | None] = {
        "status": wanted.status,
        "province": wanted.province,
        "town": wanted.town,
        "weekday": str(wanted.weekday) if wanted.weekday else None,
        "part": wanted.part,
        "freshness": wanted.freshness,
        "full": "yes" if wanted.full else None,
        "listed": None if wanted.listed is None else "yes" if wanted.listed else "no",
    }
    return {name: str(value) for name, value in said.items() if value is not None}


def _chosen(fellowship: Fellowship, wanted: Wanted) -> list[Chip]:
    """Return each filter in words, with the address of the list without it."""
    language = current()
    said: dict[str, str | None] = {
        "status": word(wanted.status, language) if wanted.status else None,
        "province": _("provincie niet bekend") if wanted.province == "" else wanted.province,
        "town": wanted.town,
        "weekday": weekday_name(wanted.weekday, language) if wanted.weekday else None,
        "part": word(wanted.part, language) if wanted.part else None,
        "freshness": word(wanted.freshness, language) if wanted.freshness else None,
        "full": _("vol, en er wachten mensen") if wanted.full else None,
        "listed": None if wanted.listed is None else _("vermeld") if wanted.listed else _("niet vermeld"),
    }  # fmt: skip
    asked: dict[str, Any] = dict(_query(wanted))
    return [
        Chip(text, url_for("group_lists.index", slug=fellowship.slug, **asked | {name: None}))
        for name, text in said.items()
        if text
    ]


def _cells(line: GroupLine) -> list[Cell]:
    language = current()
    return [
        line.name,
        line.town,
        line.province,
        word(line.status, language),
        _("ja") if line.listed else _("nee"),
        line.confirmed_on,
        line.coordinators,
        _people(line.people, language),
        _people(line.line, language),
    ]


def _people(people: People, language: str) -> Cell:
    return people_in_figures(people, language) if people.is_rounded else people.number
