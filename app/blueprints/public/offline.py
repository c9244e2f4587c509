"""What a phone keeps when its reader asks for it: the script that answers without network, and its page."""

from flask import Blueprint, Response, make_response, render_template

from app.blueprints.access import public
from app.blueprints.web.static_files import FOLDER

bp = Blueprint("offline", __name__)


@bp.get("/sw.js")
@public
def worker() -> Response:
    """Answer with the service worker, from the root: that is how far it may reach."""
    answer = Response((FOLDER / "sw.js").read_bytes(), content_type="text/javascript")
    answer.headers["Cache-Control"] = "no-cache"
    return answer


@bp.get("/kept")
@public
def kept() -> Response:
    """Show what this phone keeps; the list itself is known to the phone alone."""
    page = make_response(render_template("public/offline/kept.html"))
    page.headers["X-Robots-Tag"] = "noindex, nofollow"
    return page
