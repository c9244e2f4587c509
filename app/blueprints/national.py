"""Officers and overseers: numbers, never names."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_login import current_user
from wtforms import EmailField, StringField
from wtforms.validators import Email

from app.actions.groups import found_group
from app.actions.invitations import invite
from app.blueprints import limits
from app.blueprints.access import group_of_my_fellowship, my_fellowship, role
from app.blueprints.form import Form, at_most, optional, required
from app.domain.roles import Role
from app.records.fellowships import Fellowship, find_fellowship
from app.records.groups import Group
from app.records.overview import (
    fellowships_of_officer,
    group_lines,
    groups_by_fellowship,
    groups_by_status,
)

bp = Blueprint("national", __name__, url_prefix="/national")

PER_PAGE = 100


class InviteForm(Form):
    email = EmailField(
        lazy_gettext("Mailadres"),
        [required(), at_most(254), Email(lazy_gettext("Dit is geen mailadres."))],
    )


class FoundForm(Form):
    name = StringField(lazy_gettext("Naam van de groep"), [required(), at_most(120)])
    town = StringField(lazy_gettext("Plaats"), [optional(), at_most(80)])


@bp.get("/")
@role(Role.OFFICER, Role.OVERSEER)
def show():
    mine = fellowships_of_officer(current_user)
    oversees = Role.OVERSEER in current_user.kinds
    return render_template(
        "national/show.html",
        mine=[(one, groups_by_status(one.id)) for one in mine],
        everywhere=groups_by_fellowship() if oversees else [],
        oversees=oversees,
    )


@bp.get("/<slug>")
@my_fellowship()
def fellowship(fellowship: Fellowship):
    page = max(1, min(request.args.get("page", 1, type=int) or 1, 10_000))
    lines = group_lines(fellowship.id, offset=(page - 1) * PER_PAGE, limit=PER_PAGE + 1)
    return render_template(
        "national/fellowship.html",
        fellowship=fellowship,
        counts=groups_by_status(fellowship.id),
        lines=lines[:PER_PAGE],
        page=page,
        has_more=len(lines) > PER_PAGE,
    )


@bp.route("/<slug>/found", methods=["GET", "POST"])
@my_fellowship(fresh=True)
def found(fellowship: Fellowship):
    form = FoundForm()
    if form.validate_on_submit():
        group = found_group(
            fellowship, name=form.name.data, town=form.town.data or "", by=current_user
        )
        flash(_("De groep staat er, in oprichting. Nodig nu een coördinator uit."), "good")
        return redirect(url_for("national.invite_coordinator", slug=group.slug), 303)
    code = 422 if form.is_submitted() else 200
    return render_template("national/found.html", fellowship=fellowship, form=form), code


@bp.route("/groups/<slug>/invite", methods=["GET", "POST"])
@group_of_my_fellowship(fresh=True)
@limits.rated("invite", limits.INVITATION_RATE)
def invite_coordinator(group: Group):
    form = InviteForm()
    if form.validate_on_submit():
        invite(email=form.email.data, role=Role.COORDINATOR, group=group, by=current_user)
        flash(_("De uitnodiging is onderweg. De link werkt één keer, binnen drie dagen."), "good")
        return redirect(url_for("national_groups.show", slug=group.slug), 303)
    return _invite_page(group.name, group.fellowship, form)


@bp.route("/<slug>/officers/invite", methods=["GET", "POST"])
@role(Role.OVERSEER, fresh=True)
@limits.rated("invite", limits.INVITATION_RATE)
def invite_officer(slug: str):
    fellowship = find_fellowship(slug)
    if fellowship is None:
        abort(404)
    form = InviteForm()
    if form.validate_on_submit():
        invite(email=form.email.data, role=Role.OFFICER, fellowship=fellowship, by=current_user)
        flash(_("De uitnodiging is onderweg. De link werkt één keer, binnen drie dagen."), "good")
        return redirect(url_for("national_officers.index", slug=slug), 303)
    return _invite_page(fellowship.name, None, form)


def _invite_page(subject: str, fellowship: Fellowship | None, form: InviteForm):
    code = 422 if form.is_submitted() else 200
    return render_template(
        "national/invite.html", subject=subject, fellowship=fellowship, form=form
    ), code
