"""The statements of searches, put together once for each shape: that costs more than to ask them."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Executable, Select

from app.db import db
from app.records.resolved import Resolved

MOST = 200
_built: dict[object, Select[Any]] = {}


def rows_of(build: Callable[..., Select[Any]], asked: Resolved, *more: object) -> Sequence[Any]:
    """Return what `build(asked, *more)` answers. One query.

    Of the search it may put into the statement what is in its shape; all else by `asked.said`.
    """
    key = (build, asked.shape, *more)
    query = _built.get(key)
    if query is None:
        if len(_built) >= MOST:
            _built.clear()
        query = _built[key] = build(asked, *more)
    return read_columns(query, asked.values)


def read_columns(query: Executable, values: dict[str, Any] | None = None) -> Sequence[Any]:
    """Return what a statement of columns answers, in the session's transaction.

    The session's own way makes ready for objects too, at twice the price. What waits to be written
    is written first, as there.
    """
    db.session.flush()
    return db.session.connection().execute(query, values).all()
