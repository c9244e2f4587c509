"""Limits against robots and guessing; never a puzzle from elsewhere, never a lock-out.

A form for anyone is a `PublicForm` (public_form.py). What else is to be counted a view counts
itself: `count("ask_group", "60/hour", group.slug)`, or stands under `@rated("invite", RATE)`.
"""

import hashlib
import hmac
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from ipaddress import ip_address, ip_network
from time import monotonic
from typing import Any, TypeVar

from flask import Flask, Response, current_app, g, request
from limits import RateLimitItem, parse
from limits.errors import StorageError
from limits.storage import storage_from_string
from limits.strategies import MovingWindowRateLimiter
from werkzeug.exceptions import TooManyRequests
from werkzeug.middleware.proxy_fix import ProxyFix

from app import clock
from app.actions.accounts import count_request, note_failed_login
from app.blueprints.signin.known_devices import is_known
from app.blueprints.signin.leaned_on import who_is_asked
from app.blueprints.web.security_log import log_event, network_today
from app.domain.patience import MOST, WINDOW
from app.domain.signin.throttle import REMEMBERED, wait_anywhere_until, wait_until
from app.formats.mail_address import read_address
from app.records.accounts import (
    Account,
    account_by_uniquifier,
    failures_anywhere_since,
    failures_since,
    find_account,
    normal_address,
)
from app.records.request_counts import requests_counted

GUESSABLE = frozenset({
    "own_data.erase", "security.change_password", "security.login", "security.mf_recovery",
    "security.two_factor_token_validation", "security.us_signin", "security.us_verify",
    "security.verify",
})  # fmt: skip
"""Where a password or code is tried."""
NAMED_BY = {"security.login": "email", "security.us_signin": "identity"}
"""The field in which someone says who they are; elsewhere the session knows."""
LOGIN_RATE = "40/minute"
LETTER_RATE = "10/hour"
FORM_RATE = f"{MOST}/{int(WINDOW.total_seconds())} second"
INVITATION_RATE = "20/hour"
REDIS_SECONDS = 0.25
"""Redis answers within a millisecond, or it is not well."""
REDIS_LEFT_ALONE_SECONDS = 10.0

T = TypeVar("T")


class Rates:
    """Who counts requests: Redis for all workers, and each worker for itself while Redis is gone.

    A Redis that stands still keeps one request waiting for REDIS_SECONDS, and is left alone for
    REDIS_LEFT_ALONE_SECONDS; the log hears once that it is gone, and once that it is back.
    """

    def __init__(self, redis_url: str):
        self._shared = None
        if redis_url:
            storage = storage_from_string(
                redis_url,
                wrap_exceptions=True,
                socket_timeout=REDIS_SECONDS,
                socket_connect_timeout=REDIS_SECONDS,
            )
            self._shared = MovingWindowRateLimiter(storage)
        self._own = MovingWindowRateLimiter(storage_from_string("memory://"))
        self._is_gone = False
        self._tried_again_at = 0.0

    def ask(self, question: Callable[[MovingWindowRateLimiter], T]) -> T:
        """Ask Redis, if there is one and it answers; else this worker's own counts."""
        if self._shared is not None and monotonic() >= self._tried_again_at:
            if self._is_gone:  # others do not wait for what this request finds out
                self._tried_again_at = monotonic() + REDIS_LEFT_ALONE_SECONDS
            try:
                answer = question(self._shared)
            except StorageError as fault:
                self._leave_alone(fault)
            else:
                self._take_back()
                return answer
        return question(self._own)

    def _leave_alone(self, fault: StorageError) -> None:
        self._tried_again_at = monotonic() + REDIS_LEFT_ALONE_SECONDS
        if not self._is_gone:
            self._is_gone = True
            why = type(fault.__cause__ or fault).__name__
            current_app.logger.warning("Redis does not answer (%s): each worker counts", why)

    def _take_back(self) -> None:
        self._tried_again_at = 0.0
        if self._is_gone:
            self._is_gone = False
            current_app.logger.warning("Redis answers again")


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
    if (again := one_more(what, rate, *whose)) is not None:
        raise TooManyRequests(retry_after=max(1, int(again - clock.now().timestamp()) + 1))


def is_enough(what: str, rate: str, address: str) -> bool:
    """Count one more letter to a mail address, and tell whether it is one too many.

    Whoever asks must not learn it: that others wrote to this address is not theirs to know.
    """
    return one_more(what, rate, _keyed(_as_found(address))) is not None


def count_address(what: str, rate: str, address: str) -> None:
    """Count one more letter that this network has sent to an address, and answer 429 as `count`."""
    count(what, rate, network(), _keyed(_as_found(address)))


def one_more(what: str, rate: str, *whose: str) -> float | None:
    """Return when it may be tried again, in seconds since 1970, or None when it may now.

    Counted for all workers: in Redis, else in the database. A GET writes nothing, and is counted
    by each worker alone.
    """
    rates: Rates | None = current_app.extensions["rates"]
    if rates is None:
        return None
    item, key = parse(rate), (what, *(whose or (network(),)))
    if request.method == "POST" and not current_app.config["TWAALF_REDIS_URL"]:
        window = timedelta(seconds=item.get_expiry())
        instant = count_request(_counted(*key), window, item.amount)
        again = instant.timestamp() if instant else None
    else:
        again = rates.ask(lambda counts: _hit(counts, item, key))
    if again is not None:
        log_event("too_many", what=what)
    return again


def _hit(
    counts: MovingWindowRateLimiter, item: RateLimitItem, key: tuple[str, ...]
) -> float | None:
    return None if counts.hit(item, *key) else counts.get_window_stats(item, *key).reset_time


def number_within_hour(what: str) -> int:
    """Return how many of a form came from this network within the hour."""
    rates: Rates = current_app.extensions["rates"]
    if not current_app.config["TWAALF_REDIS_URL"]:
        return requests_counted(_counted(what, network()), clock.now())[0]
    item = parse(FORM_RATE)
    key = (what, network())
    return rates.ask(lambda counts: item.amount - counts.get_window_stats(item, *key).remaining)


def _counted(*key: str) -> str:
    """Return the hash under which something is counted: no address, and another one every day."""
    return _keyed(f"count:{clock.today()}:{':'.join(key)}")


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


def attach(app: Flask) -> None:
    """Count requests by network, and wrong passwords by person and network."""
    if proxies := app.config["TWAALF_TRUSTED_PROXIES"]:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]  # Flask's own way
            app.wsgi_app, x_for=proxies, x_proto=proxies
        )
    app.extensions["rates"] = None
    if app.config["TWAALF_LIMITS"]:
        app.extensions["rates"] = Rates(app.config["TWAALF_REDIS_URL"])
        app.before_request(_slow_down)
    app.after_request(_count_failures)


def _slow_down() -> None:
    """Answer 429 while this person, known or not, has to wait in this network.

    Elsewhere too, on a device that the account does not know: who guesses from many networks
    guesses no faster.
    """
    if request.method != "POST" or request.endpoint not in GUESSABLE:
        return
    now = clock.now()
    who, where = _who_and_where()
    waits = [wait_until(failures_since(who, where, now - REMEMBERED))]
    account = _account_asked()
    if account is None or not is_known(account):
        waits.append(wait_anywhere_until(failures_anywhere_since(who, now - REMEMBERED)))
    until = max(filter(None, waits), default=None)
    if until is not None and until > now:
        raise TooManyRequests(retry_after=max(1, int((until - now).total_seconds())))


def _count_failures(response: Response) -> Response:
    if request.method == "POST" and request.endpoint in GUESSABLE and g.get("refused"):
        note_failed_login(*_who_and_where(), account=_account_asked())
        log_event("log_in_failed", at=request.endpoint)
    return response


def _who_and_where() -> tuple[str, str]:
    """Return keyed hashes of who tries to log in, and of the network it is from.

    Who is what the view itself goes by: a field that it does not read proves nothing. The key of
    the network is of today, of this process, and in memory only: nobody finds it in a table (T10).
    """
    named = _named()
    who = who_is_asked() if named is None else named
    return _keyed(_as_found(who)), network_today(network())


def _account_asked() -> Account | None:
    """Return whose password or code this request tries, if there is such an account."""
    if (named := _named()) is not None:
        return find_account(_as_found(named))
    return account_by_uniquifier(who_is_asked())


def _named() -> str | None:
    """Return who somebody says they are, where a field asks for it."""
    field = NAMED_BY.get(request.endpoint or "")
    return request.form.get(field, "") if field else None


def _as_found(address: str) -> str:
    """Return an address as accounts are looked up by it: every way to type it counts as one."""
    return normal_address(read_address(address) or address)


def _keyed(text: str) -> str:
    key = current_app.config["SECRET_KEY"].encode()
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
