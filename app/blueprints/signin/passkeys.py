"""Passkeys: log in with one, show with one who you are, make and remove one's own."""

from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from flask_security import login_user

from app.actions.passkeys import make_passkey, remove_passkey, use_passkey
from app.blueprints.access import logged_in, my_account, public
from app.blueprints.signin.forms import LoginForm, VerifyForm
from app.blueprints.signin.leaned_on import forget_steps, proved_now
from app.blueprints.signin.passkey_question import (
    LOG_IN,
    MAKE,
    VERIFY,
    handle_of,
    question_answered,
    question_to_log_in,
    question_to_make,
    question_to_verify,
    site,
)
from app.blueprints.signin.sessions import current_login, device_of
from app.blueprints.web import limits
from app.blueprints.web.form import Form
from app.blueprints.web.kept_input import typed, where_it_goes
from app.blueprints.web.next_page import next_page, start_page
from app.blueprints.web.refusals import pressed, refusal_in_words
from app.blueprints.web.security_log import log_event
from app.domain.refusal import Refusal
from app.domain.signin.passkey import UnknownPasskey
from app.formats.passkey import NotAPasskey, credential_in, read_new, read_proof
from app.records.accounts import Account
from app.records.signin.passkeys import PasskeyRecord, find_passkey

bp = Blueprint("passkeys", __name__)


@bp.post("/login/passkey")
@public
@limits.rated("passkey", limits.LOGIN_RATE)
def log_in() -> ResponseReturnValue:
    if current_user.is_authenticated:
        return redirect(next_page() or start_page(current_user), 303)
    try:
        passkey = _proof(LOG_IN)
    except (Refusal, NotAPasskey) as refused:
        log_event("log_in_failed", at=request.endpoint or "")
        return _log_in_otherwise(_why_not(refused))
    # The password and code of a log-in that was half way are not asked for any more.
    asked = next_page() or session.pop("next", None)
    forget_steps()
    g.by_passkey = passkey
    login_user(passkey.account, remember=bool(request.form.get("remember")), authn_via=["passkey"])
    return redirect(asked or start_page(passkey.account), 303)


@bp.post("/verify/passkey")
@logged_in
@limits.rated("passkey", limits.LOGIN_RATE)
def verify() -> ResponseReturnValue:
    """Answer the question who is there; what was typed before it is sent once more."""
    try:
        _proof(VERIFY, of=current_user)
    except (Refusal, NotAPasskey) as refused:
        log_event("log_in_failed", at=request.endpoint or "", account=current_user.id)
        return _ask_otherwise(_why_not(refused))
    proved_now()
    then = where_it_goes()
    return redirect(then or next_page() or start_page(current_user), 307 if then else 303)


@bp.route("/account/passkeys", methods=["GET", "POST"])
@my_account(fresh=True)
def make() -> ResponseReturnValue:
    form = Form()
    if form.validate_on_submit():
        try:
            _make()
            flash(_("Je passkey staat klaar. De volgende keer log je ermee in."), "good")
            return redirect(url_for("accounts.show"), 303)
        except (Refusal, NotAPasskey) as refused:
            form.form_errors.append(_why_not(refused))
    return render_template(
        "signin/passkeys/make.html", form=form, passkey=question_to_make()
    ), form.code


@bp.post("/account/passkeys/<int:passkey_id>/remove")
@my_account(fresh=True)
def remove(passkey_id: int) -> ResponseReturnValue:
    return pressed(
        lambda: remove_passkey(passkey_id, by=current_user, here=current_login()),
        _("Deze passkey werkt niet meer."),
        then=url_for("accounts.show"),
    )


def _proof(purpose: str, of: Account | None = None) -> PasskeyRecord:
    """Return the passkey that this request's answer is of. Raises Refusal, NotAPasskey."""
    where = site()
    if where is None:
        raise NotAPasskey
    question, asked_at = question_answered(purpose)
    answer = request.form.get("passkey_answer", "")
    passkey = find_passkey(credential_in(answer))
    if passkey is None:
        raise UnknownPasskey
    count = read_proof(answer, where, question=question, key=passkey.key, handle=passkey.handle)
    return use_passkey(passkey.credential, count=count, asked_at=asked_at, of=of)


def _make() -> None:
    where = site()
    if where is None:
        raise NotAPasskey
    question, asked_at = question_answered(MAKE)
    make_passkey(
        read_new(request.form.get("passkey_answer", ""), where, question=question),
        handle=handle_of(current_user),
        device=device_of(request.user_agent.string),
        asked_at=asked_at,
        by=current_user,
    )


def _why_not(refused: Exception) -> str:
    if isinstance(refused, Refusal):
        return refusal_in_words(refused)[1]
    return refusal_in_words(UnknownPasskey())[1]


def _ask_otherwise(sentence: str) -> tuple[str, int]:
    """Return the question who is there, with all that came along, and what is wrong on top."""
    form: Any = VerifyForm(formdata=None, user=current_user)
    form.form_errors.append(sentence)
    return render_template(
        "signin/verify.html",
        verify_form=form,
        typed=[*typed()],
        next=next_page(),
        start=start_page(current_user),
        passkey=question_to_verify(),
    ), 422


def _log_in_otherwise(sentence: str) -> tuple[str, int]:
    """Return the log-in page as it was, with what is wrong on top."""
    form: Any = LoginForm(formdata=None)
    form.next.data = next_page() or ""
    form.form_errors.append(sentence)
    return render_template(
        "signin/login_user.html",
        login_user_form=form,
        next=next_page(),
        start=url_for("finder.show"),
        typed=[],
        passkey=question_to_log_in(),
    ), 422
