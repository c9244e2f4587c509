"""Signing in: Flask-Security, set up for our accounts, outbox, words and doors."""

import hashlib
from typing import Any

from flask import (
    Flask,
    Response,
    current_app,
    g,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask_login import current_user
from flask_security import MailUtil, PasswordUtil, Security
from flask_security.totp import Totp
from flask_security.utils import get_message, password_length_validator
from flask_wtf import CSRFProtect
from wtforms import Form as WTForm

from app.actions.outbox import write_letter
from app.actions.transaction import (
    close_transaction,
    open_transaction,
    transaction_is_open,
)
from app.blueprints import limits, sessions
from app.blueprints.signin_settings import (
    CLOSED,
    MESSAGES,
    PUBLIC,
    settings_for,
)
from app.domain.roles import Role
from app.formats.qr import qr_code
from app.records.accounts import Account
from app.records.datastore import Datastore

LOGGING_IN = frozenset({"security.login", "security.us_signin"})
"""Their POSTs hash a password, which takes long: they take no lock before it."""
WAYS_IN = frozenset(
    {
        "security.login",
        "security.mf_recovery",
        "security.two_factor_token_validation",
        "security.us_signin",
    }
)
LONGEST_GUESSED = 72
"""zxcvbn reads no further, and nobody guesses what is longer."""
LETTERS = {
    "reset_instructions": "reset_password",
    "reset_notice": "password_changed",
    "change_notice": "password_changed",
    "us_instructions": "login_code",
}


def attach(app: Flask) -> None:
    """Set up signing in; before any view, and after the reader's language."""
    CSRFProtect(app)
    app.before_request(_open_transaction)
    app.before_request(_turn_back)
    for name, value in (settings_for(app.config) | MESSAGES).items():
        app.config.setdefault(name, value)
    security = Security(
        app,
        Datastore(app.config["SECRET_KEY"]),
        mail_util_cls=_OutboxMail,
        totp_cls=_SingleUseTotp,
        password_util_cls=_Passwords,
        render_template=_render,
    )
    security.unauthz_handler(lambda *_: current_app.aborter(404))
    security.reauthn_handler(lambda *_: redirect(url_for("security.verify", next=request.path)))
    sessions.attach(app)
    for endpoint, view in app.view_functions.items():
        if endpoint.startswith("security."):
            door = "public" if endpoint in PUBLIC else "logged_in"
            app.view_functions[endpoint] = _with_door(
                view, "closed" if endpoint in CLOSED else door
            )
    limits.limit_sign_in(app)
    app.after_request(_answer)
    app.teardown_request(_give_up)


def start_page(account: Account) -> str:
    """Return where an account goes after a log-in that came from nowhere in particular."""
    if Role.COORDINATOR in account.kinds or not account.kinds:
        return url_for("desk.show")
    return url_for("national.show")


class _SingleUseTotp(Totp):
    """One-time codes that work once; the time step is kept when the log-in begins."""

    def verify_totp(self, token: str, totp_secret: str, user: Any, window: int = 0) -> bool:
        g.totp_key = hashlib.sha256(totp_secret.encode()).hexdigest()[:16]
        return super().verify_totp(token, totp_secret, user, window)

    def get_last_counter(self, user: Any) -> int | None:
        return (user.totp_counters or {}).get(g.totp_key)

    def set_last_counter(self, user: Any, tmatch: Any) -> None:
        g.codes_used = {g.totp_key: tmatch.counter}

    def generate_qrcode(self, username: str, totp: str) -> Any:
        """Return a QrCode for the page to draw: the content policy allows no data address."""
        return qr_code(self.get_totp_uri(username, totp))


class _Passwords(PasswordUtil):
    """Twelve characters at least, none of the common ones, and no further rules."""

    def validate(self, password: str, is_register: bool, **_: Any) -> tuple[list[str] | None, str]:
        normal = self.normalize(password)
        if len(normal) > LONGEST_GUESSED:
            return password_length_validator(normal), normal
        refused, normal = super().validate(password, is_register)
        if refused and refused != password_length_validator(normal):
            refused = [get_message("PASSWORD_TOO_SIMPLE")[0]]
        return refused, normal


class _OutboxMail(MailUtil):
    """Writes a letter and sends nothing: the request knows no mail server."""

    def send_mail(self, template: str, *_: Any, **context: Any) -> None:
        kind = LETTERS[template.rsplit("/", 1)[-1]]
        user: Account = context["user"]
        values = {"name": user.name}
        if kind == "reset_password":
            values["token"] = context["reset_token"]
        if kind == "login_code":
            values["code"] = context["login_token"]
        write_letter(kind, to=user.email, language=user.language, values=values)


def _render(template: str, **context: Any) -> str:
    """Render one of Flask-Security's pages, and remember whether a form was refused."""
    forms = [value for value in context.values() if isinstance(value, WTForm)]
    if request.method == "POST" and any(form.errors for form in forms):
        g.refused = True
    return render_template(template, **context)


def _open_transaction() -> None:
    """Take the writer's lock before the user is loaded, for Flask-Security's POSTs but log-in."""
    if (
        request.method == "POST"
        and request.blueprint == "security"
        and request.endpoint not in LOGGING_IN
    ):
        open_transaction()


def _turn_back() -> Response | None:
    """Send who is logged in away from the pages of logging in.

    Flask-Security would log them out when they open the page for a code that nobody asked for,
    and a GET writes nothing.
    """
    is_asked = request.endpoint == "security.two_factor_token_validation" and "tf_state" in session
    if request.endpoint in WAYS_IN and not is_asked and current_user.is_authenticated:
        return redirect(_next_page() or start_page(current_user), 303)  # type: ignore[return-value]
    return None


def _answer(response: Response) -> Response:
    if transaction_is_open():
        close_transaction(keep=response.status_code < 400)
    if request.blueprint != "security" or request.method != "POST":
        return response
    if g.get("refused") and response.status_code == 200:
        response.status_code = 422
    account = g.get("just_logged_in")
    if response.status_code in (302, 303) and (account or request.endpoint == "security.verify"):
        response.location = _next_page() or start_page(account or g._login_user)
        response.status_code = 303
    return response


def _give_up(_error: BaseException | None) -> None:
    if transaction_is_open():
        close_transaction(keep=False)


def _next_page() -> str | None:
    for asked in (request.form.get("next"), request.args.get("next")):
        if asked and is_own_page(asked):
            return asked
    return None


def is_own_page(address: str) -> bool:
    """Tell whether an address is a page of this app, to go to after a log-in (T16).

    One slash first and not two, no backslash, no control character, and a route that GETs.
    """
    if not address.startswith("/") or address.startswith("//") or "\\" in address:
        return False
    if any(ord(character) <= 32 or ord(character) == 127 for character in address):
        return False
    path = address.partition("?")[0].partition("#")[0]
    if path in ("/logout", "/login"):
        return False
    try:
        current_app.url_map.bind("").match(path, method="GET")
    except Exception:
        return False
    return True


def _with_door(view: Any, door: str) -> Any:
    def opened(*args: Any, **kwargs: Any) -> Any:
        return view(*args, **kwargs)

    opened.door = door  # type: ignore[attr-defined]
    opened.__name__ = getattr(view, "__name__", "view")
    return opened
