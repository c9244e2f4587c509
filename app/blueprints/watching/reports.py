"""What browsers report of the content security policy: counted by directive, and nothing kept."""

import json
from typing import Any

from flask import Blueprint, Flask, abort, request
from flask.typing import ResponseReturnValue

from app.blueprints.access import public
from app.blueprints.web.headers import POLICY
from app.blueprints.web.request_checks import REPORTS
from app.blueprints.web.watched import figures

bp = Blueprint("reports", __name__)

_DIRECTIVES = {part.split(" ")[0] for part in POLICY.split("; ")}


@bp.record_once
def _attach(state: Any) -> None:
    app: Flask = state.app
    # A browser sends it without session or token, and it changes nothing but a count.
    app.extensions["csrf"].exempt(policy)


@bp.post("/csp-reports")
@public
def policy() -> ResponseReturnValue:
    """Count one report. Where it arose may hold a key, so it is read for the directive alone."""
    if request.mimetype not in REPORTS:
        abort(400)
    try:
        told = json.loads(request.get_data())
    except ValueError:
        abort(400)
    for one in (told if isinstance(told, list) else [told])[:20]:
        figures.REPORTS.labels(_directive(one)).inc()
    return "", 204


def _directive(report: Any) -> str:
    """Return which part of the policy was broken, as report-uri or the Reporting API names it."""
    body = report.get("csp-report") or report.get("body") if isinstance(report, dict) else None
    names = (
        (
            body.get("effective-directive"),
            body.get("violated-directive"),
            body.get("effectiveDirective"),
        )
        if isinstance(body, dict)
        else ()
    )
    found = next((str(one).split(" ")[0] for one in names if one), "")
    plain = found.removesuffix("-elem").removesuffix("-attr")
    return plain if plain in _DIRECTIVES else "other"
