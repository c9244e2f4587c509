"""Errors are pages in the reader's language; JSON addresses answer problem+json, feeds plain text."""

from typing import Any

from flask import Flask, Response, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException, NotFound, SecurityError, ServiceUnavailable

from app.blueprints.next_page import where_they_were, without_last_slash
from app.blueprints.typed import sentences_typed
from app.domain.refusal import LinkIsOver, NotTheirs

SECONDS_TO_WAIT = 5
KEEPS_WORDS = {403, 429, 500, 503}
"""Logged out meanwhile, too often, too busy or our fault: none of it is about what was typed."""


def attach(app: Flask) -> None:
    app.register_error_handler(HTTPException, _answer)
    app.register_error_handler(OperationalError, _database_is_busy)
    for refused in (NotTheirs, LinkIsOver):
        app.register_error_handler(refused, _gone_meanwhile)
    app.register_error_handler(500, _answer)


def _answer(error: HTTPException) -> Response:
    status = error.code or 500
    if status < 400:
        return error.get_response()  # type: ignore[return-value]
    if status == 404 and request.routing_exception and (meant := without_last_slash()):
        return redirect(meant, 308)  # type: ignore[return-value]
    title, message = _words(status)
    if request.path.endswith(".ics") or isinstance(error, SecurityError):
        # A page has links, and none can be made for a host that is not ours.
        response = Response(f"{status} {title}\n", content_type="text/plain; charset=utf-8")
    elif request.path.endswith(".json"):
        response = jsonify(type="about:blank", title=title, status=status, detail=message)
        response.content_type = "application/problem+json"
    else:
        page: dict[str, Any] = {"title": title, "message": message}
        if request.method == "POST" and status in KEEPS_WORDS:
            page["sentences"] = sentences_typed()
        if status == 403 and not current_user.is_authenticated:
            login = url_for("security.login", next=where_they_were() or None)
            page |= {"action_href": login, "action_text": _("Log in")}
        response = Response(render_template("error.html", **page))
    response.status_code = status
    for name, value in error.get_headers():
        if name in ("Allow", "Retry-After"):
            response.headers[name] = value
    return response


def _gone_meanwhile(_refused: NotTheirs | LinkIsOver) -> Response:
    """Answer as the door would: the right or the link went between the door and the lock."""
    return _answer(NotFound())


def _database_is_busy(error: OperationalError) -> Response:
    return _answer(ServiceUnavailable(retry_after=SECONDS_TO_WAIT))


def _words(status: int) -> tuple[str, str]:
    words = {
        400: (_("Dat lukte niet"), _("Ga terug, ververs de pagina en probeer het nog eens.")),
        403: (_("Dat lukte niet"), _("Log opnieuw in en probeer het nog eens.")),
        404: (_("Niet gevonden"), _("Misschien is de link te oud, of hoort de pagina bij iemand anders.")),
        405: (_("Dat kan hier niet"), _("Ga terug en probeer het met de knop op de pagina.")),
        410: (_("Gestopt"), _("Deze groep is gestopt.")),
        413: (_("Te groot"), _("Wat je stuurt is te groot. Maak het korter.")),
        429: (_("Even wachten"), _("Er zijn te veel pogingen gedaan. Wacht even en probeer het dan nog eens.")),
        503: (_("Even druk"), _("Het is nu te druk. Probeer het over een paar tellen nog eens.")),
    }  # fmt: skip
    fault = (_("Er ging iets mis"), _("Dat ligt aan ons. Probeer het straks nog eens."))
    return words.get(status, words[400] if status < 500 else fault)
