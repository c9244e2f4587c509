"""How SQLite tells it."""

import asyncio
import os
import sqlite3
from threading import Lock

from sqlalchemy import Dialect

from app.committed.telling import Compiled, Decides, Rows, Soon

MAPPED_BYTES = 64 * 1024 * 1024


class OnSqlite:
    """By `PRAGMA data_version` (sqlite.org/pragma.html): it moves with each commit of others.

    This connection never commits, so all are others. In WAL mode no writer makes it wait. A file
    that was put in the place of another one is opened anew; one that is gone is unknown.
    """

    def __init__(self, file: str, dialect: Dialect) -> None:
        self._file = file
        self._compile = Compiled(dialect)
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

    def rows(self, decides: Decides) -> Rows | None:
        words, values = self._compile(decides)
        with self._lock:
            try:
                return self._connection().execute(words, values).fetchall()
            except (OSError, sqlite3.Error):
                self._close()
                return None

    def soon(self) -> Soon:
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

    def __init__(self, committed: OnSqlite) -> None:
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

    async def rows(self, decides: Decides) -> Rows | None:
        return self._committed.rows(decides)

    def _tell_anew(self) -> None:
        self._is_told = False
