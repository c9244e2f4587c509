"""The statements of searches, put together once for each shape: that costs more than to ask them."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Select

from app.records.asked.columns import read_columns
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
