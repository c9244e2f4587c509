"""What lists say aside in prose about groups, until a person answers, and the answer after it."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from app.db import Base, db
from app.domain.exchange.asides import About, Answer, Aside, Plan, plan_of
from app.domain.meeting import Status
from app.domain.week import Week
from app.records.columns import Instant, Sealed, quoted
from app.records.groups import Group

AT_ONCE = 500


class AsideRecord(Base):
    """One aside of a list about a group; its words are erased when they are removed."""

    __tablename__ = "aside"
    __table_args__ = (
        UniqueConstraint("group_id", "digest"),
        CheckConstraint(f"about IN ({quoted(About)})", name="about"),
        CheckConstraint(f"answer IN ({quoted(Answer)})", name="answer"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id", ondelete="CASCADE"))
    field: Mapped[str] = mapped_column(String(24))
    about: Mapped[str] = mapped_column(String(16))
    words: Mapped[str | None] = mapped_column(Sealed)
    understood: Mapped[dict[str, Any]] = mapped_column(JSON)
    digest: Mapped[str] = mapped_column(String(64))
    """Of field, words and what it is about, so that the same list does not ask again."""
    answer: Mapped[str | None] = mapped_column(String(16))
    made_at: Mapped[datetime] = mapped_column(Instant)

    group: Mapped[Group] = relationship()

    def value(self) -> Aside:
        return Aside.again(self.field, self.words or "", self.about, self.understood)

    def plan(self, today: date, *, as_officer: bool) -> Plan:
        """Return what accepting would do by now; an office never touches the seats of a group."""
        slot = self.group.slot_from(Week.of(today))
        plan = plan_of(self.value(), slot.weekday, today) if slot else Plan()
        return replace(plan, capacity=None) if as_officer else plan


def aside(aside_id: int) -> AsideRecord | None:
    return db.session.get(AsideRecord, aside_id)


def unanswered_of(group_ids: Collection[int]) -> list[AsideRecord]:
    """Return the asides about these groups that wait for a person."""
    query = select(AsideRecord).where(
        AsideRecord.group_id.in_(group_ids), AsideRecord.answer.is_(None)
    )
    return list(db.session.scalars(query.order_by(AsideRecord.id)))


def unanswered_in(fellowship_id: int, most: int) -> list[AsideRecord]:
    """Return the first asides about a fellowship's groups that wait for a person. One query."""
    query = (
        select(AsideRecord)
        .join(Group)
        .options(joinedload(AsideRecord.group))
        .where(
            Group.fellowship_id == fellowship_id,
            Group.status != Status.CLOSED,
            AsideRecord.answer.is_(None),
        )
        .order_by(Group.sorts_as, AsideRecord.id)
    )
    return list(db.session.scalars(query.limit(most)))


def known_asides(group_ids: Iterable[int]) -> dict[int, dict[str, AsideRecord]]:
    """Return all asides about groups by digest. A query for every 500."""
    found: dict[int, dict[str, AsideRecord]] = defaultdict(dict)
    ids = sorted(group_ids)
    for first in range(0, len(ids), AT_ONCE):
        query = select(AsideRecord).where(AsideRecord.group_id.in_(ids[first : first + AT_ONCE]))
        for one in db.session.scalars(query):
            found[one.group_id][one.digest] = one
    return found
