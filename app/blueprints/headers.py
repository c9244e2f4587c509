"""The header table, and what is refused before any view sees it."""

from collections.abc import Iterable
from urllib.parse import unquote_to_bytes

from flask import Flask, Response, abort, g, request
from flask_login import current_user

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)

FRAMED = POLICY.replace("frame-ancestors 'none'", "frame-ancestors *")
"""Of the pages made for the pages of others; a view asks for it by `g.may_be_framed`."""

EVERYWHERE = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(self), microphone=(), payment=(), usb=()",
}
STRICT_TRANSPORT = "max-age=63072000"
"""Of this host alone: what else its domain serves is not ours to say."""
HIDDEN = tuple(
    f"/{name}"
    for name in (
        "coordinate", "national", "account", "login", "logout", "reset", "change", "verify",
        "tf-", "mf-", "us-", "invitations", "contacts", "seat", "claim", "confirm", "count/",
        "start",
    )
)  # fmt: skip
"""Pages that no search engine should list; a public form is added by its own path's ending."""
HIDDEN_ENDINGS = ("/wrong", "/contact", "/ask", "/link")
CACHES_ITSELF = ("/feeds/",)


def attach(app: Flask) -> None:
    app.before_request(_refuse)
    app.after_request(_headers)


def _refuse() -> None:
    """Refuse bytes that no person types, and forms that another site sends for the reader."""
    path = request.environ["PATH_INFO"].encode("latin-1")
    if not _is_text(path) or not _is_text(unquote_to_bytes(request.query_string)):
        request.query_string = b""  # or the page that says so would read it
        abort(400)
    if request.method not in ("GET", "HEAD", "OPTIONS"):
        if request.headers.get("Sec-Fetch-Site") == "cross-site":
            abort(403)
        if request.mimetype == "application/x-www-form-urlencoded":
            # Read before it is parsed: Werkzeug would leave broken UTF-8 in as `%ff`.
            if not _is_text(unquote_to_bytes(request.get_data())):
                abort(400)
        elif any("\x00" in part or "\ufffd" in part for pair in _fields() for part in pair):
            abort(400)


def _fields() -> Iterable[tuple[str, str]]:
    return request.form.items(multi=True)


def _is_text(given: bytes) -> bool:
    """Tell whether bytes are UTF-8 without a NUL, at which PostgreSQL would fail."""
    try:
        return "\x00" not in given.decode()
    except UnicodeDecodeError:
        return False


def _headers(response: Response) -> Response:
    for name, value in EVERYWHERE.items():
        response.headers.setdefault(name, value)
    if g.get("may_be_framed") and response.status_code == 200:
        response.headers["Content-Security-Policy"] = FRAMED
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        del response.headers["X-Frame-Options"]
    if request.is_secure:
        response.headers.setdefault("Strict-Transport-Security", STRICT_TRANSPORT)
    path = request.path
    if path.startswith(HIDDEN) or path.endswith(HIDDEN_ENDINGS):
        response.headers.setdefault("X-Robots-Tag", "noindex, nofollow")
    if not path.startswith(CACHES_ITSELF) and "Cache-Control" not in response.headers:
        private = path.startswith(HIDDEN) or request.method != "GET" or _is_logged_in()
        response.headers["Cache-Control"] = "no-store" if private else "private, no-cache"
    if g.get("just_logged_out"):
        response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def _is_logged_in() -> bool:
    """Tell whether this request loaded somebody, without loading anybody now."""
    return "_login_user" in g and bool(current_user.is_authenticated)
