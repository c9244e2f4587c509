"""Invitations: how every account begins, and which can still be accepted."""

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, false, select
from sqlalchemy.orm import Mapped, aliased, joinedload, mapped_column, relationship

from app.db import Base, db
from app.records.accounts import ROLE_SUBJECT, Account
from app.records.columns import Instant, Sealed
from app.records.fellowships import Fellowship
from app.records.groups import Group
from app.records.regions import Region


class Invitation(Base):
    """How every account begins: one role, one mail address, once, for 72 hours."""

    __tablename__ = "invitation"
    __table_args__ = (
        CheckConstraint(ROLE_SUBJECT, name="subject"),
        CheckConstraint("afterwards IN ('gone', 'contact', 'coordinates')", name="afterwards"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key_hash: Mapped[str] = mapped_column(String(64), unique=True)
    email: Mapped[str] = mapped_column(Sealed)
    kind: Mapped[str] = mapped_column(String(16))
    group_id: Mapped[int | None] = mapped_column(
        ForeignKey("groups.id", ondelete="CASCADE"), index=True
    )
    fellowship_id: Mapped[int | None] = mapped_column(
        ForeignKey("fellowship.id", ondelete="CASCADE"), index=True
    )
    region_id: Mapped[int | None] = mapped_column(
        ForeignKey("region.id", ondelete="CASCADE"), index=True
    )
    invited_by: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    of_office: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Into a group by somebody who does not read its circle: who accepts waits for its yes."""
    stands_in_until: Mapped[date | None]
    """The last day of who stands in; None: coordinates for good."""
    afterwards: Mapped[str | None] = mapped_column(String(12))
    """What the inviter does once it is accepted, if this hands over to who accepts."""
    created_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant)
    accepted_at: Mapped[datetime | None] = mapped_column(Instant)
    revoked_at: Mapped[datetime | None] = mapped_column(Instant)
    mail_refused_at: Mapped[datetime | None] = mapped_column(Instant)
    """When its letter was refused: whoever it is for has no link."""

    group: Mapped[Group | None] = relationship()
    fellowship: Mapped[Fellowship | None] = relationship()
    region: Mapped[Region | None] = relationship()
    inviter: Mapped[Account | None] = relationship()

    @property
    def shown_address(self) -> str:
        """The address as far as others may see it: not of who asked for the group themselves."""
        return self.email if self.invited_by else ""

    def is_open(self, now: datetime) -> bool:
        """Tell whether it can still be accepted at an aware instant."""
        return self.accepted_at is None and self.revoked_at is None and now < self.expires_at


def find_invitation(key_hash: str, *, lock: bool = False) -> Invitation | None:
    query = select(Invitation).where(Invitation.key_hash == key_hash)
    if not lock:
        return db.session.scalar(query)
    query = query.with_for_update(of=Invitation)
    return db.session.scalar(query, execution_options={"populate_existing": True})


def invitations_pending(
    now: datetime,
    *,
    group_id: int | None = None,
    fellowship_id: int | None = None,
    region_id: int | None = None,
) -> list[Invitation]:
    """Return the invitations to a group, or to be officer of a fellowship or a region, that can
    still be accepted, the latest first. One query."""
    query = (
        select(Invitation)
        .where(
            Invitation.group_id == group_id,
            Invitation.fellowship_id == fellowship_id,
            Invitation.region_id == region_id,
            Invitation.accepted_at.is_(None),
            Invitation.revoked_at.is_(None),
            Invitation.expires_at > now,
        )
        .order_by(Invitation.id.desc())
    )
    return list(db.session.scalars(query))


def invitations_refused(fellowship_ids: Collection[int]) -> list[Invitation]:
    """Return the invitations to groups of these fellowships that did not arrive, the latest first.

    Not those that were used or taken back, or that another one followed. One query.
    """
    later = aliased(Invitation)
    followed = select(later.id).where(later.group_id == Invitation.group_id)
    query = (
        select(Invitation)
        .join(Group, Group.id == Invitation.group_id)
        .where(
            Group.fellowship_id.in_(fellowship_ids),
            Invitation.mail_refused_at.is_not(None),
            Invitation.accepted_at.is_(None),
            Invitation.revoked_at.is_(None),
            ~followed.where(later.id > Invitation.id).exists(),
        )
        .options(joinedload(Invitation.group))
        .order_by(Invitation.id.desc())
    )
    return list(db.session.scalars(query))


def lapsed_invitation(now: datetime, *, group_id: int, address: str) -> Invitation | None:
    """Return the last invitation of an address to a group, if it ran out: not accepted or revoked.

    One query; the addresses are sealed, so each is opened and compared.
    """
    query = select(Invitation).where(Invitation.group_id == group_id)
    theirs = [
        one
        for one in db.session.scalars(query.order_by(Invitation.id.desc()))
        if one.email == address
    ]
    if not theirs or theirs[0].revoked_at or any(one.accepted_at for one in theirs):
        return None
    return theirs[0] if theirs[0].expires_at <= now else None
