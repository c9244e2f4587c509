"""What changed of a group, for its coordinators."""

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from app.blueprints.access import my_group
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
from app.records.groups import Group
from app.records.history import (
    history_of_group,
)

bp = Blueprint("history", __name__)


@bp.get("/coordinate/<slug>/changes")
@my_group()
def index(group: Group) -> ResponseReturnValue:
    form = search_in_address(list(DEEDS))
    found = history_of_group(
        group, form.wanted(group.timezone), most=SHOWN + 1, before_id=id_in_query("before")
    )
    lines = [change_line(change, group.timezone) for change in found[:SHOWN]]
    return render_template(
        "coordinate/history/group.html",
        group=group,
        form=form,
        lines=[with_way_back(line, one) for line, one in zip(lines, found, strict=False)],
        here=here(),
        older=found[SHOWN - 1].id if len(found) > SHOWN else None,
    )


@bp.get("/coordinate/<slug>/changes.<kind>")
@my_group()
def file(group: Group, kind: str) -> ResponseReturnValue:
    form = search_in_address(list(DEEDS))
    found = history_of_group(group, form.wanted(group.timezone), most=MOST_ROWS + 1)
    rows = [row(change_line(change, group.timezone)) for change in found]
    return history_file(columns(), rows, kind)


@bp.route("/coordinate/<slug>/changes/<int:change_id>/restore", methods=["GET", "POST"])
@my_group(fresh=True)
def restore(group: Group, change_id: int) -> ResponseReturnValue:
    return answer_restore(group, change_id, as_officer=False, back=_page_of)


def _page_of(group: Group) -> str:
    return url_for("history.index", slug=group.slug)
