"""The form of one week: its parts, each behind a big button, and the words of its deed."""

from dataclasses import asdict
from datetime import time
from typing import Any

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_login import current_user
from wtforms import (
    BooleanField,
    FormField,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    TimeField,
)

from app import clock
from app.actions.parts.new_place import NewPlace
from app.actions.parts.week_rows import WeekEdit
from app.blueprints.coordinate.places import PlaceForm
from app.blueprints.parts.meeting_lines import place_words
from app.blueprints.web.form import Agreement, Form, Published, at_most, choices_of, optional
from app.blueprints.web.languages import current
from app.blueprints.web.request_checks import whole_number
from app.domain.deviation import Deviation
from app.domain.meeting import Difference, Meeting
from app.domain.place import Kind, Place, Visibility
from app.domain.slot import Slot
from app.domain.themes import STEPS, Theme
from app.domain.week import Week
from app.formats.lists.countries import country_of_zone
from app.formats.text import large_first
from app.formats.wording import clock_time, day_in_words, word
from app.records.groups import Group
from app.records.houses import places_for

PARTS = ("cancelled", "move", "place", "open", "theme", "note")
"""The big buttons, in their order; each opens its part of the form."""
ID_DIGITS = 10
_OPENNESS = {"": None, "open": True, "closed": False}

USUAL, TYPED, ONLINE = "", "new", "online"
"""Choices of where: as always, a place that is typed there, and this time online."""


class TypedPlace(PlaceForm):
    """A place typed in the form of a week; asked only when it is chosen there."""

    class Meta(PlaceForm.Meta):
        csrf = False

    is_wanted = False

    def validate(self, extra_validators: Any = None) -> bool:
        if not self.is_wanted:
            return True
        is_right: bool = super().validate(extra_validators)
        if not is_right:
            return False
        if self.kind.data == Kind.ONLINE and not (self.join_url.data or self.join_phone.data):
            self.join_url.errors = [_("Vul de link in, of een nummer om in te bellen.")]
        elif self.kind.data != Kind.ONLINE and not (self.name.data or self.street.data):
            self.street.errors = [_("Vul in waar het is: de straat, of de naam van het gebouw.")]
        return not self.errors


class WeekForm(Form):
    cancelled = BooleanField(lazy_gettext("De bijeenkomst gaat niet door"))
    reason = StringField(lazy_gettext("Waarom niet?"), [optional(), at_most(200), Published()])
    weekday = SelectField(
        lazy_gettext("Op welke dag?"),
        coerce=lambda value: whole_number(value or 0),
        validate_choice=False,
    )
    start = TimeField(lazy_gettext("Hoe laat?"), [optional()])
    place = SelectField(lazy_gettext("Waar, deze keer?"))
    typed = FormField(TypedPlace)
    visibility = RadioField(lazy_gettext("Wie ziet waar het is?"), default=Visibility.WHOLE)
    who = RadioField(lazy_gettext("Wie mag komen, deze keer?"), default="")
    theme = StringField(
        lazy_gettext("Welk thema, deze keer?"), [optional(), at_most(120), Published()]
    )
    rest_follows = RadioField(lazy_gettext("En de weken daarna?"), default="no")
    note = TextAreaField(
        lazy_gettext("Opmerking voor iedereen"), [optional(), at_most(400), Published()]
    )
    inside_note = TextAreaField(
        lazy_gettext("Opmerking alleen voor wie een plek heeft"), [optional(), at_most(400)]
    )
    publish_anyway = Agreement(lazy_gettext("Ja, iedereen mag dit lezen"))
    version = HiddenField()
    slot_version = HiddenField()

    def validate(self, extra_validators: Any = None) -> bool:
        typed = self.typed.form
        typed.is_wanted = self.place.data in (TYPED, ONLINE)
        typed.kind.data = str(Kind.ONLINE if self.place.data == ONLINE else Kind.BUILDING)
        is_right: bool = super().validate(extra_validators)
        return is_right

    def offer(self, group: Group, week: Week) -> None:
        language, today = current(), group.day_of(clock.now())
        self.weekday.choices = [
            (number, day_in_words(week.day(number), language))
            for number in range(1, 8)
            if week.day(number) >= today or number == self.weekday.data
        ]
        self.places = {str(one.id): one for one in places_for(group, current_user.id)}
        self.place.choices = [
            (USUAL, _("Waar we altijd zijn")),
            *((key, place_words(one.value(), language)) for key, one in self.places.items()),
            (TYPED, _("Ergens anders: typ het hieronder")),
            (ONLINE, _("Deze keer online")),
        ]
        self.country = country_of_zone(group.zone)
        self.typed.form.kind.choices = choices_of(Kind, word)
        if not self.is_submitted():
            self.typed.form.town.data = group.town
        self.visibility.choices = choices_of(Visibility, word)
        self.who.choices = [
            ("", _("Zoals altijd")),
            ("open", _("Open: iedereen mag komen kijken")),
            ("closed", _("Gesloten: alleen voor de groep")),
        ]
        self.rest_follows.choices = [
            ("no", _("De andere weken blijven zoals ze zijn")),
            ("yes", _("De stappen daarna schuiven mee")),
        ]

    def edit(self, all_the_same: bool) -> WeekEdit:
        step = step_in_words(self.theme.data or "")
        return WeekEdit(
            cancelled=self.cancelled.data,
            reason=self.reason.data or "",
            weekday=self.weekday.data or None,
            start=self.start.data,
            place_id=int(self.place.data) if self.place.data in self.places else None,
            visibility=self.visibility.data,
            theme_step=step,
            theme_title="" if step else self.theme.data or "",
            note=self.note.data or "",
            inside_note=self.inside_note.data or None,
            is_open=_OPENNESS.get(self.who.data or ""),
            all_the_same=all_the_same,
        )

    def typed_place(self) -> NewPlace | None:
        """Return the place that was typed, if that is where they meet."""
        if self.place.data not in (TYPED, ONLINE):
            return None
        edit, position = self.typed.form.edit(self.country)
        return NewPlace(edit, position)

    def _where(self) -> Place | None:
        if typed := self.typed_place():
            return Place(id=0, **(asdict(typed.edit) | {"kind": Kind(typed.edit.kind)}))
        record = self.places.get(self.place.data or "")
        return record.value() if record else None

    def deviation(self, week: Week, before: Deviation) -> Deviation:
        """Return what is asked as the domain computes with it."""
        edit = self.edit(before.all_the_same)
        theme = None
        if edit.theme_step or edit.theme_title:
            theme = Theme(step=edit.theme_step, title=edit.theme_title)
        return Deviation(
            week=week,
            cancelled=edit.cancelled,
            reason=edit.reason,
            weekday=edit.weekday,
            start=edit.start,
            place=self._where(),
            visibility=Visibility(edit.visibility),
            theme=theme,
            note=edit.note,
            inside_note=edit.inside_note or "",
            is_open=edit.is_open,
            all_the_same=edit.all_the_same,
        )


class CallOffForm(Form):
    """One meeting that is off: as it was seen, and why."""

    reason = StringField(lazy_gettext("Waarom niet?"), [optional(), at_most(200), Published()])
    publish_anyway = Agreement(lazy_gettext("Ja, iedereen mag dit lezen"))
    version = HiddenField()
    slot_version = HiddenField()


class UsualForm(Form):
    """What somebody saw who wants a week as usual again."""

    version = HiddenField()
    closures = HiddenField()

    def seen_closures(self) -> set[int] | None:
        """Return their ids, or None when the form does not say."""
        if self.closures.data is None:
            return None
        ids = str(self.closures.data).split()
        return {int(one) for one in ids if one.isdecimal() and len(one) <= ID_DIGITS}


def as_data(before: Deviation, meeting: Meeting, slot: Slot | None) -> dict[str, Any]:
    """Return a week as the form holds it.

    Another place is shown to whom the usual one is: a hidden address is not given away by moving.
    """
    theme = before.theme
    visibility = slot.visibility if slot and not before.place else before.visibility
    return {
        "cancelled": before.cancelled,
        "reason": before.reason,
        "weekday": meeting.starts.isoweekday(),
        "start": meeting.starts.time(),
        "place": str(before.place.id) if before.place else "",
        "visibility": str(visibility),
        "who": next(key for key, is_open in _OPENNESS.items() if is_open is before.is_open),
        "theme": (theme.title or str(theme.step)) if theme else "",
        "rest_follows": "no",
        "note": before.note,
        "inside_note": before.inside_note,
    }


def opened_parts(form: WeekForm, before: Deviation, meeting: Meeting) -> set[str]:
    """Return the parts of the form that are shown: asked for, filled in, or different already."""
    asked = {request.args.get("change", "")} & set(PARTS)
    if asked == {"cancelled"} and not form.is_submitted():
        form.cancelled.data = True
    if not asked and not form.is_submitted():
        return set()
    differs = {
        "cancelled": form.cancelled.data or before.cancelled,
        "move": Difference.MOVED in meeting.differences or form.weekday.errors or form.start.errors,
        "place": form.place.data or before.place,
        "open": form.who.data or before.is_open is not None,
        "theme": form.theme.data or before.theme,
        "note": form.note.data or before.note or form.inside_note.data or before.inside_note,
    }
    if form.is_submitted():
        moved = (form.weekday.data, form.start.data)
        differs["move"] = moved not in ((0, None), _usual(meeting)) or form.start.errors
    return asked | {part for part, differ in differs.items() if differ}


def parts_left(opened: set[str]) -> list[tuple[str, str]]:
    """Return the big buttons that are left, as (part, words)."""
    words = {
        "cancelled": _("Gaat niet door"),
        "move": _("Andere dag of tijd"),
        "place": _("Andere locatie deze keer"),
        "open": _("Open of gesloten, deze keer"),
        "theme": _("Ander thema"),
        "note": _("Opmerking toevoegen"),
    }
    return [(part, words[part]) for part in PARTS if part not in opened]


def deed_words(form: WeekForm, meeting: Meeting) -> str:
    """Return the words of the button: the deed itself, with its day."""
    language, week = current(), meeting.week
    if form.cancelled.data:
        day = day_in_words(meeting.day, language)
        return _("%(day)s gaat niet door", day=large_first(day))
    weekday = form.weekday.data or meeting.usually_starts.isoweekday()
    start = form.start.data or meeting.usually_starts.time()
    if (weekday, start) != _usual(meeting):
        day = day_in_words(week.day(weekday), language)
        return _("Verplaats naar %(day)s, %(time)s", day=day, time=clock_time(start, language))
    return _("Bewaar %(day)s", day=day_in_words(week.day(weekday), language))


def _usual(meeting: Meeting) -> tuple[int, time]:
    return meeting.usually_starts.isoweekday(), meeting.usually_starts.time()


def step_in_words(text: str) -> int | None:
    """Return the step that someone means by `5`, `stap 5` or `Stap 5: title`; else None."""
    words = text.lower().replace(":", " ").split()
    if words and words[0] in ("stap", "step"):
        words = words[1:2]
    if len(words) != 1 or not words[0].isdecimal() or len(words[0]) > 2:
        return None
    return int(words[0]) if 1 <= int(words[0]) <= STEPS else None
