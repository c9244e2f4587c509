"""Limits against robots and guessing; never a puzzle from elsewhere, never a lock-out.

A public form that writes takes `PublicForm` among its bases, shows `form.trap` by the macro
`honeypot`, and asks `form.is_from_robot()` before it does anything: a robot gets the same answer
as a person. Its view stands under `@rated("message", MESSAGE_RATE)`, which counts POSTs by
network; what else is to be counted it counts itself: `count("ask", "60/hour", group.slug)`.
"""

import hashlib
import hmac
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from ipaddress import ip_address, ip_network
from typing import Any

from flask import Flask, Response, current_app, g, request, session
from flask_limiter import Limiter
from flask_wtf import FlaskForm
from itsdangerous import BadSignature, SignatureExpired, TimestampSigner
from limits import parse
from limits.errors import StorageError
from werkzeug.exceptions import TooManyRequests
from werkzeug.middleware.proxy_fix import ProxyFix
from wtforms import HiddenField, StringField

from app import clock
from app.actions.accounts import note_failed_login
from app.blueprints.security_log import log_event
from app.domain.throttle import REMEMBERED, wait_until
from app.formats.mail_address import read_address
from app.records.accounts import failures_since, normal_address

GUESSABLE = frozenset(
    f"security.{name}"
    for name in (
        "login", "us_signin", "verify", "us_verify", "change_password",
        "two_factor_token_validation", "mf_recovery",
    )
)  # fmt: skip
"""Where a password or code is tried."""
NAMED_BY = {"security.login": "email", "security.us_signin": "identity"}
"""The field in which someone says who they are; elsewhere the session knows."""
LOGIN_RATE = "40/minute"
LETTER_RATE = "10/hour"
MESSAGE_RATE = "5/hour"
INVITATION_RATE = "20/hour"
FILL_TIME = timedelta(seconds=2)
FORM_SECONDS = 24 * 3600


def network() -> str:
    """Return the network a request comes from: an address, or in IPv6 the /64 of a household.

    Not more in IPv4: behind one address of a phone company are thousands of people already.
    """
    try:
        address = ip_address(request.remote_addr or "")
    except ValueError:
        return "unknown"
    if address.version == 6 and address.ipv4_mapped is None:
        return str(ip_network(f"{address}/64", strict=False))
    return str(getattr(address, "ipv4_mapped", None) or address)


def count(what: str, rate: str, *whose: str) -> None:
    """Count one more of this network, or of `whose`, and answer 429 when it is one too many."""
    if (again := _one_more(what, rate, *whose)) is not None:
        raise TooManyRequests(retry_after=max(1, int(again - clock.now().timestamp()) + 1))


def is_enough(what: str, rate: str, address: str) -> bool:
    """Count one more letter to a mail address, and tell whether it is one too many.

    Whoever asks must not learn it: that others wrote to this address is not theirs to know.
    """
    return _one_more(what, rate, _keyed(_as_found(address))) is not None


def _one_more(what: str, rate: str, *whose: str) -> float | None:
    """Return when it may be tried again, in seconds since 1970, or None when it may now."""
    limiter: Limiter | None = current_app.extensions["rates"]
    if limiter is None:
        return None
    item, key = parse(rate), (what, *(whose or (network(),)))
    try:
        if limiter.limiter.hit(item, *key):
            return None
        again = limiter.limiter.get_window_stats(item, *key).reset_time
    except StorageError:
        # Better open than shut: wrong passwords are counted in the database all the same.
        current_app.logger.exception("Nobody counts requests")
        return None
    log_event("too_many", what=what)
    return again


def rated(what: str, rate: str) -> Callable[[Any], Any]:
    """Let a network POST to a view no more often than at a rate such as `5/hour`."""

    def decorate(view: Any) -> Any:
        @wraps(view)
        def counted(*args: Any, **kwargs: Any) -> Any:
            if request.method == "POST":
                count(what, rate)
            return view(*args, **kwargs)

        return counted

    return decorate


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
        except SignatureExpired:
            return False  # left open for days, as people do
        except BadSignature:
            return True
        return clock.now() - shown_at < FILL_TIME


def attach(app: Flask) -> None:
    """Count requests by network, and wrong passwords by person and network."""
    if proxies := app.config["TWAALF_TRUSTED_PROXIES"]:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=proxies, x_proto=proxies
        )
    app.extensions["rates"] = None
    if app.config["TWAALF_LIMITS"]:
        app.extensions["rates"] = Limiter(
            network,
            app=app,
            storage_uri=app.config["TWAALF_REDIS_URL"] or "memory://",
            storage_options={"wrap_exceptions": True},
            strategy="moving-window",
        )
        app.before_request(_slow_down)
    app.after_request(_count_failures)


def _slow_down() -> None:
    """Answer 429 while this person, known or not, has to wait in this network."""
    if request.method != "POST" or request.endpoint not in GUESSABLE:
        return
    now = clock.now()
    until = wait_until(failures_since(*_who_and_where(), now - REMEMBERED))
    if until is not None and until > now:
        raise TooManyRequests(retry_after=max(1, int((until - now).total_seconds())))


def _count_failures(response: Response) -> Response:
    if request.method == "POST" and request.endpoint in GUESSABLE and g.get("refused"):
        note_failed_login(*_who_and_where())
        log_event("log_in_failed", at=request.endpoint)
    return response


def _who_and_where() -> tuple[str, str]:
    """Return keyed hashes of who tries to log in, and of the network it is from.

    Who is what the view itself goes by: a field that it does not read proves nothing.
    """
    if field := NAMED_BY.get(request.endpoint or ""):
        who = request.form.get(field, "")
    else:
        who = str(session.get("tf_user_id") or session.get("_user_id") or "")
    return _keyed(_as_found(who)), _keyed(network())


def _as_found(address: str) -> str:
    """Return an address as accounts are looked up by it: every way to type it counts as one."""
    return normal_address(read_address(address) or address)


def _keyed(text: str) -> str:
    key = current_app.config["SECRET_KEY"].encode()
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


def _signer() -> TimestampSigner:
    return TimestampSigner(current_app.config["SECRET_KEY"], salt="form shown")
