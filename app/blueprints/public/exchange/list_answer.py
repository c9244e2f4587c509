"""The answer that a public list gives: a validator, leave for any site to read it, and kept."""

import hashlib
import json
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from flask import Response, current_app, request

from app.blueprints.public.feeds import Bodies
from app.blueprints.web.compression import may_be_compressed
from app.blueprints.web.cross_origin import readable_elsewhere
from app.kept.views import keep

SECONDS = 300
"""So long a reader or a proxy may keep a list without asking."""
CACHE_BYTES = 8 * 1024 * 1024
"""Of compressed lists in each process: about 100,000 rows."""
JSON = "application/json"


def attach(state: Any) -> None:
    """Give an app the room where its lists are kept, once."""
    state.app.extensions.setdefault("lists", Bodies(CACHE_BYTES))


def tag_of(decides: Sequence[Any]) -> str:
    """Return a name for what these values decide, and where this installation answers."""
    said = [current_app.config["TWAALF_PUBLIC_URL"], *decides]
    return hashlib.sha256(json.dumps(said, default=str).encode()).hexdigest()[:24]


def kept_body(tag: str, write: Callable[[], bytes]) -> bytes:
    """Return what was written last under this tag, or write it."""
    bodies: Bodies = current_app.extensions["lists"]
    body = bodies.get(tag)
    if body is None:
        body = write()
        bodies.put(tag, body)
    return body


def list_answer(
    tag: str, body: Callable[[], bytes], *, until: datetime | None, content_type: str = JSON
) -> Response:
    """Answer with a list, or that it is the same.

    It is built before it is sent, so that a slow reader holds no connection to the database.
    `until`: how long the same question has this answer if nobody writes anything; None of a
    question that is asked once only.
    """
    response = Response(content_type=content_type)
    readable_elsewhere(response)
    may_be_compressed()
    response.cache_control.public = True
    response.cache_control.max_age = SECONDS
    response.set_etag(tag, weak=True)
    response.make_conditional(request)
    if response.status_code == 200:
        response.set_data(body())
    if until:
        keep(request.environ, until)
    return response
