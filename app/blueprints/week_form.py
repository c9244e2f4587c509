"""The form of one week: its parts, each behind a big button, and the words of its deed."""

from datetime import time

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_login import current_user
from wtforms import (
    BooleanField,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    TimeField,
)

from app import clock
from app.actions.week_rows import WeekEdit
from app.blueprints.form import Agreement, Form, Published, at_most, choices_of, optional
from app.blueprints.languages import current
from app.blueprints.slots import place_words
from app.domain.deviation import Deviation
from app.domain.meeting import Difference, Meeting
from app.domain.place import Visibility
from app.domain.slot import Slot
from app.domain.themes import STEPS, Theme
from app.domain.week import Week
from app.formats.text import large_first
from app.formats.wording import clock_time, day_in_words, word
from app.records.groups import Group
from app.records.places_in_use import places_for

PARTS = ("cancelled", "move", "place", "theme", "note")
"""The big buttons, in their order; each opens its part of the form."""
ID_DIGITS = 10


class WeekForm(Form):
    cancelled = BooleanField(lazy_gettext("De bijeenkomst gaat niet door"))
    reason = StringField(lazy_gettext("Waarom niet?"), [optional(), at_most(200), Published()])
    weekday = SelectField(
        lazy_gettext("Op welke dag?"), coerce=lambda value: int(value or 0), validate_choice=False
    )
    start = TimeField(lazy_gettext("Hoe laat?"), [optional()])
    place = SelectField(lazy_gettext("Waar, deze keer?"))
    visibility = RadioField(lazy_gettext("Wie ziet waar het is?"), default=Visibility.WHOLE)
    theme = StringField(
        lazy_gettext("Welk thema, deze keer?"), [optional(), at_most(120), Published()]
    )
    rest_follows = RadioField(lazy_gettext("En de weken daarna?"), default="no")
    note = TextAreaField(
        lazy_gettext("Opmerking voor iedereen die komt"), [optional(), at_most(400), Published()]
    )
    publish_anyway = Agreement(lazy_gettext("Ja, iedereen mag dit lezen"))
    version = HiddenField()
    slot_version = HiddenField()

    def offer(self, group: Group, week: Week) -> None:
        language, today = current(), group.day_of(clock.now())
        slot = group.slot_in(week)
        usual = slot.weekday if slot else 1
        self.weekday.choices = [
            (number, day_in_words(week.day(number), language))
            for number in range(1, 8)
            if week.day(number) >= today or number in (usual, self.weekday.data)
        ]
        self.places = {str(one.id): one for one in places_for(group, current_user.id)}
        self.place.choices = [
            ("", _("Waar we altijd zijn")),
            *((key, place_words(one.value(), language)) for key, one in self.places.items()),
        ]
        self.visibility.choices = choices_of(Visibility, word)
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
            place_id=int(self.place.data) if self.place.data else None,
            visibility=self.visibility.data,
            theme_step=step,
            theme_title="" if step else self.theme.data or "",
            note=self.note.data or "",
            all_the_same=all_the_same,
        )

    def deviation(self, week: Week, edit: WeekEdit) -> Deviation:
        """Return an edit as the domain computes with it."""
        record = self.places.get(self.place.data or "")
        theme = None
        if edit.theme_step or edit.theme_title:
            theme = Theme(step=edit.theme_step, title=edit.theme_title)
        return Deviation(
            week=week,
            cancelled=edit.cancelled,
            reason=edit.reason,
            weekday=edit.weekday,
            start=edit.start,
            place=record.value() if record else None,
            visibility=Visibility(edit.visibility),
            theme=theme,
            note=edit.note,
            all_the_same=edit.all_the_same,
        )


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


def as_data(before: Deviation, meeting: Meeting, slot: Slot | None) -> dict:
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
        "theme": (theme.title or str(theme.step)) if theme else "",
        "rest_follows": "no",
        "note": before.note,
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
        "theme": form.theme.data or before.theme,
        "note": form.note.data or before.note,
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
        "theme": _("Ander thema"),
        "note": _("Opmerking toevoegen"),
    }
    return [(part, words[part]) for part in PARTS if part not in opened]


def deed_words(form: WeekForm, week: Week, group: Group) -> str:
    """Return the words of the button: the deed itself."""
    language, slot = current(), group.slot_in(week)
    weekday = form.weekday.data or (slot.weekday if slot else 1)
    if form.cancelled.data:
        day = day_in_words(week.day(slot.weekday if slot else weekday), language)
        return _("%(day)s gaat niet door", day=large_first(day))
    start = form.start.data or (slot.start if slot else None)
    if slot and start and (weekday, start) != (slot.weekday, slot.start):
        day = day_in_words(week.day(weekday), language)
        return _("Verplaats naar %(day)s, %(time)s", day=day, time=clock_time(start, language))
    return _("Bewaar deze week")


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
