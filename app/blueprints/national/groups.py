"""A group, as the officers of its fellowship found, see and help it: no participant is here."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_login import current_user
from wtforms import Field, StringField
from wtforms.validators import ValidationError

from app import clock
from app.actions.groups import found_group
from app.actions.invitations import invite
from app.actions.national.mending import set_zone
from app.actions.national.officers import hand_on, list_group
from app.blueprints.access import group_of_my_region, my_fellowship, sight_in
from app.blueprints.parts.inviting import (
    InviteForm,
    among,
    invite_page,
    invited,
    sent_again,
    taken_back,
)
from app.blueprints.parts.meeting_lines import confirmation_label
from app.blueprints.web import limits
from app.blueprints.web.form import Form, OneTown, at_most, optional, required
from app.blueprints.web.refusals import pressed
from app.domain.look_alike import look_alike, mixes_scripts
from app.domain.meeting import Status
from app.domain.refusal import Refusal
from app.domain.roles import Role, ends_soon, nobody_is_left
from app.formats.zones import zone_named
from app.records.accounts import coordinators_of
from app.records.fellowships import Fellowship
from app.records.groups import Group, names_beside
from app.records.invitations import Invitation, invitations_pending

bp = Blueprint("national_groups", __name__, url_prefix="/national")


class UnlistForm(Form):
    reason = StringField(
        lazy_gettext("Waarom?"), [required(lazy_gettext("Zeg in één zin waarom.")), at_most(300)]
    )


class FoundForm(Form):
    name = StringField(lazy_gettext("Naam van de groep"), [required(), at_most(120)])
    town = StringField(lazy_gettext("Plaats"), [optional(), at_most(80), OneTown()])


class ZoneForm(Form):
    zone = StringField(lazy_gettext("Tijdzone"), [required(), at_most(64)])

    def validate_zone(self, field: Field) -> None:
        name = zone_named(field.data)
        if name is None:
            raise ValidationError(_("Deze tijdzone bestaat niet. Bijvoorbeeld: Europe/Amsterdam."))
        field.data = name


@bp.route("/<slug>/found", methods=["GET", "POST"])
@my_fellowship(fresh=True)
def found(fellowship: Fellowship) -> ResponseReturnValue:
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
    return render_template(
        "national/groups/found.html", fellowship=fellowship, form=form
    ), form.code


@bp.get("/groups/<slug>")
@group_of_my_region()
def show(group: Group) -> ResponseReturnValue:
    return _page(group)


@bp.route("/groups/<slug>/invite", methods=["GET", "POST"])
@group_of_my_region(fresh=True)
@limits.rated("invite", limits.INVITATION_RATE)
def invite_coordinator(group: Group) -> ResponseReturnValue:
    form = InviteForm()
    back = url_for("national_groups.show", slug=group.slug)
    if form.does(
        lambda: invite(email=form.email.data, role=Role.COORDINATOR, group=group, by=current_user)
    ):
        return invited(back)
    return invite_page(group.name, form, back=back)


@bp.post("/groups/<slug>/unlist")
@group_of_my_region(fresh=True)
def unlist(group: Group) -> ResponseReturnValue:
    form = UnlistForm(prefix="unlist")
    if form.validate_on_submit():
        list_group(group, listed=False, reason=form.reason.data, by=current_user)
        flash(_("De groep staat niet meer in de lijst. De coördinatoren krijgen een mail."), "good")
        return redirect(url_for("national_groups.show", slug=group.slug), 303)
    return _page(group, unlist_form=form), 422


@bp.post("/groups/<slug>/list")
@group_of_my_region(fresh=True)
def put_in_list(group: Group) -> ResponseReturnValue:
    return pressed(
        lambda: list_group(group, listed=True, reason="", by=current_user),
        _("De groep staat in de lijst. De coördinatoren krijgen een mail."),
        then=url_for("national_groups.show", slug=group.slug),
    )


@bp.post("/groups/<slug>/zone")
@group_of_my_region(fresh=True)
def zone(group: Group) -> ResponseReturnValue:
    """Put the clock of a group right: lists that were imported say nothing of it."""
    form = ZoneForm(prefix="zone")
    if not form.validate_on_submit():
        return _page(group, zone_form=form), 422
    if set_zone(group, form.zone.data, by=current_user):
        flash(_("Bewaard. De coördinatoren krijgen een mail."), "good")
    return redirect(url_for("national_groups.show", slug=group.slug), 303)


@bp.post("/groups/<slug>/hand-on")
@group_of_my_region(fresh=True)
@limits.rated("invite", limits.INVITATION_RATE)
def hand(group: Group) -> ResponseReturnValue:
    form = InviteForm(prefix="hand")
    if form.does(lambda: hand_on(group, email=form.email.data, by=current_user)):
        return invited(url_for("national_groups.show", slug=group.slug))
    return _page(group, hand_form=form), 422


@bp.post("/groups/<slug>/invitations/<int:invitation_id>/revoke")
@group_of_my_region(fresh=True)
def revoke_invitation(group: Group, invitation_id: int) -> ResponseReturnValue:
    invitation = among(_pending(group), invitation_id)
    return taken_back(invitation, url_for("national_groups.show", slug=group.slug))


@bp.post("/groups/<slug>/invitations/<int:invitation_id>/again")
@group_of_my_region(fresh=True)
@limits.rated("invite", limits.INVITATION_RATE)
def send_again(group: Group, invitation_id: int) -> ResponseReturnValue:
    invitation = among(_pending(group), invitation_id)
    return sent_again(invitation, url_for("national_groups.show", slug=group.slug))


def _names_beside(group: Group) -> list[str]:
    """Return the names of other groups, as far as this person sees them."""
    sight = sight_in(group.fellowship)
    return names_beside(group, *sight.conditions(clock.today())) if sight else []


def _pending(group: Group) -> list[Invitation]:
    return invitations_pending(clock.now(), group_id=group.id)


def _page(
    group: Group,
    *,
    unlist_form: UnlistForm | None = None,
    hand_form: InviteForm | None = None,
    zone_form: ZoneForm | None = None,
) -> str:
    today = group.day_of(clock.now())
    roles = coordinators_of(group.id)
    return render_template(
        "national/groups/show.html",
        group=group,
        status=Status(group.status),
        confirmation=confirmation_label(group, today),
        coordinators=[(role, ends_soon(role.until, today)) for role in roles],
        look_alikes=[name for name in _names_beside(group) if look_alike(name, group.name)],
        mixes_scripts=mixes_scripts(group.name),
        nobody_left=nobody_is_left([role.until for role in roles], today),
        invitations=_pending(group),
        unlist_form=unlist_form or UnlistForm(formdata=None, prefix="unlist"),
        hand_form=hand_form or InviteForm(formdata=None, prefix="hand"),
        zone_form=zone_form
        or ZoneForm(
            formdata=None, prefix="zone", data={"zone": group.zone if group.zone_said else ""}
        ),
    )
