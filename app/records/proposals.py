"""Proposals: what visitors say is wrong with a listing, until it is answered."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Select,
    String,
    UniqueConstraint,
    exists,
    or_,
    select,
)
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from app.db import Base, db
from app.domain.proposal import OFFICER_AFTER, State, Wrong
from app.domain.roles import Role
from app.domain.zones import day_at_home
from app.records.accounts import RoleRecord
from app.records.columns import Instant, Sealed, quoted
from app.records.groups import Group


class Proposal(Base):
    """One visitor's word about one group; what they wrote and who they are goes with the answer."""

    __tablename__ = "proposal"
    __table_args__ = (
        CheckConstraint(f"wrong IN ({quoted(Wrong)})", name="wrong"),
        CheckConstraint(f"state IN ({quoted(State)})", name="state"),
        CheckConstraint("(state = 'open') = (answered_at IS NULL)", name="answered"),
        CheckConstraint("state = 'open' OR sender IS NULL", name="sender_is_forgotten"),
        CheckConstraint("state = 'open' OR words IS NULL", name="words_are_forgotten"),
        UniqueConstraint("group_id", "digest"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id", ondelete="CASCADE"))
    wrong: Mapped[str] = mapped_column(String(12))
    instead: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    """What it should be, by the names of domain/proposal.INSTEAD; empty: words only."""
    words: Mapped[str | None] = mapped_column(Sealed)
    sender: Mapped[str | None] = mapped_column(Sealed)
    """Who wants to know how it went; gone as soon as that letter is written."""
    language: Mapped[str] = mapped_column(String(8))
    digest: Mapped[str] = mapped_column(String(64))
    """The same said twice of one group is one proposal."""
    state: Mapped[str] = mapped_column(String(8), default=State.OPEN)
    sent_at: Mapped[datetime] = mapped_column(Instant)
    officers_told_at: Mapped[datetime | None] = mapped_column(Instant)
    answered_at: Mapped[datetime | None] = mapped_column(Instant)

    group: Mapped[Group] = relationship()


def open_proposals(group_id: int) -> list[Proposal]:
    """Return what a group has to answer, the oldest first. One query."""
    query = select(Proposal).where(Proposal.group_id == group_id, Proposal.state == State.OPEN)
    return list(db.session.scalars(query.order_by(Proposal.id)))


def proposals_for_office(fellowship_id: int, now: datetime) -> list[Proposal]:
    """Return what officers may answer, with the groups, the oldest first: what coordinators left
    for a week, and what is of a group without any. One query."""
    query = (
        _for_office(now)
        .join(Group, Proposal.group_id == Group.id)
        .where(Group.fellowship_id == fellowship_id)
        .options(joinedload(Proposal.group))
    )
    return list(db.session.scalars(query))


def proposals_untold(now: datetime) -> list[Proposal]:
    """Return what officers are to be told of and were not yet. One query."""
    query = _for_office(now).where(Proposal.officers_told_at.is_(None))
    return list(db.session.scalars(query.options(joinedload(Proposal.group))))


def _for_office(now: datetime) -> Select[Proposal]:
    coordinated = exists().where(
        RoleRecord.group_id == Proposal.group_id,
        RoleRecord.kind == Role.COORDINATOR,
        or_(RoleRecord.until.is_(None), RoleRecord.until >= day_at_home(now)),
    )
    return (
        select(Proposal)
        .where(Proposal.state == State.OPEN)
        .where(or_(Proposal.sent_at <= now - OFFICER_AFTER, ~coordinated))
        .order_by(Proposal.id)
    )
