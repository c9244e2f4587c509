"""A group, as the officers of its fellowship found, see and help it: no participant is here."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_login import current_user
from wtforms import StringField

from app import clock
from app.actions.groups import found_group
from app.actions.invitations import invite
from app.actions.officers import hand_on, list_group
from app.blueprints import limits
from app.blueprints.access import group_of_my_fellowship, my_fellowship
from app.blueprints.form import Form, at_most, optional, required
from app.blueprints.inviting import (
    InviteForm,
    among,
    invite_page,
    invited,
    sent_again,
    taken_back,
)
from app.blueprints.lines import confirmation_label
from app.blueprints.refusals import pressed
from app.domain.meeting import Status
from app.domain.refusal import Refusal
from app.domain.roles import Role, ends_soon, nobody_is_left
from app.records.accounts import coordinators_of
from app.records.fellowships import Fellowship
from app.records.groups import Group
from app.records.invitations import Invitation, invitations_pending

bp = Blueprint("national_groups", __name__, url_prefix="/national")


class UnlistForm(Form):
    reason = StringField(
        lazy_gettext("Waarom?"), [required(lazy_gettext("Zeg in één zin waarom.")), at_most(300)]
    )


class FoundForm(Form):
    name = StringField(lazy_gettext("Naam van de groep"), [required(), at_most(120)])
    town = StringField(lazy_gettext("Plaats"), [optional(), at_most(80)])


@bp.route("/<slug>/found", methods=["GET", "POST"])
@my_fellowship(fresh=True)
def found(fellowship: Fellowship):
    form = FoundForm()
    if form.validate_on_submit():
        try:
            group = found_group(
                fellowship, name=form.name.data, town=form.town.data or "", by=current_user
            )
        except Refusal as refused:
            form.refuse(refused)
        else:
            flash(_("De groep staat er, in oprichting. Nodig nu een coördinator uit."), "good")
            return redirect(url_for("national_groups.invite_coordinator", slug=group.slug), 303)
    return render_template("national/found.html", fellowship=fellowship, form=form), form.code


@bp.get("/groups/<slug>")
@group_of_my_fellowship()
def show(group: Group):
    return _page(group)


@bp.route("/groups/<slug>/invite", methods=["GET", "POST"])
@group_of_my_fellowship(fresh=True)
@limits.rated("invite", limits.INVITATION_RATE)
def invite_coordinator(group: Group):
    form = InviteForm()
    back = url_for("national_groups.show", slug=group.slug)
    if form.does(
        lambda: invite(email=form.email.data, role=Role.COORDINATOR, group=group, by=current_user)
    ):
        return invited(back)
    return invite_page(group.name, form, back=back)


@bp.post("/groups/<slug>/unlist")
@group_of_my_fellowship(fresh=True)
def unlist(group: Group):
    form = UnlistForm(prefix="unlist")
    if form.validate_on_submit():
        list_group(group, listed=False, reason=form.reason.data, by=current_user)
        flash(_("De groep staat niet meer in de lijst. De coördinatoren krijgen een mail."), "good")
        return redirect(url_for("national_groups.show", slug=group.slug), 303)
    return _page(group, unlist_form=form), 422


@bp.post("/groups/<slug>/list")
@group_of_my_fellowship(fresh=True)
def put_in_list(group: Group):
    return pressed(
        lambda: list_group(group, listed=True, reason="", by=current_user),
        _("De groep staat in de lijst. De coördinatoren krijgen een mail."),
        then=url_for("national_groups.show", slug=group.slug),
    )


@bp.post("/groups/<slug>/hand-on")
@group_of_my_fellowship(fresh=True)
@limits.rated("invite", limits.INVITATION_RATE)
def hand(group: Group):
    form = InviteForm(prefix="hand")
    if form.does(lambda: hand_on(group, email=form.email.data, by=current_user)):
        return invited(url_for("national_groups.show", slug=group.slug))
    return _page(group, hand_form=form), 422


@bp.post("/groups/<slug>/invitations/<int:invitation_id>/revoke")
@group_of_my_fellowship(fresh=True)
def revoke_invitation(group: Group, invitation_id: int):
    invitation = among(_pending(group), invitation_id)
    return taken_back(invitation, url_for("national_groups.show", slug=group.slug))


@bp.post("/groups/<slug>/invitations/<int:invitation_id>/again")
@group_of_my_fellowship(fresh=True)
@limits.rated("invite", limits.INVITATION_RATE)
def send_again(group: Group, invitation_id: int):
    invitation = among(_pending(group), invitation_id)
    return sent_again(invitation, url_for("national_groups.show", slug=group.slug))


def _pending(group: Group) -> list[Invitation]:
    return invitations_pending(clock.now(), group_id=group.id)


def _page(
    group: Group, *, unlist_form: UnlistForm | None = None, hand_form: InviteForm | None = None
) -> str:
    today = group.day_of(clock.now())
    roles = coordinators_of(group.id)
    return render_template(
        "national/group.html",
        group=group,
        status=Status(group.status),
        confirmation=confirmation_label(group, today),
        coordinators=[(role, ends_soon(role.until, today)) for role in roles],
        nobody_left=nobody_is_left([role.until for role in roles], today),
        invitations=_pending(group),
        unlist_form=unlist_form or UnlistForm(formdata=None, prefix="unlist"),
        hand_form=hand_form or InviteForm(formdata=None, prefix="hand"),
    )
