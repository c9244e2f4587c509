"""Something is wrong here: a visitor says so."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from wtforms import (
    EmailField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    TimeField,
)

from app.actions.proposals import Said, propose
from app.blueprints.access import public
from app.blueprints.parts.proposals import WRONG, as_anybody_reads
from app.blueprints.web.form import Form, at_most, optional, required, weekday_choices
from app.blueprints.web.languages import current
from app.blueprints.web.public_form import PublicForm
from app.domain.proposal import INSTEAD, MOST_WORDS, Wrong
from app.records.groups import Group, find_group

bp = Blueprint("public_proposals", __name__)


class WrongForm(PublicForm, Form):
    counted_as = "wrong"
    wrong = RadioField(
        lazy_gettext("Wat klopt er niet?"), [required(lazy_gettext("Kies wat er niet klopt."))]
    )
    weekday = SelectField(lazy_gettext("Op welke dag is het?"))
    start = TimeField(lazy_gettext("Hoe laat begint het?"), [optional()])
    place_name = StringField(lazy_gettext("Gebouw of zaal"), [optional(), at_most(120)])
    street = StringField(lazy_gettext("Straat en nummer"), [optional(), at_most(120)])
    postcode = StringField(lazy_gettext("Postcode"), [optional(), at_most(16)])
    town = StringField(lazy_gettext("Plaats"), [optional(), at_most(80)])
    name = StringField(lazy_gettext("Naam van de groep"), [optional(), at_most(120)])
    description = TextAreaField(lazy_gettext("Omschrijving"), [optional(), at_most(1200)])
    words = TextAreaField(lazy_gettext("Wat moeten ze weten?"), [optional(), at_most(MOST_WORDS)])
    sender = EmailField(
        lazy_gettext("Je mailadres, als je wilt horen hoe het afloopt"), [optional(), at_most(254)]
    )

    def said(self, group: Group) -> Said:
        """Return what the visitor says; a field that holds what anybody reads already says nothing."""
        wrong = Wrong(self.wrong.data)
        values = {name: self[name].data for name in INSTEAD.get(wrong, ())}
        if values.get("weekday"):
            values["weekday"] = int(values["weekday"])
        if values.get("start"):
            values["start"] = f"{values['start']:%H:%M}"
        now = as_anybody_reads(group, wrong)
        instead = {
            name: value for name, value in values.items() if value and value != now.get(name)
        }
        return Said(wrong, self.words.data or "", instead, self.sender.data or "")


@bp.route("/groups/<slug>/wrong", methods=["GET", "POST"])
@public
def wrong(slug: str) -> ResponseReturnValue:
    group = find_group(slug)
    if group is None or not group.listed:
        abort(404)
    if group.slug != slug:
        return redirect(url_for("public_proposals.wrong", slug=group.slug), 308)
    form = WrongForm()
    form.wrong.choices = list(WRONG.items())
    form.weekday.choices = [("", _("dat weet ik niet")), *weekday_choices()]
    if form.does(lambda: propose(group, form.said(group), language=current())):
        flash(_("Dank je wel. De coördinatoren kijken ernaar."), "good")
        return redirect(url_for("groups.show", slug=group.slug), 303)
    return render_template("public/proposals/wrong.html", group=group, form=form), form.code
