"""Contact persons: sealed, and published only after their own yes."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base, db
from app.domain.contact import CONTACTS, Contact
from app.records.columns import Instant, Sealed
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
    name: Mapped[str] = mapped_column(Sealed)
    email: Mapped[str] = mapped_column(Sealed)
    phone: Mapped[str] = mapped_column(Sealed)
    shows_phone: Mapped[bool] = mapped_column(default=False)
    shows_email: Mapped[bool] = mapped_column(default=False)
    takes_messages: Mapped[bool] = mapped_column(default=True)
    key_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    """SHA-256 of the key in the link with which this person says yes, or withdraws it."""
    asked_at: Mapped[datetime | None] = mapped_column(Instant)
    agreed_at: Mapped[datetime | None] = mapped_column(Instant)

    group: Mapped[Group] = relationship(back_populates="contacts")

    def value(self) -> Contact | None:
        """Return what may be published: nothing before this person's yes."""
        if self.agreed_at is None:
            return None
        return Contact(
            position=self.position,
            name=self.name,
            phone=self.phone if self.shows_phone else "",
            email=self.email if self.shows_email else "",
            takes_messages=self.takes_messages and bool(self.email),
        )


def find_contact(key_hash: str) -> ContactRecord | None:
    """Return the contact person whose link has this hash."""
    return db.session.scalar(select(ContactRecord).where(ContactRecord.key_hash == key_hash))
