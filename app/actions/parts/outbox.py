"""Writing a letter into the outbox, in the transaction that causes it."""

import secrets
from datetime import datetime
from typing import Any

from sqlalchemy import select

from app import clock
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
    is_new: bool = False,
) -> bool:
    """Put a letter in the outbox; it is worded when sent. The same dedupe key writes but once.

    Returns whether it was written now. One with a `participant_id`, a `founding_request_id` or a
    `follower_id` is erased together with that row. `is_new` is for who looked already, under the
    lock, whether there is one with its key.
    """
    if dedupe_key is not None and not is_new:
        known = select(Letter.id).where(Letter.dedupe_key == dedupe_key)
        if db.session.scalar(known) is not None:
            return False
    now = clock.now()
    db.session.add(
        Letter(
            kind=kind,
            language=language,
            recipient=to,
            values=values or {},
            dedupe_key=dedupe_key,
            message_id=f"{secrets.token_hex(16)}@twaalf.invalid",
            written_at=now,
            due_at=due_at or now,
            participant_id=participant_id,
            founding_request_id=founding_request_id,
            follower_id=follower_id,
        )
    )
    return True
