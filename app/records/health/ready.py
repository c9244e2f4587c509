"""What keeps this installation from working, as far as reading can tell."""

import shutil
from collections.abc import Iterator
from pathlib import Path

from cryptography.fernet import InvalidToken
from sqlalchemy import Column, select, text
from sqlalchemy.exc import SQLAlchemyError

from app.db import Base, db
from app.domain.upkeep.fault import Fault
from app.records.columns import Sealed
from app.records.health.faults import fault_of
from app.records.health.schema import schema_is_current

LEAST_FREE_BYTES = 8 * 1024 * 1024
"""Room for SQLite's write-ahead log to grow once, and to be copied into the file."""


def what_is_wrong() -> list[Fault]:
    """Return the faults that are seen without writing anything; the first one hides those after."""
    file = database_file()
    if file is not None and not file.exists():
        return [Fault.DATABASE_MISSING]
    full = [Fault.DISK_FULL] if file is not None and free_bytes(file) < LEAST_FREE_BYTES else []
    try:
        db.session.scalar(text("SELECT 1"))
        if not schema_is_current():
            return [*full, Fault.NOT_MIGRATED]
        return [*full, *([] if keys_open_what_is_sealed() else [Fault.WRONG_SEALING_KEY])]
    except SQLAlchemyError as error:
        db.session.rollback()
        return [*full, fault_of(error) or Fault.DATABASE_GONE]


def database_file() -> Path | None:
    """Return SQLite's file, or None when the database is another one or in memory alone."""
    url = db.engine.url
    if url.get_backend_name() != "sqlite" or url.database in (None, "", ":memory:"):
        return None
    return Path(str(url.database))


def free_bytes(file: Path) -> int:
    return shutil.disk_usage(file.parent).free


def keys_open_what_is_sealed() -> bool:
    """Try the oldest and the newest of each kind of sealed value: two rows of a table, by its key.

    The oldest, for a key that was taken out before everything was sealed anew.
    """
    try:
        for column in sealed_columns():
            keys = column.table.primary_key.columns
            some = select(column).where(column.is_not(None)).limit(1)
            db.session.execute(some.order_by(*keys)).all()
            db.session.execute(some.order_by(*(key.desc() for key in keys))).all()
    except InvalidToken:
        return False
    return True


def sealed_columns() -> Iterator[Column[object]]:
    for table in Base.metadata.sorted_tables:
        yield from (column for column in table.columns if isinstance(column.type, Sealed))


def let_go() -> None:
    """Close every connection of this process; a worker that is forked from it opens its own."""
    db.session.remove()
    db.engine.dispose()
