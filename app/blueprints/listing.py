"""A group's listing, as its coordinators write it."""

from dataclasses import asdict

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_login import current_user
from wtforms import (
    BooleanField,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.widgets import CheckboxInput, ListWidget

from app.actions import officers
from app.actions.groups import ListingEdit, edit_listing
from app.blueprints.access import my_group
from app.blueprints.form import Agreement, Form, Published, at_most, choices_of, required
from app.blueprints.languages import current
from app.blueprints.refusals import pressed
from app.domain.country import PROVINCES
from app.domain.listing import Audience, Feature, Subject
from app.domain.refusal import ChangedMeanwhile
from app.formats.wording import language_name, word
from app.records.groups import Group

bp = Blueprint("listing", __name__, url_prefix="/coordinate")

SPOKEN = ("nl", "en", "de", "fr", "es", "pl", "pt", "ru", "uk", "tr", "ar", "fa", "it", "fy")
"""Languages of meetings that groups may choose; imported groups may have others."""


class ListingForm(Form):
    name = StringField(lazy_gettext("Naam van de groep"), [required(), at_most(120), Published()])
    description = TextAreaField(lazy_gettext("Omschrijving"), [at_most(1200), Published()])
    publish_anyway = Agreement(lazy_gettext("Ja, iedereen mag dit lezen"))
    subject = SelectField(lazy_gettext("Waarover gaat het?"))
    audience = SelectField(lazy_gettext("Voor wie?"))
    language = SelectField(lazy_gettext("In welke taal?"))
    is_open = RadioField(
        lazy_gettext("Wie mag komen?"), coerce=lambda value: value in (True, "True")
    )
    features = SelectMultipleField(
        lazy_gettext("Toegankelijkheid"),
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )
    town = StringField(lazy_gettext("Plaats"), [at_most(80)])
    province = SelectField(lazy_gettext("Provincie"))
    may_be_indexed = BooleanField(lazy_gettext("Zoekmachines mogen deze groep vinden"))
    version = HiddenField()

    def offer(self, group: Group) -> None:
        """Fill in what there is to choose, the group's own value always among it."""
        self.subject.choices = choices_of(Subject, word)
        self.audience.choices = choices_of(Audience, word)
        codes = sorted({*SPOKEN, group.language})
        self.language.choices = [(code, language_name(code, current())) for code in codes]
        self.is_open.choices = [
            (False, _("Gesloten: voor wie zelf mee wil doen")),
            (True, _("Open: iedereen mag komen kijken")),
        ]
        self.features.choices = choices_of(Feature, word)
        names = sorted({*PROVINCES, group.province} - {""})
        self.province.choices = [("", _("onbekend")), *((name, name) for name in names)]

    def edit(self) -> ListingEdit:
        return ListingEdit(
            name=self.name.data,
            description=self.description.data or "",
            audience=self.audience.data,
            subject=self.subject.data,
            language=self.language.data,
            is_open=self.is_open.data,
            features=sorted(self.features.data or []),
            town=self.town.data or "",
            province=self.province.data,
            may_be_indexed=self.may_be_indexed.data,
        )


@bp.route("/<slug>/listing", methods=["GET", "POST"])
@my_group(fresh=True)
def edit(group: Group):
    form = ListingForm(obj=group)
    form.offer(group)
    meanwhile = None
    if form.validate_on_submit():
        try:
            edit_listing(group, form.edit(), by=current_user, version=form_version(form))
        except ChangedMeanwhile as refused:
            form.refuse(refused)
            form.version.data = str(group.version)
            meanwhile = asdict(refused.current)
        else:
            flash(_("Bewaard."), "good")
            return redirect(url_for("desk.group", slug=group.slug), 303)
    return render_template(
        "listing/edit.html", group=group, form=form, meanwhile=meanwhile
    ), form.code


@bp.post("/<slug>/list-again")
@my_group(fresh=True)
def list_again(group: Group):
    return pressed(
        lambda: officers.list_again(group, by=current_user),
        _("Jullie staan weer in de lijst. Je organisatie krijgt bericht."),
        then=url_for("desk.group", slug=group.slug),
    )


def form_version(form: Form, name: str = "version") -> int | None:
    """Return the version a form was opened with, or None when it does not say."""
    text = str(form[name].data if form[name].data is not None else "")
    return int(text) if text.isdecimal() and len(text) < 10 else None
