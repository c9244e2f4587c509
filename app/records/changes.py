"""Changes: who did what, when, before and after."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, false, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base, db
from app.domain.undoing import UNDONE_WITHIN
from app.domain.week import Week
from app.records.accounts import Account, RoleRecord
from app.records.columns import Instant


class Change(Base):
    """One deed; no contact and no participant stands in it."""

    __tablename__ = "change"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant, index=True)
    account_id: Mapped[int | None] = mapped_column(
        ForeignKey("account.id", ondelete="SET NULL"), index=True
    )
    account_erased: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Done by somebody who erased their account since, not by the installation."""
    deed: Mapped[str] = mapped_column(String(40))
    """The action's name."""
    before: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    after: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    fellowship_id: Mapped[int | None] = mapped_column(
        ForeignKey("fellowship.id", ondelete="CASCADE"), index=True
    )

    account: Mapped[Account | None] = relationship()


class ChangeOfGroup(Base):
    """A change may be about no group, one, or many."""

    __tablename__ = "change_of_group"

    change_id: Mapped[int] = mapped_column(
        ForeignKey("change.id", ondelete="CASCADE"), primary_key=True
    )
    group_id: Mapped[int] = mapped_column(
        ForeignKey("groups.id", ondelete="CASCADE"), primary_key=True, index=True
    )


def has_done(account: Account, deed: str) -> bool:
    """Tell whether the log still has a deed by an account. One query."""
    query = select(Change.id).where(Change.account_id == account.id, Change.deed == deed)
    return db.session.scalar(query.limit(1)) is not None


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


def last_editor_of_fellowship(fellowship_id: int) -> str:
    """Return the chosen name of who last changed what a fellowship says, or nothing. One query."""
    query = (
        select(Account.name)
        .join(Change, Change.account_id == Account.id)
        .where(Change.fellowship_id == fellowship_id, Change.deed == "edit_fellowship")
    )
    return db.session.scalar(query.order_by(Change.id.desc()).limit(1)) or ""


def last_editor_of_week(group_id: int, week: Week) -> str:
    """Return the chosen name of who last changed a week of a group, as far as the log says."""
    for change in changes_of(group_id):
        told = change.before | change.after
        is_written = str(week) == told.get("week") and "version" in told
        if is_written or str(week) in told.get("weeks", ()):
            return change.account.name if change.account else ""
    return last_editor(group_id)


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


def last_change_that(deed: str, group_id: int) -> Change | None:
    """Return the latest change of a group that is such a deed. One query."""
    query = (
        select(Change)
        .join(ChangeOfGroup)
        .where(ChangeOfGroup.group_id == group_id, Change.deed == deed)
        .order_by(Change.id.desc())
    )
    return db.session.scalar(query.limit(1))


def last_day_is_of_office(role: RoleRecord) -> bool:
    """Tell whether the last day of a coordinator is one that the office set, for want of an answer.

    One query when there is a last day, else none.
    """
    if role.until is None or role.group_id is None:
        return False
    change = last_change_that("end_silent_service", role.group_id)
    if change is None or change.after["until"] != role.until.isoformat():
        return False
    return bool(change.before["until"] != change.after["until"])


def change_of_group(change_id: int, group_id: int) -> Change | None:
    """Return a change if it is about a group. One query."""
    query = select(Change).join(ChangeOfGroup).where(ChangeOfGroup.group_id == group_id)
    return db.session.scalar(query.where(Change.id == change_id))


def house_mended(group_id: int, since: datetime) -> Change | None:
    """Return what another group last made of the address of this group's house, or None.

    None also when it was put back, or mended by this group's coordinators since. One query.
    """
    query = (
        select(Change)
        .join(ChangeOfGroup)
        .where(
            ChangeOfGroup.group_id == group_id,
            Change.at > since,
            Change.deed.in_(("edit_house", "edit_place", "put_house_back")),
        )
        .order_by(Change.id.desc())
        .limit(1)
    )
    change = db.session.scalar(query)
    return change if change is not None and change.deed == "edit_house" else None


def changes_to_undo(group_id: int, deeds: Collection[str], now: datetime) -> list[Change]:
    """Return the changes of the last hour that are such deeds, the latest first. One query."""
    query = (
        select(Change)
        .join(ChangeOfGroup)
        .where(
            ChangeOfGroup.group_id == group_id,
            Change.deed.in_(deeds),
            Change.at > now - UNDONE_WITHIN,
        )
        .order_by(Change.id.desc())
    )
    return list(db.session.scalars(query))
