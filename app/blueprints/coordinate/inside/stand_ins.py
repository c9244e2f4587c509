"""Somebody stands in for a holiday: who, and from when to when."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_login import current_user
from wtforms import DateField, EmailField

from app.actions.inside.stand_ins import invite_stand_in
from app.blueprints.access import my_circle
from app.blueprints.web import limits
from app.blueprints.web.form import Form, at_most, required
from app.records.groups import Group

bp = Blueprint("stand_ins", __name__, url_prefix="/coordinate/<slug>/stand-in")


class StandInForm(Form):
    email = EmailField(lazy_gettext("Mailadres"), [required(), at_most(254)])
    first = DateField(lazy_gettext("Eerste dag"), [required(lazy_gettext("Kies een dag."))])
    last = DateField(lazy_gettext("Laatste dag"), [required(lazy_gettext("Kies een dag."))])


@bp.route("", methods=["GET", "POST"])
@my_circle(fresh=True)
@limits.rated("invite", limits.INVITATION_RATE)
def show(group: Group) -> ResponseReturnValue:
    form = StandInForm()
    if form.does(
        lambda: invite_stand_in(
            group,
            email=form.email.data,
            first=form.first.data,
            last=form.last.data,
            by=current_user,
        )
    ):
        flash(
            _("De uitnodiging gaat op de eerste dag de deur uit. Daarna stopt het vanzelf."), "good"
        )
        return redirect(url_for("people.index", slug=group.slug), 303)
    return render_template("coordinate/inside/stand_in.html", group=group, form=form), form.code
