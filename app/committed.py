"""Tells whether anything was committed since: what needs no second look at the data itself."""

import asyncio
import os
import sqlite3
from collections.abc import Awaitable, Callable, Sequence
from contextlib import closing
from threading import Lock
from typing import Any, Protocol, TypeVar

from sqlalchemy import URL, Dialect, Select

MAPPED_BYTES = 64 * 1024 * 1024
MILLISECONDS = 250
"""So long one of these questions may take; who asks takes the slow way then."""

Rows = list[tuple[Any, ...]]
Found = TypeVar("Found")


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


def committed_to(url: URL, dialect: Dialect, *, pooled: bool = False) -> Committed | None:
    """Return who tells it of a database, or None where nobody can (one in memory).

    `pooled` says that a pooler lends connections by the transaction.
    """
    if dialect.name == "postgresql":
        return _OnPostgres(url, dialect, _POOLED if pooled else _QUICKLY)
    if not url.database or url.database == ":memory:":
        return None
    return _OnSqlite(url.database, dialect)


class _Compiled:
    """Statements as text with their parameters, put together once each."""

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect

    def __call__(self, select: Select[Any]) -> tuple[str, Any]:
        compiled = select.compile(dialect=self._dialect)
        if compiled.positional:
            named = compiled.params
            return str(compiled), tuple(named[name] for name in compiled.positiontup or ())
        return str(compiled), compiled.params


class _OnSqlite:
    """By `PRAGMA data_version` (sqlite.org/pragma.html): it moves with each commit of others.

    This connection never commits, so all are others. In WAL mode no writer makes it wait. A file
    that was put in the place of another one is opened anew; one that is gone is unknown.
    """

    def __init__(self, file: str, dialect: Dialect) -> None:
        self._file = file
        self._compile = _Compiled(dialect)
        self._lock = Lock()
        self._opened: sqlite3.Connection | None = None
        self._is_file: tuple[int, int] | None = None
        self._times_opened = 0

    def __del__(self) -> None:
        self._close()

    def mark(self) -> object | None:
        with self._lock:
            try:
                [(version,)] = self._connection().execute("PRAGMA data_version").fetchall()
            except (OSError, sqlite3.Error):
                self._close()
                return None
            return self._times_opened, version

    def rows(self, select: Select[Any]) -> Rows | None:
        words, values = self._compile(select)
        with self._lock:
            try:
                return self._connection().execute(words, values).fetchall()
            except (OSError, sqlite3.Error):
                self._close()
                return None

    def soon(self) -> "Soon":
        return _SoonOnSqlite(self)

    def _connection(self) -> sqlite3.Connection:
        found = os.stat(self._file)  # noqa: PTH116 - at each request, and a Path costs as much again
        if self._opened is None or self._is_file != (found.st_dev, found.st_ino):
            self._close()
            self._opened = sqlite3.connect(
                f"file:{self._file}?mode=ro", uri=True, timeout=0, check_same_thread=False
            )
            self._opened.isolation_level = None
            self._opened.execute(f"PRAGMA mmap_size={MAPPED_BYTES}").fetchall()
            self._is_file = (found.st_dev, found.st_ino)
            self._times_opened += 1
        return self._opened

    def _close(self) -> None:
        opened, self._opened = self._opened, None
        if opened:
            opened.close()


class _SoonOnSqlite:
    """Looks at once; one look for all whose turn the loop had ready when it looked."""

    def __init__(self, committed: _OnSqlite) -> None:
        self._committed = committed
        self._is_told = False
        self._mark: object | None = None

    async def mark(self) -> object | None:
        if not self._is_told:
            # In line before it looks: whoever comes to stand behind it is told anew.
            asyncio.get_running_loop().call_soon(self._tell_anew)
            self._is_told = True
            self._mark = self._committed.mark()
        return self._mark

    async def rows(self, select: Select[Any]) -> Rows | None:
        return self._committed.rows(select)

    def _tell_anew(self) -> None:
        self._is_told = False


_POOLED: dict[str, Any] = {"autocommit": True, "connect_timeout": 1, "prepare_threshold": None}
_QUICKLY: dict[str, Any] = {
    "autocommit": True,
    "connect_timeout": 1,
    "options": f"-c statement_timeout={MILLISECONDS}",
}
_MARK = "SELECT pg_current_snapshot()::text"
_WHERE = """
SELECT pg_postmaster_start_time()::text, oid FROM pg_database WHERE datname = current_database()
"""
"""Tells one database from another that was put in its place, and from itself before a restart."""


class _OnPostgres:
    """By the snapshot (postgresql.org/docs, `pg_current_snapshot`): equal ones see the same rows."""

    def __init__(self, url: URL, dialect: Dialect, ways: dict[str, Any]) -> None:
        self._psycopg: Any = dialect.dbapi
        self._ways = ways
        self._address = url.set(drivername="postgresql").render_as_string(hide_password=False)
        self._compile = _Compiled(dialect)
        self._lock = Lock()
        self._opened: Any = None
        self._where: tuple[Any, ...] = ()

    def __del__(self) -> None:
        self._close()

    def mark(self) -> object | None:
        found = self._ask(_MARK, None)
        return (self._where, found[0][0]) if found else None

    def rows(self, select: Select[Any]) -> Rows | None:
        return self._ask(*self._compile(select))

    def soon(self) -> "Soon":
        return _SoonOnPostgres(self._psycopg, self._address, self._ways, self._compile)

    def _ask(self, words: str, values: Any) -> Rows | None:
        with self._lock:
            try:
                if self._opened is None:
                    self._opened = self._psycopg.connect(self._address, **self._ways)
                    self._where = self._opened.execute(_WHERE).fetchone()
                with closing(self._opened.cursor()) as cursor:
                    found: Sequence[Any] = cursor.execute(words, values).fetchall()
                return list(found)
            except (OSError, self._psycopg.Error):
                self._close()
                return None

    def _close(self) -> None:
        opened, self._opened = self._opened, None
        if opened:
            opened.close()


class _SoonOnPostgres:
    """One connection of one event loop; one question for all who came before it was sent.

    The question is sent and its answer taken by libpq itself: cursors cost six times as much.
    """

    def __init__(
        self, psycopg: Any, address: str, ways: dict[str, Any], compiled: _Compiled
    ) -> None:
        self._psycopg, self._address, self._ways = psycopg, address, ways
        self._compile = compiled
        self._opened: Any = None
        self._where: tuple[Any, ...] = ()
        self._turn = asyncio.Lock()
        self._waiting: list[asyncio.Future[object | None]] = []
        self._asking: asyncio.Task[None] | None = None

    def __del__(self) -> None:
        if self._opened:  # its loop may have ended before it
            self._opened.pgconn.finish()

    async def mark(self) -> object | None:
        mine: asyncio.Future[object | None] = asyncio.get_running_loop().create_future()
        self._waiting.append(mine)
        if self._asking is None or self._asking.done():
            self._asking = asyncio.create_task(self._tell())
        return await mine

    async def rows(self, select: Select[Any]) -> Rows | None:
        words, values = self._compile(select)

        async def ask() -> Rows:
            cursor = await self._opened.execute(words, values)
            found: Rows = await cursor.fetchall()
            return found

        return await self._connected(ask)

    async def _tell(self) -> None:
        while self._waiting:
            told, self._waiting = self._waiting, []
            found = None
            try:
                found = await self._connected(self._look)
            finally:
                for one in told:
                    if not one.done():  # who asked may have gone
                        one.set_result(found)

    async def _look(self) -> object:
        wire = self._opened.pgconn
        wire.send_query_params(_MARK.encode(), None)
        wire.flush()
        while wire.is_busy():
            await _readable(wire.socket)
            wire.consume_input()
        snapshot = wire.get_result().get_value(0, 0)
        wire.get_result()  # the last is none, and makes room for the next question
        if snapshot is None:
            raise self._psycopg.OperationalError(_MARK)
        return self._where, snapshot.decode()

    async def _connected(self, ask: Callable[[], Awaitable[Found]]) -> Found | None:
        async with self._turn:
            try:
                async with asyncio.timeout(MILLISECONDS / 1000):
                    if self._opened is None:
                        connect = self._psycopg.AsyncConnection.connect
                        self._opened = await connect(self._address, **self._ways)
                        cursor = await self._opened.execute(_WHERE)
                        self._where = await cursor.fetchone()
                    return await ask()
            except (OSError, TimeoutError, self._psycopg.Error):
                opened, self._opened = self._opened, None
                if opened:
                    await opened.close()
                return None


async def _readable(socket: int) -> None:
    """Wait until something came."""
    loop = asyncio.get_running_loop()
    come = asyncio.Event()
    loop.add_reader(socket, come.set)
    try:
        await come.wait()
    finally:
        loop.remove_reader(socket)
