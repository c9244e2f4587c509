"""Handing a group over: to whom, and what one does oneself afterwards."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_login import current_user
from wtforms import EmailField, RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice

from app.actions.inside.handing_over import offer_group
from app.blueprints.access import my_circle
from app.blueprints.web import limits
from app.blueprints.web.form import Form, at_most, optional, required
from app.domain.inside.handing_over import Afterwards
from app.records.accounts import coordinators_of
from app.records.contacts import contacts_like
from app.records.groups import Group

bp = Blueprint("handing_over", __name__, url_prefix="/coordinate/<slug>/hand-over")


class HandOverForm(Form):
    email = EmailField(lazy_gettext("Mailadres van wie het overneemt"), [required(), at_most(254)])
    afterwards = RadioField(
        lazy_gettext("Wat doe jij daarna?"),
        [required(lazy_gettext("Kies wat je daarna doet."))],
        choices=[
            SelectChoice(Afterwards.GONE.value, lazy_gettext("Ik stop als coördinator")),
            SelectChoice(
                Afterwards.CONTACT.value,
                lazy_gettext("Ik stop als coördinator, en blijf contactpersoon"),
            ),
            SelectChoice(
                Afterwards.COORDINATES.value, lazy_gettext("Ik blijf meedoen tot ik zelf stop")
            ),
        ],
        default="",
    )
    note = TextAreaField(lazy_gettext("Voor wie het overneemt"), [optional(), at_most(600)])


@bp.route("", methods=["GET", "POST"])
@my_circle(fresh=True)
@limits.rated("invite", limits.INVITATION_RATE)
def show(group: Group) -> ResponseReturnValue:
    mine = next(role for role in coordinators_of(group.id) if role.account_id == current_user.id)
    form = HandOverForm(data={"note": mine.note})
    own_entry = bool(contacts_like(current_user, group))
    if not own_entry:
        form.afterwards.choices = [
            one for one in form.afterwards.choices if one.value != Afterwards.CONTACT
        ]
    if form.does(
        lambda: offer_group(
            group,
            email=form.email.data,
            afterwards=Afterwards(form.afterwards.data),
            note_for_successor=form.note.data or "",
            by=current_user,
        )
    ):
        flash(
            _("De uitnodiging is onderweg. Tot iemand ja zegt, blijft alles zoals het is."), "good"
        )
        return redirect(url_for("people.index", slug=group.slug), 303)
    page = render_template(
        "coordinate/inside/hand_over.html", group=group, form=form, own_entry=own_entry
    )
    return page, form.code
