"""`/healthz` says that this process lives, `/readyz` whether it can serve, and else why not."""

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue

from app.blueprints.access import public
from app.blueprints.web.watched.faults import faults_of_late
from app.domain.upkeep.fault import KEEPS_SERVING
from app.formats.upkeep.fault_words import MENDING
from app.records.health.ready import what_is_wrong

bp = Blueprint("health", __name__)


@bp.get("/healthz")
@public
def healthz() -> ResponseReturnValue:
    """Answer that this process lives; it asks nothing of the database."""
    return _text("ok\n")


@bp.get("/readyz")
@public
def readyz() -> ResponseReturnValue:
    """Answer whether this process can serve; each fault by its word, and how to mend it."""
    faults = list(dict.fromkeys([*what_is_wrong(), *faults_of_late()]))
    keeps = [fault for fault in faults if fault in KEEPS_SERVING]
    stops = [fault for fault in faults if fault not in KEEPS_SERVING]
    lines = [
        "not ready" if stops else "ready",
        *(f"{one}: {MENDING[one]}." for one in stops + keeps),
    ]
    return _text("\n".join([*lines, ""]), 503 if stops else 200)


def _text(text: str, status: int = 200) -> Response:
    return Response(text, status=status, content_type="text/plain; charset=utf-8")
