"""One's own account: name, devices; and the invitations by which accounts begin."""

from flask import Blueprint, abort, current_app, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_login import current_user
from flask_security import hash_password, login_user, logout_user
from wtforms import PasswordField, SelectField, StringField
from wtforms.validators import ValidationError

from app import clock
from app.actions.accounts import end_login, end_logins, name_oneself
from app.actions.invitations import accept, accept_as_new
from app.blueprints import limits
from app.blueprints.access import logged_in, public
from app.blueprints.form import Form, at_most, required
from app.blueprints.languages import current
from app.blueprints.next_page import start_page
from app.blueprints.sessions import current_login, renew
from app.domain.keys import hash_of
from app.domain.refusal import Refusal
from app.domain.roles import Role
from app.formats.wording import LANGUAGES, language_name, word
from app.records.accounts import find_account, open_logins_of
from app.records.invitations import Invitation, find_invitation

bp = Blueprint("accounts", __name__)


class NameForm(Form):
    name = StringField(lazy_gettext("Je naam hier"), [required(), at_most(60)])
    language = SelectField(lazy_gettext("In welke taal krijg je mail?"))


class BeginForm(Form):
    name = StringField(lazy_gettext("Je naam hier"), [required(), at_most(60)])
    password = PasswordField(lazy_gettext("Kies een wachtwoord"), [required(), at_most(128)])

    def validate_password(self, field) -> None:
        util = current_app.extensions["security"].password_util
        refused, field.data = util.validate(field.data, True)
        if refused:
            raise ValidationError(" ".join(refused))


@bp.route("/account", methods=["GET", "POST"])
@logged_in
def show():
    form = NameForm(obj=current_user)
    form.language.choices = [(code, language_name(code, current())) for code in LANGUAGES]
    if form.validate_on_submit():
        name_oneself(name=form.name.data, language=form.language.data, by=current_user)
        flash(_("Bewaard."), "good")
        return redirect(url_for("accounts.show"), 303)
    here = current_login()
    return render_template(
        "accounts/show.html",
        form=form,
        logins=[(one, one.key_hash == here) for one in open_logins_of(current_user)],
        has_second_factor=bool(current_user.tf_primary_method),
        needs_second_factor=current_user.needs_second_factor,
    ), form.code


@bp.post("/account/devices/<key_hash>/end")
@logged_in
def end_device(key_hash: str):
    end_login(key_hash, by=current_user)
    flash(_("Dat apparaat is uitgelogd."), "good")
    return redirect(url_for("accounts.show"), 303)


@bp.post("/account/devices/end")
@logged_in
def end_other_devices():
    end_logins(by=current_user, but=current_login())
    flash(_("Je andere apparaten zijn uitgelogd."), "good")
    return redirect(url_for("accounts.show"), 303)


@bp.route("/invitations/<key>", methods=["GET", "POST"])
@public
@limits.rated("invitation", limits.INVITATION_RATE)
def invitation(key: str):
    invited = find_invitation(hash_of(key))
    if invited is None or not invited.is_open(clock.now()):
        abort(404)
    if current_user.is_authenticated and current_user.email != invited.email:
        abort(404)
    known = find_account(invited.email) is not None
    form = BeginForm()
    try:
        if known:
            if current_user.is_authenticated and Form().validate_on_submit():
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
    except Refusal:
        abort(404)
    return render_template(
        "accounts/invitation.html",
        key=key,
        form=form,
        known=known,
        role_word=word(Role(invited.kind), current()),
        subject=_subject(invited),
    ), 422 if form.is_submitted() and not known else 200


def _welcome(account):
    """Let a new coordinator in at once; who needs a second factor logs in and sets it up."""
    if account.needs_second_factor:
        flash(_("Je account is klaar. Log in; daarna stel je de tweede stap in."), "good")
        return redirect(url_for("security.login"), 303)
    login_user(account, authn_via=["invitation"])
    flash(_("Welkom! Hier vind je je groepen."), "good")
    return redirect(start_page(account), 303)


def _go_on(account):
    """Let somebody work on in the new role, with a new session; a second factor comes first."""
    if account.needs_second_factor and not account.tf_primary_method:
        logout_user()
        flash(_("Gelukt. Log opnieuw in; daarna stel je de tweede stap in."), "good")
        return redirect(url_for("security.login"), 303)
    renew(account)
    flash(_("Gelukt."), "good")
    return redirect(start_page(account), 303)


def _subject(invited: Invitation) -> str:
    subject = invited.group or invited.fellowship
    return subject.name if subject else "Twaalf"
