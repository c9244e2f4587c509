"""How many came: counted by the link in a letter."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.actions.head_counts import count_by_link
from app.blueprints.access import public
from app.blueprints.parts.evening import CountForm, how_many
from app.domain.head_count import COUNTS, MORE
from app.domain.keys import hash_of
from app.domain.refusal import LinkIsOver, Refusal
from app.records.links import groups_still_theirs, open_link
from app.records.listings import schedule_of

bp = Blueprint("by_link_head_counts", __name__)


@bp.route("/count/<key>", methods=["GET", "POST"])
@public
def count(key: str) -> ResponseReturnValue:
    link = open_link(hash_of(key), "count", clock.now())
    if link is None or link.week is None:
        abort(404)
    group = groups_still_theirs(link, clock.now())[0]
    form = CountForm()
    if form.validate_on_submit():
        try:
            count_by_link(key, form.number)
        except LinkIsOver:
            abort(404)
        except Refusal as refused:
            form.refuse(refused)
        else:
            many = group.slug if form.number == MORE else None
            return redirect(url_for("by_link_head_counts.thanks", many=many), 303)
    meeting = schedule_of(group, (link.week, link.week), public=False).meeting_in(link.week)
    page = render_template(
        "by_link/head_counts/count.html",
        group=group,
        form=form,
        question=how_many(meeting.starts if meeting else None, group.day_of(clock.now())),
        key=key,
        counts=COUNTS,
        more=MORE,
    )
    return page, form.code


@bp.get("/count/thanks")
@public
def thanks() -> ResponseReturnValue:
    """Thank who counted by a letter; `many` is the group that is to have a second one."""
    return render_template("by_link/head_counts/thanks.html", many=request.args.get("many", ""))
