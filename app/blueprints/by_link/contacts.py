"""Contact persons say yes or no themselves, by the link in a letter."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.actions.contacts import (
    agree_to_contact,
    withdraw_contact,
)
from app.blueprints.access import public
from app.domain.keys import hash_of
from app.domain.refusal import LinkIsOver
from app.formats.phone import spoken_phone
from app.records.contacts import find_contact

bp = Blueprint("by_link_contacts", __name__)


@bp.get("/contacts/<key>")
@public
def ask(key: str) -> ResponseReturnValue:
    contact = find_contact(hash_of(key))
    if contact is None:
        abort(404)
    phone = spoken_phone(contact.phone) if contact.phone and contact.shows_phone else ""
    return render_template(
        "by_link/contacts/ask.html", key=key, contact=contact, group=contact.group, phone=phone
    )


@bp.post("/contacts/<key>/yes")
@public
def agree(key: str) -> ResponseReturnValue:
    try:
        contact = agree_to_contact(key)
    except LinkIsOver:
        abort(404)
    flash(_("Dank je wel. Je staat nu op de pagina van de groep."), "good")
    return redirect(url_for("groups.show", slug=contact.group.slug), 303)


@bp.post("/contacts/<key>/no")
@public
def withdraw(key: str) -> ResponseReturnValue:
    try:
        withdraw_contact(key)
    except LinkIsOver:
        abort(404)
    flash(_("Je staat niet op de pagina. Je gegevens zijn weg."), "good")
    return redirect(url_for("finder.show"), 303)
