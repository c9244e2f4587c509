"""The list of fellowships, as overseers keep it: write one down, close it, open or delete it."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_login import current_user
from wtforms import BooleanField, SelectField, StringField

from app.actions.national.fellowship_end import delete_fellowship, end_fellowship, reopen_fellowship
from app.actions.national.fellowships import NewFellowship, found_fellowship
from app.blueprints.access import role
from app.blueprints.web.form import Form, at_most, choices_of, required
from app.blueprints.web.refusals import pressed
from app.domain.listing import Audience, Subject
from app.domain.meeting import Status
from app.domain.roles import Role
from app.domain.slug import free_slug
from app.formats.wording import word
from app.records.fellowships import Fellowship, find_fellowship
from app.records.group_lists.lines import groups_by_status

bp = Blueprint("national_fellowships", __name__, url_prefix="/national")

WAYS = {"figures", "groups", "fellowships", "periods", "provinces"}
"""First words of other addresses under /national/: no fellowship has such a short name."""


class NewForm(Form):
    name = StringField(lazy_gettext("Naam van de organisatie"), [required(), at_most(120)])
    subject = SelectField(lazy_gettext("Waarover gaat het?"))
    audience = SelectField(lazy_gettext("Voor wie?"))


class EndForm(Form):
    knowing = BooleanField(
        lazy_gettext("Ja, al deze groepen stoppen"),
        [required(lazy_gettext("Vink aan dat je dit weet."))],
    )


@bp.route("/fellowships/new", methods=["GET", "POST"])
@role(Role.OVERSEER, fresh=True)
def new() -> ResponseReturnValue:
    form = NewForm()
    form.subject.choices = choices_of(Subject, word)
    form.audience.choices = choices_of(Audience, word)
    name = form.name.data or ""
    slug = free_slug(name, lambda slug: slug in WAYS or find_fellowship(slug) is not None)
    more = {"subject": form.subject.data, "audience": form.audience.data}
    if form.does(
        lambda: found_fellowship(NewFellowship(slug=slug, name=name, **more), by=current_user)
    ):
        flash(_("De organisatie staat er. Nodig nu een beheerder uit."), "good")
        return redirect(url_for("national_officers.invite_officer", slug=slug), 303)
    return render_template("national/fellowships/new.html", form=form), form.code


@bp.route("/<slug>/end", methods=["GET", "POST"])
@role(Role.OVERSEER, fresh=True)
def end(slug: str) -> ResponseReturnValue:
    fellowship = _named(slug)
    form = EndForm()
    if form.validate_on_submit():
        return pressed(
            lambda: end_fellowship(fellowship, by=current_user),
            _(
                "%(name)s is gesloten. Iedereen die het aangaat, krijgt bericht.",
                name=fellowship.name,
            ),
            then=url_for("national_fellowships.end", slug=slug),
        )
    counts = groups_by_status(fellowship.id)
    going_on = {status: number for status, number in counts.items() if status != Status.CLOSED}
    page = render_template(
        "national/fellowships/end.html",
        fellowship=fellowship,
        form=form,
        going_on=going_on,
        has_groups=bool(counts),
    )
    return page, form.code


@bp.post("/<slug>/reopen")
@role(Role.OVERSEER, fresh=True)
def reopen(slug: str) -> ResponseReturnValue:
    fellowship = _named(slug)
    return pressed(
        lambda: reopen_fellowship(fellowship, by=current_user),
        _(
            "%(name)s is weer open. Elke groep staat er weer zoals voor het sluiten.",
            name=fellowship.name,
        ),
        then=url_for("national_officers.index", slug=slug),
    )


@bp.post("/<slug>/delete")
@role(Role.OVERSEER, fresh=True)
def delete(slug: str) -> ResponseReturnValue:
    fellowship = _named(slug)
    name = fellowship.name
    answer = pressed(
        lambda: delete_fellowship(fellowship, by=current_user),
        _("%(name)s is weggehaald.", name=name),
        then=url_for("national.show"),
    )
    if find_fellowship(slug) is not None:
        answer.location = url_for("national_fellowships.end", slug=slug)
    return answer


def _named(slug: str) -> Fellowship:
    return find_fellowship(slug) or abort(404)
