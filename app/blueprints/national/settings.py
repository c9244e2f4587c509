"""What a fellowship says of itself, and how it works: its officers' settings."""

from collections.abc import Iterator
from typing import Any
from zoneinfo import available_timezones

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_login import current_user
from wtforms import (
    ColorField,
    EmailField,
    Field,
    FieldList,
    FormField,
    HiddenField,
    SelectField,
    StringField,
    TelField,
    TextAreaField,
    URLField,
)
from wtforms import Form as Part
from wtforms.utils import unset_value
from wtforms.validators import Regexp, ValidationError

from app.actions.national.fellowships import FellowshipEdit, edit_fellowship
from app.blueprints.access import my_fellowship
from app.blueprints.parts.change_words import FIELDS
from app.blueprints.parts.changes import value_in_words
from app.blueprints.web.form import Form, Switch, at_most, form_version, optional, required
from app.blueprints.web.languages import current
from app.blueprints.web.preview import Sent, look_or_save
from app.blueprints.web.request_checks import whole_number
from app.domain.confirmation import CONFIRM_AFTER_CHOICES
from app.domain.listing import OWN_TEXTS, SPOKEN
from app.domain.newcomers import MOST_CHARACTERS, questions_in
from app.domain.themes import STEPS, Theme
from app.formats.text import one_line
from app.formats.wording import LANGUAGES, language_name
from app.records.fellowships import Fellowship

bp = Blueprint("national_settings", __name__, url_prefix="/national")

Difference = tuple[str, str, str]
"""A field, what stands there, and what would: in words."""


def are_questions(_form: Any, field: Field) -> None:
    """Refuse what holds no question with its answer."""
    if not questions_in(field.data):
        raise ValidationError(
            _("Zet elke vraag op een eigen regel, met een vraagteken, en het antwoord eronder.")
        )


class StepPart(Part):
    """What is the fellowship's own of one step."""

    title = StringField(lazy_gettext("Titel"), [optional(), at_most(120)])
    reading = StringField(lazy_gettext("Om te lezen"), [optional(), at_most(200)])
    question = StringField(lazy_gettext("Vraag voor de bijeenkomst"), [optional(), at_most(300)])


class WordsPart(Part):
    """What a fellowship says in one other language."""

    closed_words = StringField(
        lazy_gettext("Voor wie een gesloten bijeenkomst is"), [optional(), at_most(120)]
    )
    identity = TextAreaField(lazy_gettext("Wie jullie zijn"), [optional(), at_most(600)])
    newcomers = TextAreaField(
        lazy_gettext("Voor wie voor het eerst komt"),
        [optional(), at_most(MOST_CHARACTERS), are_questions],
    )


class NumberedParts(FieldList):
    """Parts by their number, whichever of them are sent; of each, what is not sent stays."""

    def process(
        self, formdata: Any, data: Any = (), extra_filters: Any = None, **_more: Any
    ) -> None:
        parts = () if data is unset_value else data
        self.last_index, self.object_data = -1, parts
        self.entries: list[Any] = []
        for one in parts:
            self._add_entry(formdata, one)

    @property
    def is_sent(self) -> bool:
        return any(field.raw_data for part in self.entries for field in part.form)


class SettingsForm(Form):
    name = StringField(lazy_gettext("Naam van de organisatie"), [required(), at_most(120)])
    full_name = StringField(lazy_gettext("Voluit"), [optional(), at_most(120)])
    closed_words = StringField(
        lazy_gettext("Voor wie een gesloten bijeenkomst is"), [optional(), at_most(120)]
    )
    under_sixteen = Switch(lazy_gettext("Wie jonger is dan zestien, mag ook komen"))
    identity = TextAreaField(lazy_gettext("Wie jullie zijn"), [optional(), at_most(600)])
    newcomers = TextAreaField(
        lazy_gettext("Voor wie voor het eerst komt"),
        [optional(), at_most(MOST_CHARACTERS), are_questions],
    )
    professionals = TextAreaField(
        lazy_gettext("Voor hulpverleners"), [optional(), at_most(MOST_CHARACTERS)]
    )
    website = URLField(lazy_gettext("Eigen site"), [optional(), at_most(300)])
    phone = TelField(lazy_gettext("Telefoon"), [optional(), at_most(40)])
    email = EmailField(lazy_gettext("Mailadres van het kantoor"), [optional(), at_most(254)])
    controller = StringField(
        lazy_gettext("Wie verantwoordelijk is voor de gegevens"), [optional(), at_most(300)]
    )
    colour = ColorField(
        lazy_gettext("Kleur"),
        [
            optional(),
            Regexp(r"^#[0-9a-f]{6}$", message=lazy_gettext("Een kleur is als #0f5e59.")),
        ],
    )
    has_colour = Switch(lazy_gettext("Met een eigen kleur"))
    language = SelectField(lazy_gettext("Taal van nieuwe groepen"))
    zone = StringField(lazy_gettext("Tijdzone van nieuwe groepen"), [required(), at_most(64)])
    coordinator_word = StringField(
        lazy_gettext("Jullie woord voor coördinator"), [optional(), at_most(40)]
    )
    sponsor_word = StringField(lazy_gettext("Jullie woord voor sponsor"), [optional(), at_most(40)])
    confirm_after = SelectField(
        lazy_gettext("Vraag na zoveel weken of alles nog klopt"), coerce=whole_number
    )
    new_groups_need_yes = Switch(
        lazy_gettext("Wie een groep wil beginnen, krijgt eerst een antwoord van ons")
    )
    steps = NumberedParts(FormField(StepPart), max_entries=STEPS)
    texts = NumberedParts(FormField(WordsPart), max_entries=len(LANGUAGES))
    version = HiddenField()

    def offer(self, fellowship: Fellowship) -> None:
        """Fill in what there is to choose, the fellowship's own value always among it."""
        codes = sorted({*SPOKEN, fellowship.language})
        self.language.choices = [(code, language_name(code, current())) for code in codes]
        self.confirm_after.choices = [(weeks, str(weeks)) for weeks in CONFIRM_AFTER_CHOICES]

    def validate_website(self, field: Field) -> None:
        if not field.data.startswith(("https://", "http://")):
            raise ValidationError(_("Een adres begint met https://."))

    def validate_zone(self, field: Field) -> None:
        if field.data not in available_timezones():
            raise ValidationError(_("Deze tijdzone bestaat niet. Bijvoorbeeld: Europe/Amsterdam."))

    def sent(self) -> set[str]:
        """Return the names of what the form holds of an edit; a page of part of it changes that part."""
        found = {name for name, field in self._fields.items() if field.raw_data}
        found |= {"titles"} if self.steps.is_sent else set()
        found |= {"texts"} if self.texts.is_sent else set()
        return found | ({"colour"} if "has_colour" in found else set())

    def edit(self) -> FellowshipEdit:
        plain = {
            name: self[name].data or ""
            for name in (
                "name", "full_name", "closed_words", "identity", "newcomers", "professionals", "website", "phone", "email",
                "controller", "language", "zone", "coordinator_word", "sponsor_word",
            )
        }  # fmt: skip
        return FellowshipEdit(
            **plain,
            colour=(self.colour.data or "") if self.has_colour.data else "",
            under_sixteen=self.under_sixteen.data,
            confirm_after=self.confirm_after.data,
            new_groups_need_yes=self.new_groups_need_yes.data,
            titles=tuple(self._themes()),
            texts=dict(self._texts()),
        )

    def texts_by_language(self) -> Iterator[tuple[str, Field]]:
        yield from zip(LANGUAGES, self.texts, strict=True)

    def _texts(self) -> Iterator[tuple[str, dict[str, str]]]:
        """Yield what is said in another language than their own."""
        for code, words in zip(LANGUAGES, self.texts.data, strict=True):
            said = {name: words[name].strip() for name in OWN_TEXTS if (words[name] or "").strip()}
            if said and code != self.language.data:
                yield code, said

    def _themes(self) -> Iterator[Theme]:
        for step, part in enumerate(self.steps.data, 1):
            texts = {name: one_line(part[name] or "") for name in ("title", "reading", "question")}
            if any(texts.values()):
                yield Theme(step=step, **texts)


@bp.route("/<slug>/settings", methods=["GET", "POST"])
@my_fellowship(fresh=True)
def edit(fellowship: Fellowship) -> ResponseReturnValue:
    form = SettingsForm(data=_as_filled_in(fellowship))
    form.offer(fellowship)
    sent: Sent[list[Difference]] = look_or_save(
        form,
        look=lambda: _differences(FellowshipEdit.of(fellowship), form.edit()),
        save=lambda: edit_fellowship(
            fellowship,
            form.edit(),
            by=current_user,
            version=form_version(form),
            only=form.sent(),
        ),
        versions=lambda: {"version": fellowship.version},
    )
    if sent.is_saved:
        flash(_("Bewaard. Zo staat het nu overal."), "good")
        return redirect(url_for("national_settings.edit", slug=fellowship.slug), 303)
    meanwhile = _differences(form.edit(), sent.meanwhile) if sent.meanwhile else []
    return render_template(
        "national/settings/edit.html",
        fellowship=fellowship,
        form=form,
        preview=sent.preview or [],
        previewed=sent.preview is not None,
        meanwhile=[(name, now) for name, _typed, now in meanwhile],
    ), sent.code


def _as_filled_in(fellowship: Fellowship) -> dict[str, Any]:
    own = {title.step: title for title in fellowship.titles}
    steps = [
        {name: getattr(own.get(step), name, "") for name in ("title", "reading", "question")}
        for step in range(1, STEPS + 1)
    ]
    names = [name for name in SettingsForm.__dict__ if hasattr(fellowship, name)]
    values = {name: getattr(fellowship, name) for name in names}
    empty = dict.fromkeys(OWN_TEXTS, "")
    texts = [empty | fellowship.texts.get(code, {}) for code in LANGUAGES]
    return values | {"steps": steps, "texts": texts, "has_colour": bool(fellowship.colour)}


def _differences(old: FellowshipEdit, new: FellowshipEdit) -> list[Difference]:
    return [
        (
            str(FIELDS[name]),
            value_in_words(name, getattr(old, name)),
            value_in_words(name, getattr(new, name)),
        )
        for name in old.differences(new)
    ]
