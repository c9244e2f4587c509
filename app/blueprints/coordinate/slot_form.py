"""The form of a standing time: what it offers, and the slot that it asks for."""

from datetime import time
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_login import current_user
from wtforms import (
    Field,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TimeField,
)

from app.blueprints.parts.meeting_lines import place_words
from app.blueprints.web.form import (
    Form,
    NumberField,
    at_most,
    choices_of,
    optional,
    required,
    weekday_choices,
)
from app.blueprints.web.languages import current
from app.blueprints.web.request_checks import whole_number
from app.domain.place import Visibility
from app.domain.slot import IMPORTED_MINUTES, MINUTES, Slot
from app.domain.themes import LAST, STEPS, TURNS, ByWeekOfMonth, NoThemes, Rotation, Theme, Themes
from app.domain.week import Week
from app.formats.wording import day_in_words, word
from app.records.groups import Group
from app.records.houses import places_for

WEEKS_OFFERED = 53


class SlotForm(Form):
    since = SelectField(lazy_gettext("Vanaf welke week?"), validate_choice=False)
    weekday = SelectField(lazy_gettext("Dag"), coerce=whole_number)
    start = TimeField(
        lazy_gettext("Begint om"), [required(lazy_gettext("Vul een tijd in, zoals 19:30."))]
    )
    minutes = NumberField(
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
    open_on = SelectMultipleField(
        lazy_gettext("Open voor iedereen, ook als de groep gesloten is"), coerce=whole_number
    )
    closed_on = SelectMultipleField(
        lazy_gettext("Alleen voor de groep, ook als de groep open is"), coerce=whole_number
    )
    version = HiddenField()

    def offer_weeks(self, this_week: Week, first: Week) -> None:
        """Offer the weeks from the first that a standing time may begin with."""
        self.since.choices = [
            (str(week), _since_words(week, is_this=week == this_week))
            for week in (first + number for number in range(WEEKS_OFFERED))
        ]

    def offer(self, group: Group) -> None:
        """Offer what there is to choose, but for the weeks: those are only shown."""
        language = current()
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
        self.open_on.choices = list(zip(TURNS, _turns_in_words(), strict=True))
        self.closed_on.choices = self.open_on.choices
        self.first.choices = [("", _("De stappen lopen door"))]
        self.first.choices += [
            (str(step), _("Stap %(step)s", step=step)) for step in range(1, STEPS + 1)
        ]

    def leave_end_open(self) -> None:
        """Let the end stay unknown where nobody said it."""
        self.minutes.validators = [optional()]

    def month_fields(self) -> list[Field]:
        return [self[f"month_{_ordinal(number)}"] for number in TURNS]

    def slot(self, before: Slot | None) -> Slot:
        """Return the slot as asked. Raises the domain's refusals."""
        since = Week.parse(self.since.data or "")
        record = self.places.get(self.place.data or "")
        return Slot(
            since=since,
            weekday=self.weekday.data,
            start=self.start.data,
            minutes=self.minutes.data or (before.minutes if before else IMPORTED_MINUTES),
            end_said=self.minutes.data is not None,
            place=record.value() if record else None,
            visibility=Visibility(self.visibility.data),
            open_on=frozenset(self.open_on.data or ()),
            closed_on=frozenset(self.closed_on.data or ()),
            themes=self._themes(since, before.themes if before else NoThemes()),
        )

    def _themes(self, since: Week, before: Themes) -> Themes:
        if self.themes.data == "rotation":
            if self.first.data:
                return Rotation(anchor=since, first=int(self.first.data))
            return before if isinstance(before, Rotation) else Rotation(anchor=since)
        if self.themes.data == "month":
            titles = {number: self[f"month_{_ordinal(number)}"].data for number in TURNS}
            known = before.themes if isinstance(before, ByWeekOfMonth) else {}
            return ByWeekOfMonth(
                {
                    number: _with_reading(title, known.get(number))
                    for number, title in titles.items()
                    if title
                }
            )
        return NoThemes()


def _turns_in_words() -> list[str]:
    return [
        _("Eerste keer in de maand"),
        _("Tweede keer"),
        _("Derde keer"),
        _("Vierde keer"),
        _("Vijfde keer, als die er is"),
        _("Laatste keer"),
    ]


def _with_reading(title: str, known: Theme | None) -> Theme:
    """Keep the reading and the question of a theme that is still the same."""
    return known if known and known.title == title else Theme(title=title)


def as_data(slot: Slot | None, since: Week) -> dict[str, Any]:
    if slot is None:
        return {"since": str(since), "weekday": 1, "start": time(19, 30)}
    data = {
        "since": str(since),
        "weekday": slot.weekday,
        "start": slot.start,
        "minutes": slot.minutes if slot.end_said else None,
        "place": str(slot.place.id) if slot.place else "",
        "visibility": str(slot.visibility),
        "open_on": sorted(slot.open_on),
        "closed_on": sorted(slot.closed_on),
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


def _since_words(week: Week, *, is_this: bool) -> str:
    day = day_in_words(week.monday, current(), year=True)
    if is_this:
        return _("deze week (vanaf %(day)s)", day=day)
    return _("de week van %(day)s", day=day)


def _ordinal(number: int) -> str:
    return "last" if number == LAST else str(number)
