"""The standing time of a group: a new one from a coming week on, with a preview."""

from dataclasses import replace
from datetime import time

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_login import current_user
from wtforms import (
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TimeField,
)

from app import clock
from app.actions.slots import set_slot, withdraw_slot
from app.blueprints.access import my_group
from app.blueprints.ahead import what_changes
from app.blueprints.form import Form, at_most, choices_of, optional, required, weekday_choices
from app.blueprints.languages import current
from app.blueprints.lines import WeekLine, week_line
from app.blueprints.listing import form_version
from app.blueprints.neighbours import room_warnings
from app.blueprints.refusals import say
from app.domain.place import Place, Visibility
from app.domain.refusal import ChangedMeanwhile, NoSuchWeek, Refusal
from app.domain.slot import MINUTES, Slot
from app.domain.themes import LAST, STEPS, ByWeekOfMonth, NoThemes, Rotation, Theme, Themes
from app.domain.week import Week
from app.formats.wording import clock_time, day_in_words, weekday_name, word
from app.records.groups import Group
from app.records.listings import schedule_of
from app.records.places_in_use import places_for

bp = Blueprint("slots", __name__, url_prefix="/coordinate")

WEEKS_OFFERED = 53
WEEKS_PREVIEWED = 6
ORDINALS = (1, 2, 3, 4, 5, LAST)


class SlotForm(Form):
    since = SelectField(lazy_gettext("Vanaf welke week?"), validate_choice=False)
    weekday = SelectField(lazy_gettext("Dag"), coerce=int)
    start = TimeField(
        lazy_gettext("Begint om"), [required(lazy_gettext("Vul een tijd in, zoals 19:30."))]
    )
    minutes = IntegerField(
        lazy_gettext("Hoe lang, in minuten"),
        [required(lazy_gettext("Vul in hoeveel minuten het duurt, zoals 120."))],
        default=MINUTES,
    )
    place = SelectField(lazy_gettext("Locatie"))
    visibility = RadioField(lazy_gettext("Wie ziet waar het is?"), default=Visibility.WHOLE)
    themes = RadioField(lazy_gettext("Thema’s"), default="none")
    first = SelectField(lazy_gettext("Met welke stap begint die week?"), default="")
    month_1 = StringField(lazy_gettext("Eerste keer in de maand"), [optional(), at_most(120)])
    month_2 = StringField(lazy_gettext("Tweede keer"), [optional(), at_most(120)])
    month_3 = StringField(lazy_gettext("Derde keer"), [optional(), at_most(120)])
    month_4 = StringField(lazy_gettext("Vierde keer"), [optional(), at_most(120)])
    month_5 = StringField(lazy_gettext("Vijfde keer"), [optional(), at_most(120)])
    month_last = StringField(lazy_gettext("Laatste keer"), [optional(), at_most(120)])
    version = HiddenField()

    def offer(self, group: Group, this_week: Week) -> None:
        language = current()
        self.since.choices = [
            (str(this_week + number), _since_words(this_week + number, number))
            for number in range(WEEKS_OFFERED)
        ]
        self.weekday.choices = weekday_choices()
        self.places = {str(one.id): one for one in places_for(group, current_user.id)}
        self.place.choices = [
            ("", _("Nog niet bekend")),
            *((key, place_words(one.value(), language)) for key, one in self.places.items()),
        ]
        self.visibility.choices = choices_of(Visibility, word)
        self.themes.choices = [
            ("rotation", _("De twaalf stappen, elke week de volgende")),
            ("month", _("Per keer in de maand")),
            ("none", _("Geen vast thema")),
        ]
        self.first.choices = [("", _("De stappen lopen door"))]
        self.first.choices += [
            (str(step), _("Stap %(step)s", step=step)) for step in range(1, STEPS + 1)
        ]

    def month_fields(self):
        return [self[f"month_{_ordinal(number)}"] for number in ORDINALS]

    def slot(self, before: Slot | None) -> Slot:
        """Return the slot as asked. Raises the domain's refusals."""
        since = Week.parse(self.since.data or "")
        record = self.places.get(self.place.data or "")
        return Slot(
            since=since,
            weekday=self.weekday.data,
            start=self.start.data,
            minutes=self.minutes.data,
            place=record.value() if record else None,
            visibility=Visibility(self.visibility.data),
            themes=self._themes(since, before.themes if before else NoThemes()),
        )

    def _themes(self, since: Week, before: Themes) -> Themes:
        if self.themes.data == "rotation":
            if self.first.data:
                return Rotation(anchor=since, first=int(self.first.data))
            return before if isinstance(before, Rotation) else Rotation(anchor=since)
        if self.themes.data == "month":
            titles = {number: self[f"month_{_ordinal(number)}"].data for number in ORDINALS}
            known = before.themes if isinstance(before, ByWeekOfMonth) else {}
            return ByWeekOfMonth(
                {
                    number: _with_reading(title, known.get(number))
                    for number, title in titles.items()
                    if title
                }
            )
        return NoThemes()


@bp.route("/<slug>/slot", methods=["GET", "POST"])
@my_group(fresh=True)
def edit(group: Group):
    this_week = Week.at(clock.now(), group.timezone)
    schedule = schedule_of(group, (this_week, this_week + WEEKS_OFFERED), public=False)
    asked = _asked_week(this_week)
    now = schedule.slot_from(this_week)
    data = _as_data(schedule.slot_from(asked), asked) | {"version": str(group.slot_version)}
    if "place" in request.args:
        data["place"] = request.args["place"]
    form = SlotForm(data=data)
    form.offer(group, this_week)
    preview: list[WeekLine] = []
    warnings: list[str] = []
    meanwhile = None
    if form.validate_on_submit():
        try:
            slot = form.slot(schedule.slot_in(Week.parse(form.since.data)))
            if request.form.get("do") == "preview":
                preview = _preview(schedule, slot)
                warnings = room_warnings(group, [slot], this_week)
            else:
                set_slot(group, slot, by=current_user, version=form_version(form))
                flash(_saved_words(slot), "good")
                return redirect(url_for("desk.group", slug=group.slug), 303)
        except ChangedMeanwhile as refused:
            form.refuse(refused)
            form.version.data = str(group.slot_version)
            meanwhile = refused.current
        except Refusal as refused:
            form.refuse(refused)
    code = 422 if form.is_submitted() and not preview else 200
    return render_template(
        "slots/edit.html",
        group=group,
        form=form,
        now_words=_slot_words(now) if now else "",
        meanwhile_words=", ".join(what_changes(None, meanwhile)) if meanwhile else "",
        preview=preview,
        warnings=warnings,
        later=[
            (slot, ", ".join(what_changes(schedule.slot_in(slot.since + -1), slot)))
            for slot in schedule.slots
            if slot.since > this_week
        ],
    ), code


@bp.post("/<slug>/slot/<since>/withdraw")
@my_group(fresh=True)
def withdraw(group: Group, since: str):
    try:
        withdraw_slot(group, Week.parse(since), by=current_user)
        flash(_("Ingetrokken. Alles blijft zoals het was."), "good")
    except NoSuchWeek:
        abort(404)
    except Refusal as refused:
        say(refused)
    return redirect(url_for("slots.edit", slug=group.slug), 303)


def _asked_week(this_week: Week) -> Week:
    """Return the week that the form opens on: the next one, unless the address names another."""
    try:
        return max(this_week, Week.parse(request.args.get("since", "")))
    except NoSuchWeek:
        return this_week + 1


def _with_reading(title: str, known: Theme | None) -> Theme:
    """Keep the reading and the question of a theme that is still the same."""
    return known if known and known.title == title else Theme(title=title)


def _as_data(slot: Slot | None, since: Week) -> dict:
    if slot is None:
        return {"since": str(since), "weekday": 1, "start": time(19, 30)}
    data = {
        "since": str(since),
        "weekday": slot.weekday,
        "start": slot.start,
        "minutes": slot.minutes,
        "place": str(slot.place.id) if slot.place else "",
        "visibility": str(slot.visibility),
        "themes": "none",
        "first": "",
    }
    match slot.themes:
        case Rotation():
            data["themes"] = "rotation"
        case ByWeekOfMonth():
            data["themes"] = "month"
            for number, theme in slot.themes.themes.items():
                data[f"month_{_ordinal(number)}"] = theme.title
    return data


def _preview(schedule, slot: Slot) -> list[WeekLine]:
    """Return the six meetings from the slot's own week on, as they would be."""
    others = tuple(one for one in schedule.slots if one.since != slot.since)
    today = clock.now().astimezone(schedule.zone).date()
    changed = replace(schedule, slots=(*others, slot))
    return [week_line(one, today) for one in changed.meetings(slot.since, WEEKS_PREVIEWED)]


def _slot_words(slot: Slot) -> str:
    language = current()
    return _(
        "%(weekday)s %(start)s, %(minutes)s minuten",
        weekday=weekday_name(slot.weekday, language),
        start=clock_time(slot.start, language),
        minutes=slot.minutes,
    )


def _saved_words(slot: Slot) -> str:
    day = day_in_words(slot.since.day(slot.weekday), current())
    return _("Bewaard. De nieuwe vaste tijd begint op %(day)s.", day=day)


def _since_words(week: Week, number: int) -> str:
    day = day_in_words(week.monday, current(), year=True)
    if number == 0:
        return _("deze week (vanaf %(day)s)", day=day)
    return _("de week van %(day)s (week %(week)s)", day=day, week=week.iso[1])


def place_words(place: Place, language: str) -> str:
    """Return a place in one line for its own people, whole."""
    if not place.has_building:
        return ", ".join(part for part in (_("Online"), place.name) if part)
    return ", ".join(part for part in (place.name, place.address) if part) or word(
        place.kind, language
    )


def _ordinal(number: int) -> str:
    return "last" if number == LAST else str(number)
