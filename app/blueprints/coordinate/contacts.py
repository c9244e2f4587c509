"""Contact persons, written down at the desk."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_login import current_user
from wtforms import BooleanField, EmailField, Field, StringField, TelField
from wtforms.validators import ValidationError

from app.actions.contacts import (
    ContactEdit,
    put_contact_first,
    remove_contact,
    write_contact,
)
from app.blueprints.access import my_circle
from app.blueprints.web import limits
from app.blueprints.web.form import Form, at_most, optional, required
from app.domain.contact import CONTACTS
from app.formats.phone import read_phone, spoken_phone
from app.records.contacts import ContactRecord
from app.records.groups import Group

bp = Blueprint("contacts", __name__)


class ContactForm(Form):
    name = StringField(lazy_gettext("Voornaam, of een andere naam"), [required(), at_most(60)])
    email = EmailField(lazy_gettext("Mailadres"), [required(), at_most(254)])
    phone = TelField(lazy_gettext("Telefoon"), [optional(), at_most(40)])
    takes_messages = BooleanField(
        lazy_gettext("Krijgt berichten van de groepspagina; het mailadres blijft geheim"),
        default=True,
    )
    shows_phone = BooleanField(lazy_gettext("Telefoonnummer staat op de groepspagina"))
    shows_email = BooleanField(lazy_gettext("Mailadres staat op de groepspagina"))

    def validate_phone(self, field: Field) -> None:
        if field.data and read_phone(field.data) is None:
            raise ValidationError(_("Dit is geen telefoonnummer."))

    def validate_shows_phone(self, field: Field) -> None:
        if field.data and not self.phone.data:
            raise ValidationError(_("Vul dan ook een telefoonnummer in."))

    def edit(self) -> ContactEdit:
        return ContactEdit(
            name=self.name.data,
            email=self.email.data,
            phone=read_phone(self.phone.data or "") or "",
            takes_messages=self.takes_messages.data,
            shows_phone=self.shows_phone.data,
            shows_email=self.shows_email.data,
        )


@bp.get("/coordinate/<slug>/contacts")
@my_circle()
def index(group: Group) -> ResponseReturnValue:
    return render_template(
        "coordinate/contacts/index.html", group=group, contacts=group.contacts, most=CONTACTS
    )


@bp.route("/coordinate/<slug>/contacts/new", methods=["GET", "POST"])
@my_circle(fresh=True)
@limits.rated("contact", limits.INVITATION_RATE)
def new(group: Group) -> ResponseReturnValue:
    return _write(group, ContactForm(), None)


@bp.route("/coordinate/<slug>/contacts/<int:position>", methods=["GET", "POST"])
@my_circle(fresh=True)
def edit(group: Group, position: int) -> ResponseReturnValue:
    contact = _contact_at(group, position)
    form = ContactForm(obj=contact)
    if contact.phone and not form.is_submitted():
        form.phone.data = spoken_phone(contact.phone)
    return _write(group, form, contact)


@bp.post("/coordinate/<slug>/contacts/<int:position>/remove")
@my_circle(fresh=True)
def remove(group: Group, position: int) -> ResponseReturnValue:
    remove_contact(group, _contact_at(group, position).position, by=current_user)
    flash(_("Weggehaald en vergeten."), "good")
    return redirect(url_for("contacts.index", slug=group.slug), 303)


@bp.post("/coordinate/<slug>/contacts/<int:position>/first")
@my_circle(fresh=True)
def first(group: Group, position: int) -> ResponseReturnValue:
    put_contact_first(group, _contact_at(group, position).position, by=current_user)
    return redirect(url_for("contacts.index", slug=group.slug), 303)


def _contact_at(group: Group, position: int) -> ContactRecord:
    contact = next((one for one in group.contacts if one.position == position), None)
    if contact is None:
        abort(404)
    return contact


def _write(group: Group, form: ContactForm, contact: ContactRecord | None) -> ResponseReturnValue:
    position = contact.position if contact else None
    if form.does(lambda: write_contact(group, form.edit(), by=current_user, position=position)):
        flash(_("Bewaard. Zo nodig vragen we eerst per mail of het mag."), "good")
        return redirect(url_for("contacts.index", slug=group.slug), 303)
    return render_template(
        "coordinate/contacts/edit.html", group=group, form=form, contact=contact
    ), form.code
