"""Who coordinates a group: invite somebody, end one's service, hand over, leave."""

from datetime import date, timedelta
from itertools import dropwhile
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_login import current_user
from wtforms import DateField, Field, RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from app import clock
from app.actions.coordinators import end_service, leave_group, undo_joining
from app.actions.invitations import invite
from app.actions.reading import let_read
from app.blueprints.access import my_circle, my_group
from app.blueprints.parts.inviting import InviteForm, among, invited, taken_back
from app.blueprints.web import limits
from app.blueprints.web.form import Form, at_most, optional, required
from app.blueprints.web.languages import current
from app.domain.refusal import NotTheirs, Refusal
from app.domain.roles import Role, is_new
from app.formats.duration import duration_in_words
from app.records.accounts import RoleRecord, coordinators_of, groups_coordinated_by
from app.records.contacts import contacts_like
from app.records.groups import Group
from app.records.invitations import invitations_pending

LONGEST_SERVICE = timedelta(days=3653)

bp = Blueprint("people", __name__, url_prefix="/coordinate")


class ServiceForm(Form):
    until = DateField(lazy_gettext("Mijn laatste dag"), [optional()])
    note = TextAreaField(lazy_gettext("Voor wie het overneemt"), [optional(), at_most(600)])

    today: date
    """By the clock of the group."""

    def validate_until(self, field: Field) -> None:
        if field.data and not self.today <= field.data <= self.today + LONGEST_SERVICE:
            longest = duration_in_words(LONGEST_SERVICE, current())
            raise ValidationError(_("Kies een dag vanaf vandaag, binnen %(time)s.", time=longest))


class LeaveForm(Form):
    contact = RadioField(
        lazy_gettext("Je staat ook als contactpersoon op de groepspagina. Wat gebeurt daarmee?"),
        [required(lazy_gettext("Kies een van de twee."))],
        choices=[
            SelectChoice("gone", lazy_gettext("Haal mij daar ook weg")),
            SelectChoice("stays", lazy_gettext("Laat mij staan: ik blijf contactpersoon")),
        ],
        default="",
    )


@bp.get("/<slug>/people")
@my_group()
def index(group: Group) -> ResponseReturnValue:
    return _page(group)


@bp.post("/<slug>/people/invite")
@my_group(fresh=True)
@limits.rated("invite", limits.INVITATION_RATE)
def invite_coordinator(group: Group) -> ResponseReturnValue:
    form = InviteForm(prefix="invite")
    if form.does(
        lambda: invite(email=form.email.data, role=Role.COORDINATOR, group=group, by=current_user)
    ):
        return invited(url_for("people.index", slug=group.slug))
    return _page(group, invite_form=form), 422


@bp.post("/<slug>/people/invitations/<int:invitation_id>/revoke")
@my_group(fresh=True)
def revoke_invitation(group: Group, invitation_id: int) -> ResponseReturnValue:
    pending = invitations_pending(clock.now(), group_id=group.id)
    return taken_back(among(pending, invitation_id), url_for("people.index", slug=group.slug))


@bp.post("/<slug>/people/<int:account_id>/undo")
@my_group(fresh=True)
def undo(group: Group, account_id: int) -> ResponseReturnValue:
    """Undo that somebody joined lately."""
    if account_id not in _newcomers(coordinators_of(group.id)):
        abort(404)
    undo_joining(group, account_id, by=current_user)
    flash(_("Diegene coördineert niet meer mee, en krijgt een mail."), "good")
    return redirect(url_for("people.index", slug=group.slug), 303)


@bp.post("/<slug>/people/<int:account_id>/reads")
@my_circle(fresh=True)
def let_in(group: Group, account_id: int) -> ResponseReturnValue:
    """Say yes to a newcomer whom the office brought in: they see the circle from now on."""
    try:
        let_read(group, account_id, by=current_user)
    except NotTheirs:
        abort(404)
    flash(_("Gedaan. Diegene ziet nu de namen in de kring."), "good")
    return redirect(url_for("people.index", slug=group.slug), 303)


@bp.post("/<slug>/people/service")
@my_group(fresh=True)
def service(group: Group) -> ResponseReturnValue:
    form = ServiceForm(prefix="service")
    form.today = group.day_of(clock.now())
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
def leave(group: Group) -> ResponseReturnValue:
    form = _leave_form(group)
    if not form.validate_on_submit():
        return _page(group, leave_form=form), 422
    keeps = "contact" in form and form.contact.data == "stays"
    try:
        leave_group(group, by=current_user, keeps_contact=keeps)
    except Refusal as refused:
        form.refuse(refused)
        return _page(group, leave_form=form), 422
    flash(_("Je bent geen coördinator van deze groep meer. Dank je wel."), "good")
    return redirect(_after_leaving(), 303)


def _leave_form(group: Group, **how: Any) -> LeaveForm:
    """Return the form on which one stops; it asks about one's own entry as contact person, if any."""
    form = LeaveForm(prefix="leave", **how)
    if not contacts_like(current_user, group):
        del form.contact
    return form


def _after_leaving() -> str:
    """Return a page that is still open to who just left a group."""
    if groups_coordinated_by(current_user):
        return url_for("desk.show")
    kinds = current_user.kinds - {Role.COORDINATOR}
    return url_for("national.show" if kinds else "accounts.show")


def _newcomers(coordinators: list[RoleRecord]) -> set[int]:
    """Return the accounts whose joining the one who is logged in may undo."""
    after = dropwhile(lambda role: role.account_id != current_user.id, coordinators)
    return {role.account_id for role in after if is_new(role.since, clock.today())} - {
        current_user.id
    }


def _page(
    group: Group,
    *,
    invite_form: InviteForm | None = None,
    service_form: ServiceForm | None = None,
    leave_form: LeaveForm | None = None,
) -> str:
    coordinators = coordinators_of(group.id)
    mine = next(role for role in coordinators if role.account_id == current_user.id)
    service = {"until": mine.until, "note": mine.note}
    return render_template(
        "coordinate/people/index.html",
        group=group,
        coordinators=coordinators,
        mine=mine,
        readers=[role for role in coordinators if role.reads(clock.now())],
        newcomers=_newcomers(coordinators),
        invitations=invitations_pending(clock.now(), group_id=group.id),
        invite_form=invite_form or InviteForm(formdata=None, prefix="invite"),
        service_form=service_form or ServiceForm(formdata=None, prefix="service", data=service),
        leave_form=leave_form or _leave_form(group, formdata=None),
    )
