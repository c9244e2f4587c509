"""Limits against robots and guessing; never a puzzle from elsewhere, never a lock-out.

A public form that writes takes `PublicForm` among its bases, shows `form.trap` by the macro
`honeypot`, and asks `form.is_from_robot()` before it does anything: a robot gets the same answer
as a person. A view adds `@limiter.limit(…)` with one of the rates below.
"""

import hashlib
import hmac
from datetime import timedelta
from ipaddress import ip_address, ip_network
from typing import Any

from flask import Flask, Response, current_app, g, request, session
from flask_limiter import Limiter
from flask_wtf import FlaskForm
from itsdangerous import BadSignature, TimestampSigner
from werkzeug.exceptions import TooManyRequests
from werkzeug.middleware.proxy_fix import ProxyFix
from wtforms import HiddenField, StringField

from app import clock
from app.actions.accounts import note_failed_login
from app.domain.throttle import REMEMBERED, wait_until
from app.records.accounts import failures_since, normal_address

GUESSABLE = frozenset(
    f"security.{name}"
    for name in ("login", "us_signin", "verify", "two_factor_token_validation", "mf_recovery")
)
"""Where a password or code is tried."""
LOGIN_RATE = "40/minute"
LETTER_RATE = "10/hour"
MESSAGE_RATE = "5/hour"
INVITATION_RATE = "20/hour"
FILL_TIME = timedelta(seconds=2)
FORM_SECONDS = 24 * 3600


def network() -> str:
    """Return the network a request comes from: a whole /24, or /64 in IPv6."""
    try:
        address = ip_address(request.remote_addr or "")
    except ValueError:
        return "unknown"
    prefix = 24 if address.version == 4 else 64
    return str(ip_network(f"{address}/{prefix}", strict=False))


limiter = Limiter(key_func=network, headers_enabled=False)


class PublicForm(FlaskForm):
    """A form for anyone: a field that only robots fill in, and the time it was shown."""

    trap = StringField("Website")
    shown = HiddenField()

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if not self.is_submitted():
            self.shown.data = _signer().sign(b"form").decode()

    def is_from_robot(self) -> bool:
        """Tell whether a robot filled this in: the trap, or faster than anyone can type."""
        if self.trap.data:
            return True
        if not current_app.config["TWAALF_LIMITS"]:
            return False
        try:
            _, shown_at = _signer().unsign(
                self.shown.data or "", max_age=FORM_SECONDS, return_timestamp=True
            )
        except BadSignature:
            return True
        return clock.now() - shown_at < FILL_TIME


def attach(app: Flask) -> None:
    """Count requests by network, and wrong passwords by person and network."""
    proxies = app.config["TWAALF_TRUSTED_PROXIES"]
    if proxies:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=proxies
        )
    app.config.setdefault("RATELIMIT_STORAGE_URI", app.config["TWAALF_REDIS_URL"] or "memory://")
    app.config.setdefault("RATELIMIT_ENABLED", app.config["TWAALF_LIMITS"])
    limiter.init_app(app)
    if app.config["TWAALF_LIMITS"]:
        app.before_request(_slow_down)
    app.after_request(_count_failures)


def limit_sign_in(app: Flask) -> None:
    """Give Flask-Security's views their rates, once they are there."""
    rates = {
        "security.login": LOGIN_RATE,
        "security.us_signin": LOGIN_RATE,
        "security.two_factor_token_validation": LOGIN_RATE,
        "security.us_signin_send_code": LETTER_RATE,
        "security.forgot_password": LETTER_RATE,
    }
    for endpoint, rate in rates.items():
        view: Any = app.view_functions[endpoint]
        limited: Any = limiter.limit(rate, methods=["POST"])(view)
        limited.door = view.door
        app.view_functions[endpoint] = limited


def _slow_down() -> None:
    """Answer 429 while this person, known or not, has to wait in this network."""
    if request.method != "POST" or request.endpoint not in GUESSABLE:
        return
    now = clock.now()
    until = wait_until(failures_since(*_who_and_where(), now - REMEMBERED))
    if until is not None and until > now:
        seconds = max(1, int((until - now).total_seconds()))
        too_many = TooManyRequests()
        too_many.get_headers = _with_retry_after(too_many, seconds)  # type: ignore[method-assign]
        raise too_many


def _count_failures(response: Response) -> Response:
    if request.method == "POST" and request.endpoint in GUESSABLE and g.get("refused"):
        note_failed_login(*_who_and_where())
    return response


def _who_and_where() -> tuple[str, str]:
    """Return keyed hashes of who tries to log in, and of the network it is from."""
    who = request.form.get("email") or request.form.get("identity")
    who = who or str(session.get("tf_user_id") or session.get("_user_id") or "")
    return _keyed(normal_address(who)), _keyed(network())


def _keyed(text: str) -> str:
    key = current_app.config["SECRET_KEY"].encode()
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


def _signer() -> TimestampSigner:
    return TimestampSigner(current_app.config["SECRET_KEY"], salt="form shown")


def _with_retry_after(error: TooManyRequests, seconds: int):
    headers = error.get_headers()
    return lambda *_: [*headers, ("Retry-After", str(seconds))]
