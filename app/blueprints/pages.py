"""What every site has: privacy, health, figures for the operator, robots, sitemap, security.txt."""

from datetime import timedelta

from flask import Blueprint, Response, abort, current_app, render_template, request, url_for
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from app import clock
from app.blueprints.access import public
from app.records.fellowships import all_fellowships
from app.records.health import database_answers, schema_is_current
from app.records.sitemap import slugs_to_index

bp = Blueprint("pages", __name__)

LOOPBACK = ("127.0.0.1", "::1")
BY_PROXY = ("Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP")


@bp.get("/privacy")
@public
def privacy():
    return render_template("pages/privacy.html", fellowships=all_fellowships())


@bp.get("/healthz")
@public
def healthz():
    """Answer that this process lives; it asks nothing of the database."""
    return _text("ok\n")


@bp.get("/readyz")
@public
def readyz():
    """Answer whether this process can serve: the database answers and has our tables."""
    if database_answers() and schema_is_current():
        return _text("ready\n")
    return _text("not ready: run `flask --app wsgi db upgrade`, or look at the database\n", 503)


@bp.get("/metrics")
@public
def metrics():
    """Give figures of this process to the machine itself, and to nobody who comes by a proxy."""
    if request.remote_addr not in LOOPBACK or any(one in request.headers for one in BY_PROXY):
        abort(404)
    return Response(generate_latest(), content_type=CONTENT_TYPE_LATEST)


@bp.get("/robots.txt")
@public
def robots():
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
        "/account",
    )
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed)]
    return _text("\n".join([*lines, f"Sitemap: {_address(url_for('pages.sitemap'))}", ""]))


@bp.get("/sitemap.xml")
@public
def sitemap():
    """List the public pages that may be indexed; no key stands in it."""
    addresses = [
        url_for("finder.show"),
        url_for("fellowships.index"),
        url_for("referrers.show"),
        *(url_for("fellowships.show", slug=one.slug) for one in all_fellowships()),
        *(url_for("groups.show", slug=slug) for slug in slugs_to_index()),
    ]
    page = render_template("pages/sitemap.xml", addresses=[_address(one) for one in addresses])
    return Response(page, content_type="application/xml; charset=utf-8")


@bp.get("/.well-known/security.txt")
@public
def security_txt():
    """Say where to report a weakness (RFC 9116 2.5: Contact and Expires are required)."""
    expires = (clock.now() + timedelta(days=365)).strftime("%Y-%m-%dT00:00:00Z")
    lines = (
        f"Contact: mailto:{current_app.config['TWAALF_MAIL_SENDER']}",
        f"Expires: {expires}",
        "Preferred-Languages: nl, en",
        f"Canonical: {_address(url_for('pages.security_txt'))}",
    )
    return _text("\n".join([*lines, ""]))


def _text(text: str, status: int = 200) -> Response:
    return Response(text, status=status, content_type="text/plain; charset=utf-8")


def _address(path: str) -> str:
    return current_app.config["TWAALF_PUBLIC_URL"] + path
