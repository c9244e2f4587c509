"""The coordinator's desk: my groups, one group at a glance, its status, its log, a sister group."""

from datetime import UTC, date, datetime, time

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext, ngettext
from flask_login import current_user
from wtforms import BooleanField, RadioField, SelectField, StringField, TimeField

from app import clock
from app.actions.groups import found_sister, set_status
from app.actions.second_group import ask_the_line
from app.blueprints.access import my_group, role
from app.blueprints.ahead import changes_in_words
from app.blueprints.circle_lines import desk_circle
from app.blueprints.facts import facts_of
from app.blueprints.form import Form, at_most, choices_of, required, weekday_choices
from app.blueprints.head_counts import count_lines, uncounted
from app.blueprints.holidays import count_unanswered, question_lines
from app.blueprints.lines import WeekLine, confirmation_label, is_unsure, meeting_line, week_line
from app.blueprints.neighbours import room_warnings
from app.blueprints.undoing import undo_line
from app.domain.head_count import COUNTS, MORE, WEEKS_BACK
from app.domain.meeting import MEETS, Schedule, Status
from app.domain.refusal import FellowshipIsClosed
from app.domain.roles import Role, ends_soon
from app.domain.week import Week
from app.formats.wording import word
from app.records.accounts import coordinators_of, groups_coordinated_by
from app.records.changes import last_day_is_of_office
from app.records.groups import Group
from app.records.listings import listings_of, schedule_of
from app.records.participants import seat_figures
from app.records.proposals import open_proposals

bp = Blueprint("desk", __name__, url_prefix="/coordinate")

WEEKS_SHOWN = 6
CHANGES_SHOWN = 50
NEVER = datetime.max.replace(tzinfo=UTC)


class StatusForm(Form):
    status = RadioField(lazy_gettext("Hoe is het met de groep?"))


class SisterForm(Form):
    name = StringField(lazy_gettext("Naam"), [required(), at_most(120)])
    weekday = SelectField(lazy_gettext("Dag"), coerce=int)
    start = TimeField(
        lazy_gettext("Begint om"),
        [required(lazy_gettext("Vul een tijd in, zoals 19:30."))],
        default=time(19, 30),
    )
    ask_line = BooleanField(
        lazy_gettext("Vraag wie op de wachtlijst staat of ze mee willen"), default=True
    )


@bp.get("/")
@role(Role.COORDINATOR)
def show():
    groups = groups_coordinated_by(current_user)
    now = clock.now()
    week = Week.at(now, groups[0].timezone) if groups else Week(0)
    listings = listings_of(groups, (week, week + WEEKS_SHOWN))
    coming = [
        (listing.schedule.next_or_off(now), group, listing)
        for group, listing in zip(groups, listings, strict=True)
    ]
    # Tonight first: who opens this in the hall has five minutes.
    coming.sort(key=lambda one: one[0].starts if one[0] else NEVER)
    lines = []
    for meeting, group, listing in coming:
        today = now.astimezone(group.timezone).date()
        line = meeting_line(listing, meeting, today)
        if number := count_unanswered(listing.schedule, today):
            asked = ngettext("%(num)d vraag voor jou", "%(num)d vragen voor jou", number)
            line["status"] = [*line["status"], ("ask", asked)]
        line["href"] = url_for("desk.group", slug=group.slug)
        if listing.schedule.meeting_in(Week.of(today)):
            this_week = url_for("weeks.show", slug=group.slug, week=str(Week.of(today)))
            line["deed"] = (this_week, _("Deze week"))
        lines.append(line)
    return render_template("desk/show.html", lines=lines, ending=_ending_services())


@bp.get("/<slug>")
@my_group()
def group(group: Group):
    today = clock.now().astimezone(group.timezone).date()
    week = Week.of(today)
    schedule = schedule_of(group, (week + -WEEKS_BACK, week + WEEKS_SHOWN), public=False)
    counts = count_lines(group, schedule)
    confirmation = confirmation_label(group, today)
    ending = [role for role in _ending_services() if role.group_id == group.id]
    return render_template(
        "desk/group.html",
        group=group,
        confirmation=confirmation,
        facts=facts_of([group])[0] if is_unsure(confirmation) else [],
        status=Status(group.status),
        weeks=coming_weeks(schedule, today, group.slug),
        holidays=question_lines(schedule, group, today),
        counted=counts,
        uncounted=uncounted(group, schedule, counts),
        counts=COUNTS,
        more=MORE,
        circle=desk_circle(group),
        warnings=_room_warnings(group, schedule, week),
        changes_ahead=changes_in_words(schedule, Week.of(today)),
        undo_line=undo_line(group),
        proposals=len(open_proposals(group.id)),
        contacts=group.contacts,
        coordinators=coordinators_of(group.id),
        ending=ending,
        asked_to_stop=any(last_day_is_of_office(role) for role in ending),
    )


@bp.route("/<slug>/status", methods=["GET", "POST"])
@my_group(fresh=True)
def status(group: Group):
    form = StatusForm(obj=group)
    form.status.choices = choices_of(Status, word)
    if form.validate_on_submit():
        set_status(group, Status(form.status.data), by=current_user)
        flash(_("Bewaard."), "good")
        return redirect(url_for("desk.group", slug=group.slug), 303)
    return render_template("desk/status.html", group=group, form=form), form.code


@bp.route("/<slug>/sister", methods=["GET", "POST"])
@my_group(fresh=True)
def sister(group: Group):
    form = SisterForm()
    waiting = seat_figures([group.id]).get(group.id, (0, 0))[1]
    form.weekday.choices = weekday_choices()
    if form.validate_on_submit():
        try:
            made = found_sister(
                group,
                name=form.name.data,
                weekday=form.weekday.data,
                start=form.start.data,
                by=current_user,
            )
        except FellowshipIsClosed as refused:
            form.refuse(refused)
        else:
            flash(_("De nieuwe groep staat klaar, in oprichting."), "good")
            if waiting and form.ask_line.data:
                _ask_line(group, made)
            return redirect(url_for("desk.group", slug=made.slug), 303)
    return render_template("desk/sister.html", group=group, form=form, waiting=waiting), form.code


def _ask_line(group: Group, made: Group) -> None:
    """Ask who waits to move to the new group, and say how many that are."""
    number = ask_the_line(group, made, by=current_user)
    asked = ngettext(
        "%(num)d mens op de wachtlijst is gevraagd.",
        "%(num)d mensen op de wachtlijst zijn gevraagd.",
        number,
    )
    flash(asked, "good")


def _room_warnings(group: Group, schedule: Schedule, this_week: Week) -> list[str]:
    """Return who stands in this group's room at its hours, now or when a slot to come begins."""
    if group.status not in MEETS:
        return []
    now = schedule.slot_in(this_week)
    slots = [one for one in schedule.slots if one is now or one.since > this_week]
    return room_warnings(group, slots, this_week)


def coming_weeks(schedule: Schedule, today: date, slug: str) -> list[WeekLine]:
    """Return the week strip of a group for its own people: this week and the five that follow."""
    first = Week.of(today)
    if schedule.slots:
        first = max(first, min(slot.since for slot in schedule.slots))
    return [
        week_line(meeting, today, url_for("weeks.show", slug=slug, week=str(meeting.week)))
        for meeting in schedule.meetings(first, WEEKS_SHOWN)
    ]


def _ending_services():
    now = clock.now()
    return [
        role
        for role in current_user.roles_held
        if role.group and ends_soon(role.until, role.group.day_of(now))
    ]
