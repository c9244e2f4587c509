"""One's own account: name, devices; and the invitations by which accounts begin."""

from collections.abc import Sequence

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_login import current_user
from flask_security import hash_password, login_user, logout_user
from wtforms import Field, PasswordField, SelectField, StringField
from wtforms.validators import ValidationError

from app import clock
from app.actions.accounts import end_login, end_logins, name_oneself
from app.actions.invitations import accept, accept_as_new
from app.blueprints.access import logged_in, public
from app.blueprints.signin.leaned_on import validate_password
from app.blueprints.signin.passkey_question import site
from app.blueprints.signin.sessions import current_login, renew
from app.blueprints.web import limits
from app.blueprints.web.form import Form, at_most, optional, required
from app.blueprints.web.languages import current
from app.blueprints.web.next_page import start_page
from app.blueprints.web.refusals import pressed
from app.domain.keys import hash_of
from app.domain.refusal import Refusal
from app.domain.roles import AddressInUse, Role
from app.formats.wording import DESKS, language_name, word
from app.records.accounts import Account, find_account, open_logins_of
from app.records.invitations import Invitation, find_invitation
from app.records.signin.passkeys import passkeys_of

bp = Blueprint("accounts", __name__)

DAILY, AT_ONCE = "daily", "at_once"
SEPARATE, WEEKLY = "separate", "weekly"


class NameForm(Form):
    name = StringField(lazy_gettext("Je naam hier"), [required(), at_most(60)])
    language = SelectField(lazy_gettext("In welke taal krijg je mail?"))
    asks = SelectField(lazy_gettext("Iemand vraagt een plek: wanneer krijg je mail?"), [optional()])
    questions = SelectField(
        lazy_gettext("Andere vragen over je groepen: wanneer krijg je mail?"), [optional()]
    )


class BeginForm(Form):
    name = StringField(lazy_gettext("Je naam hier"), [required(), at_most(60)])
    password = PasswordField(lazy_gettext("Kies een wachtwoord"), [required(), at_most(128)])

    about: Sequence[str] = ()
    """Names that everybody knows who knows of the invitation."""

    def validate_password(self, field: Field) -> None:
        about = [self.name.data or "", *self.about]
        refused, field.data = validate_password(field.data, about)
        if refused:
            raise ValidationError(" ".join(refused))


@bp.route("/account", methods=["GET", "POST"])
@logged_in
def show() -> ResponseReturnValue:
    form = NameForm(
        obj=current_user,
        asks=AT_ONCE if current_user.hears_at_once else DAILY,
        questions=WEEKLY if current_user.hears_weekly else SEPARATE,
    )
    if Role.COORDINATOR in current_user.kinds:
        form.asks.choices = [
            (DAILY, _("Eén mail per dag, voor de bijeenkomst")),
            (AT_ONCE, _("Meteen, voor iedere vraag")),
        ]
        form.questions.choices = [
            (SEPARATE, _("Elke vraag apart, als het zover is")),
            (WEEKLY, _("Eén mail op zondagavond, met ook de bijeenkomst van die week")),
        ]
    else:
        del form.asks, form.questions
    form.language.choices = [(code, language_name(code, current())) for code in DESKS]
    if form.validate_on_submit():
        name_oneself(
            name=form.name.data,
            language=form.language.data,
            hears_at_once={DAILY: False, AT_ONCE: True}.get(request.form.get("asks", "")),
            hears_weekly={SEPARATE: False, WEEKLY: True}.get(request.form.get("questions", "")),
            by=current_user,
        )
        flash(_("Bewaard."), "good")
        return redirect(url_for("accounts.show"), 303)
    here = current_login()
    return render_template(
        "signin/accounts/show.html",
        form=form,
        logins=[(one, one.key_hash == here) for one in open_logins_of(current_user)],
        has_second_factor=bool(current_user.tf_primary_method),
        passkeys=passkeys_of(current_user),
        has_site=site() is not None,
    ), form.code


@bp.post("/account/devices/<key_hash>/end")
@logged_in
def end_device(key_hash: str) -> ResponseReturnValue:
    return pressed(
        lambda: end_login(key_hash, by=current_user),
        _("Dat apparaat is uitgelogd."),
        then=url_for("accounts.show"),
    )


@bp.post("/account/devices/end")
@logged_in
def end_other_devices() -> ResponseReturnValue:
    end_logins(by=current_user, but=current_login())
    flash(_("Je andere apparaten zijn uitgelogd."), "good")
    return redirect(url_for("accounts.show"), 303)


@bp.route("/invitations/<key>", methods=["GET", "POST"])
@public
@limits.rated("invitation", limits.INVITATION_RATE)
def invitation(key: str) -> ResponseReturnValue:
    invited = find_invitation(hash_of(key))
    if invited is None or not invited.is_open(clock.now()):
        abort(404)
    if current_user.is_authenticated and current_user.email != invited.email:
        abort(404)
    form = BeginForm()
    form.about = [invited.email, _subject(invited)]
    try:
        if current_user.is_authenticated:
            if Form().validate_on_submit():
                accept(key, by=current_user)
                return _go_on(current_user)
        elif form.validate_on_submit():
            account = accept_as_new(
                key,
                name=form.name.data,
                password_hash=hash_password(form.password.data),
                language=current(),
            )
            return _welcome(account)
    except AddressInUse:
        pass  # the page asks to log in
    except Refusal:
        abort(404)
    known = find_account(invited.email) is not None
    return render_template(
        "signin/accounts/invitation.html",
        key=key,
        form=form,
        known=known,
        role_word=word(Role(invited.kind), current()),
        subject=_subject(invited),
        hands_over=invited.inviter.name if invited.afterwards and invited.inviter else "",
    ), 422 if form.is_submitted() and not known else 200


def _welcome(account: Account) -> ResponseReturnValue:
    """Let a new coordinator in at once; who needs a second factor logs in and sets it up."""
    if account.needs_second_factor:
        flash(_("Je account is klaar. Log in; daarna stel je de tweede stap in."), "good")
        return redirect(url_for("security.login"), 303)
    login_user(account, authn_via=["invitation"])
    flash(_("Welkom! Hier vind je je groepen."), "good")
    return redirect(start_page(account), 303)


def _go_on(account: Account) -> ResponseReturnValue:
    """Let somebody work on in the new role, with a new session; a second factor comes first."""
    if account.needs_second_factor and not account.tf_primary_method:
        logout_user()
        flash(_("Gelukt. Log opnieuw in; daarna stel je de tweede stap in."), "good")
        return redirect(url_for("security.login"), 303)
    renew(account)
    flash(_("Gelukt."), "good")
    return redirect(start_page(account), 303)


def _subject(invited: Invitation) -> str:
    if invited.region is not None:
        return f"{invited.region.name} ({invited.region.fellowship.name})"
    subject = invited.group or invited.fellowship
    return subject.name if subject else "Twaalf"
