"""What changed of a fellowship and its groups, for its officers."""

from zoneinfo import ZoneInfo

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.blueprints.access import group_of_my_fellowship, my_fellowship
from app.blueprints.parts.change_words import DEEDS
from app.blueprints.parts.changes import change_line
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
from app.blueprints.web.request_checks import id_in_query
from app.records.fellowships import Fellowship
from app.records.groups import Group
from app.records.history import (
    OF_THE_OFFICE,
    history_of_fellowship,
)

bp = Blueprint("national_history", __name__)


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
                with_way_back(change_line(entry.change, zone, for_office=True), entry.change),
                entry.groups,
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
            *row(change_line(entry.change, zone, for_office=True)),
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


def _page_of(group: Group) -> str:
    return url_for("national_history.index", slug=group.fellowship.slug)
