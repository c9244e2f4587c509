"""One week of a group: what is different this time, seen before it is saved, and undone."""

from dataclasses import dataclass
from datetime import timedelta

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app import clock
from app.actions.weeks import as_usual, call_off, change_week
from app.blueprints.access import my_group
from app.blueprints.coordinate.told import told_words
from app.blueprints.coordinate.undoing import UndoLine, to_desk, undo_line
from app.blueprints.coordinate.week.form import (
    CallOffForm,
    UsualForm,
    WeekForm,
    as_data,
    deed_words,
    opened_parts,
    parts_left,
)
from app.blueprints.coordinate.week.seen import (
    Preview,
    Usual,
    chat_of,
    counted_words,
    differs,
    has_rotation,
    preview_of,
    sentence,
    step_names,
    usual_of,
    warnings_of,
)
from app.blueprints.parts.meeting_lines import Label, labels_of
from app.blueprints.web.form import form_version
from app.blueprints.web.languages import current
from app.blueprints.web.preview import Sent, look_or_save
from app.blueprints.web.refusals import say
from app.domain.deviation import Deviation
from app.domain.held import check_week, is_over
from app.domain.meeting import Meeting, Schedule
from app.domain.refusal import ChangedMeanwhile, Refusal
from app.domain.undoing import UNDONE_WITHIN
from app.domain.week import NoSuchWeek, Week
from app.formats.text import large_first
from app.formats.wording import day_in_words
from app.records.groups import Group
from app.records.listings import schedule_of
from app.records.participants import Wanted, letters_wanted
from app.records.weeks import deviation_version

bp = Blueprint("weeks", __name__, url_prefix="/coordinate")

WEEKS_AHEAD = 52


@dataclass(frozen=True)
class Evening:
    """A meeting as it stands, and what may be done with it without changing it."""

    meeting: Meeting
    day: str
    words: str
    odd: list[Label]
    is_over: bool
    warnings: list[str]
    undo_line: UndoLine | None
    counted: str
    """The link to say how many came; empty where that is not asked."""
    chat: str
    usual: Usual | None


@dataclass(frozen=True)
class Change:
    """What is to be otherwise this once: the parts of the form, and what they would make of it."""

    opened: set[str]
    parts: list[tuple[str, str]]
    """Those that may be opened yet, in words."""
    preview: Preview | None
    deed: str
    meanwhile: str
    told: str
    undone_within: timedelta
    has_rotation: bool
    steps: list[str]


@bp.route("/<slug>/weeks/<week>", methods=["GET", "POST"])
@my_group()
def show(group: Group, week: str) -> ResponseReturnValue:
    slug, asked = group.slug, _week(group, week)
    # Read before what is shown: a write in between is refused then, not overwritten.
    versions = _versions(group, asked)
    schedule, meeting = _as_it_stands(group, asked)
    form = _form(group, schedule, meeting, versions)
    before = schedule.deviations.get(asked, Deviation(asked))
    opened = opened_parts(form, before, meeting)
    sent: Sent[Preview | None] = look_or_save(
        form,
        look=lambda: _look(group, meeting, form.deviation(asked, before)),
        save=lambda: _save(group, asked, form, before),
        versions=lambda: _versions(group, asked),
    )
    if sent.is_saved:
        return _back(slug, asked)
    over = is_over(meeting, clock.now())
    if opened and not over and not form.is_submitted():
        sent.preview = preview_of(group, form.deviation(asked, before))
    if sent.meanwhile:
        schedule, meeting = _as_it_stands(group, asked)
    page = render_template(
        "coordinate/weeks/show.html",
        group=group,
        week=asked,
        form=form,
        evening=_evening(group, schedule, meeting, versions["version"], is_changing=bool(opened)),
        change=_change(group, schedule, meeting, form, sent, set() if over else opened),
        neighbours=_neighbours(group, schedule, asked),
    )
    return page, sent.code


@bp.post("/<slug>/weeks/<week>/cancel")
@my_group()
def cancel(group: Group, week: str) -> ResponseReturnValue:
    """Call one meeting off from the desk: the form says which, and as it was seen there."""
    slug, asked, form = group.slug, _week(group, week), CallOffForm()
    if not form.validate_on_submit():
        sentences = [error for errors in form.errors.values() for error in errors]
        flash(str(sentences[0]), "error")
        return _back(slug, asked)
    try:
        meeting = call_off(
            group,
            asked,
            reason=form.reason.data or "",
            by=current_user,
            version=form_version(form),
            slot_version=form_version(form, "slot_version"),
        )
    except ChangedMeanwhile:
        flash(_("Dit is intussen veranderd. Kijk eerst wat er nu staat."), "error")
        return _back(slug, asked)
    except Refusal as refused:
        say(refused)
    else:
        _say_saved(meeting)
    return to_desk(slug)


@bp.post("/<slug>/weeks/<week>/as-usual")
@my_group()
def usual(group: Group, week: str) -> ResponseReturnValue:
    slug, asked = group.slug, _week(group, week)
    form = UsualForm()
    try:
        as_usual(
            group,
            asked,
            by=current_user,
            version=form_version(form),
            knowing=form.seen_closures(),
        )
        flash(_("Bewaard. Deze week is weer zoals altijd."), "good")
    except ChangedMeanwhile:
        flash(_("Dit is intussen veranderd. Kijk eerst wat er nu staat."), "error")
    except Refusal as refused:
        say(refused)
    return _back(slug, asked)


def _evening(
    group: Group, schedule: Schedule, meeting: Meeting, version: int, *, is_changing: bool
) -> Evening:
    over = is_over(meeting, clock.now())
    return Evening(
        meeting=meeting,
        day=large_first(day_in_words(meeting.day, current())),
        words=sentence(meeting),
        odd=labels_of(meeting),
        is_over=over,
        warnings=[] if over else warnings_of(group, meeting),
        undo_line=None if over or is_changing else undo_line(group, meeting.week),
        counted=counted_words(group, meeting),
        chat=chat_of(group, meeting.week) if differs(meeting) and not over else "",
        usual=None if over else usual_of(schedule, meeting, version),
    )


def _change(
    group: Group,
    schedule: Schedule,
    meeting: Meeting,
    form: WeekForm,
    sent: Sent[Preview | None],
    opened: set[str],
) -> Change:
    return Change(
        opened=opened,
        parts=parts_left(opened),
        preview=sent.preview if opened else None,
        deed=deed_words(form, meeting) if opened else "",
        meanwhile=_meanwhile(schedule, sent),
        told=told_words(letters_wanted([group.id]).get(group.id, Wanted(0, 0))),
        undone_within=UNDONE_WITHIN,
        has_rotation=has_rotation(schedule, meeting.week),
        steps=step_names(schedule),
    )


def _week(group: Group, text: str) -> Week:
    """Return a week that can be looked at; else 404."""
    try:
        week = Week.parse(text)
    except NoSuchWeek:
        abort(404)
    if week > Week.at(clock.now(), group.timezone) + WEEKS_AHEAD:
        abort(404)
    return week


def _versions(group: Group, week: Week) -> dict[str, int]:
    return {"version": deviation_version(group.id, week), "slot_version": group.slot_version}


def _as_it_stands(group: Group, week: Week) -> tuple[Schedule, Meeting]:
    """Return the schedule for the group's own people, and the meeting of a week; else 404."""
    schedule = schedule_of(group, (week, week), public=False)
    meeting = schedule.meeting_in(week)
    if meeting is None:
        abort(404)
    return schedule, meeting


def _form(group: Group, schedule: Schedule, meeting: Meeting, versions: dict[str, int]) -> WeekForm:
    week = meeting.week
    before = schedule.deviations.get(week, Deviation(week))
    form = WeekForm(data=as_data(before, meeting, schedule.slot_in(week)) | versions)
    form.offer(group, week)
    return form


def _look(group: Group, meeting: Meeting, deviation: Deviation) -> Preview | None:
    """Return what it would be. Raises what the saving would."""
    schedule, _meeting = _as_it_stands(group, deviation.week)
    would_be = schedule.with_week(deviation).meeting_in(deviation.week)
    check_week(meeting, would_be or meeting, clock.now())
    return preview_of(group, deviation)


def _save(group: Group, week: Week, form: WeekForm, before: Deviation) -> None:
    meeting = change_week(
        group,
        week,
        form.edit(before.all_the_same),
        by=current_user,
        version=form_version(form),
        slot_version=form_version(form, "slot_version"),
        rest_follows=form.rest_follows.data == "yes",
        new_place=form.typed_place(),
    )
    _say_saved(meeting)


def _say_saved(meeting: Meeting | None) -> None:
    """Tell that it is done; of one that is off its very day."""
    if meeting is None or meeting.is_on:
        flash(_("Bewaard. Pagina en agenda zijn bijgewerkt."), "good")
        return
    day = large_first(day_in_words(meeting.day, current()))
    flash(_("%(day)s gaat niet door. Pagina en agenda zijn bijgewerkt.", day=day), "good")


def _meanwhile(schedule: Schedule, sent: Sent[Preview | None]) -> str:
    if sent.meanwhile is None:
        return ""
    meeting = schedule.with_week(sent.meanwhile).meeting_in(sent.meanwhile.week)
    return sentence(meeting) if meeting else ""


def _neighbours(group: Group, schedule: Schedule, week: Week) -> dict[str, str]:
    first = min(slot.since for slot in schedule.slots)
    last = Week.at(clock.now(), group.timezone) + WEEKS_AHEAD
    return {
        name: url_for("weeks.show", slug=group.slug, week=str(other))
        for name, other in (("before", week + -1), ("after", week + 1))
        if first <= other <= last
    }


def _back(slug: str, week: Week) -> ResponseReturnValue:
    return redirect(url_for("weeks.show", slug=slug, week=str(week)), 303)
