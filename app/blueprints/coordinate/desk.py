"""The coordinator's desk: my groups, one group at a glance, its status, its log, a sister group."""

from datetime import UTC, datetime, time

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext, ngettext
from flask_login import current_user
from wtforms import BooleanField, RadioField, SelectField, StringField, TimeField

from app import clock
from app.actions.groups import set_status
from app.actions.second_group import Along, ask_the_line, found_sister
from app.blueprints.access import my_group, role, role_in
from app.blueprints.coordinate.desk_card import cards
from app.blueprints.coordinate.head_counts import count_lines, uncounted
from app.blueprints.coordinate.holidays import count_unanswered, question_lines
from app.blueprints.coordinate.status_preview import status_preview
from app.blueprints.coordinate.undoing import undo_line
from app.blueprints.parts.circle import desk_circle
from app.blueprints.parts.coming_changes import changes_in_words
from app.blueprints.parts.listing_facts import facts_of, not_on_paper
from app.blueprints.parts.meeting_lines import (
    WeekLine,
    confirmation_label,
    is_unsure,
    meeting_line,
    week_line,
)
from app.blueprints.parts.room_warnings import room_warnings
from app.blueprints.web.form import Form, at_most, choices_of, optional, required, weekday_choices
from app.blueprints.web.languages import current
from app.blueprints.web.preview import Sent, look_or_save
from app.domain.head_count import COUNTS, MORE, WEEKS_BACK
from app.domain.held import coming_meeting, coming_meetings
from app.domain.meeting import MEETS, Meeting, Schedule, Status
from app.domain.refusal import FellowshipIsClosed
from app.domain.roles import Role, ends_soon
from app.domain.undoing import UNDONE_WITHIN
from app.domain.week import Week
from app.formats.wording import word
from app.records.accounts import RoleRecord, coordinators_of, groups_coordinated_by
from app.records.changes import last_day_is_of_office
from app.records.closures import closures_of_group, places_owned_by
from app.records.exchange.asides import unanswered_of
from app.records.exchange.held_texts import undecided_of
from app.records.groups import Group
from app.records.listings import listings_of, schedule_of
from app.records.participants import known_figures, letters_wanted
from app.records.proposals import open_proposals

bp = Blueprint("desk", __name__, url_prefix="/coordinate")

WEEKS_SHOWN = 6
NEVER = datetime.max.replace(tzinfo=UTC)


class StatusForm(Form):
    status = RadioField(lazy_gettext("Hoe is het met de groep?"))


ALONG = ("contacts", "closures", "places")


class SisterForm(Form):
    name = StringField(lazy_gettext("Naam"), [optional(), at_most(120)])
    weekday = SelectField(lazy_gettext("Dag"), coerce=int)
    start = TimeField(
        lazy_gettext("Begint om"),
        [required(lazy_gettext("Vul een tijd in, zoals 19:30."))],
        default=time(19, 30),
    )
    ask_line = BooleanField(
        lazy_gettext("Vraag wie op de wachtlijst staat of ze mee willen"), default=True
    )
    contacts = BooleanField(lazy_gettext("Neem de contactpersonen mee"))
    closures = BooleanField(lazy_gettext("Neem mee wanneer de groep dicht is"))
    places = BooleanField(lazy_gettext("Neem alle locaties van de groep mee"))
    begins = BooleanField(lazy_gettext("Begin meteen"))

    def along(self) -> Along:
        """Return what of this is ticked, of what was asked at all."""
        return Along(**{one: one in self and self[one].data for one in ALONG})


@bp.get("/")
@role(Role.COORDINATOR)
def show() -> ResponseReturnValue:
    now = clock.now()
    groups = [one for one in groups_coordinated_by(current_user) if not role_in(one).is_over(now)]
    week = Week.at(now, groups[0].timezone) if groups else Week(0)
    listings = listings_of(groups, (week, week + WEEKS_SHOWN))
    of_group = {group.id: listing for group, listing in zip(groups, listings, strict=True)}
    coming = {id: coming_meeting(one.schedule, now) for id, one in of_group.items()}
    of_meetings = cards(
        [(group, of_group[group.id].schedule) for group in groups],
        letters_wanted([group.id for group in groups]),
    )
    lines = []
    # Tonight first: who opens this in the hall has five minutes.
    for group in sorted(groups, key=lambda group: _starts(coming[group.id])):
        listing, meeting = of_group[group.id], coming[group.id]
        today = group.day_of(now)
        line = meeting_line(listing, meeting, today)
        if number := count_unanswered(listing.schedule, today):
            asked = ngettext("%(num)s vraag voor jou", "%(num)s vragen voor jou", number)
            line["status"] = [*line["status"], ("ask", asked)]
        line["href"] = url_for("desk.group", slug=group.slug)
        lines.append((line, of_meetings.get(group.id)))
    return render_template("coordinate/desk/show.html", lines=lines, ending=_ending_services())


def _starts(meeting: Meeting | None) -> datetime:
    return meeting.starts if meeting else NEVER


@bp.get("/<slug>")
@my_group()
def group(group: Group) -> ResponseReturnValue:
    today = clock.now().astimezone(group.timezone).date()
    reads = role_in(group).reads(clock.now())
    week = Week.of(today)
    schedule = schedule_of(group, (week + -WEEKS_BACK, week + WEEKS_SHOWN), public=False)
    counts = count_lines(group, schedule)
    confirmation = confirmation_label(group, today)
    ending = [role for role in _ending_services() if role.group_id == group.id]
    facts = facts_of([group])[0] if is_unsure(confirmation) else []
    holidays, circle = question_lines(schedule, group, today), desk_circle(group)
    not_counted, proposals = uncounted(group, schedule, counts), len(open_proposals(group.id))
    held = len(undecided_of([group.id])) if reads else 0
    asides = len(unanswered_of([group.id])) if reads else 0
    waiting = [
        proposals,
        facts,
        *ending,
        *(one for one in holidays if one.meets is None),
        not_counted if group.counts_heads else None,
        not reads,
        circle["to_set"] if reads else None,
        held,
        asides,
    ]
    return render_template(
        "coordinate/desk/group.html",
        group=group,
        confirmation=confirmation,
        facts=facts,
        waiting=sum(bool(one) for one in waiting),
        status=Status(group.status),
        card=cards([(group, schedule)], letters_wanted([group.id])).get(group.id),
        weeks=coming_weeks(schedule, group.slug),
        holidays=holidays,
        not_on_paper=not_on_paper(group.name, group.town, group.fellowship.card(), None),
        counted=counts,
        uncounted=not_counted,
        counts=COUNTS,
        more=MORE,
        circle=circle,
        warnings=_room_warnings(group, schedule, week),
        changes_ahead=changes_in_words(schedule, Week.of(today)),
        undo_line=undo_line(group),
        proposals=proposals,
        held=held,
        asides=asides,
        contacts=[one for one in group.contacts if one.agreed_at or reads],
        coordinators=coordinators_of(group.id),
        mine=role_in(group),
        reads=reads,
        ending=ending,
        asked_to_stop=any(last_day_is_of_office(role) for role in ending),
    )


@bp.route("/<slug>/status", methods=["GET", "POST"])
@my_group(fresh=True)
def status(group: Group) -> ResponseReturnValue:
    form = StatusForm(obj=group)
    form.status.choices = choices_of(Status, word)
    sent: Sent[list[str]] = look_or_save(
        form,
        look=lambda: status_preview(group, Status(form.status.data)),
        save=lambda: set_status(group, Status(form.status.data), by=current_user),
    )
    if sent.is_saved:
        flash(_("Bewaard. Wie het moet weten, krijgt bericht."), "good")
        return redirect(url_for("desk.group", slug=group.slug), 303)
    page = render_template(
        "coordinate/desk/status.html",
        group=group,
        form=form,
        stands=word(Status(group.status), current()),
        chosen=word(Status(form.status.data), current()) if sent.preview else "",
        preview=sent.preview,
        grave=form.status.data == Status.CLOSED,
        undone_within=UNDONE_WITHIN,
    )
    return page, sent.code


@bp.route("/<slug>/sister", methods=["GET", "POST"])
@my_group(fresh=True)
def sister(group: Group) -> ResponseReturnValue:
    """Begin a second group, or (with `twice`) give the same people a second time in the week."""
    twice = "twice" in request.args
    reads = role_in(group).reads(clock.now())
    waiting = known_figures([group.id]).get(group.id, (0, 0))[1] if reads else 0
    form = _sister_form(group, twice=twice, reads=reads)
    if form.validate_on_submit():
        day = dict(form.weekday.choices)[form.weekday.data]
        try:
            made = found_sister(
                group,
                name=form.name.data or f"{group.name[:100]}, {day}",
                weekday=form.weekday.data,
                start=form.start.data,
                by=current_user,
                along=form.along(),
                begins=form.begins.data,
            )
        except FellowshipIsClosed as refused:
            form.refuse(refused)
        else:
            flash(
                _("De groep begint volgende week.")
                if form.begins.data
                else _("De nieuwe groep staat klaar, in oprichting."),
                "good",
            )
            if waiting and form.ask_line.data:
                _ask_line(group, made)
            return redirect(url_for("desk.group", slug=made.slug), 303)
    return render_template(
        "coordinate/desk/sister.html", group=group, form=form, waiting=waiting, twice=twice
    ), form.code


def _sister_form(group: Group, *, twice: bool, reads: bool) -> SisterForm:
    """Return the form; what the group does not have is not asked, nor contacts of who sees none."""
    form = SisterForm(data=dict.fromkeys((*ALONG, "begins"), twice) | {"ask_line": not twice})
    form.weekday.choices = weekday_choices()
    has = {
        "contacts": reads and bool(group.contacts),
        "closures": bool(closures_of_group(group.id, group.day_of(clock.now()))),
        "places": len(places_owned_by(group)) > 1,
    }
    for name in ALONG:
        if not has[name]:
            del form[name]
    return form


def _ask_line(group: Group, made: Group) -> None:
    """Ask who waits to move to the new group, and say how many that are."""
    number = ask_the_line(group, made, by=current_user)
    asked = ngettext(
        "%(num)s mens op de wachtlijst is gevraagd.",
        "%(num)s mensen op de wachtlijst zijn gevraagd.",
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


def coming_weeks(schedule: Schedule, slug: str) -> list[WeekLine]:
    """Return the week strip of a group for its own people, from the coming meeting on."""
    now = clock.now()
    today = now.astimezone(schedule.zone).date()
    return [
        week_line(meeting, today, url_for("weeks.show", slug=slug, week=str(meeting.week)))
        for meeting in coming_meetings(schedule, now, WEEKS_SHOWN)
    ]


def _ending_services() -> list[RoleRecord]:
    now = clock.now()
    return [
        role
        for role in current_user.roles_held
        if role.group and not role.stands_in and ends_soon(role.until, role.group.day_of(now))
    ]
