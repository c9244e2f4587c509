"""Who is officer of a fellowship or of a region: they and overseers invite, and who ends whose."""

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_login import current_user
from wtforms import SelectField

from app import clock
from app.actions.invitations import invite
from app.actions.national.officers import end_officer, end_regional_officer, give_other_region
from app.blueprints.access import my_fellowship, my_region
from app.blueprints.parts.inviting import (
    InviteForm,
    among,
    invite_page,
    invited,
    sent_again,
    taken_back,
)
from app.blueprints.web import limits
from app.blueprints.web.form import optional
from app.blueprints.web.refusals import pressed
from app.blueprints.web.request_checks import whole_number
from app.domain.roles import Role
from app.records.accounts import RoleRecord, is_officer, officers_of
from app.records.fellowships import Fellowship
from app.records.group_lists.sight import Sight, regional_officers_of
from app.records.invitations import Invitation, invitations_pending
from app.records.regions import region_of_fellowship, regions_of

bp = Blueprint("national_officers", __name__, url_prefix="/national")


class OfficerForm(InviteForm):
    region = SelectField(lazy_gettext("Voor welke groepen?"), [optional()])

    def offer(self, fellowship: Fellowship) -> None:
        """Offer the whole fellowship and its regions; without regions, nothing is asked."""
        whole = [("", _("alle groepen van %(name)s", name=fellowship.name))]
        regions = [(str(one.id), one.name) for one in regions_of(fellowship.id)]
        self.region.choices = whole + regions


@bp.get("/<slug>/officers")
@my_fellowship(or_overseer=True)
def index(fellowship: Fellowship) -> ResponseReturnValue:
    return render_template(
        "national/officers/index.html",
        fellowship=fellowship,
        officers=officers_of(fellowship.id),
        regional=regional_officers_of(fellowship.id),
        regions=regions_of(fellowship.id),
        invitations=_pending(fellowship),
        oversees=Role.OVERSEER in current_user.kinds,
        is_mine=is_officer(current_user, fellowship.id),
    )


@bp.route("/<slug>/officers/invite", methods=["GET", "POST"])
@my_fellowship(fresh=True, or_overseer=True)
@limits.rated("invite", limits.INVITATION_RATE)
def invite_officer(fellowship: Fellowship) -> ResponseReturnValue:
    form = OfficerForm()
    form.offer(fellowship)
    back = url_for("national_officers.index", slug=fellowship.slug)
    if form.does(lambda: _invite(fellowship, form)):
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


@bp.post("/<slug>/officers/regional/<int:role_id>/region")
@my_fellowship(fresh=True, or_overseer=True)
def other_region(fellowship: Fellowship, role_id: int) -> ResponseReturnValue:
    role = _known(fellowship, role_id)
    region_id = request.form.get("region", type=whole_number) or role.region_id or 0
    if region_of_fellowship(fellowship.id, region_id) is None:
        abort(404)
    return pressed(
        lambda: give_other_region(fellowship, role_id, region_id, by=current_user),
        _("Bewaard. Deze beheerder ziet nu de groepen van de andere regio."),
        then=url_for("national_officers.index", slug=fellowship.slug),
    )


@bp.post("/<slug>/officers/regional/<int:role_id>/end")
@my_fellowship(fresh=True, or_overseer=True)
def end_regional(fellowship: Fellowship, role_id: int) -> ResponseReturnValue:
    _known(fellowship, role_id)
    return pressed(
        lambda: end_regional_officer(fellowship, role_id, by=current_user),
        _("Deze beheerder is gestopt, en krijgt bericht."),
        then=url_for("national_officers.index", slug=fellowship.slug),
    )


@bp.post("/<slug>/officers/step-down/<int:role_id>")
@my_region(fresh=True)
def step_down(sight: Sight, role_id: int) -> ResponseReturnValue:
    """End one's own being officer of a region."""
    fellowship = sight.fellowship
    if _known(fellowship, role_id).account_id != current_user.id:
        abort(404)
    answer = pressed(
        lambda: end_regional_officer(fellowship, role_id, by=current_user),
        _("Je bent geen beheerder van %(name)s meer. Dank je wel.", name=fellowship.name),
        then=url_for("finder.show"),
    )
    if current_user.kinds:
        answer.location = url_for("national.show")
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


def _invite(fellowship: Fellowship, form: OfficerForm) -> None:
    if not form.region.data:
        invite(email=form.email.data, role=Role.OFFICER, fellowship=fellowship, by=current_user)
        return
    region = region_of_fellowship(fellowship.id, int(form.region.data))
    invite(email=form.email.data, role=Role.REGIONAL, region=region, by=current_user)


def _known(fellowship: Fellowship, role_id: int) -> RoleRecord:
    known = {one.id: one for one in regional_officers_of(fellowship.id)}
    return known.get(role_id) or abort(404)


def _pending(fellowship: Fellowship) -> list[Invitation]:
    """Return who is invited to be officer of the fellowship, or of one of its regions."""
    now = clock.now()
    found = invitations_pending(now, fellowship_id=fellowship.id)
    for region in regions_of(fellowship.id):
        found += invitations_pending(now, region_id=region.id)
    return found
