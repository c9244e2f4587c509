"""Forms: their base, and the one place where a refusal is put at its field."""

from collections.abc import Callable, Iterable
from enum import Enum
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext, lazy_ngettext
from flask_wtf import FlaskForm
from markupsafe import Markup
from wtforms import (
    BooleanField,
    EmailField,
    Field,
    FieldList,
    FormField,
    HiddenField,
    IntegerField,
    PasswordField,
    StringField,
    TextAreaField,
)
from wtforms.form import BaseForm
from wtforms.validators import DataRequired, Length, Optional, StopValidation, ValidationError
from wtforms.widgets import CheckboxInput, HiddenInput

from app.blueprints.web.languages import current
from app.blueprints.web.refusals import refusal_in_words
from app.blueprints.web.request_checks import LARGEST_ID
from app.domain.geography.found import Several
from app.domain.geography.whereabouts import whereabouts
from app.domain.name import as_name
from app.domain.personal_text import Finding
from app.domain.refusal import Refusal
from app.formats.mail_address import read_address
from app.formats.phone import findings_in
from app.formats.search_words import locality_in_words
from app.formats.text import plain
from app.formats.wording import weekday_name


class OneTown:
    """A town that more than one place may be is asked back, unless a postcode or province tells."""

    def __init__(self, *told_by: str):
        self.told_by = told_by

    def __call__(self, form: BaseForm, field: Field) -> None:
        if not field.data or any(form[name].data for name in self.told_by if name in form):
            return
        found = whereabouts(field.data)
        if isinstance(found, Several) and found.are_namesakes:
            among = [locality_in_words(one, current(), found.choices) for one in found.choices]
            raise ValidationError(
                _(
                    "Meer dan één plaats heet zo. Schrijf erbij welke je bedoelt: %(places)s.",
                    places=", ".join(among),
                )
            )


class Form(FlaskForm):
    """Every text comes in trimmed, in composed Unicode, without control characters.

    What is typed on one line comes in as a name does (`domain/name.py`).

    Every mail address comes in as letters can be sent to it, or is refused.
    """

    class Meta(FlaskForm.Meta):
        def bind_field(self, form: Any, unbound_field: Any, options: dict[str, Any]) -> Any:
            filters = unbound_field.kwargs.get("filters", [])
            kind = unbound_field.field_class
            if not issubclass(kind, FieldList | FormField) and not getattr(
                kind, "keeps_input", False
            ):
                options["filters"] = [*filters, _one_line if _is_one_line(kind) else _plain]
            field = unbound_field.bind(form=form, **options)
            if isinstance(field, EmailField):
                field.validators = [*field.validators, _address]
            return field

    @property
    def code(self) -> int:
        """Return the status of a page that shows this form: 422 when what was sent comes back."""
        return 422 if self.is_submitted() else 200

    def does(self, deed: Callable[[], object]) -> bool:
        """Do what this form asks, if it may be sent as it is; a refusal is put at its field."""
        if not self.validate_on_submit():
            return False
        try:
            deed()
        except Refusal as refused:
            self.refuse(refused)
            return False
        return True

    def refuse(self, refused: Refusal) -> None:
        """Put the sentence for a refusal at the field it is about, or on top of the form."""
        name, sentence = refusal_in_words(refused)
        field = getattr(self, name, None) if name else None
        if field is None:
            self.form_errors.append(sentence)
        else:
            field.errors = [*field.errors, sentence]


def _is_one_line(kind: type) -> bool:
    """Tell whether people type one line in a field: a name, or what is like one."""
    return issubclass(kind, StringField) and not issubclass(
        kind, EmailField | HiddenField | PasswordField | TextAreaField
    )


def _one_line(value: Any) -> Any:
    return as_name(plain(value)) if isinstance(value, str) else value


def _plain(value: Any) -> Any:
    return plain(value) if isinstance(value, str) else value


def _address(_form: BaseForm, field: Field) -> None:
    if not field.data:
        return
    if address := read_address(field.data):
        field.data = address
        return
    name, at, _domain = field.data.partition("@")
    if at and not name.isascii():
        raise ValidationError(_("Neem een mailadres zonder letters als é of ü voor de @."))
    raise ValidationError(_("Dit is geen mailadres."))


def required(sentence: Any = None) -> DataRequired:
    return DataRequired(sentence or lazy_gettext("Vul dit nog in."))


class _AtMost(Length):
    """Ends the questions about a text that is too long: others may take long over it."""

    def __call__(self, form: BaseForm, field: Field) -> None:
        try:
            super().__call__(form, field)
        except ValidationError as too_long:
            raise StopValidation(*too_long.args) from None


def at_most(length: int) -> Length:
    return _AtMost(
        max=length,
        message=lazy_ngettext(
            "Houd het bij %(max)d teken.", "Houd het bij %(max)d tekens.", length, max=length
        ),
    )


def optional() -> Optional:
    return Optional()


class Published:
    """Asks once whether something personal may really stand in a public text.

    The form has a BooleanField named by `agree`; it is shown, and asked, only after a finding.
    """

    def __init__(self, agree: str = "publish_anyway"):
        self.agree = agree

    def __call__(self, form: FlaskForm, field: Field) -> None:
        found = findings_in(field.data or "")
        if not found or form[self.agree].data:
            return
        form[self.agree].asked = True
        raise ValidationError(" ".join(_personal_words(found)))


class NumberField(IntegerField):
    """A whole number that a column holds: of a larger one the largest, which is in no range either."""

    data: Any

    def process_formdata(self, valuelist: list[Any]) -> None:
        super().process_formdata(valuelist)
        if self.data is not None:
            self.data = max(-LARGEST_ID, min(self.data, LARGEST_ID))


class Agreement(BooleanField):
    """A box that is shown only when there is something to agree to."""

    asked = False

    @property
    def is_shown(self) -> bool:
        return self.asked or bool(self.data)


class _SwitchWidget(CheckboxInput):
    def __call__(self, field: Field, **kwargs: Any) -> Markup:
        off, box = HiddenInput()(field, id=False, value=""), super().__call__(field, **kwargs)
        both: Markup = off + box
        return both


class Switch(BooleanField):
    """A box whose page says that it was asked: off is sent as such, what is not sent stays as it was."""

    widget = _SwitchWidget()

    def process_formdata(self, valuelist: list[Any]) -> None:
        if valuelist:
            self.data = any(value not in self.false_values for value in valuelist)

    def _value(self) -> str:
        return "y"


def choices_of(enumeration: type[Enum], worded: Callable[[Any, str], str]) -> list[tuple[str, str]]:
    """Return a domain enumeration as choices in the reader's language."""
    return [(str(value), worded(value, current())) for value in enumeration]


def weekday_choices() -> list[tuple[int, str]]:
    return [(number, weekday_name(number, current())) for number in range(1, 8)]


def _personal_words(found: dict[Finding, str]) -> Iterable[str]:
    sentences = {
        Finding.PHONE: _("Hier staat een telefoonnummer: %(found)s."),
        Finding.ADDRESS: _("Hier staat een mailadres: %(found)s."),
        Finding.HANDLE: _("Hier staat een rekening of een gebruikersnaam: %(found)s."),
        Finding.SURNAME: _("Dit lijkt een achternaam: %(found)s."),
        Finding.CODE: _("Hier staat de code van een deur: %(found)s."),
    }
    for finding, words in found.items():
        yield sentences[finding] % {"found": words}
    yield _("Iedereen kan dit lezen. Haal het weg, of vink hieronder aan dat het zo mag.")


def form_version(form: Form, name: str = "version") -> int | None:
    """Return the version a form was opened with, or None when it does not say."""
    text = str(form[name].data if form[name].data is not None else "")
    return int(text) if text.isdecimal() and len(text) < 10 else None
