"""Contact persons: written down at the desk, and their own yes by a link in a letter."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_login import current_user
from wtforms import BooleanField, EmailField, StringField, TelField
from wtforms.validators import ValidationError

from app.actions.contacts import (
    ContactEdit,
    agree_to_contact,
    put_contact_first,
    remove_contact,
    withdraw_contact,
    write_contact,
)
from app.blueprints import limits
from app.blueprints.access import my_group, public
from app.blueprints.form import Form, at_most, optional, required
from app.domain.contact import CONTACTS
from app.domain.keys import hash_of
from app.domain.refusal import LinkIsOver
from app.formats.phone import read_phone, spoken_phone
from app.records.contacts import ContactRecord, find_contact
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

    def validate_phone(self, field) -> None:
        if field.data and read_phone(field.data) is None:
            raise ValidationError(_("Dit is geen telefoonnummer."))

    def validate_shows_phone(self, field) -> None:
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
@my_group()
def index(group: Group):
    return render_template(
        "contacts/index.html", group=group, contacts=group.contacts, most=CONTACTS
    )


@bp.route("/coordinate/<slug>/contacts/new", methods=["GET", "POST"])
@my_group(fresh=True)
@limits.rated("contact", limits.INVITATION_RATE)
def new(group: Group):
    return _write(group, ContactForm(), None)


@bp.route("/coordinate/<slug>/contacts/<int:position>", methods=["GET", "POST"])
@my_group(fresh=True)
def edit(group: Group, position: int):
    contact = _contact_at(group, position)
    form = ContactForm(obj=contact)
    if contact.phone and not form.is_submitted():
        form.phone.data = spoken_phone(contact.phone)
    return _write(group, form, contact)


@bp.post("/coordinate/<slug>/contacts/<int:position>/remove")
@my_group(fresh=True)
def remove(group: Group, position: int):
    remove_contact(group, _contact_at(group, position).position, by=current_user)
    flash(_("Weggehaald en vergeten."), "good")
    return redirect(url_for("contacts.index", slug=group.slug), 303)


@bp.post("/coordinate/<slug>/contacts/<int:position>/first")
@my_group(fresh=True)
def first(group: Group, position: int):
    put_contact_first(group, _contact_at(group, position).position, by=current_user)
    return redirect(url_for("contacts.index", slug=group.slug), 303)


@bp.get("/contacts/<key>")
@public
def ask(key: str):
    contact = find_contact(hash_of(key))
    if contact is None:
        abort(404)
    phone = spoken_phone(contact.phone) if contact.phone and contact.shows_phone else ""
    return render_template(
        "contacts/ask.html", key=key, contact=contact, group=contact.group, phone=phone
    )


@bp.post("/contacts/<key>/yes")
@public
def agree(key: str):
    try:
        contact = agree_to_contact(key)
    except LinkIsOver:
        abort(404)
    flash(_("Dank je wel. Je staat nu op de pagina van de groep."), "good")
    return redirect(url_for("groups.show", slug=contact.group.slug), 303)


@bp.post("/contacts/<key>/no")
@public
def withdraw(key: str):
    try:
        withdraw_contact(key)
    except LinkIsOver:
        abort(404)
    flash(_("Je staat niet op de pagina. Je gegevens zijn weg."), "good")
    return redirect(url_for("finder.show"), 303)


def _contact_at(group: Group, position: int) -> ContactRecord:
    contact = next((one for one in group.contacts if one.position == position), None)
    if contact is None:
        abort(404)
    return contact


def _write(group: Group, form: ContactForm, contact: ContactRecord | None):
    position = contact.position if contact else None
    if form.does(lambda: write_contact(group, form.edit(), by=current_user, position=position)):
        flash(_("Bewaard. Zo nodig vragen we eerst per mail of het mag."), "good")
        return redirect(url_for("contacts.index", slug=group.slug), 303)
    return render_template("contacts/edit.html", group=group, form=form, contact=contact), form.code
