"""Who coordinates a group: invite somebody, end one's service, hand over, leave."""

from datetime import timedelta
from itertools import dropwhile

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_login import current_user
from wtforms import DateField, TextAreaField
from wtforms.validators import ValidationError

from app import clock
from app.actions.invitations import invite
from app.actions.people import end_service, leave_group, undo_joining
from app.blueprints import limits
from app.blueprints.access import my_group
from app.blueprints.form import Form, at_most, optional
from app.blueprints.inviting import InviteForm, among, invited, taken_back
from app.domain.refusal import Refusal
from app.domain.roles import Role, is_new
from app.records.accounts import RoleRecord, coordinators_of
from app.records.groups import Group
from app.records.invitations import invitations_pending

LONGEST_SERVICE = timedelta(days=3653)

bp = Blueprint("people", __name__, url_prefix="/coordinate")


class ServiceForm(Form):
    until = DateField(lazy_gettext("Mijn laatste dag"), [optional()])
    note = TextAreaField(lazy_gettext("Voor wie het overneemt"), [optional(), at_most(600)])

    def validate_until(self, field) -> None:
        today = clock.now().date()
        if field.data and not today <= field.data <= today + LONGEST_SERVICE:
            raise ValidationError(_("Kies een dag vanaf vandaag, binnen tien jaar."))


@bp.get("/<slug>/people")
@my_group()
def index(group: Group):
    return _page(group)


@bp.post("/<slug>/people/invite")
@my_group(fresh=True)
@limits.rated("invite", limits.INVITATION_RATE)
def invite_coordinator(group: Group):
    form = InviteForm(prefix="invite")
    if form.does(
        lambda: invite(email=form.email.data, role=Role.COORDINATOR, group=group, by=current_user)
    ):
        return invited(url_for("people.index", slug=group.slug))
    return _page(group, invite_form=form), 422


@bp.post("/<slug>/people/invitations/<int:invitation_id>/revoke")
@my_group(fresh=True)
def revoke_invitation(group: Group, invitation_id: int):
    pending = invitations_pending(clock.now(), group_id=group.id)
    return taken_back(among(pending, invitation_id), url_for("people.index", slug=group.slug))


@bp.post("/<slug>/people/<int:account_id>/undo")
@my_group(fresh=True)
def undo(group: Group, account_id: int):
    """Undo that somebody joined lately."""
    if account_id not in _newcomers(coordinators_of(group.id)):
        abort(404)
    undo_joining(group, account_id, by=current_user)
    flash(_("Diegene coördineert niet meer mee, en krijgt een mail."), "good")
    return redirect(url_for("people.index", slug=group.slug), 303)


@bp.post("/<slug>/people/service")
@my_group(fresh=True)
def service(group: Group):
    form = ServiceForm(prefix="service")
    if form.validate_on_submit():
        end_service(
            group,
            until=form.until.data,
            note_for_successor=form.note.data or "",
            by=current_user,
        )
        flash(_("Bewaard."), "good")
        return redirect(url_for("people.index", slug=group.slug), 303)
    return _page(group, service_form=form), 422


@bp.post("/<slug>/people/leave")
@my_group(fresh=True)
def leave(group: Group):
    form = Form()
    try:
        leave_group(group, by=current_user)
    except Refusal as refused:
        form.refuse(refused)
        return _page(group, leave_form=form), 422
    flash(_("Je bent geen coördinator van deze groep meer. Dank je wel."), "good")
    return redirect(url_for("desk.show"), 303)


def _newcomers(coordinators: list[RoleRecord]) -> set[int]:
    """Return the accounts whose joining the one who is logged in may undo."""
    after = dropwhile(lambda role: role.account_id != current_user.id, coordinators)
    return {role.account_id for role in after if is_new(role.since, clock.now().date())} - {
        current_user.id
    }


def _page(
    group: Group,
    *,
    invite_form: InviteForm | None = None,
    service_form: ServiceForm | None = None,
    leave_form: Form | None = None,
) -> str:
    coordinators = coordinators_of(group.id)
    mine = next(role for role in coordinators if role.account_id == current_user.id)
    service = {"until": mine.until, "note": mine.note}
    return render_template(
        "people/index.html",
        group=group,
        coordinators=coordinators,
        mine=mine,
        newcomers=_newcomers(coordinators),
        invitations=invitations_pending(clock.now(), group_id=group.id),
        invite_form=invite_form or InviteForm(formdata=None, prefix="invite"),
        service_form=service_form or ServiceForm(formdata=None, prefix="service", data=service),
        leave_form=leave_form,
    )
