"""What is told of a database: whether anything was committed since, and what a row says now."""

from typing import Any, Protocol
from weakref import WeakKeyDictionary

from sqlalchemy import Dialect, Select

Rows = list[tuple[Any, ...]]


class Committed(Protocol):
    """One connection of a process, read by one thread at a time; nothing in it ever raises."""

    def mark(self) -> object | None:
        """Return a value that differs as soon as anybody committed anything; None if unknown.

        Two equal marks say that whatever was read after the first still holds at the second.
        """

    def rows(self, select: Select[Any]) -> Rows | None:
        """Return what a statement answers now, None if unknown; meant for a row by its key."""

    def soon(self) -> "Soon":
        """Return who tells the same on an event loop."""


class Soon(Protocol):
    """The same for one event loop, where nobody may wait; its marks are equal to the others'."""

    async def mark(self) -> object | None:
        """Return as Committed does what holds at this moment or later."""

    async def rows(self, select: Select[Any]) -> Rows | None:
        """Return as Committed does."""


class Compiled:
    """Statements as text with their parameters, put together once each."""

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect
        self._known: WeakKeyDictionary[Select[Any], tuple[str, Any]] = WeakKeyDictionary()

    def __call__(self, select: Select[Any]) -> tuple[str, Any]:
        found = self._known.get(select)
        if found is None:
            found = self._known[select] = self._put_together(select)
        return found

    def _put_together(self, select: Select[Any]) -> tuple[str, Any]:
        compiled = select.compile(dialect=self._dialect)
        if compiled.positional:
            named = compiled.params
            return str(compiled), tuple(named[name] for name in compiled.positiontup or ())
        return str(compiled), compiled.params
