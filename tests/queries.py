"""Counting what the database is asked."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask
from sqlalchemy import event
from sqlalchemy.engine.interfaces import CacheStats

from app.db import db


@contextmanager
def statements(app: Flask) -> Iterator[list[str]]:
    """Collect the statements sent meanwhile, but for those that open and close transactions.

    Of the app itself: what was answered before is forgotten first.
    """
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if not statement.startswith(("BEGIN", "SAVEPOINT", "RELEASE", "PRAGMA")):
            sent.append(statement)

    with _heard(app, note):
        yield sent


@contextmanager
def compiled(app: Flask) -> Iterator[list[str]]:
    """Collect the statements that had to be compiled meanwhile, for SQLAlchemy did not know them yet."""
    found: list[str] = []

    def note(
        _connection: Any, _cursor: Any, statement: str, _: Any, context: Any, *_more: Any
    ) -> None:
        if context.compiled is not None and context.cache_hit is not CacheStats.CACHE_HIT:
            found.append(statement)

    with _heard(app, note):
        yield found


@contextmanager
def _heard(app: Flask, note: Callable[..., None]) -> Iterator[None]:
    """Tell `note` of each statement; what was answered before is forgotten."""
    if kept := app.extensions.get("kept"):
        kept.forget()
    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield
    finally:
        event.remove(engine, "before_cursor_execute", note)
