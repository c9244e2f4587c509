"""A fault of the house has one line in the log, and is remembered for a minute by its process."""

import time

from flask import Response, g, request

from app.blueprints.web.security_log import log_line, request_id
from app.blueprints.web.watched.figures import FAULTS
from app.domain.upkeep.fault import Fault

SECONDS_REMEMBERED = 60
HEALED_BY_A_WRITE = frozenset({Fault.DISK_FULL, Fault.DATABASE_READ_ONLY, Fault.DATABASE_BUSY})
"""What no reading can see: a write that succeeds says that it is over."""

_seen: dict[Fault, float] = {}
"""When each was last met by this process, in seconds of a clock that never jumps."""


def tell_of_fault(fault: Fault) -> None:
    """Write its line: which fault, at which view, under which request; nothing that was sent."""
    _seen[fault] = time.monotonic()
    g.met_a_fault = True
    FAULTS.labels(str(fault)).inc()
    log_line(
        "fault", kind=str(fault), at=request.endpoint, method=request.method, request=request_id()
    )


def faults_of_late() -> list[Fault]:
    """Return what a write met within the last minute and no later one has disproved."""
    since = time.monotonic() - SECONDS_REMEMBERED
    return [fault for fault, at in _seen.items() if fault in HEALED_BY_A_WRITE and at > since]


def note_success(response: Response) -> Response:
    """Forget what a write has just disproved."""
    if _seen and request.method == "POST" and response.status_code < 400 and "met_a_fault" not in g:
        for fault in HEALED_BY_A_WRITE:
            _seen.pop(fault, None)
    return response
