"""What is told of a database: whether anything was committed since, and what a row says now."""

from collections.abc import Mapping
from typing import Any, NamedTuple, Protocol
from weakref import WeakKeyDictionary

from sqlalchemy import Dialect, Select
from sqlalchemy.sql.compiler import SQLCompiler

Rows = list[tuple[Any, ...]]


class Decides(NamedTuple):
    """A statement that is put together once for all who ask it, and what one of them asks it with."""

    select: Select[*tuple[Any, ...]]
    values: Mapping[str, Any]


class Committed(Protocol):
    """One connection of a process, read by one thread at a time; nothing in it ever raises."""

    def mark(self) -> object | None:
        """Return a value that differs as soon as anybody committed anything; None if unknown.

        Two equal marks say that whatever was read after the first still holds at the second.
        """

    def rows(self, decides: Decides) -> Rows | None:
        """Return what a statement answers now, None if unknown; meant for a row by its key."""

    def soon(self) -> "Soon":
        """Return who tells the same on an event loop."""


class Soon(Protocol):
    """The same for one event loop, where nobody may wait; its marks are equal to the others'."""

    async def mark(self) -> object | None:
        """Return as Committed does what holds at this moment or later."""

    async def rows(self, decides: Decides) -> Rows | None:
        """Return as Committed does."""


class Compiled:
    """Statements as text, put together once each, with what they are asked with."""

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect
        self._known: WeakKeyDictionary[Select[*tuple[Any, ...]], SQLCompiler] = WeakKeyDictionary()

    def __call__(self, decides: Decides) -> tuple[str, Any]:
        compiled = self._known.get(decides.select)
        if compiled is None:
            made = decides.select.compile(dialect=self._dialect)
            assert isinstance(made, SQLCompiler)
            compiled = self._known[decides.select] = made
        named = compiled.construct_params(dict(decides.values))
        if compiled.positional:
            return str(compiled), tuple(named[name] for name in compiled.positiontup or ())
        return str(compiled), named
