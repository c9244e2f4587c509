"""How PostgreSQL tells it."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import closing
from threading import Lock
from typing import Any, TypeVar

from sqlalchemy import URL, Dialect

from app.committed.impatient import impatient
from app.committed.telling import Compiled, Decides, Rows, Soon

Found = TypeVar("Found")
MILLISECONDS = 250
"""So long one of these questions may take; who asks takes the slow way then."""
SECONDS_IF_IT_HANGS = 1
"""So long a thread waits for a server that does not even say that."""
_POOLED: dict[str, Any] = {"autocommit": True, "connect_timeout": 1, "prepare_threshold": None}
_QUICKLY: dict[str, Any] = {
    "autocommit": True,
    "connect_timeout": 1,
    "options": f"-c statement_timeout={MILLISECONDS}",
}

_WHERE = """
SELECT pg_postmaster_start_time()::text, oid FROM pg_database WHERE datname = current_database()
"""
"""Tells one database from another that was put in its place, and from itself before a restart."""
_SNAPSHOT = "SELECT pg_current_snapshot()::text"
_REPLAYED = "SELECT CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn()::text END"
"""A snapshot there leaves out who is still writing, and can be the same after a commit."""
_SNAPSHOT_POOLED = """
SELECT pg_current_snapshot()::text || ' ' || pg_postmaster_start_time()::text || ' ' || oid
FROM pg_database WHERE datname = current_database()
"""
_REPLAYED_POOLED = """
SELECT pg_last_wal_replay_lsn()::text || ' ' || pg_postmaster_start_time()::text || ' ' || oid
FROM pg_database WHERE datname = current_database() AND pg_is_in_recovery()
"""
"""Behind a pooler each may be answered by another connection, and says itself where that was."""


def mark_of(*, pooled: bool, replica: bool) -> str:
    """Return the question whose answers differ as soon as anything was committed."""
    if pooled:
        return _REPLAYED_POOLED if replica else _SNAPSHOT_POOLED
    return _REPLAYED if replica else _SNAPSHOT


class OnPostgres:
    """By the snapshot (postgresql.org/docs, `pg_current_snapshot`): equal ones see the same rows.

    On a replica by how much it has replayed.
    """

    def __init__(self, url: URL, dialect: Dialect, mark: str, *, pooled: bool) -> None:
        self._psycopg: Any = dialect.dbapi
        self._connect = impatient(self._psycopg, SECONDS_IF_IT_HANGS).connect
        self._mark = mark
        self._ways = _POOLED if pooled else _QUICKLY
        self._address = url.set(drivername="postgresql").render_as_string(hide_password=False)
        self._compile = Compiled(dialect)
        self._lock = Lock()
        self._opened: Any = None
        self._where: tuple[Any, ...] = ()

    def __del__(self) -> None:
        self._close()

    def mark(self) -> object | None:
        found = self._ask(self._mark, None)
        return (self._where, found[0][0]) if found and found[0][0] else None

    def rows(self, decides: Decides) -> Rows | None:
        return self._ask(*self._compile(decides))

    def soon(self) -> Soon:
        return _SoonOnPostgres(self._psycopg, self._address, self._mark, self._ways, self._compile)

    def _ask(self, words: str, values: Any) -> Rows | None:
        with self._lock:
            try:
                if self._opened is None:
                    self._opened = self._connect(self._address, **self._ways)
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
        self, psycopg: Any, address: str, mark: str, ways: dict[str, Any], compiled: Compiled
    ) -> None:
        self._psycopg, self._address, self._mark, self._ways = psycopg, address, mark, ways
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

    async def rows(self, decides: Decides) -> Rows | None:
        words, values = self._compile(decides)

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
        wire.send_query_params(self._mark.encode(), None)
        wire.flush()
        while wire.is_busy():
            await _readable(wire.socket)
            wire.consume_input()
        snapshot = wire.get_result().get_value(0, 0)
        wire.get_result()  # the last is none, and makes room for the next question
        if snapshot is None:
            raise self._psycopg.OperationalError(self._mark)
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
