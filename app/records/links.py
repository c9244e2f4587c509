"""Links in letters to coordinators that do one thing, once, without a log-in."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base, db
from app.domain.week import Week
from app.records.accounts import Account, RoleRecord
from app.records.columns import Instant, WeekNumber
from app.records.groups import Group


class Link(Base):
    """Confirm some listings, or count the heads of one week; the key is kept as a hash alone."""

    __tablename__ = "link"
    __table_args__ = (CheckConstraint("kind IN ('confirm', 'count')", name="kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key_hash: Mapped[str] = mapped_column(String(64), unique=True)
    kind: Mapped[str] = mapped_column(String(12))
    account_id: Mapped[int] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    """Whose letter it is in: it does nothing for a group that this person left."""
    week: Mapped[Week | None] = mapped_column(WeekNumber)
    created_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant)
    used_at: Mapped[datetime | None] = mapped_column(Instant)

    account: Mapped[Account] = relationship()
    groups: Mapped[list[Group]] = relationship(secondary="link_to_group", order_by=Group.name)

    def is_open(self, now: datetime) -> bool:
        """Tell whether it can still be used at an aware instant."""
        return self.used_at is None and now < self.expires_at


class LinkToGroup(Base):
    __tablename__ = "link_to_group"

    link_id: Mapped[int] = mapped_column(
        ForeignKey("link.id", ondelete="CASCADE"), primary_key=True
    )
    group_id: Mapped[int] = mapped_column(
        ForeignKey("groups.id", ondelete="CASCADE"), primary_key=True, index=True
    )


def find_link(key_hash: str, *, lock: bool = False) -> Link | None:
    query = select(Link).where(Link.key_hash == key_hash)
    return db.session.scalar(query.with_for_update(of=Link) if lock else query)


def open_link(key_hash: str, kind: str, now: datetime) -> Link | None:
    """Return a link of a kind that can be used at an aware instant, for a group that is left."""
    link = find_link(key_hash)
    if link is None or link.kind != kind or not link.is_open(now) or not groups_still_theirs(link):
        return None
    return link


def groups_still_theirs(link: Link) -> list[Group]:
    """Return the groups of a link that its owner still coordinates, by name. One query."""
    query = (
        select(Group)
        .join(LinkToGroup, LinkToGroup.group_id == Group.id)
        .join(RoleRecord, RoleRecord.group_id == Group.id)
        .join(Account, RoleRecord.account_id == Account.id)
        .where(
            LinkToGroup.link_id == link.id,
            RoleRecord.account_id == link.account_id,
            Account.active,
        )
        .order_by(Group.name)
    )
    return list(db.session.scalars(query))
