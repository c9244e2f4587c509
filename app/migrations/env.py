"""Runs migrations: all of one upgrade in one transaction, on SQLite without deleting by cascade.

Batch mode rebuilds a table by dropping it; with foreign keys on, that deletes every row that
points at it. So they are off before BEGIN, and all of them are checked before COMMIT.
"""

from typing import Any, Literal

from alembic import context
from flask import current_app

config = context.config
database = current_app.extensions["migrate"].db


def render_item(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """Write our own column types as what they are in the database: a migration stands alone."""
    if kind == "type" and type(item).__module__ == "app.records.columns":
        return f"sa.{item.impl_instance!r}"
    return False


def run() -> None:
    with database.engine.connect() as opened:
        connection = opened
        sqlite = connection.dialect.name == "sqlite"
        if sqlite:
            raw = connection.connection.dbapi_connection
            raw.execute("PRAGMA foreign_keys=OFF")
            connection = connection.execution_options(sqlite_begin="IMMEDIATE")
        try:
            context.configure(
                connection=connection,
                target_metadata=database.metadata,
                render_item=render_item,
                transaction_per_migration=False,
                # SQLite can; Alembic would commit after each step, before the check below.
                transactional_ddl=True,
                **current_app.extensions["migrate"].configure_args,
            )
            with context.begin_transaction():
                context.run_migrations()
                if sqlite and (
                    broken := connection.exec_driver_sql("PRAGMA foreign_key_check").all()
                ):
                    raise RuntimeError(f"rows would point at nothing: {broken[:5]}")
        finally:
            if sqlite:
                raw.execute("PRAGMA foreign_keys=ON")


run()
