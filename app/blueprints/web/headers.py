"""The header table: what every answer carries."""

from flask import Flask, Response, g, request
from flask_login import current_user

from app.blueprints.web.compression import READS

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
        # Of report-to, which is to replace it, Firefox and Safari know nothing.
        "report-uri /csp-reports",
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
        "holidays/",
        "start", "follow/",
    )
)  # fmt: skip
"""Pages that no search engine should list; a public form is added by its own path's ending."""
HIDDEN_ENDINGS = ("/wrong", "/contact", "/ask", "/link", "/follow", "/follow/device")
CACHES_ITSELF = ("/feeds/",)


def attach(app: Flask) -> None:
    app.after_request(_headers)


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
        private = path.startswith(HIDDEN) or request.method not in READS or _is_logged_in()
        response.headers["Cache-Control"] = "no-store" if private else "private, no-cache"
    if g.get("just_logged_out"):
        response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def _is_logged_in() -> bool:
    """Tell whether this request loaded somebody, without loading anybody now."""
    return "_login_user" in g and bool(current_user.is_authenticated)
