"""Lists that other sites show in their own pages, and how to put them there."""

from html import escape
from typing import Any

from flask import Blueprint, Response, abort, current_app, g, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app import clock
from app.blueprints.access import public
from app.blueprints.parts.results import by_day, results_of
from app.blueprints.web.languages import current, speaking
from app.blueprints.web.static_files import FOLDER
from app.domain.meeting import Status
from app.domain.search import Sort
from app.formats.search import query_of, read_search
from app.formats.wording import LANGUAGES
from app.records.fellowships import all_fellowships, find_fellowship
from app.records.finder import find, find_preparing, resolve

bp = Blueprint("embed", __name__, url_prefix="/embed")

MOST = 200
SCHEMES = ("light", "dark")
"""What the page around a list may ask for; else the reader's device decides."""
NEXT = 5
"""Meetings in the short view."""
SECONDS_FRESH = 300
HOUR = 3600


@bp.get("/")
@public
def index() -> ResponseReturnValue:
    """Show how to put a list into one's own site."""
    fellowships = all_fellowships()
    wanted = request.args.get("fellowship", "")
    chosen = next((one for one in fellowships if one.slug == wanted), None)
    view = "next" if request.args.get("view") == "next" else ""
    town = " ".join(request.args.get("town", "").split())[:80]
    asked = {"view": view, "town": town, "lang": current()}
    query: dict[str, Any] = {name: text for name, text in asked.items() if text}
    site = current_app.config["TWAALF_PUBLIC_URL"]
    return render_template(
        "public/embed/index.html",
        fellowships=fellowships,
        chosen=chosen,
        view=view,
        town=town,
        address=url_for(".show", slug=chosen.slug, **query) if chosen else "",
        codes=_codes(site + url_for(".show", slug=chosen.slug, **query), chosen.name)
        if chosen
        else (),
    )


@bp.get("/embed.js")
@public
def script() -> Response:
    """Answer with the script that puts a list in the place of a link to it."""
    answer = Response((FOLDER / "embed.js").read_bytes(), content_type="text/javascript")
    answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    answer.headers["Access-Control-Allow-Origin"] = "*"  # a module is asked for by CORS
    return _for_all(answer, HOUR)


@bp.get("/<slug>")
@public
def show(slug: str) -> ResponseReturnValue:
    """Show a fellowship's groups inside another page, in the fellowship's language unless asked.

    Without cookies, and the same for everyone: what the reader's browser prefers says nothing here.
    """
    fellowship = find_fellowship(slug)
    if fellowship is None:
        abort(404)
    wanted = request.args.get("lang", "")
    language = wanted if wanted in LANGUAGES else fellowship.language
    with speaking(language if language in LANGUAGES else "nl"):
        page = _page(slug, fellowship.name)
    g.may_be_framed = True
    answer = _for_all(Response(page), SECONDS_FRESH)
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    return answer


def _codes(address: str, name: str) -> tuple[str, str, str]:
    """Return what one pastes into a page: a link that a script replaces, an element, a frame alone."""
    words = _("Groepen van %(name)s", name=name)
    script = current_app.config["TWAALF_PUBLIC_URL"] + url_for(".script")
    source, title, of_script = escape(address), escape(words), escape(script)
    element = (
        f'<script type="module" src="{of_script}"></script>\n'
        f'<twaalf-groups src="{source}" label="{title}">\n'
        f'<a href="{source}">{title}</a></twaalf-groups>'
    )
    link = f'<a data-twaalf href="{source}">{title}</a> <script src="{of_script}" defer></script>'
    frame = (
        f'<iframe src="{source}" title="{title}" width="100%" height="600" loading="lazy"'
        ' referrerpolicy="no-referrer"></iframe>'
    )
    return link, element, frame


def _page(slug: str, name: str) -> str:
    now = clock.now()
    town = {"q": request.args["town"]} if "town" in request.args else {}
    asked = read_search(
        {**request.args.to_dict(), **town, "fellowship": slug, "sort": Sort.SOONEST}
    )
    is_short = request.args.get("view") == "next"
    resolved = resolve(asked.search, now)
    hits = find(resolved, now, limit=MOST)
    preparing = [] if is_short else find_preparing(resolved, now, limit=MOST)
    results = results_of([*hits, *preparing], now)
    meeting = [one for one in results if one.listing.status is not Status.PREPARING]
    if is_short:
        meeting = [one for one in meeting if one.is_on][:NEXT]
    return render_template(
        "public/embed/show.html",
        name=name,
        days=by_day(meeting, now),
        preparing=[one.line for one in results if one.listing.status is Status.PREPARING],
        all_of_them=url_for("finder.show", **_query(asked.search)),
        scheme=request.args["scheme"] if request.args.get("scheme") in SCHEMES else "",
        is_transparent=request.args.get("background") == "none",
    )


def _query(search: Any) -> dict[str, Any]:
    return {**query_of(search)}


def _for_all(answer: Response, seconds: int) -> Response:
    answer.cache_control.public = True
    answer.cache_control.max_age = seconds
    return answer
