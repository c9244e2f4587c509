"""What officers ticked off or put aside on the work list of their fellowship."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String, select
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, db
from app.domain.roles import Role
from app.domain.work import MOST_OF_FACT, Concern
from app.records.accounts import Account, RoleRecord
from app.records.columns import quoted
from app.records.groups import Group


class WorkMark(Base):
    """A point that is not shown while its fact stays the same; `until` is when it is again."""

    __tablename__ = "work_mark"
    __table_args__ = (
        CheckConstraint(f"concern IN ({quoted(Concern)})", name="concern"),
        CheckConstraint("fact <> ''", name="fact"),
    )

    group_id: Mapped[int] = mapped_column(
        ForeignKey("groups.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    concern: Mapped[str] = mapped_column(String(16), primary_key=True)
    fact: Mapped[str] = mapped_column(String(MOST_OF_FACT))
    until: Mapped[date | None]
    """The first day on which it is shown again; None for as long as the fact is the same."""
    marked_on: Mapped[date]
    account_id: Mapped[int | None] = mapped_column(
        ForeignKey("account.id", ondelete="SET NULL"), index=True
    )


class WorkOwner(Base):
    """Which officer looks after a point, whatever its fact is today."""

    __tablename__ = "work_owner"
    __table_args__ = (CheckConstraint(f"concern IN ({quoted(Concern)})", name="concern"),)

    group_id: Mapped[int] = mapped_column(
        ForeignKey("groups.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    concern: Mapped[str] = mapped_column(String(16), primary_key=True)
    account_id: Mapped[int] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), index=True
    )


def owners_of(fellowship_id: int) -> dict[tuple[int, str], tuple[int, str]]:
    """Return who looks after each point, as an account and its name; only who is officer still.

    By group and concern. One query.
    """
    rows = db.session.execute(
        select(WorkOwner.group_id, WorkOwner.concern, Account.id, Account.name)
        .join(Group, Group.id == WorkOwner.group_id)
        .join(Account, Account.id == WorkOwner.account_id)
        .join(RoleRecord, RoleRecord.account_id == Account.id)
        .where(
            Group.fellowship_id == fellowship_id,
            RoleRecord.fellowship_id == fellowship_id,
            RoleRecord.kind == Role.OFFICER,
        )
    )
    return {(group_id, concern): (id, name) for group_id, concern, id, name in rows}


def marks_of(fellowship_id: int) -> dict[tuple[int, str], tuple[str, date | None]]:
    """Return fact and `until` of each mark, by group and concern. One query."""
    rows = db.session.execute(
        select(WorkMark.group_id, WorkMark.concern, WorkMark.fact, WorkMark.until)
        .join(Group, Group.id == WorkMark.group_id)
        .where(Group.fellowship_id == fellowship_id)
    )
    return {(group_id, concern): (fact, until) for group_id, concern, fact, until in rows}
