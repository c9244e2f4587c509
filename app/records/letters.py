"""The outbox: letters are written with their cause, worded when sent."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, select
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, db
from app.records.columns import Instant, Sealed
from app.records.founding_requests import FoundingRequest
from app.records.participants import ParticipantRecord


class Letter(Base):
    """One mail to one person; recipient and values are sealed."""

    __tablename__ = "letter"
    __table_args__ = (Index("ix_letter_sent_at_due_at", "sent_at", "due_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    language: Mapped[str] = mapped_column(String(8))
    recipient: Mapped[str] = mapped_column(Sealed)
    values: Mapped[dict[str, Any]] = mapped_column(Sealed)
    dedupe_key: Mapped[str | None] = mapped_column(String(96), unique=True)
    message_id: Mapped[str] = mapped_column(String(120), unique=True)
    """Fixed, so that a letter sent twice after a crash is folded into one (faults.md F6)."""
    written_at: Mapped[datetime] = mapped_column(Instant)
    due_at: Mapped[datetime] = mapped_column(Instant)
    """Not before this; moved on while it is being sent, and after each failure."""
    tries: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None] = mapped_column(Instant)
    given_up_at: Mapped[datetime | None] = mapped_column(Instant)
    participant_id: Mapped[int | None] = mapped_column(
        ForeignKey("participant.id", ondelete="CASCADE"), index=True
    )
    """Whose own letter it is: it is erased with them, sent or not."""
    founding_request_id: Mapped[int | None] = mapped_column(
        ForeignKey("founding_request.id", ondelete="CASCADE"), index=True
    )
    """The same for who asked for a group."""


def letters_about(request: FoundingRequest) -> list[Letter]:
    """Return the letters to who asked for a group that are still kept, oldest first. One query."""
    rows = select(Letter).where(Letter.founding_request_id == request.id, Letter.kind != "")
    return list(db.session.scalars(rows.order_by(Letter.id)))


def letters_to(participant: ParticipantRecord) -> list[Letter]:
    """Return the letters to a participant that are still kept, oldest first. One query."""
    rows = select(Letter).where(Letter.participant_id == participant.id, Letter.kind != "")
    return list(db.session.scalars(rows.order_by(Letter.id)))
