"""How many came: counted at the desk, and the counts of late."""

from dataclasses import dataclass
from datetime import date

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_login import current_user
from wtforms import BooleanField

from app import clock
from app.actions.head_counts import count_heads, set_counting
from app.blueprints.access import my_group
from app.blueprints.parts.evening import CountForm, how_many
from app.blueprints.web.form import Form
from app.blueprints.web.languages import current
from app.domain.head_count import COUNTS, MORE, last_to_count
from app.domain.meeting import Meeting, Schedule
from app.domain.seating import SEATS
from app.domain.week import NoSuchWeek, Week
from app.formats import wording
from app.records.groups import Group
from app.records.head_counts import count_in, counts_of
from app.records.listings import schedule_of

bp = Blueprint("head_counts", __name__)

COUNTS_SHOWN = 8


class CountingForm(Form):
    counts_heads = BooleanField(lazy_gettext("Vraag ons na elke bijeenkomst hoeveel er waren"))
    shares_head_counts = BooleanField(lazy_gettext("De organisatie mag onze aantallen zien"))


@dataclass(frozen=True)
class CountLine:
    """One counted evening; `percent` of twelve chairs."""

    day: str
    people: str
    percent: int
    week: Week


@dataclass(frozen=True)
class Uncounted:
    """The question about a meeting that nobody counted yet."""

    question: str
    week: Week


@bp.route("/coordinate/<slug>/weeks/<week>/count", methods=["GET", "POST"])
@my_group()
def count(group: Group, week: str) -> ResponseReturnValue:
    asked = _week(week)
    form = CountForm()
    if form.does(lambda: count_heads(group, asked, form.number, by=current_user)):
        if form.number != MORE:
            flash(_("Opgeschreven: %(number)s.", number=form.number), "good")
            return redirect(url_for("desk.group", slug=group.slug), 303)
        return redirect(url_for("head_counts.count", slug=group.slug, week=asked), 303)
    meeting = schedule_of(group, (asked, asked), public=False).meeting_in(asked)
    people = count_in(group.id, asked)
    page = render_template(
        "coordinate/head_counts/count.html",
        group=group,
        form=form,
        question=how_many(meeting.starts if meeting else None, group.day_of(clock.now())),
        people=people,
        counts=COUNTS,
        more=MORE,
    )
    return page, form.code


@bp.route("/coordinate/<slug>/settings", methods=["GET", "POST"])
@my_group(fresh=True)
def settings(group: Group) -> ResponseReturnValue:
    form = CountingForm(obj=group)
    if form.validate_on_submit():
        set_counting(
            group,
            asks=form.counts_heads.data,
            shares=form.shares_head_counts.data,
            by=current_user,
        )
        flash(_("Bewaard."), "good")
        return redirect(url_for("desk.group", slug=group.slug), 303)
    return render_template(
        "coordinate/head_counts/settings.html", group=group, form=form
    ), form.code


def uncounted(group: Group, schedule: Schedule, counts: list[CountLine]) -> Uncounted | None:
    """Return the question about the last meeting, if it is not counted yet, and its week."""
    meeting = last_to_count(schedule, clock.now())
    if meeting is None or meeting.week in {line.week for line in counts}:
        return None
    today = group.day_of(clock.now())
    return Uncounted(how_many(meeting.starts, today), meeting.week)


def count_lines(group: Group, schedule: Schedule) -> list[CountLine]:
    """Return the last eight counts, the latest first, for the group's own coordinators."""
    return [
        CountLine(
            day=wording.short_date(_day(schedule.meeting_in(week), week), current()),
            people=_("meer dan twaalf") if people == MORE else str(people),
            percent=min(100, round(100 * people / SEATS)),
            week=week,
        )
        for week, people in counts_of(group.id, most=COUNTS_SHOWN)
    ]


def _day(meeting: Meeting | None, week: Week) -> date:
    return meeting.day if meeting else week.monday


def _week(text: str) -> Week:
    try:
        return Week.parse(text)
    except NoSuchWeek:
        abort(404)
