"""One page of a long list: its number, and the ways to those beside it."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from flask import request, url_for

from app.blueprints.web.request_checks import whole_number

FURTHEST = 10_000
"""A page beyond this is asked by nobody, and its offset would not fit in a column."""


def page_asked(furthest: int = FURTHEST) -> int:
    """Return the page that the address asks for, from 1 on; what is no number asks the first."""
    return max(1, min(request.args.get("page", 1, type=whole_number) or 1, furthest))


def beside(page: int, *, has_more: bool, **query: Any) -> dict[str, str | None]:
    """Return the addresses of the `earlier` and the `later` page of the list that is shown."""
    here = dict(request.view_args or {}) | query
    return {
        "earlier": url_for(str(request.endpoint), page=page - 1, **here) if page > 1 else None,
        "later": url_for(str(request.endpoint), page=page + 1, **here) if has_more else None,
    }


def with_query(address: str, query: Mapping[str, Any]) -> str:
    """Return an address that asks what somebody asked, whatever they called it.

    `url_for` would take some names for its own: `endpoint`, `_scheme`.
    """
    return f"{address}?{urlencode(query)}" if query else address
