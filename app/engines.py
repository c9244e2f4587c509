"""How a connection is set up when an engine opens it."""

import json
import os
import sqlite3
from collections.abc import Mapping
from pathlib import Path
from time import monotonic, sleep
from typing import Any
from urllib.parse import quote

import msgspec
from flask import has_request_context
from sqlalchemy import Engine, event

BEGIN_TO_WRITE = "BEGIN IMMEDIATE"
LOOKS_AGAIN = 0.003
"""Seconds, while another process writes."""


def read_json(text: str | bytes) -> Any:
    """Return what a column of JSON holds: a page of groups has thousands, and most are empty.

    What only Python's own reader takes (half a surrogate, NaN) is left to it.
    """
    try:
        return msgspec.json.decode(text)
    except msgspec.MsgspecError:
        return json.loads(text)


def _lower(text: str | None) -> str | None:
    return text.lower() if text is not None else None


def settings_in_each_transaction(engine: Engine, settings: Mapping[str, str]) -> None:
    """Set what holds for each transaction of PostgreSQL, wherever a pooler sends it."""
    words = "; ".join(f"SET LOCAL {name} = '{value}'" for name, value in settings.items())

    @event.listens_for(engine, "begin")
    def begun(connection: Any) -> None:
        connection.exec_driver_sql(words)


def set_up_sqlite(engine: Engine, busy_milliseconds: int) -> None:
    """Let SQLite keep what it was told to keep, and its transactions begin as `writing` asks."""

    @event.listens_for(engine, "do_connect")
    def connecting(_dialect: Any, _record: Any, args: list[Any], named: dict[str, Any]) -> None:
        """Open the file that is there; a new one is its owner's alone, and never made by a request."""
        if not args or args[0] in ("", ":memory:") or str(args[0]).startswith("file:"):
            return
        if not has_request_context() and not Path(args[0]).exists():
            os.close(os.open(args[0], os.O_CREAT | os.O_RDWR, 0o600))
        args[0] = f"file:{quote(str(args[0]))}?mode=rw"
        named["uri"] = True

    @event.listens_for(engine, "connect")
    def connected(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # pysqlite keeps its hands off transactions
        # SQLite's own folds ASCII alone; PostgreSQL and Python know that "É" is "é".
        connection.create_function("lower", 1, _lower, deterministic=True)
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute(f"PRAGMA busy_timeout={busy_milliseconds}")
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute("PRAGMA secure_delete=ON")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begun(connection: Any) -> None:
        mode = connection.get_execution_options().get("sqlite_begin", "DEFERRED")
        connection.exec_driver_sql(f"BEGIN {mode}")

    @event.listens_for(engine, "do_execute")
    def executing(cursor: Any, statement: str, _values: Any, _context: Any) -> bool:
        if statement != BEGIN_TO_WRITE:
            return False
        _begin_to_write(cursor)
        return True


def _begin_to_write(cursor: sqlite3.Cursor) -> None:
    """Take the writer's lock; wait for another process that has it as long as the connection may.

    SQLite's own wait looks again each tenth of a second in the end, and beside a process that
    writes slice after slice it misses the short pauses between them for seconds.
    """
    (milliseconds,) = cursor.execute("PRAGMA busy_timeout").fetchone()
    ends = monotonic() + milliseconds / 1000
    cursor.execute("PRAGMA busy_timeout=0")
    try:
        while True:
            try:
                cursor.execute(BEGIN_TO_WRITE)
            except sqlite3.OperationalError as error:
                is_busy = error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
                if not is_busy or monotonic() >= ends:
                    raise
            else:
                return
            sleep(LOOKS_AGAIN)
    finally:
        cursor.execute(f"PRAGMA busy_timeout={milliseconds}")
