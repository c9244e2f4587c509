"""What every site has: privacy, robots, sitemap, security.txt."""

from datetime import timedelta

from flask import Blueprint, Response, current_app, render_template, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.blueprints.access import public
from app.records.fellowships import all_fellowships
from app.records.sitemap import slugs_to_index

bp = Blueprint("pages", __name__)


@bp.get("/privacy")
@public
def privacy() -> ResponseReturnValue:
    return render_template("public/pages/privacy.html", fellowships=all_fellowships())


@bp.get("/veilig")
@public
def safe() -> ResponseReturnValue:
    """Say what a device keeps of a visit, and how to take it away."""
    return render_template("public/pages/safe.html")


@bp.get("/robots.txt")
@public
def robots() -> ResponseReturnValue:
    """Keep robots off pages for people; never off feeds, for Google then refuses to add one."""
    closed = (
        "/coordinate/",
        "/national/",
        "/login",
        "/reset",
        "/seat/",
        "/start",
        "/claim/",
        "/contacts/",
        "/confirm/",
        "/count/",
        "/holidays/",
        "/account",
    )
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed)]
    return _text("\n".join([*lines, f"Sitemap: {_address(url_for('pages.sitemap'))}", ""]))


@bp.get("/sitemap.xml")
@public
def sitemap() -> ResponseReturnValue:
    """List the public pages that may be indexed; no key stands in it."""
    addresses = [
        url_for("finder.show"),
        url_for("fellowships.index"),
        url_for("referrers.show"),
        *(url_for("fellowships.show", slug=one.slug) for one in all_fellowships()),
        *(url_for("groups.show", slug=slug) for slug in slugs_to_index()),
    ]
    page = render_template(
        "public/pages/sitemap.xml", addresses=[_address(one) for one in addresses]
    )
    return Response(page, content_type="application/xml; charset=utf-8")


@bp.get("/.well-known/security.txt")
@public
def security_txt() -> ResponseReturnValue:
    """Say where to report a weakness (RFC 9116 2.5: Contact and Expires are required)."""
    expires = (clock.now() + timedelta(days=365)).strftime("%Y-%m-%dT00:00:00Z")
    lines = (
        f"Contact: mailto:{current_app.config['TWAALF_MAIL_SENDER']}",
        f"Expires: {expires}",
        "Preferred-Languages: nl, en",
        f"Canonical: {_address(url_for('pages.security_txt'))}",
    )
    return _text("\n".join([*lines, ""]))


def _text(text: str) -> Response:
    return Response(text, content_type="text/plain; charset=utf-8")


def _address(path: str) -> str:
    return f"{current_app.config['TWAALF_PUBLIC_URL']}{path}"
