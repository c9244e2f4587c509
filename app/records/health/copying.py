"""A copy of the whole database while it is written to, and the way back into an empty one."""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from sqlalchemy import URL, inspect

from app.db import db
from app.records.health.ready import database_file, let_go


class CopyFailed(Exception):
    """The copy, or the way back, did not come to its end; the message says why, and quotes no row."""


def kind_of_database() -> str:
    """Return `sqlite` or `pgdump`: what a copy of this database is."""
    return "sqlite" if db.engine.dialect.name == "sqlite" else "pgdump"


def copy_database(into: Path) -> None:
    """Write all that was committed until now, as of one instant; writers go on meanwhile.

    Raises CopyFailed, also when the copy cannot be read.
    """
    os.close(os.open(into, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    if kind_of_database() == "sqlite":
        with db.engine.connect() as connection:
            raw = connection.connection.dbapi_connection
            assert raw is not None
            raw.cursor().execute("VACUUM INTO ?", (str(into),))
        check_file(into)
    else:
        _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={into}")
        _run("pg_restore", "--list", str(into), connects=False)


def check_file(file: Path) -> None:
    """Read a whole SQLite file. Raises CopyFailed when a page or a reference of it is broken."""
    try:
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as opened:
            whole = opened.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            pointing = not opened.execute("PRAGMA foreign_key_check").fetchone()
    except sqlite3.DatabaseError as error:
        raise CopyFailed(
            f"it is no SQLite database that can be read ({error.sqlite_errorname})"
        ) from None
    if not (whole and pointing):
        raise CopyFailed("a page or a reference in it is broken")


def is_empty() -> bool:
    """Tell whether there is nothing that a restored database would take the place of."""
    file = database_file()
    if file is not None and not file.exists():
        return True
    with db.engine.connect() as connection:
        return not inspect(connection).get_table_names()


def put_back(copy: Path) -> None:
    """Make a copy the database. It must be empty: see is_empty. Raises CopyFailed."""
    file = database_file()
    if file is None:
        _run(
            "pg_restore",
            "--no-owner",
            "--no-privileges",
            "--single-transaction",
            "--exit-on-error",
            str(copy),
        )
        return
    check_file(copy)
    let_go()
    for left in (file, *(file.with_name(file.name + end) for end in ("-wal", "-shm"))):
        left.unlink(missing_ok=True)
    # Beside it first: a rename is whole or not at all.
    beside = file.with_name(f"{file.name}.restored")
    shutil.copyfile(copy, beside)
    beside.chmod(0o600)
    beside.replace(file)


def _run(program: str, *options: str, connects: bool = True) -> None:
    """Run one of PostgreSQL's own programs. The password goes by the environment: others see arguments."""
    url = db.engine.url
    environment = dict(os.environ)
    if url.password:
        environment["PGPASSWORD"] = str(url.password)
    where = [f"--dbname={_address(url)}"] if connects else []
    try:
        done = subprocess.run(  # noqa: S603 - a program by its name, options of ours
            [program, *where, *options],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
    except FileNotFoundError:
        raise CopyFailed(
            f"{program} is not there. Install PostgreSQL's programs (on Debian: postgresql-client), "
            "as new as the server or newer"
        ) from None
    if done.returncode:
        lines = done.stderr.strip().splitlines()
        raise CopyFailed(f"{program} says: {lines[0] if lines else done.returncode}")


def _address(url: URL) -> str:
    return url.set(drivername="postgresql", password=None).render_as_string(hide_password=False)
