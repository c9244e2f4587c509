"""What is kept about one's own account: see it whole, take it along, erase it."""

from typing import Any

from flask import Blueprint, Response, g, jsonify, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_login import current_user
from wtforms import Field, PasswordField, RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from app.actions.erasure import erase_account
from app.blueprints.access import logged_in, my_account, public
from app.blueprints.parts.changes import deed_in_words
from app.blueprints.signin.sessions import forget_session
from app.blueprints.web import limits
from app.blueprints.web.form import Form, at_most, required
from app.blueprints.web.security_log import log_event
from app.domain.refusal import Refusal
from app.domain.roles import Role
from app.records.accounts import RoleRecord
from app.records.contacts import ContactRecord
from app.records.invitations import Invitation
from app.records.signin.kept import Kept, kept_of, needed_of, own_contacts

DEEDS_SHOWN = 20

bp = Blueprint("own_data", __name__, url_prefix="/account")


class EraseForm(Form):
    contact = RadioField(
        lazy_gettext("Je staat ook als contactpersoon op een groepspagina. Wat gebeurt daarmee?"),
        [required(lazy_gettext("Kies een van de twee."))],
        choices=[
            SelectChoice("gone", lazy_gettext("Haal mij daar ook weg")),
            SelectChoice("stays", lazy_gettext("Laat mij staan: ik blijf contactpersoon")),
        ],
        default="",
    )
    password = PasswordField(lazy_gettext("Wachtwoord"), [required(), at_most(128)])

    def validate_password(self, field: Field) -> None:
        if not current_user.verify_and_update_password(field.data):
            g.refused = True
            raise ValidationError(_("Dit wachtwoord klopt niet."))


@bp.get("/kept")
@logged_in
def show() -> ResponseReturnValue:
    kept = kept_of(current_user)
    deeds = [(one.at, deed_in_words(one)) for one in kept.changes[:DEEDS_SHOWN]]
    return render_template("signin/own_data/show.html", kept=kept, deeds=deeds, roles=Role)


@bp.get("/kept.json")
@logged_in
def file() -> Response:
    """Give all that is stored about this account, as a file to keep."""
    answer = jsonify(_as_json(kept_of(current_user)))
    answer.headers["Content-Disposition"] = 'attachment; filename="gegevens.json"'
    return answer


@bp.route("/erase", methods=["GET", "POST"])
@my_account(fresh=True)
@limits.rated("erase", limits.LOGIN_RATE)
def erase() -> ResponseReturnValue:
    contacts = own_contacts(current_user)
    form = EraseForm()
    if not contacts:
        del form.contact
    if form.validate_on_submit():
        account_id = current_user.id
        keeps = "contact" in form and form.contact.data == "stays"
        try:
            erase_account(account_id, keeps_contact=keeps)
        except Refusal as refused:
            form.refuse(refused)
        else:
            forget_session()
            log_event("account_erased", account=account_id)
            return redirect(url_for(".erased"), 303)
    page = render_template(
        "signin/own_data/erase.html",
        form=form,
        contacts=contacts,
        needed=needed_of(current_user),
        roles=Role,
    )
    return page, form.code


@bp.get("/erased")
@public
def erased() -> ResponseReturnValue:
    return render_template("signin/own_data/erased.html")


def _as_json(kept: Kept) -> dict[str, Any]:
    """Return every row as it is kept; passwords, keys and codes are left out, being hashes."""
    account = kept.account
    return {
        "account": {
            "email": account.email,
            "name": account.name,
            "language": account.language,
            "created_at": account.created_at,
            "has_password": account.password is not None,
            "second_factor": account.tf_primary_method,
            "recovery_codes_left": len(account.mf_recovery_codes or []),
            "mail_refused_at": account.mail_refused_at,
        },
        "roles": [_role(one) for one in kept.roles],
        "contact_person": [_contact(one) for one in kept.contacts],
        "devices": [
            {
                "device": one.device,
                "began_at": one.began_at,
                "ended_at": one.ended_at,
                "remembered": one.remembered,
                "with_passkey": one.passkey_id is not None,
            }
            for one in kept.logins
        ],
        "passkeys": [
            {"device": one.device, "made_at": one.made_at, "used_at": one.used_at}
            for one in kept.passkeys
        ],
        "letters": [
            {
                "kind": one.kind,
                "language": one.language,
                "values": one.values,
                "written_at": one.written_at,
                "sent_at": one.sent_at,
                "given_up_at": one.given_up_at,
            }
            for one in kept.letters
        ],
        "invitations_to_you": [_invitation(one) for one in kept.invitations_to],
        "invitations_by_you": [_invitation(one) for one in kept.invitations_by],
        "links_in_letters": [
            {"kind": one.kind, "created_at": one.created_at, "used_at": one.used_at}
            for one in kept.links
        ],
        "points_put_aside": kept.points_put_aside,
        "points_looked_after": kept.points_looked_after,
        "long_lists": kept.long_lists,
        "log": [
            {"at": one.at, "deed": one.deed, "before": one.before, "after": one.after}
            for one in kept.changes
        ],
    }


def _role(role: RoleRecord) -> dict[str, Any]:
    return {
        "role": role.kind,
        "group": role.group.name if role.group else None,
        "fellowship": role.fellowship.name if role.fellowship else None,
        "region": role.region.name if role.region else None,
        "since": role.since.isoformat(),
        "until": role.until.isoformat() if role.until else None,
        "note": role.note,
        "reads_the_circle": role.reading,
    }


def _contact(contact: ContactRecord) -> dict[str, Any]:
    return {
        "group": contact.group.name,
        "name": contact.name,
        "email": contact.email,
        "phone": contact.phone,
        "shows_email": contact.shows_email,
        "shows_phone": contact.shows_phone,
        "takes_messages": contact.takes_messages,
        "agreed_at": contact.agreed_at,
    }


def _invitation(invitation: Invitation) -> dict[str, Any]:
    """Without the address: of somebody else's invitation it is theirs."""
    return {
        "role": invitation.kind,
        "group": invitation.group.name if invitation.group else None,
        "fellowship": invitation.fellowship.name if invitation.fellowship else None,
        "region": invitation.region.name if invitation.region else None,
        "created_at": invitation.created_at,
        "accepted_at": invitation.accepted_at,
        "revoked_at": invitation.revoked_at,
    }
