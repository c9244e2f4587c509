"""How a view says that its answer may be given again, and until when."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import wraps
from typing import Any
from wsgiref.types import WSGIEnvironment

from flask import make_response, request
from sqlalchemy import Select

from app import clock
from app.committed.telling import Decides

KEEP = "twaalf.keep"
"""Where a request's environment says it: an instant, and what decides the answer, or None."""


def keep(
    environ: WSGIEnvironment,
    until: datetime,
    decides: Select[*tuple[Any, ...]] | None = None,
    values: Mapping[str, Any] | None = None,
) -> None:
    """Let the answer to this request be given again until an aware instant.

    Until then it depends on the database alone, on the address and on what its Vary names. With
    `decides`, on what that statement answers with these `values` (a row by its key), whatever else
    is written.
    """
    environ[KEEP] = (until, None if decides is None else Decides(decides, values or {}))


def kept_a_minute(view: Callable[..., Any]) -> Callable[..., Any]:
    """Let a page that is the same for all without a cookie be given again within its minute.

    Every hour that stands on a page begins or ends at a whole minute.
    """

    @wraps(view)
    def answer(*args: Any, **kwargs: Any) -> Any:
        response = make_response(view(*args, **kwargs))
        response.vary.update(("Accept-Language", "Cookie"))
        now = clock.now()
        keep(request.environ, now.replace(second=0, microsecond=0) + timedelta(minutes=1))
        return response

    return answer
