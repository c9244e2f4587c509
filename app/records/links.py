"""Links in letters to coordinators that do one thing, once, without a log-in."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Mapped, mapped_column, relationship

from app.db import Base, db
from app.domain.keys import hash_of
from app.domain.week import Week
from app.records.accounts import Account, RoleRecord
from app.records.columns import Instant, WeekNumber
from app.records.contacts import ContactRecord
from app.records.followers import Follower
from app.records.founding_requests import FoundingRequest
from app.records.groups import Group
from app.records.invitations import Invitation
from app.records.participants import ParticipantRecord


class Link(Base):
    """Confirm some listings, count the heads of one week, or say whether a group meets on a holiday;
    the key is kept as a hash alone."""

    __tablename__ = "link"
    __table_args__ = (CheckConstraint("kind IN ('confirm', 'count', 'holiday')", name="kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key_hash: Mapped[str] = mapped_column(String(64), unique=True)
    kind: Mapped[str] = mapped_column(String(12))
    account_id: Mapped[int] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    """Whose letter it is in: it does nothing for a group that this person left."""
    week: Mapped[Week | None] = mapped_column(WeekNumber)
    holiday: Mapped[str | None] = mapped_column(String(48))
    """Key of the holiday that is asked about."""
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


HASHED: tuple[InstrumentedAttribute[Any], ...] = (
    ParticipantRecord.key_hash,
    ParticipantRecord.claim_hash,
    ParticipantRecord.feed_hash,
    ParticipantRecord.discreet_hash,
    ContactRecord.key_hash,
    FoundingRequest.key_hash,
    Follower.key_hash,
    Invitation.key_hash,
    Link.key_hash,
)
"""Every column that knows a key in an address by its hash."""


def find_link(key_hash: str, *, lock: bool = False) -> Link | None:
    query = select(Link).where(Link.key_hash == key_hash)
    return db.session.scalar(query.with_for_update(of=Link) if lock else query)


def open_link(key_hash: str, kind: str, now: datetime) -> Link | None:
    """Return a link of a kind that can be used at an aware instant, for a group that is left."""
    link = find_link(key_hash)
    if (
        link is None
        or link.kind != kind
        or not link.is_open(now)
        or not groups_still_theirs(link, now)
    ):
        return None
    return link


def groups_still_theirs(link: Link, now: datetime) -> list[Group]:
    """Return the groups of a link that its owner still coordinates, by name. One query.

    Whose last day as a stand-in has been does not.
    """
    query = (
        select(Group, RoleRecord)
        .join(LinkToGroup, LinkToGroup.group_id == Group.id)
        .join(RoleRecord, RoleRecord.group_id == Group.id)
        .join(Account, RoleRecord.account_id == Account.id)
        .where(
            LinkToGroup.link_id == link.id,
            RoleRecord.account_id == link.account_id,
            Account.active,
        )
        .order_by(Group.sorts_as)
    )
    return [group for group, role in db.session.execute(query) if not role.is_over(now)]


def known_among(keys: Sequence[str]) -> str | None:
    """Return the first of some keys that leads somewhere, or None. At most ten queries."""
    if not keys:
        return None
    by_hash = {hash_of(key): key for key in keys}
    for column in HASHED:
        found = db.session.scalar(select(column).where(column.in_(by_hash)).limit(1))
        if found is not None:
            return by_hash[found]
    plain = or_(Group.feed_key.in_(keys), Group.discreet_key.in_(keys))
    row = db.session.execute(select(Group.feed_key, Group.discreet_key).where(plain)).first()
    return next((key for key in keys if row and key in row), None)
