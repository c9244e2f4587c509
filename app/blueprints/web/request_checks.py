"""What is refused before any view sees it: addresses and bodies that no page of ours sends."""

from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import unquote_to_bytes

from flask import Flask, abort, current_app, request
from werkzeug.routing import IntegerConverter, Map

View = Callable[..., Any]
URLENCODED = "application/x-www-form-urlencoded"
FORMS = (URLENCODED, "multipart/form-data", "")
"""What a page of ours sends; a mere button may send nothing. No view takes JSON."""
REPORTS = ("application/csp-report", "application/reports+json")
"""What a browser sends by itself, to one address (blueprints/watching/reports.py)."""
LONGEST_QUERY = 64_000
"""Of an address, in bytes: who ticks thousands of groups is told how many may be chosen."""
LONGEST_FIELD = 10_000
"""Characters. Five times what the longest field takes: who wrote too much keeps it, on the page
that says so; what is longer nobody typed."""
LONGEST_LIST = 100_000
"""Characters that are pasted, or stand in a file, where a view takes lists."""
LARGEST_LIST = 12 * 1024 * 1024
"""Bytes of a list that an office sends, with what is around it."""
LARGEST_ID = 2**31 - 1
"""PostgreSQL's integer, which ids and numbers of ours are: a larger one is the id of nothing."""


class Id(IntegerConverter):
    """A whole number in an address that the database can be asked about."""

    def __init__(self, map: Map, max: int = LARGEST_ID):  # noqa: A002 - Werkzeug's names
        super().__init__(map, max=max)


def takes_lists(view: View) -> View:
    """Let a view be sent a file, and a text as long as a list of very many groups."""
    view.takes_lists = True  # type: ignore[attr-defined]  # functions may hold notes; mypy knows none
    return view


def takes_files(view: View) -> View:
    """Let a view be sent a whole list, as a file or pasted."""
    view.most_bytes = LARGEST_LIST  # type: ignore[attr-defined]  # the same
    return takes_lists(view)


def attach(app: Flask) -> None:
    app.url_map.converters["int"] = Id
    app.before_request(_refuse)


def whole_number(text: str | int) -> int:
    """Return a number that a column holds. Raises ValueError: what asks with `type=` then has none."""
    number = int(text)
    if not -LARGEST_ID <= number <= LARGEST_ID:
        raise ValueError(text)
    return number


def id_in_query(name: str) -> int | None:
    """Return an id that an address asks for, or None when there is none or it cannot be one."""
    asked = request.args.get(name, type=whole_number)
    return asked if asked is not None and asked >= 0 else None


def row_sent(name: str) -> int | None:
    """Return the number that a button of one row sends, or None without it; any other gets 400."""
    if name not in request.form:
        return None
    try:
        return whole_number(request.form[name])
    except ValueError:
        abort(400)


def _refuse() -> None:
    """Refuse what no person types, and forms that another site sends for the reader."""
    path = request.environ["PATH_INFO"].encode("latin-1")
    if not _is_text(path) or not _is_text(unquote_to_bytes(request.query_string)):
        _abort_without_query(400)
    if len(request.query_string) > LONGEST_QUERY:
        _abort_without_query(414)
    if request.method in ("GET", "HEAD", "OPTIONS"):
        return
    if request.headers.get("Sec-Fetch-Site") == "cross-site":
        abort(403)
    if request.mimetype in REPORTS and request.endpoint == "reports.policy":
        return
    view = current_app.view_functions.get(request.endpoint or "")
    if most := getattr(view, "most_bytes", 0):
        request.max_content_length = request.max_form_memory_size = most
    if request.mimetype not in FORMS:
        abort(415)
    if request.mimetype == URLENCODED:
        # Read before it is parsed: Werkzeug would leave broken UTF-8 in as `%ff`.
        if not _is_text(unquote_to_bytes(request.get_data())):
            abort(400)
    elif (request.files and not _takes_lists()) or not all(map(_is_typed, _parts())):
        abort(400)
    longest = most or (LONGEST_LIST if _takes_lists() else LONGEST_FIELD)
    if any(len(part) > longest for part in _parts()):
        abort(413)


def _takes_lists() -> bool:
    view = current_app.view_functions.get(request.endpoint or "")
    return getattr(view, "takes_lists", False)


def _abort_without_query(status: int) -> None:
    request.query_string = b""  # or the page that says so would read it
    abort(status)


def _parts() -> Iterable[str]:
    return (part for pair in request.form.items(multi=True) for part in pair)


def _is_typed(part: str | None) -> bool:
    """Tell whether a part of a form has a name (RFC 7578 4.2; Werkzeug lets one pass) and is text."""
    return part is not None and "\x00" not in part and "\ufffd" not in part


def _is_text(given: bytes) -> bool:
    """Tell whether bytes are UTF-8 without a NUL, at which PostgreSQL would fail."""
    try:
        return "\x00" not in given.decode()
    except UnicodeDecodeError:
        return False
