"""Who follows a group without a seat, by mail or on a device; no coordinator or office sees them."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, bindparam, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base, db
from app.domain.news.following import Way
from app.records.columns import Instant, Sealed, quoted
from app.records.groups import Group


class Follower(Base):
    """Of a person only where the news goes is kept, and that is sealed."""

    __tablename__ = "follower"
    __table_args__ = (
        CheckConstraint(f"way IN ({quoted(Way)})", name="way"),
        CheckConstraint("(way = 'push') = (device_hash IS NOT NULL)", name="device"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id", ondelete="CASCADE"), index=True)
    way: Mapped[str] = mapped_column(String(8))
    contact: Mapped[str] = mapped_column(Sealed)
    """A mail address, or what a browser gave to reach it by, as JSON."""
    device_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    """Of the group and the browser's own random address: one device follows a group once."""
    key_hash: Mapped[str] = mapped_column(String(64), unique=True)
    """SHA-256 of the key in the address of their own page: by it they are found."""
    key: Mapped[str] = mapped_column(Sealed)
    """The same key sealed, for the letters that lead there."""
    language: Mapped[str] = mapped_column(String(8))
    confirmed_at: Mapped[datetime | None] = mapped_column(Instant)
    """When they said yes; before that nothing is told."""
    used_at: Mapped[datetime] = mapped_column(Instant, index=True)
    """When they last said that they want this; a device also says so by taking a message."""

    group: Mapped[Group] = relationship()


_OF_GROUPS = (
    select(Follower)
    .where(Follower.group_id.in_(bindparam("groups", expanding=True)))
    .order_by(Follower.id)
)


def find_follower(key_hash: str, *, lock: bool = False) -> Follower | None:
    """Return whose page has a key with this hash. One query."""
    query = select(Follower).where(Follower.key_hash == key_hash)
    if lock:
        query = query.with_for_update(of=Follower)
    return db.session.scalar(query, execution_options={"populate_existing": lock})


def find_device(device_hash: str) -> Follower | None:
    """Return the device that follows a group. One query."""
    return db.session.scalar(select(Follower).where(Follower.device_hash == device_hash))


def followers_of(group_ids: Collection[int], way: Way | None = None) -> list[Follower]:
    """Return who follows some groups, whether they said yes or not yet. One query."""
    query = _OF_GROUPS if way is None else _OF_GROUPS.where(Follower.way == way)
    return list(db.session.scalars(query, {"groups": [*group_ids]}))
