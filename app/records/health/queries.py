"""How long each question to the database took, and which function of ours asked it."""

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, event

SLOW_SECONDS = 0.5
_OURS = ("app.records.", "app.actions.", "app.blueprints.", "app.commands.")


@dataclass(frozen=True)
class Query:
    """One question. `name` is that of the function that asked it, such as `records.finder.soonest`."""

    seconds: float
    takes_a_lock: bool
    name: str
    """Only of a slow one; empty otherwise."""


_tell: list[Callable[[Query], None]] = []


def when_asked(tell: Callable[[Query], None]) -> None:
    """Call a function after every query of this process; set once, whoever sets it again."""
    _tell[:] = [tell]


@event.listens_for(Engine, "before_cursor_execute")
def _begin(
    _connection: Any, _cursor: Any, _statement: str, _values: Any, context: Any, _many: bool
) -> None:
    if context is not None:
        context.begun = time.perf_counter()


@event.listens_for(Engine, "after_cursor_execute")
def _end(
    connection: Any, _cursor: Any, statement: str, _values: Any, context: Any, _many: bool
) -> None:
    begun = getattr(context, "begun", None)
    if begun is None or not _tell:
        return
    seconds = time.perf_counter() - begun
    begins_to_write = statement.startswith("BEGIN IMMEDIATE")
    if begins_to_write:
        seconds += connection.get_execution_options().get("waited", 0)
    takes_a_lock = (
        begins_to_write or "FOR UPDATE" in statement[-80:] or "FOR NO KEY" in statement[-80:]
    )
    _tell[0](Query(seconds, takes_a_lock, _asker() if seconds >= SLOW_SECONDS else ""))


def _asker() -> str:
    """Return the innermost function of ours on the way here, without what it was asked."""
    frame = sys._getframe(2)  # noqa: SLF001 - the way here, at no cost to a quick query
    while frame is not None:
        module = frame.f_globals.get("__name__", "")
        if module.startswith(_OURS) and module != __name__:
            return f"{module.removeprefix('app.')}.{frame.f_code.co_name}"
        frame = frame.f_back  # type: ignore[assignment]
    return "unknown"
