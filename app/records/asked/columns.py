"""Columns in place of whole objects, where only some values are needed."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Executable

from app.db import db


def read_columns(query: Executable, values: dict[str, Any] | None = None) -> Sequence[Any]:
    """Return what a statement of columns answers, in the session's transaction.

    The session's own way makes ready for objects too, at twice the price. What waits to be written
    is written first, as there.
    """
    db.session.flush()
    return db.session.connection().execute(query, values).all()
