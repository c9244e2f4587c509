"""Changes: who did what, when, before and after."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base, db
from app.records.accounts import Account
from app.records.columns import Instant

UNDOABLE = ("change_week", "as_usual")
UNDONE_WITHIN = timedelta(hours=1)


class Change(Base):
    """One deed; no contact and no participant stands in it."""

    __tablename__ = "change"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant, index=True)
    account_id: Mapped[int | None] = mapped_column(
        ForeignKey("account.id", ondelete="SET NULL"), index=True
    )
    deed: Mapped[str] = mapped_column(String(40))
    """The action's name."""
    before: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    after: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    fellowship_id: Mapped[int | None] = mapped_column(
        ForeignKey("fellowship.id", ondelete="CASCADE"), index=True
    )

    account: Mapped[Account | None] = relationship()

    def can_be_undone(self, now: datetime) -> bool:
        """Tell whether it is one of a week, of the last hour."""
        return self.deed in UNDOABLE and self.at > now - UNDONE_WITHIN


class ChangeOfGroup(Base):
    """A change may be about no group, one, or many."""

    __tablename__ = "change_of_group"

    change_id: Mapped[int] = mapped_column(
        ForeignKey("change.id", ondelete="CASCADE"), primary_key=True
    )
    group_id: Mapped[int] = mapped_column(
        ForeignKey("groups.id", ondelete="CASCADE"), primary_key=True, index=True
    )


def last_editor(group_id: int) -> str:
    """Return the chosen name of who last changed a group, or nothing. One query."""
    name = db.session.scalar(
        select(Account.name)
        .join(Change, Change.account_id == Account.id)
        .join(ChangeOfGroup, ChangeOfGroup.change_id == Change.id)
        .where(ChangeOfGroup.group_id == group_id)
        .order_by(Change.id.desc())
        .limit(1)
    )
    return name or ""


def changes_of(group_id: int, *, most: int = 50, before_id: int | None = None) -> list[Change]:
    """Return a group's changes, the latest first. Two queries."""
    query = (
        select(Change)
        .join(ChangeOfGroup)
        .where(ChangeOfGroup.group_id == group_id)
        .order_by(Change.id.desc())
        .limit(most)
    )
    if before_id is not None:
        query = query.where(Change.id < before_id)
    return list(db.session.scalars(query))


def change_of_group(change_id: int, group_id: int) -> Change | None:
    """Return a change if it is about a group. One query."""
    query = select(Change).join(ChangeOfGroup).where(ChangeOfGroup.group_id == group_id)
    return db.session.scalar(query.where(Change.id == change_id))


def last_of_a_week(group_id: int, now: datetime) -> Change | None:
    """Return the latest change of single weeks if it can still be undone. One query."""
    query = (
        select(Change)
        .join(ChangeOfGroup)
        .where(ChangeOfGroup.group_id == group_id, Change.deed.in_([*UNDOABLE, "undo"]))
        .order_by(Change.id.desc())
        .limit(1)
    )
    change = db.session.scalar(query)
    return change if change and change.can_be_undone(now) else None
