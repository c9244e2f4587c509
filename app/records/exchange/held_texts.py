"""Texts from lists that hold something private: nobody reads them before a person decided."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from app.db import Base, db
from app.domain.exchange.held_texts import Decision
from app.domain.meeting import Status
from app.records.columns import Instant, Sealed, quoted
from app.records.groups import Group

AT_ONCE = 500


class HeldTextRecord(Base):
    """One sentence of a list about a group; its words are erased when they are removed."""

    __tablename__ = "held_text"
    __table_args__ = (
        UniqueConstraint("group_id", "digest"),
        CheckConstraint(f"decision IN ({quoted(Decision)})", name="decision"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id", ondelete="CASCADE"))
    field: Mapped[str] = mapped_column(String(24))
    finding: Mapped[str] = mapped_column(String(16))
    words: Mapped[str | None] = mapped_column(Sealed)
    digest: Mapped[str] = mapped_column(String(64))
    """Of field and words, so that the same list does not ask again."""
    decision: Mapped[str | None] = mapped_column(String(16))
    made_at: Mapped[datetime] = mapped_column(Instant)

    group: Mapped[Group] = relationship()


def held_text(held_id: int) -> HeldTextRecord | None:
    return db.session.get(HeldTextRecord, held_id)


def undecided_of(group_ids: Collection[int]) -> list[HeldTextRecord]:
    """Return the texts of these groups that wait for a person."""
    query = select(HeldTextRecord).where(
        HeldTextRecord.group_id.in_(group_ids), HeldTextRecord.decision.is_(None)
    )
    return list(db.session.scalars(query.order_by(HeldTextRecord.id)))


def undecided_in(fellowship_id: int, most: int) -> list[HeldTextRecord]:
    """Return the first texts of a fellowship's groups that wait for a person. One query."""
    query = (
        select(HeldTextRecord)
        .join(Group)
        .options(joinedload(HeldTextRecord.group))
        .where(
            Group.fellowship_id == fellowship_id,
            Group.status != Status.CLOSED,
            HeldTextRecord.decision.is_(None),
        )
        .order_by(Group.sorts_as, HeldTextRecord.id)
    )
    return list(db.session.scalars(query.limit(most)))


def kept_for_participants(group_id: int) -> list[str]:
    """Return what only who has a seat reads."""
    query = select(HeldTextRecord.words).where(
        HeldTextRecord.group_id == group_id, HeldTextRecord.decision == Decision.PARTICIPANTS
    )
    return [words for words in db.session.scalars(query.order_by(HeldTextRecord.id)) if words]


def known_texts(group_ids: Iterable[int]) -> dict[int, dict[str, HeldTextRecord]]:
    """Return all texts of groups by digest. A query for every 500."""
    found: dict[int, dict[str, HeldTextRecord]] = defaultdict(dict)
    ids = sorted(group_ids)
    for first in range(0, len(ids), AT_ONCE):
        query = select(HeldTextRecord).where(
            HeldTextRecord.group_id.in_(ids[first : first + AT_ONCE])
        )
        for one in db.session.scalars(query):
            found[one.group_id][one.digest] = one
    return found
