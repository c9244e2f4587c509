"""Do you meet on this holiday?: a coordinator answers by the link in a letter."""

from contextlib import suppress

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.actions.holidays import answer_by_link
from app.blueprints.access import public
from app.blueprints.parts.closures import days_of_holiday
from app.blueprints.web.form import Form
from app.blueprints.web.languages import current
from app.domain.holiday import HolidayIsOver, NoSuchHoliday
from app.domain.keys import hash_of
from app.domain.refusal import LinkIsOver
from app.formats import wording
from app.records.holidays import holiday_named, how_answered
from app.records.links import Link, find_link, groups_still_theirs

bp = Blueprint("by_link_holidays", __name__)

MEETS = {"yes": True, "no": False}


@bp.route("/holidays/<key>", methods=["GET", "POST"])
@public
def answer(key: str) -> ResponseReturnValue:
    """Ask, take the answer, and say afterwards what it was: whoever has the link coordinates."""
    link = find_link(hash_of(key))
    groups = groups_still_theirs(link, clock.now()) if link and link.kind == "holiday" else []
    holiday = holiday_named(groups[0], link.holiday or "") if link and groups else None
    if link is None or holiday is None:
        abort(404)
    group, form = groups[0], Form()
    meets = MEETS.get(request.form.get("meets", ""))
    if meets is not None and form.validate_on_submit():
        with suppress(LinkIsOver, HolidayIsOver, NoSuchHoliday):  # then the page says what is so
            answer_by_link(key, meets, reason=wording.word(holiday.name, group.language))
        return redirect(url_for("by_link_holidays.answer", key=key), 303)
    page = render_template(
        "by_link/holidays/answer.html",
        form=form,
        group=group,
        name=wording.word(holiday.name, current()),
        days=days_of_holiday(holiday),
        meets=how_answered(group, holiday),
        is_used=link.used_at is not None,
        is_over=not link.is_open(clock.now()),
        key=key,
    )
    return page, _status(link, form)


def _status(link: Link, form: Form) -> int:
    is_expired = link.used_at is None and not link.is_open(clock.now())
    return 410 if is_expired else form.code
