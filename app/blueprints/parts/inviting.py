"""Inviting somebody: one form and one answer, wherever it is done, and the ways back from it."""

from collections.abc import Iterable

from flask import abort, flash, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_login import current_user
from werkzeug import Response
from wtforms import EmailField

from app.actions.invitations import invite_again, revoke
from app.blueprints.web.form import Form, at_most, required
from app.blueprints.web.languages import current
from app.blueprints.web.refusals import pressed
from app.formats.duration import lasts
from app.records.invitations import Invitation


class InviteForm(Form):
    email = EmailField(
        lazy_gettext("Mailadres"),
        [required(), at_most(254)],
    )


def invite_page(subject: str, form: InviteForm, *, back: str) -> ResponseReturnValue:
    """Return the page on which the office invites somebody to a group or fellowship."""
    page = render_template("parts/inviting/invite.html", subject=subject, form=form, back=back)
    return page, form.code


def invited(then: str) -> Response:
    """Say on the page that comes then that the invitation is on its way."""
    flash(
        _(
            "De uitnodiging is onderweg. De link werkt één keer, binnen %(time)s.",
            time=lasts("invitation", current()),
        ),
        "good",
    )
    return redirect(then, 303)


def among(pending: Iterable[Invitation], invitation_id: int) -> Invitation:
    """Return the invitation with this number if it is pending here. Else 404."""
    return {one.id: one for one in pending}.get(invitation_id) or abort(404)


def taken_back(invitation: Invitation, then: str) -> Response:
    return pressed(
        lambda: revoke(invitation, by=current_user), _("De uitnodiging is ingetrokken."), then=then
    )


def sent_again(invitation: Invitation, then: str) -> Response:
    return pressed(
        lambda: invite_again(invitation, by=current_user),
        _("Er is een nieuwe link onderweg. De oude werkt niet meer."),
        then=then,
    )
