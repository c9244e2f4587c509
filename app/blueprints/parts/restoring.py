"""Putting a listing or the standing times back: what that would change, and the answer."""

from collections.abc import Callable

from flask import abort, flash, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_login import current_user
from wtforms import HiddenField, SelectField

from app import clock
from app.actions.restoring import restore_listing, restore_slots
from app.blueprints.parts.arranged_weeks import arranged_weeks, fates_sent
from app.blueprints.parts.change_words import FIELDS
from app.blueprints.parts.changes import change_line, value_in_words
from app.blueprints.web.form import Form, form_version
from app.blueprints.web.languages import current
from app.blueprints.web.preview import Sent, look_or_save
from app.domain.held import first_week_to_change
from app.domain.meeting import Schedule
from app.domain.slot import Slot
from app.domain.slot_change import SlotChange, change_slots, standing_differences
from app.domain.week import NoSuchWeek, Week
from app.formats.wording import day_in_words
from app.records.changes import Change, change_of_group
from app.records.earlier import OF_LISTINGS, can_be_restored, listing_before, slots_before
from app.records.groups import Group
from app.records.history import ABOUT_PLACES
from app.records.listings import schedule_ahead
from app.records.slots import slot_values

WEEKS_AHEAD = 6


class RestoreForm(Form):
    since = SelectField(lazy_gettext("Vanaf wanneer?"), validate_choice=False)
    version = HiddenField()


def answer_restore(
    group: Group, change_id: int, *, as_officer: bool, back: Callable[[Group], str]
) -> ResponseReturnValue:
    """Answer whoever puts back what a change took away; `back` names the page that comes then, of a
    group that may have another address by then."""
    change = change_of_group(change_id, group.id)
    if change is None or not can_be_restored(change):
        abort(404)
    is_listing = change.deed in OF_LISTINGS
    form = RestoreForm(data={"version": str(_version(group, is_listing))})
    schedule = schedule_ahead(group, clock.now())
    first = first_week_to_change(schedule, clock.now())
    form.since.choices = [
        (str(first + number), _since(first + number)) for number in range(WEEKS_AHEAD + 1)
    ]
    given = {"by": current_user, "version": form_version(form), "as_officer": as_officer}
    sent: Sent[None] = look_or_save(
        form,
        look=lambda: None,
        save=lambda: (
            restore_listing(group, change.id, **given)
            if is_listing
            else restore_slots(group, change.id, _week(form, first), fates=fates_sent(), **given)
        ),
        versions=lambda: {"version": _version(group, is_listing)},
    )
    if sent.is_saved:
        flash(_("Teruggezet. Het staat nu overal zoals het eerder was."), "good")
        return redirect(back(group), 303)
    since = _week(form, first)
    page = render_template(
        "parts/history/restore.html",
        group=group,
        form=form,
        back=back(group),
        is_listing=is_listing,
        as_officer=as_officer,
        line=change_line(change, group.timezone, for_office=as_officer),
        rows=_listing_differences(group, change)
        if is_listing
        else _slot_differences(schedule, slots_before(change, since), since, as_officer),
        arranged=[]
        if is_listing or as_officer
        else arranged_weeks(_restored(schedule, slots_before(change, since), since)),
    )
    return page, sent.code


def _restored(schedule: Schedule, slots: list[Slot], since: Week) -> SlotChange:
    """Return what it would mean to let these standing times hold again from a week on."""
    earlier = [one for one in schedule.slots if one.since < since]
    return change_slots(schedule, [*earlier, *slots], fates_sent())


def _listing_differences(group: Group, change: Change) -> list[tuple[str, str, str]]:
    """Return what would change, in words: field, what stands now, what stood before."""
    earlier = listing_before(group, change)
    return [
        (
            str(FIELDS[name]),
            value_in_words(name, getattr(group, name)),
            value_in_words(name, value),
        )
        for name, value in earlier.items()
        if name in FIELDS
    ]


def _slot_differences(
    schedule: Schedule, slots: list[Slot], since: Week, for_office: bool
) -> list[tuple[str, str, str]]:
    """Return the same of the standing times, all of them: from which week on what is other."""
    rows = []
    for week, now, then in standing_differences(since, schedule.slots, slots):
        stands, stood = slot_values(now), slot_values(then)
        from_day = day_in_words(week.monday, current(), year=True)
        for name in stands | stood:
            is_hidden = for_office and name in ABOUT_PLACES
            if name in FIELDS and not is_hidden and stands.get(name) != stood.get(name):
                field = str(FIELDS[name])
                rows.append(
                    (
                        field
                        if week == since
                        else _("%(field)s, vanaf %(day)s", field=field, day=from_day),
                        value_in_words(name, stands.get(name)),
                        value_in_words(name, stood.get(name)),
                    )
                )
    return rows


def _version(group: Group, is_listing: bool) -> int:
    return group.version if is_listing else group.slot_version


def _week(form: RestoreForm, first: Week) -> Week:
    """Return the week that was chosen; the domain refuses one whose meeting has begun."""
    try:
        return Week.parse(form.since.data or "")
    except NoSuchWeek:
        return first


def _since(week: Week) -> str:
    day = day_in_words(week.monday, current(), year=True)
    return _("de week van %(day)s", day=day)
