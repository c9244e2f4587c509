"""Each database with each schema: as the records describe it, and as the migrations leave it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import sqlalchemy
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import Connection, Engine

from app import create_app
from app.db import db
from tests.conftest import settings

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@contextmanager
def app_on(url: str) -> Iterator[Flask]:
    """Give an app on a database, and let go of every connection afterwards."""
    app = create_app(settings(url))
    try:
        yield app
    finally:
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


def describe(url: str) -> None:
    """Make the tables that the records describe."""
    with app_on(url) as app, app.app_context():
        db.create_all()


def migrate(url: str, revision: str = "head", directory: Path | None = None) -> None:
    """Run the migrations up to a revision."""
    with app_on(url) as app, app.app_context():
        upgrade(**_folder(directory), revision=revision)


def migrate_new(url: str) -> None:
    """Give a new database the tables that all migrations leave; on SQLite copied from the first."""
    if url.startswith("sqlite:///"):
        file = Path(url.removeprefix("sqlite:///"))
        file.touch(0o600)
        file.write_bytes(_migrated_sqlite())
    else:
        migrate(url)


@cache
def _migrated_sqlite() -> bytes:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "migrated.sqlite"
        migrate(f"sqlite:///{file}")
        return file.read_bytes()


def upgrade_by_command(url: str) -> str:
    """Do what an operator does: `flask db upgrade`; return what it says."""
    with app_on(url) as app:
        done = app.test_cli_runner().invoke(args=["db", "upgrade"], catch_exceptions=False)
        assert done.exit_code == 0
        return done.output


def migrate_back(url: str, revision: str = "base", directory: Path | None = None) -> None:
    """Run the migrations down to a revision."""
    with app_on(url) as app, app.app_context():
        downgrade(**_folder(directory), revision=revision)


def _folder(directory: Path | None) -> dict[str, str]:
    return {"directory": str(directory)} if directory else {}


def open_engine(url: str) -> Engine:
    """Return an engine as a stranger would open it, but with foreign keys on."""
    engine = sqlalchemy.create_engine(url)
    if engine.dialect.name == "sqlite":

        @sqlalchemy.event.listens_for(engine, "connect")
        def connected(connection: Any, _record: Any) -> None:
            connection.execute("PRAGMA foreign_keys=ON")

    return engine


_MADE_UP: dict[type, Any] = {
    int: 1,
    str: "x",
    bool: True,
    bytes: b"x",
    float: 1.5,
    date: date(2026, 11, 23),
    time: time(19, 30),
    datetime: NOON,
    dict: {},
}

_FITTING: dict[str, dict[str, Any]] = {
    # What a check of the table asks for; everything else is made up by its type.
    "ended_page": {"ending": "left"},
    "fellowship": {"audience": "everyone", "subject": "other"},
    "groups": {
        "audience": "everyone",
        "subject": "other",
        "status": "active",
        "seating": "walk_in",
        "capacity": 12,
        "zone": "UTC",
    },
    "role": {"kind": "coordinator", "fellowship_id": None, "region_id": None, "reading": "waits"},
    "invitation": {
        "kind": "coordinator",
        "fellowship_id": None,
        "region_id": None,
        "afterwards": "gone",
    },
    "place": {"kind": "building"},
    "slot": {"visibility": "whole", "minutes": 120},
    "deviation": {"visibility": "whole"},
    "event_stamp": {"telling": "named"},
    "closure": {"place_id": None, "fellowship_id": None},
    "participant": {
        "wait_number": None,
        "hold": "asked",
        "claim_hash": None,
        "invited_to": None,
    },
    "follower": {"way": "push"},
    "link": {"kind": "confirm"},
    "founding_request": {"status": "founded"},
    "task": {"kind": "tea"},
    "held_text": {"decision": "shown"},
    "aside": {"about": "monthly", "answer": "kept"},
    "list_run": {"deed": "look", "state": "done", "step": ""},
    "proposal": {"wrong": "other", "state": "accepted", "sender": None, "words": None},
    "sponsorship": {"sponsee_id": 2},
    "contribution": {"exact": 5},
    "month_kept": {"seats_exact": 5, "line_exact": 5},
    "stage": {"status": "active"},
    "work_mark": {"concern": "full"},
    "work_owner": {"concern": "full"},
    "occupancy": {"empty_since": None},
    "coming_meeting": {"ends": 2},
}


def reflect(connection: Connection) -> dict[str, sqlalchemy.Table]:
    """Return the tables as they are in the database, in an order in which rows can be written."""
    metadata = sqlalchemy.MetaData()
    metadata.reflect(connection)
    return {table.name: table for table in metadata.sorted_tables}


def fill(connection: Connection) -> dict[str, int]:
    """Write one row into every table, all pointing at each other; return how many each has."""
    tables = reflect(connection)
    for name, table in tables.items():
        if name == "alembic_version":
            continue
        row = {column.name: _made_up(column) for column in table.columns}
        fitting = {key: value for key, value in _FITTING.get(name, {}).items() if key in row}
        connection.execute(table.insert().values(row | fitting))
        if name == "participant" and "sponsorship" in tables:
            nameless = {"id": 2, "group_id": 1, "seat": 2, "joined_on": row["joined_on"]}
            connection.execute(table.insert().values(nameless))
    return count(connection)


def _made_up(column: sqlalchemy.Column) -> Any:
    if isinstance(column.type, sqlalchemy.JSON):
        return {}
    if isinstance(column.type, sqlalchemy.Uuid | sqlalchemy.CHAR):
        return "0" * 31 + "1"
    return _MADE_UP[column.type.python_type]


def count(connection: Connection) -> dict[str, int]:
    """Return how many rows each table has."""
    return {
        name: connection.scalar(sqlalchemy.select(sqlalchemy.func.count()).select_from(table))
        for name, table in reflect(connection).items()
    }
