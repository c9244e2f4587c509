"""Writing a letter into the outbox, in the transaction that causes it."""

import secrets
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Insert

from app import clock
from app.actions.parts.derived.kept_rows import UPSERT, table_of
from app.db import db
from app.records.letters import Letter


def write_letter(
    kind: str,
    *,
    to: str,
    language: str,
    values: dict[str, Any] | None = None,
    dedupe_key: str | None = None,
    due_at: datetime | None = None,
    participant_id: int | None = None,
    founding_request_id: int | None = None,
    follower_id: int | None = None,
) -> bool:
    """Put a letter in the outbox; it is worded when sent. The same dedupe key writes but once.

    Returns whether it was written now. One with a `participant_id`, a `founding_request_id` or a
    `follower_id` is erased together with that row. One query.
    """
    now = clock.now()
    row = {
        "kind": kind,
        "language": language,
        "recipient": to,
        "values": values or {},
        "dedupe_key": dedupe_key,
        "message_id": f"{secrets.token_hex(16)}@twaalf.invalid",
        "written_at": now,
        "due_at": due_at or now,
        "participant_id": participant_id,
        "founding_request_id": founding_request_id,
        "follower_id": follower_id,
    }
    connection = db.session.connection()
    return connection.execute(_unless_written(connection.dialect.name), row).rowcount == 1


@cache
def _unless_written(dialect: str) -> Insert:
    """Return what writes a letter whose dedupe key nobody has."""
    letter = UPSERT[dialect](table_of(Letter)).inline()
    once: Insert = letter.on_conflict_do_nothing(index_elements=["dedupe_key"])
    return once.execution_options(preserve_rowcount=True)
