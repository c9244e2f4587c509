"""Where somebody goes after logging in: a page of ours that was asked for, else the own desk."""

from flask import current_app, request, url_for
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from app.domain.roles import Role
from app.records.accounts import Account

NOT_AFTER = ("security.",)
"""Pages of logging in itself lead nowhere after it."""


def start_page(account: Account) -> str:
    """Return where an account goes after a log-in that came from nowhere in particular."""
    if not account.kinds:
        return url_for("accounts.show")
    return url_for("desk.show" if Role.COORDINATOR in account.kinds else "national.show")


def next_page() -> str | None:
    """Return the page of ours that this request asks to go on to."""
    for asked in (request.form.get("next"), request.args.get("next")):
        if asked and is_own_page(asked):
            return asked
    return None


def is_own_page(address: str, *, method: str = "GET") -> bool:
    """Tell whether an address is a page of this app, to go to after a log-in (T16).

    One slash first and not two, no backslash, no control character or space, and a route that
    answers the method, but none of logging in itself.
    """
    endpoint = _endpoint_of(address, method)
    return endpoint is not None and not endpoint.startswith(NOT_AFTER)


def without_last_slash() -> str | None:
    """Return the address that somebody meant who ended it with a slash, if a page of ours has it."""
    path = request.path.rstrip("/")
    if request.path == path or request.method not in ("GET", "HEAD"):
        return None
    address = request.full_path.replace(request.path, path, 1).rstrip("?")
    return address if _endpoint_of(address, "GET") else None


def _endpoint_of(address: str, method: str) -> str | None:
    if not address.startswith("/") or address.startswith("//") or "\\" in address:
        return None
    if any(ord(character) <= 32 or 127 <= ord(character) <= 160 for character in address):
        return None
    path = address.partition("?")[0].partition("#")[0]
    if "//" in path:
        return None
    try:
        endpoint: str = current_app.url_map.bind("").match(path, method=method)[0]
    except (HTTPException, RequestRedirect):
        return None
    return endpoint


def where_they_were() -> str:
    """Return this page with all it was asked, or of a mere button the nearest page above it."""
    if request.method in ("GET", "HEAD"):
        return request.full_path.rstrip("?")
    path = request.path
    while path and not is_own_page(path):
        path = path.rpartition("/")[0]
    return path
