"""How many came: one tap on a number, at the desk or by the link in a letter."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_login import current_user
from wtforms import BooleanField, StringField

from app import clock
from app.actions.head_counts import count_by_link, count_heads, set_counting
from app.blueprints.access import my_group, public
from app.blueprints.form import Form
from app.blueprints.languages import current
from app.blueprints.lines import near_day
from app.domain.head_count import COUNTS, MORE, last_to_count
from app.domain.keys import hash_of
from app.domain.meeting import Meeting, Schedule
from app.domain.refusal import LinkIsOver, NoSuchWeek, Refusal
from app.domain.seating import SEATS
from app.domain.week import Week
from app.formats import wording
from app.records.counts import count_in, counts_of
from app.records.groups import Group
from app.records.links import groups_still_theirs, open_link
from app.records.listings import schedule_of

bp = Blueprint("head_counts", __name__)

COUNTS_SHOWN = 8


class CountForm(Form):
    people = StringField()


class CountingForm(Form):
    counts_heads = BooleanField(lazy_gettext("Vraag ons na elke avond hoeveel er waren"))
    shares_head_counts = BooleanField(lazy_gettext("De organisatie mag onze aantallen zien"))


@dataclass(frozen=True)
class CountLine:
    """One counted evening; `percent` of twelve chairs."""

    day: str
    people: str
    percent: int
    week: Week


@bp.route("/coordinate/<slug>/weeks/<week>/count", methods=["GET", "POST"])
@my_group()
def count(group: Group, week: str):
    asked = _week(week)
    form = CountForm()
    if form.does(lambda: count_heads(group, asked, _number(form), by=current_user)):
        if _number(form) != MORE:
            flash(_("Opgeschreven: %(number)s.", number=_number(form)), "good")
            return redirect(url_for("desk.group", slug=group.slug), 303)
        return redirect(url_for("head_counts.count", slug=group.slug, week=asked), 303)
    meeting = schedule_of(group, (asked, asked), public=False).meeting_in(asked)
    people = count_in(group.id, asked)
    page = render_template(
        "head_counts/count.html",
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
def settings(group: Group):
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
    return render_template("head_counts/settings.html", group=group, form=form), form.code


@bp.route("/count/<key>", methods=["GET", "POST"])
@public
def by_letter(key: str):
    link = open_link(hash_of(key), "count", clock.now())
    if link is None or link.week is None:
        abort(404)
    group = groups_still_theirs(link)[0]
    form = CountForm()
    if form.validate_on_submit():
        try:
            count_by_link(key, _number(form))
        except LinkIsOver:
            abort(404)
        except Refusal as refused:
            form.refuse(refused)
        else:
            many = group.slug if _number(form) == MORE else None
            return redirect(url_for("head_counts.thanks", many=many), 303)
    meeting = schedule_of(group, (link.week, link.week), public=False).meeting_in(link.week)
    page = render_template(
        "head_counts/by_letter.html",
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
def thanks():
    """Thank who counted by a letter; `many` is the group that is to have a second one."""
    return render_template("head_counts/thanks.html", many=request.args.get("many", ""))


def uncounted(group: Group, schedule: Schedule, counts: list[CountLine]) -> dict | None:
    """Return the question about the last meeting, if it is not counted yet, and its week."""
    meeting = last_to_count(schedule, clock.now())
    if meeting is None or meeting.week in {line.week for line in counts}:
        return None
    today = group.day_of(clock.now())
    return {"question": how_many(meeting.starts, today), "week": meeting.week}


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


def how_many(starts: datetime | None, today: date) -> str:
    """Return the question about one meeting: how many were you yesterday?"""
    if starts is None:
        return _("Hoeveel waren jullie?")
    day = starts.date()
    if day == today - timedelta(days=1):
        return _("Hoeveel waren jullie gisteren?")
    near = near_day(day, today, starts)
    if day == today and near:
        return _("Hoeveel waren jullie %(near)s?", near=near)
    return _("Hoeveel waren jullie op %(day)s?", day=wording.day_in_words(day, current()))


def _day(meeting: Meeting | None, week: Week) -> date:
    return meeting.day if meeting else week.monday


def _number(form: CountForm) -> int:
    """Return the number that was tapped; -1, which no head count is, for anything else."""
    text = form.people.data or ""
    return int(text) if text in map(str, COUNTS) else -1


def _week(text: str) -> Week:
    try:
        return Week.parse(text)
    except NoSuchWeek:
        abort(404)
