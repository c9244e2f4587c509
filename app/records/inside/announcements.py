"""Words to the circle: sealed, and gone after a while."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, func, select
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, db
from app.domain.retention import ANNOUNCEMENT
from app.records.columns import Instant, Sealed


class Announcement(Base):
    """What coordinators told everyone with a seat; not who of them read it."""

    __tablename__ = "announcement"
    __table_args__ = (Index("ix_announcement_group_id_said_at", "group_id", "said_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id", ondelete="CASCADE"))
    said_at: Mapped[datetime] = mapped_column(Instant, index=True)
    words: Mapped[str] = mapped_column(Sealed)
    for_line: Mapped[bool]
    """Also for who waits for a seat."""


def announcements_of(group_id: int, now: datetime, *, for_line: bool = False) -> list[Announcement]:
    """Return what was said and is kept, the latest first; `for_line` only what is for who waits.

    One query.
    """
    query = select(Announcement).where(
        Announcement.group_id == group_id, Announcement.said_at > now - ANNOUNCEMENT
    )
    if for_line:
        query = query.where(Announcement.for_line)
    return list(db.session.scalars(query.order_by(Announcement.id.desc())))


def number_said_since(group_id: int, since: datetime) -> int:
    """Return how many were said after an instant. One query."""
    query = (
        select(func.count())
        .select_from(Announcement)
        .where(Announcement.group_id == group_id, Announcement.said_at > since)
    )
    return db.session.scalar(query) or 0
