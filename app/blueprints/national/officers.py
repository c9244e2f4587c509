"""Who is officer of a fellowship: they and overseers invite; they step down, overseers end."""

from flask import Blueprint, abort, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app import clock
from app.actions.invitations import invite
from app.actions.national.officers import end_officer
from app.blueprints.access import my_fellowship
from app.blueprints.parts.inviting import (
    InviteForm,
    among,
    invite_page,
    invited,
    sent_again,
    taken_back,
)
from app.blueprints.web import limits
from app.blueprints.web.refusals import pressed
from app.domain.roles import Role
from app.records.accounts import is_officer, officers_of
from app.records.fellowships import Fellowship
from app.records.invitations import Invitation, invitations_pending

bp = Blueprint("national_officers", __name__, url_prefix="/national")


@bp.get("/<slug>/officers")
@my_fellowship(or_overseer=True)
def index(fellowship: Fellowship) -> ResponseReturnValue:
    return render_template(
        "national/officers/index.html",
        fellowship=fellowship,
        officers=officers_of(fellowship.id),
        invitations=_pending(fellowship),
        oversees=Role.OVERSEER in current_user.kinds,
        is_mine=is_officer(current_user, fellowship.id),
    )


@bp.route("/<slug>/officers/invite", methods=["GET", "POST"])
@my_fellowship(fresh=True, or_overseer=True)
@limits.rated("invite", limits.INVITATION_RATE)
def invite_officer(fellowship: Fellowship) -> ResponseReturnValue:
    form = InviteForm()
    back = url_for("national_officers.index", slug=fellowship.slug)
    if form.does(
        lambda: invite(
            email=form.email.data, role=Role.OFFICER, fellowship=fellowship, by=current_user
        )
    ):
        return invited(back)
    return invite_page(fellowship.name, form, back=back)


@bp.post("/<slug>/officers/<int:account_id>/end")
@my_fellowship(fresh=True, or_overseer=True)
def end(fellowship: Fellowship, account_id: int) -> ResponseReturnValue:
    is_me = account_id == current_user.id
    if not is_me and Role.OVERSEER not in current_user.kinds:
        abort(404)
    if account_id not in {one.id for one in officers_of(fellowship.id)}:
        abort(404)
    answer = pressed(
        lambda: end_officer(fellowship, account_id, by=current_user),
        _("Je bent geen beheerder van %(name)s meer. Dank je wel.", name=fellowship.name)
        if is_me
        else _("Deze beheerder is gestopt, en krijgt bericht."),
        then=url_for("national_officers.index", slug=fellowship.slug),
    )
    if is_me and not is_officer(current_user, fellowship.id):
        answer.location = url_for("national.show" if len(current_user.kinds) > 1 else "finder.show")
    return answer


@bp.post("/<slug>/officers/invitations/<int:invitation_id>/revoke")
@my_fellowship(fresh=True, or_overseer=True)
def revoke_invitation(fellowship: Fellowship, invitation_id: int) -> ResponseReturnValue:
    invitation = among(_pending(fellowship), invitation_id)
    return taken_back(invitation, url_for("national_officers.index", slug=fellowship.slug))


@bp.post("/<slug>/officers/invitations/<int:invitation_id>/again")
@my_fellowship(fresh=True, or_overseer=True)
@limits.rated("invite", limits.INVITATION_RATE)
def send_again(fellowship: Fellowship, invitation_id: int) -> ResponseReturnValue:
    invitation = among(_pending(fellowship), invitation_id)
    return sent_again(invitation, url_for("national_officers.index", slug=fellowship.slug))


def _pending(fellowship: Fellowship) -> list[Invitation]:
    return invitations_pending(clock.now(), fellowship_id=fellowship.id)
