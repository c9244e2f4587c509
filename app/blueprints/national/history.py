"""What changed of a fellowship and its groups, for its officers."""

from collections import Counter
from dataclasses import dataclass, replace
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from app.blueprints.access import group_of_my_fellowship, my_fellowship
from app.blueprints.national.work.lines import concern_words
from app.blueprints.parts.change_words import DEEDS
from app.blueprints.parts.changes import ChangeLine, change_line
from app.blueprints.parts.history import (
    MOST_ROWS,
    SHOWN,
    columns,
    here,
    history_file,
    row,
    search_in_address,
    with_way_back,
)
from app.blueprints.parts.restoring import answer_restore
from app.blueprints.web.languages import current
from app.blueprints.web.request_checks import id_in_query
from app.domain.work import Concern
from app.formats.figures import amount
from app.records.changes import Change
from app.records.fellowships import Fellowship
from app.records.groups import Group
from app.records.history import (
    OF_THE_OFFICE,
    history_of_fellowship,
)

bp = Blueprint("national_history", __name__)

LETTERS = frozenset({"write_to_groups", "write_coordinators"})
"""Deeds that are a letter to coordinators, of which the log keeps a copy."""


@dataclass(frozen=True)
class SentCopy:
    """What was sent to how many coordinators: to whom is not kept."""

    number: str
    about: str
    text: str


@bp.get("/national/<slug>/history")
@my_fellowship()
def index(fellowship: Fellowship) -> ResponseReturnValue:
    zone = ZoneInfo(fellowship.zone)
    form = search_in_address(sorted(OF_THE_OFFICE & DEEDS.keys()))
    found = history_of_fellowship(
        fellowship.id, form.wanted(zone), most=SHOWN + 1, before_id=id_in_query("before")
    )
    return render_template(
        "national/history/fellowship.html",
        fellowship=fellowship,
        form=form,
        lines=[
            (
                with_way_back(_line(entry.change, zone), entry.change),
                entry.groups,
                _sent_copy(entry.change),
            )
            for entry in found[:SHOWN]
        ],
        here=here(),
        older=found[SHOWN - 1].change.id if len(found) > SHOWN else None,
    )


@bp.get("/national/<slug>/history.<kind>")
@my_fellowship()
def file(fellowship: Fellowship, kind: str) -> ResponseReturnValue:
    zone = ZoneInfo(fellowship.zone)
    form = search_in_address(sorted(OF_THE_OFFICE & DEEDS.keys()))
    found = history_of_fellowship(fellowship.id, form.wanted(zone), most=MOST_ROWS + 1)
    rows = [
        [
            ", ".join(group.name for group in entry.groups),
            *_row(entry.change, zone),
        ]
        for entry in found
    ]
    return history_file([_("Groep"), *columns()], rows, kind)


@bp.route("/national/groups/<slug>/changes/<int:change_id>/restore", methods=["GET", "POST"])
@group_of_my_fellowship(fresh=True)
def restore(group: Group, change_id: int) -> ResponseReturnValue:
    return answer_restore(
        group,
        change_id,
        as_officer=True,
        back=_page_of,
    )


def _line(change: Change, zone: ZoneInfo) -> ChangeLine:
    line = change_line(change, zone, for_office=True)
    return replace(line, differences=[]) if change.deed in LETTERS else line


def _row(change: Change, zone: ZoneInfo) -> list[Any]:
    cells = row(_line(change, zone))
    if copy := _sent_copy(change):
        told = (copy.number, copy.about, copy.text)
        cells[-1] = "; ".join(filter(None, told))
    return cells


def _sent_copy(change: Change) -> SentCopy | None:
    """Return the copy that the log keeps of a letter to coordinators."""
    if change.deed not in LETTERS:
        return None
    letters, told = int(change.after["letters"]), change.after
    words = concern_words()
    counted = Counter(Concern(one.split()[-1]) for one in told.get("points", ()))
    about = ", ".join(f"{words[one]} ({amount(counted[one], current())})" for one in counted)
    if groups := told.get("groups"):
        about = ngettext("%(num)s groep", "%(num)s groepen", groups)
    return SentCopy(
        number=ngettext("%(num)s mail", "%(num)s mails", letters),
        about=_("Over: %(about)s", about=about) if about else "",
        text=told.get("words", ""),
    )


def _page_of(group: Group) -> str:
    return url_for("national_history.index", slug=group.fellowship.slug)
