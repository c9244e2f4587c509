"""Signing in: Flask-Security, set up for our accounts, outbox, words and doors."""

from collections.abc import Callable
from functools import wraps
from typing import Any, NamedTuple

from flask import (
    Blueprint,
    Flask,
    Response,
    flash,
    g,
    make_response,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask_babel import gettext as _
from flask_login import current_user
from flask_security import Security, recovery_codes, unified_signin, views
from flask_wtf import CSRFProtect
from werkzeug.routing import Rule
from wtforms import Form as WTForm

from app.actions.parts.transaction import transaction
from app.blueprints.access import behind
from app.blueprints.signin import sessions
from app.blueprints.signin.codes import OutboxMail, Passwords, SingleUseTotp
from app.blueprints.signin.forms import FORMS
from app.blueprints.signin.leaned_on import (
    forget_permissions,
    forget_steps,
    is_between_steps,
    is_setting_up,
    who_is_asked,
)
from app.blueprints.signin.passkey_question import question_to_log_in, question_to_verify
from app.blueprints.signin.sentences import MESSAGES
from app.blueprints.signin.settings import settings_for
from app.blueprints.web import limits
from app.blueprints.web.cut_links import without_what_is_behind
from app.blueprints.web.kept_input import typed, where_it_goes
from app.blueprints.web.next_page import next_page, start_page
from app.records.signin.datastore import Datastore
from app.records.signin.passkeys import has_passkey

GET_POST = ("GET", "POST")


class Way(NamedTuple):
    """One of Flask-Security's views: where it is, whose door, and how its POST is taken.

    `at_once`: the whole POST is one writing transaction. Others hash a password or only write a
    letter, and take the lock no longer than that takes. `rate`: how often a network may POST.
    """

    name: str
    path: str
    view: Callable[..., Any]
    door: str = "logged_in"
    at_once: bool = False
    rate: str = limits.LOGIN_RATE
    methods: tuple[str, ...] = GET_POST


WAYS = (
    Way("login", "/login", views.login, "public"),
    Way("us_signin", "/login/code", unified_signin.us_signin, "public", at_once=True),
    Way("us_signin_send_code", "/login/code/send", unified_signin.us_signin_send_code, "public",
        rate=limits.LETTER_RATE, methods=("POST",)),
    Way("two_factor_setup", "/tf-setup", views.two_factor_setup, "public", at_once=True),
    Way("two_factor_token_validation", "/tf-validate", views.two_factor_token_validation,
        "public", at_once=True),
    Way("mf_recovery", "/mf-recovery", recovery_codes.mf_recovery, "public", at_once=True),
    Way("mf_recovery_codes", "/mf-recovery-codes", recovery_codes.mf_recovery_codes,
        at_once=True),
    Way("forgot_password", "/reset", views.forgot_password, "public", rate=limits.LETTER_RATE),
    Way("reset_password", "/reset/<token>", views.reset_password, "public", at_once=True),
    Way("change_password", "/change", views.change_password, at_once=True),
    Way("verify", "/verify", views.verify),
    Way("us_verify", "/verify/code", unified_signin.us_verify, at_once=True),
    Way("us_verify_send_code", "/verify/code/send", unified_signin.us_verify_send_code,
        rate=limits.LETTER_RATE, methods=("POST",)),
    Way("logout", "/logout", views.logout, at_once=True, methods=("POST",)),
)  # fmt: skip
"""All there is: what is not listed here has no address."""

NAMED_ONLY = {"two_factor_rescue": "/mf-recovery", "us_verify_link": "/login/code"}
"""Flask-Security names these addresses; nothing answers at them but what stands there anyway."""

LOGGING_IN = (
    "login", "us_signin", "us_signin_send_code", "two_factor_token_validation", "mf_recovery"
)  # fmt: skip
VERIFYING = ("verify", "us_verify")
QUESTIONS = {"login_user.html": question_to_log_in, "verify.html": question_to_verify}
"""The pages where a passkey may answer."""


def attach(app: Flask) -> None:
    """Set up signing in; before any view, and after the reader's language."""
    CSRFProtect(app)
    for name, value in (settings_for(app.config) | MESSAGES).items():
        app.config.setdefault(name, value)
    security = Security(
        app,
        Datastore(app.config["SECRET_KEY"]),
        register_blueprint=False,
        mail_util_cls=OutboxMail,
        totp_cls=SingleUseTotp,
        password_util_cls=Passwords,
        render_template=_render,
        **FORMS,
    )
    security.want_json(lambda _: False)
    security.reauthn_handler(lambda *_: redirect(url_for("security.verify", next=request.path)))
    forget_permissions(security)
    sessions.attach(app)
    app.register_blueprint(_blueprint())
    for name, path in NAMED_ONLY.items():
        app.url_map.add(Rule(path, endpoint=f"security.{name}", build_only=True))


def _blueprint() -> Blueprint:
    bp = Blueprint("security", __name__)
    for way in WAYS:
        bp.add_url_rule(way.path, way.name, _opened(way), methods=way.methods)
    bp.url_value_preprocessor(_without_what_is_behind)
    return bp


def _without_what_is_behind(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Forgive what came behind the key in a link: Flask-Security would call it a wrong key."""
    if values and "token" in values:
        values["token"] = without_what_is_behind(values["token"])


def _opened(way: Way) -> Callable[..., Any]:
    """Return a view with its door, its rate, its transaction, and answers as the house gives."""
    in_one_transaction = transaction(way.view)

    @wraps(way.view)
    def opened(**kwargs: Any) -> Response:
        if way.name in LOGGING_IN and _has_no_business_here(way):
            return make_response(redirect(next_page() or start_page(current_user), 303))
        if way.name == "two_factor_setup" and _has_another_proof():
            forget_steps()
            flash(_("Log in met je passkey. Daarna kun je de code-app instellen."), "info")
            return make_response(redirect(url_for("security.login"), 303))
        if request.method != "POST":
            return make_response(way.view(**kwargs))
        limits.count(way.name, way.rate)
        sets_up = is_setting_up()
        view = in_one_transaction if way.at_once else way.view
        return _answer(way, make_response(view(**kwargs)), sets_up)

    return behind(way.door, opened)


def _has_no_business_here(way: Way) -> bool:
    """Tell whether somebody who is logged in opened a page of logging in.

    Flask-Security would log them out when they open the page for a code that nobody asked for,
    and a GET writes nothing.
    """
    setting_up = way.name == "two_factor_token_validation" and is_between_steps()
    return not setting_up and bool(current_user.is_authenticated)


def _has_another_proof() -> bool:
    """Tell whether who has given a password alone has a passkey: no stranger sets up a code then."""
    return not current_user.is_authenticated and has_passkey(who_is_asked())


def _answer(way: Way, response: Response, sets_up: bool) -> Response:
    """Give a refused form its 422, and a log-in its way on.

    `sets_up`: with this log-in the second factor was set up, and paper codes belong to it.
    """
    if g.get("refused") and response.status_code == 200:
        response.status_code = 422
    if response.status_code not in (302, 303):
        return response
    response.status_code = 303
    if account := g.get("just_logged_in"):
        asked = next_page() or session.pop("next", None) or start_page(account)
        codes = url_for("security.mf_recovery_codes", next=asked)
        response.location = codes if sets_up and not account.mf_recovery_codes else asked
    elif way.name in ("login", "us_signin") and is_between_steps():
        session["next"] = next_page()
        response.location = response.location.partition("?")[0]
    elif way.name == "two_factor_setup" and request.form.get("setup") == "disable":
        response.location = url_for("accounts.show")
    elif way.name in VERIFYING:
        then = where_it_goes()
        # 307 has the browser send it once more, with all that was typed.
        response.status_code = 307 if then else 303
        response.location = then or next_page() or start_page(current_user)
    return response


def _render(template: str, **context: Any) -> str:
    """Render one of Flask-Security's pages, and remember whether a form was refused."""
    forms = [value for value in context.values() if isinstance(value, WTForm)]
    if request.method == "POST" and any(form.errors for form in forms):
        g.refused = True
    for form in forms:
        form.form_errors = list(dict.fromkeys(map(str, form.form_errors)))
    start = start_page(current_user) if current_user.is_authenticated else url_for("finder.show")
    ours = template.replace("security/", "signin/", 1)
    question = QUESTIONS.get(template.rpartition("/")[2], lambda: None)()
    return render_template(
        ours, next=next_page(), start=start, typed=[*typed()], passkey=question, **context
    )
