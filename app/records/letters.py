"""The outbox: letters are written with their cause, worded when sent."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, and_, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, db
from app.domain.meeting import MEETS
from app.domain.seating import SOON, Hold
from app.records.columns import Instant, Sealed
from app.records.followers import Follower
from app.records.founding_requests import FoundingRequest
from app.records.groups import Group
from app.records.participants import ParticipantRecord

WRITTEN_BEFOREHAND = ("evening_changed", "slot_begins", "someone_asked")
"""Kinds that may be due long after they are written."""

PUSHED = "group_changed"
"""The one kind that goes to a device, and not by mail."""


class Letter(Base):
    """One mail to one person, or message to one device; recipient and values are sealed."""

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
    first_failed_at: Mapped[datetime | None] = mapped_column(Instant)
    """Giving up counts from here: one that nobody tried yet is as good as new."""
    sent_at: Mapped[datetime | None] = mapped_column(Instant)
    given_up_at: Mapped[datetime | None] = mapped_column(Instant)
    """It did not arrive, and is not tried again; with `sent_at` it was sent and came back."""
    participant_id: Mapped[int | None] = mapped_column(
        ForeignKey("participant.id", ondelete="CASCADE"), index=True
    )
    """Whose own letter it is: it is erased with them, sent or not."""
    founding_request_id: Mapped[int | None] = mapped_column(
        ForeignKey("founding_request.id", ondelete="CASCADE"), index=True
    )
    """The same for who asked for a group."""
    follower_id: Mapped[int | None] = mapped_column(
        ForeignKey("follower.id", ondelete="CASCADE"), index=True
    )
    """The same for who follows a group."""


def letters_about(request: FoundingRequest) -> list[Letter]:
    """Return the letters to who asked for a group that are still kept, oldest first. One query."""
    rows = select(Letter).where(Letter.founding_request_id == request.id, Letter.kind != "")
    return list(db.session.scalars(rows.order_by(Letter.id)))


def letters_to(participant: ParticipantRecord) -> list[Letter]:
    """Return the letters to a participant that are still kept, oldest first. One query."""
    rows = select(Letter).where(Letter.participant_id == participant.id, Letter.kind != "")
    return list(db.session.scalars(rows.order_by(Letter.id)))


def letters_to_follower(follower: Follower) -> list[Letter]:
    """Return the letters and messages to who follows a group that are still kept. One query."""
    rows = select(Letter).where(Letter.follower_id == follower.id, Letter.kind != "")
    return list(db.session.scalars(rows.order_by(Letter.id)))


def groups_to_settle(now: datetime) -> list[int]:
    """Return the ids of groups that meet where a held seat is over, or its end is to be told. One query."""
    row = ParticipantRecord
    was_told = select(Letter.id).where(
        Letter.participant_id == row.id,
        Letter.kind == "hold_ends",
        Letter.written_at >= now - SOON,
    )
    is_to_be_told = and_(
        row.held_until <= now + SOON,
        row.hold.in_((Hold.ASKED, Hold.OFFERED)),
        row.contact.is_not(None),
        row.wants_letters,
        ~was_told.exists(),
    )
    due = (
        select(row.group_id)
        .join(Group, Group.id == row.group_id)
        .where(or_(row.held_until <= now, is_to_be_told), Group.status.in_(MEETS))
        .distinct()
    )
    return list(db.session.scalars(due.order_by(row.group_id)))
