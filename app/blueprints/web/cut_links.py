"""Links as mail programs and people pass them on: with a full stop behind, or without the end."""

from flask import request

from app.domain.keys import BEHIND, as_it_was
from app.records.links import known_among


def uncut() -> str | None:
    """Return the address that was meant by one at which nothing is, or None.

    Asked of what would be a 404 alone, so that it costs nobody else anything. At most one query
    for each kind of key.
    """
    if request.method not in ("GET", "HEAD"):
        return None
    path = without_what_is_behind(request.path)
    parts = path.split("/")
    for number, part in enumerate(parts):
        if whole := known_among(as_it_was(part.removesuffix(".ics"))):
            parts[number] = whole + part[len(part.removesuffix(".ics")) :]
    meant = "/".join(parts)
    if meant == request.path or meant.startswith("//") or not meant.startswith("/"):
        return None
    query = request.query_string.decode()
    return f"{meant}?{query}" if query else meant


def without_what_is_behind(text: str) -> str:
    """Return a path or key without a full stop, bracket, quote or blank behind it."""
    return text.rstrip(BEHIND) or "/"
