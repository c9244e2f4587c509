"""Contact persons: sealed, and published only after their own yes."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint, or_, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base, db
from app.domain.contact import CONTACTS, Contact
from app.domain.inside.handing_over import asks_contact_again
from app.domain.retention import ASK_CONTACT_AFTER, SILENCE
from app.domain.roles import Role
from app.records.accounts import Account, RoleRecord, normal_address
from app.records.columns import Instant, Sealed, SealedName
from app.records.groups import Group


class ContactRecord(Base):
    """Up to three per group, in the order in which to try them."""

    __tablename__ = "contact"
    __table_args__ = (
        UniqueConstraint("group_id", "position"),
        CheckConstraint(
            f"position IN ({', '.join(map(str, range(1, CONTACTS + 1)))})", name="position"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id", ondelete="CASCADE"))
    position: Mapped[int]
    name: Mapped[str] = mapped_column(SealedName)
    email: Mapped[str] = mapped_column(Sealed)
    phone: Mapped[str] = mapped_column(Sealed)
    shows_phone: Mapped[bool] = mapped_column(default=False)
    shows_email: Mapped[bool] = mapped_column(default=False)
    takes_messages: Mapped[bool] = mapped_column(default=True)
    key_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    """SHA-256 of the key in the link with which this person says yes, or withdraws it."""
    again_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    """Of the link in the letter that asked last whether the yes still stands; the first works on."""
    asked_at: Mapped[datetime | None] = mapped_column(Instant)
    agreed_at: Mapped[datetime | None] = mapped_column(Instant)

    @property
    def is_asked_again(self) -> bool:
        """Whether they said yes, and were asked since whether it still stands."""
        return bool(self.agreed_at and self.asked_at and self.asked_at > self.agreed_at)

    group: Mapped[Group] = relationship(back_populates="contacts")

    def value(self) -> Contact | None:
        return contact_in(self)


def contact_in(row: Any) -> Contact | None:
    """Return what may be published of a contact person: nothing before their own yes.

    `row` is a record, or columns of these names.
    """
    if row.agreed_at is None:
        return None
    return Contact(
        position=row.position,
        name=row.name,
        phone=row.phone if row.shows_phone else "",
        email=row.email if row.shows_email else "",
        takes_messages=row.takes_messages and bool(row.email),
    )


def find_contact(key_hash: str) -> ContactRecord | None:
    """Return the contact person whose link has this hash."""
    link = or_(ContactRecord.key_hash == key_hash, ContactRecord.again_hash == key_hash)
    return db.session.scalar(select(ContactRecord).where(link))


def yes_to_ask_again(now: datetime, most: int) -> list[ContactRecord]:
    """Return contact persons who said yes a year ago and were not asked since. One query."""
    row = ContactRecord
    query = select(row).where(
        row.agreed_at <= now - ASK_CONTACT_AFTER,
        or_(row.asked_at.is_(None), row.asked_at <= row.agreed_at),
    )
    return list(db.session.scalars(query.order_by(row.group_id, row.id).limit(most)))


def yes_unanswered(now: datetime, most: int) -> list[ContactRecord]:
    """Return who was asked whether their yes still stands, and said nothing. One query."""
    row = ContactRecord
    query = select(row).where(row.asked_at > row.agreed_at, row.asked_at <= now - SILENCE)
    return list(db.session.scalars(query.order_by(row.group_id, row.id).limit(most)))


def yes_of_services_over(first: date, today: date) -> list[ContactRecord]:
    """Return the contact persons whose last day as coordinator of that group has been, on `first`
    at the earliest, and who were not asked since whether their yes outlives it.

    The fields are sealed, so those of each such group are opened and compared.
    """
    over = select(RoleRecord).where(
        RoleRecord.kind == Role.COORDINATOR,
        RoleRecord.stands_in.is_(False),
        RoleRecord.until >= first,
        RoleRecord.until < today,
    )
    found = {
        contact.id: contact
        for role in db.session.scalars(over.order_by(RoleRecord.id))
        if role.group and role.until
        for contact in contacts_like(role.account, role.group)
        if contact.agreed_at
        and not contact.is_asked_again
        and asks_contact_again(role.until, role.group.day_of(contact.agreed_at))
    }
    return [found[id] for id in sorted(found)]


def contacts_like(account: Account, group: Group) -> list[ContactRecord]:
    """Return the contact persons of a group who are this account by mail address or name.

    The fields are sealed, so each is opened and compared.
    """
    return [
        one
        for one in group.contacts
        if normal_address(one.email) == account.email
        or (account.name and one.name.casefold() == account.name.casefold())
    ]
