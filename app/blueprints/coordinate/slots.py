"""The standing time of a group: a new one from a coming week on, with a preview."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from app import clock
from app.actions.slots import set_slot, withdraw_slot
from app.blueprints.access import my_group
from app.blueprints.coordinate.slot_form import SlotForm, as_data
from app.blueprints.parts.arranged_weeks import ArrangedWeek, arranged_weeks, fates_sent
from app.blueprints.parts.coming_changes import what_changes
from app.blueprints.parts.meeting_lines import WeekLine, week_line
from app.blueprints.parts.room_warnings import room_warnings
from app.blueprints.web.form import form_version
from app.blueprints.web.kept_input import ON_THE_WAY, typed_on_the_way
from app.blueprints.web.languages import current
from app.blueprints.web.paging import with_query
from app.blueprints.web.preview import Sent, look_or_save
from app.blueprints.web.refusals import say
from app.domain.held import check_slots, first_week_to_change
from app.domain.meeting import Schedule
from app.domain.refusal import Refusal
from app.domain.slot import Slot
from app.domain.slot_change import SlotChange, change_slots, with_slot
from app.domain.week import NoSuchWeek, Week
from app.formats.wording import clock_time, day_in_words, weekday_name
from app.records.groups import Group
from app.records.listings import schedule_ahead

bp = Blueprint("slots", __name__, url_prefix="/coordinate")

WEEKS_PREVIEWED = 6


@dataclass(frozen=True)
class Preview:
    """What another standing time would make of the coming weeks."""

    weeks: list[WeekLine]
    arranged: list[ArrangedWeek]
    warnings: list[str]


@bp.route("/<slug>/slot", methods=["GET", "POST"])
@my_group(fresh=True)
def edit(group: Group) -> ResponseReturnValue:
    if request.form.get("do") == "place":
        return redirect(
            with_query(url_for("places.new", slug=group.slug), typed_on_the_way("slot")), 303
        )
    slug, now = group.slug, clock.now()
    schedule = cache(lambda: schedule_ahead(group, now))
    form = _form(group, schedule)
    sent: Sent[Preview] = look_or_save(
        form,
        look=lambda: _preview(group, schedule(), _slot(form, group)),
        save=lambda: _save(group, form),
        versions=lambda: {"version": group.slot_version},
    )
    if sent.is_saved:
        return redirect(url_for("desk.group", slug=slug), 303)
    return _page(group, schedule(), form, sent), sent.code


def _page(group: Group, schedule: Schedule, form: SlotForm, sent: Sent[Preview]) -> str:
    now = clock.now()
    this_week = Week.at(now, group.timezone)
    form.offer_weeks(this_week, first_week_to_change(schedule, now))
    stands = schedule.slot_from(this_week)
    return render_template(
        "coordinate/slots/edit.html",
        group=group,
        form=form,
        now_words=_slot_words(stands) if stands else "",
        meanwhile_words=", ".join(what_changes(None, sent.meanwhile)) if sent.meanwhile else "",
        preview=sent.preview,
        later=[
            (slot, ", ".join(what_changes(schedule.slot_in(slot.since + -1), slot)))
            for slot in schedule.slots
            if slot.since > this_week
        ],
    )


@bp.post("/<slug>/slot/<since>/withdraw")
@my_group(fresh=True)
def withdraw(group: Group, since: str) -> ResponseReturnValue:
    try:
        withdraw_slot(group, Week.parse(since), by=current_user)
        flash(_("Ingetrokken. Alles blijft zoals het was."), "good")
    except NoSuchWeek:
        abort(404)
    except Refusal as refused:
        say(refused)
    return redirect(url_for("slots.edit", slug=group.slug), 303)


def _form(group: Group, schedule: Callable[[], Schedule]) -> SlotForm:
    """Return the form as it was sent, as it was typed before a place was added, or as it stands.

    What is sent needs no schedule: the deed reads it itself, under its lock.
    """
    now, is_sent = clock.now(), request.method == "POST"
    this_week = Week.at(now, group.timezone)
    asked = _asked_week(this_week, this_week if is_sent else first_week_to_change(schedule(), now))
    record = group.slot_from(asked)
    stands = record.value() if record else None
    data = as_data(stands, asked) | {"version": str(group.slot_version)}
    if "place" in request.args:
        data["place"] = request.args["place"]
    is_back = not is_sent and ON_THE_WAY in request.args
    form = SlotForm(request.args, data=data) if is_back else SlotForm(data=data)
    if stands and not stands.end_said:
        form.leave_end_open()
    form.offer(group)
    return form


def _slot(form: SlotForm, group: Group) -> Slot:
    """Return the slot as asked. Raises the domain's refusals."""
    before = group.slot_in(Week.parse(form.since.data or ""))
    return form.slot(before.value() if before else None)


def _save(group: Group, form: SlotForm) -> None:
    slot = _slot(form, group)
    version, fates = form_version(form), fates_sent()
    change = set_slot(group, slot, by=current_user, version=version, fates=fates)
    _say_saved(slot, change)


def _asked_week(this_week: Week, first: Week) -> Week:
    """Return the week that the form opens on: the next one, unless the address names another."""
    try:
        return max(first, Week.parse(request.args.get("since", "")))
    except NoSuchWeek:
        return this_week + 1


def _preview(group: Group, schedule: Schedule, slot: Slot) -> Preview:
    """Return the six meetings from the slot's own week on, as they would be, and what to decide.

    Raises what the saving would.
    """
    change, now = change_slots(schedule, with_slot(schedule, slot), fates_sent()), clock.now()
    check_slots(schedule, change.after, now)
    today = group.day_of(now)
    return Preview(
        weeks=[week_line(one, today) for one in change.after.meetings(slot.since, WEEKS_PREVIEWED)],
        arranged=arranged_weeks(change),
        warnings=room_warnings(group, [slot], Week.of(today)),
    )


def _say_saved(slot: Slot, change: SlotChange) -> None:
    """Tell when it begins, and of weeks that were arranged otherwise and nobody was asked about."""
    language = current()
    day = day_in_words(slot.since.day(slot.weekday), language)
    flash(_("Bewaard. De nieuwe vaste tijd begint op %(day)s.", day=day), "good")
    decided = fates_sent()
    left = [one for one in change.arranged if one.week not in decided]
    if left:
        days = ", ".join(day_in_words(one.was.day, language) for one in left)
        flash(
            ngettext(
                "Kijk nog even naar deze week, die anders was: %(days)s.",
                "Kijk nog even naar deze weken, die anders waren: %(days)s.",
                len(left),
                days=days,
            ),
            "changed",
        )


def _slot_words(slot: Slot) -> str:
    language = current()
    if not slot.end_said:
        return f"{weekday_name(slot.weekday, language)} {clock_time(slot.start, language)}"
    return _(
        "%(weekday)s %(start)s, %(minutes)s minuten",
        weekday=weekday_name(slot.weekday, language),
        start=clock_time(slot.start, language),
        minutes=slot.minutes,
    )
