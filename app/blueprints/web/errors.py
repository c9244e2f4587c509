"""Errors are pages in the reader's language; JSON addresses answer problem+json, feeds plain text."""

from typing import Any

from flask import Flask, Response, g, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import AnonymousUserMixin, current_user
from werkzeug.exceptions import HTTPException, NotFound, SecurityError, ServiceUnavailable

from app.blueprints.web.cross_origin import FOR_PROGRAMS
from app.blueprints.web.cut_links import uncut
from app.blueprints.web.kept_input import sentences_typed
from app.blueprints.web.next_page import where_they_were, without_last_slash
from app.blueprints.web.security_log import request_id
from app.blueprints.web.watched.faults import note_success, tell_of_fault
from app.domain.refusal import LinkIsOver, NotTheirs
from app.records.health.faults import MAY_BE_FAULTS, fault_of

SECONDS_TO_WAIT = 5
KEEPS_WORDS = {403, 429, 500, 503}
"""Logged out meanwhile, too often, too busy or our fault: none of it is about what was typed."""


def attach(app: Flask) -> None:
    app.register_error_handler(HTTPException, _answer)
    for error in MAY_BE_FAULTS:
        app.register_error_handler(error, _fault_of_the_house)
    app.after_request(note_success)
    for refused in (NotTheirs, LinkIsOver):
        app.register_error_handler(refused, _gone_meanwhile)
    app.register_error_handler(500, _mistake_of_ours)


def _answer(error: HTTPException) -> ResponseReturnValue:
    status = error.code or 500
    if status < 400:
        return error.get_response()
    if status == 404 and request.routing_exception and (meant := without_last_slash()):
        return redirect(meant, 308)
    if status == 404 and (meant := uncut()):
        return redirect(meant)
    title, message = _words(status)
    if request.path.endswith(".ics") or isinstance(error, SecurityError):
        # A page has links, and none can be made for a host that is not ours.
        response = Response(f"{status} {title}\n", content_type="text/plain; charset=utf-8")
    elif request.path.endswith(".json") or request.path.startswith(FOR_PROGRAMS):
        response = jsonify(type="about:blank", title=title, status=status, detail=message)
        response.content_type = "application/problem+json"
    else:
        page: dict[str, Any] = {"title": title, "message": message}
        if request.method == "POST" and status in KEEPS_WORDS:
            page["sentences"] = sentences_typed()
        if status == 403 and not current_user.is_authenticated:
            login = url_for("security.login", next=where_they_were() or None)
            page |= {"action_href": login, "action_text": _("Log in")}
        if status >= 500:
            page["request_id"] = request_id()
        response = Response(render_template("error.html", **page))
    response.status_code = status
    for name, value in error.get_headers():
        if name in ("Allow", "Retry-After"):
            response.headers[name] = value
    return response


def _gone_meanwhile(_refused: NotTheirs | LinkIsOver) -> ResponseReturnValue:
    """Answer as the door would: the right or the link went between the door and the lock."""
    return _answer(NotFound())


def _fault_of_the_house(error: Exception) -> ResponseReturnValue:
    """Say that it is to be tried again, and write the line; a mistake of ours stays one."""
    fault = fault_of(error)
    if fault is None:
        raise error
    tell_of_fault(fault)
    # The page must not ask who is logged in: the database would fail again.
    g.setdefault("_login_user", AnonymousUserMixin())
    return _answer(ServiceUnavailable(retry_after=SECONDS_TO_WAIT))


def _mistake_of_ours(error: HTTPException) -> ResponseReturnValue:
    """Answer 500; what the house met while an answer was finished is its fault all the same."""
    cause = getattr(error, "original_exception", None)
    return _fault_of_the_house(cause) if cause and fault_of(cause) else _answer(error)


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
