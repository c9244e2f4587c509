"""One week of a group: what is different this time, seen before it is saved, and undone."""

from dataclasses import dataclass
from datetime import UTC

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for
from flask_babel import force_locale
from flask_babel import gettext as _
from flask_login import current_user

from app import clock
from app.actions.weeks import as_usual, change_week
from app.blueprints.access import my_group
from app.blueprints.form import Form
from app.blueprints.languages import current
from app.blueprints.lines import WeekLine, labels_of, week_line
from app.blueprints.listing import form_version
from app.blueprints.neighbours import neighbour_words
from app.blueprints.slots import place_words
from app.blueprints.undoing import undo_line
from app.blueprints.week_form import (
    UsualForm,
    WeekForm,
    as_data,
    deed_words,
    opened_parts,
    parts_left,
)
from app.domain.deviation import Deviation
from app.domain.head_count import MORE
from app.domain.meeting import Difference, Meeting, Schedule
from app.domain.refusal import ChangedMeanwhile, NoSuchWeek, Refusal
from app.domain.themes import STEPS, Rotation, Theme
from app.domain.week import Week
from app.formats.chat import chat_text
from app.formats.ical_words import description, location, summary
from app.formats.text import large_first
from app.formats.wording import day_in_words, hours, known, theme_name
from app.records.counts import count_in
from app.records.groups import Group
from app.records.listings import listing_of, schedule_of
from app.records.rooms import others_in_room_on
from app.records.weeks import deviation_version

bp = Blueprint("weeks", __name__, url_prefix="/coordinate")

WEEKS_AHEAD = 52


@dataclass(frozen=True)
class Preview:
    """What participants see of a week: the row of the page, and the event in a calendar."""

    line: WeekLine
    labels: list[tuple[str, str]]
    hours: str
    title: str
    text: list[str]
    location: str
    language: str
    """The group's."""


@dataclass(frozen=True)
class Usual:
    """The way back to a week as usual, and what it would be."""

    form: UsualForm
    words: str
    is_shut: bool
    """By a closure: then they meet all the same."""


@bp.route("/<slug>/weeks/<week>", methods=["GET", "POST"])
@my_group()
def show(group: Group, week: str):
    asked = _week(group, week)
    versions = {
        # Read before what is shown: a write in between is refused then, not overwritten.
        "version": deviation_version(group.id, asked),
        "slot_version": group.slot_version,
    }
    schedule, meeting = _as_it_stands(group, asked)
    is_over = asked < Week.at(clock.now(), group.timezone)
    before = schedule.deviations.get(asked, Deviation(asked))
    form = WeekForm(data=as_data(before, meeting, schedule.slot_in(asked)) | versions)
    form.offer(group, asked)
    opened = opened_parts(form, before, meeting)
    preview, meanwhile = None, None
    if form.is_submitted() and is_over:
        form.form_errors.append(_("Deze week is geweest. Daar verander je niets meer aan."))
    elif form.validate_on_submit():
        edit = form.edit(before.all_the_same)
        try:
            if request.form.get("do") == "preview":
                preview = _preview(group, form.deviation(asked, edit))
            else:
                change_week(
                    group,
                    asked,
                    edit,
                    by=current_user,
                    version=form_version(form),
                    slot_version=form_version(form, "slot_version"),
                    rest_follows=form.rest_follows.data == "yes",
                )
                flash(_("Bewaard. Pagina en agenda zijn bijgewerkt."), "good")
                return _back(group, asked)
        except ChangedMeanwhile as refused:
            form.refuse(refused)
            form.version.data = str(deviation_version(group.id, asked))
            form.slot_version.data = str(group.slot_version)
            schedule, meeting = _as_it_stands(group, asked)
            meanwhile = schedule.with_week(refused.current).meeting_in(asked)
        except Refusal as refused:
            form.refuse(refused)
    elif opened and not form.is_submitted() and not is_over:
        preview = _preview(group, form.deviation(asked, form.edit(before.all_the_same)))
    code = 422 if form.is_submitted() and not preview else 200
    return render_template(
        "weeks/show.html",
        group=group,
        week=asked,
        form=form,
        meeting=meeting,
        words=_sentence(meeting),
        odd=labels_of(meeting),
        meanwhile=_sentence(meanwhile) if meanwhile else "",
        is_over=is_over,
        opened=opened,
        parts=parts_left(opened),
        preview=preview,
        deed=deed_words(form, asked, group) if opened else "",
        has_rotation=_has_rotation(schedule, asked),
        steps=_step_names(schedule),
        usual=None if is_over else _usual(group, schedule, meeting, versions["version"]),
        chat=_chat(group, asked) if _differs(meeting) and not is_over else "",
        undo_line=None if is_over or opened else undo_line(group, asked),
        warnings=[] if is_over else _room_warnings(group, meeting),
        counted=_counted(group, meeting),
        neighbours=_neighbours(group, schedule, asked),
    ), code


@bp.post("/<slug>/weeks/<week>/as-usual")
@my_group()
def usual(group: Group, week: str):
    asked = _week(group, week)
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
        _say(refused)
    return _back(group, asked)


def _week(group: Group, text: str) -> Week:
    """Return a week that can be looked at; else 404."""
    try:
        week = Week.parse(text)
    except NoSuchWeek:
        abort(404)
    if week > Week.at(clock.now(), group.timezone) + WEEKS_AHEAD:
        abort(404)
    return week


def _as_it_stands(group: Group, week: Week) -> tuple[Schedule, Meeting]:
    """Return the schedule for the group's own people, and the meeting of a week; else 404."""
    schedule = schedule_of(group, (week, week), public=False)
    meeting = schedule.meeting_in(week)
    if meeting is None:
        abort(404)
    return schedule, meeting


def _preview(group: Group, deviation: Deviation) -> Preview | None:
    """Return what the page and the calendar would show, written by what writes them."""
    listing = listing_of(group, (deviation.week, deviation.week))
    meeting = listing.schedule.with_week(deviation).meeting_in(deviation.week)
    if meeting is None:
        return None
    with force_locale(known(group.language)):
        return Preview(
            line=week_line(meeting, group.day_of(clock.now())),
            labels=labels_of(meeting),
            hours=f"{day_in_words(meeting.day, current())}, {hours(meeting, current())}",
            title=summary(meeting, listing),
            text=description(meeting, listing, _page(group)).split("\n"),
            location=location(meeting.place, listing),
            language=current(),
        )


def _differs(meeting: Meeting) -> bool:
    return bool(meeting.differences - {Difference.PAUSED, Difference.HOLIDAY})


def _usual(group: Group, schedule: Schedule, meeting: Meeting, version: int) -> Usual | None:
    """Return what the week would be as usual; None when it is, or the group does not meet."""
    if not _differs(meeting) or Difference.PAUSED in meeting.differences:
        return None
    emptied = schedule.with_week(Deviation(meeting.week))
    closures = sorted(emptied.closures_in(meeting.week))
    then = emptied.with_week(Deviation(meeting.week, all_the_same=bool(closures)))
    as_usual = then.meeting_in(meeting.week)
    if as_usual is None:
        return None
    return Usual(
        form=UsualForm(formdata=None, version=version, closures=" ".join(map(str, closures))),
        words=_sentence(as_usual),
        is_shut=Difference.SHUT in meeting.differences,
    )


def _sentence(meeting: Meeting) -> str:
    """Return the meeting as it stands: `Maandag 23 november, 19.30–21.30, De Linde, stap 3`."""
    language = current()
    parts = [large_first(day_in_words(meeting.day, language)), hours(meeting, language)]
    place = meeting.place
    parts.append(place.name or place_words(place, language) if place else _("locatie volgt"))
    if theme := theme_name(meeting.theme, language):
        parts.append(theme)
    return ", ".join(parts)


def _has_rotation(schedule: Schedule, week: Week) -> bool:
    slot = schedule.slot_in(week)
    return slot is not None and isinstance(slot.themes, Rotation)


def _step_names(schedule: Schedule) -> list[str]:
    return [
        theme_name(schedule.titles.get(step, Theme(step=step)), current())
        for step in range(1, STEPS + 1)
    ]


def _chat(group: Group, week: Week) -> str:
    listing = listing_of(group, (week, week))
    meeting = listing.schedule.meeting_in(week)
    return chat_text(meeting, listing, _page(group)) if meeting else ""


def _page(group: Group) -> str:
    """Return the address of the group's page; nothing when it has none."""
    path = url_for("groups.show", slug=group.slug)
    return current_app.config["TWAALF_PUBLIC_URL"] + path if group.listed else ""


def _room_warnings(group: Group, meeting: Meeting) -> list[str]:
    """Return who else is in the room, when this is not where and when they always are."""
    if not meeting.differences & {Difference.MOVED, Difference.ELSEWHERE}:
        return []
    return [neighbour_words(one, meeting.week) for one in others_in_room_on(group, meeting)]


def _counted(group: Group, meeting: Meeting) -> str:
    """Return how many came, or the question, once the meeting has begun; else nothing."""
    if not meeting.is_on or meeting.starts.astimezone(UTC) > clock.now():
        return ""
    people = count_in(group.id, meeting.week)
    if people is None:
        return _("Hoeveel waren er?")
    return _("Meer dan twaalf waren er") if people == MORE else _("Er waren er %(n)s", n=people)


def _neighbours(group: Group, schedule: Schedule, week: Week) -> dict[str, str]:
    first = min(slot.since for slot in schedule.slots)
    last = Week.at(clock.now(), group.timezone) + WEEKS_AHEAD
    return {
        name: url_for("weeks.show", slug=group.slug, week=str(other))
        for name, other in (("before", week + -1), ("after", week + 1))
        if first <= other <= last
    }


def _say(refused: Refusal) -> None:
    form = Form()
    form.refuse(refused)
    sentences = [*form.form_errors, *(error for field in form for error in field.errors)]
    flash(sentences[0], "error")


def _back(group: Group, week: Week):
    return redirect(url_for("weeks.show", slug=group.slug, week=str(week)), 303)
