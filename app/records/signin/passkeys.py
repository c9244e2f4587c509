"""The passkeys of accounts: public keys, so that nothing here opens a door by itself."""

from datetime import datetime

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    ForeignKey,
    LargeBinary,
    String,
    func,
    select,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base, db
from app.domain.signin.passkey import NewPasskey
from app.records.accounts import Account
from app.records.columns import Instant


class PasskeyRecord(Base):
    """One passkey, on one device or in one person's keychain."""

    __tablename__ = "passkey"
    __table_args__ = (CheckConstraint("count >= 0", name="count"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    credential: Mapped[str] = mapped_column(String(1364), unique=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    handle: Mapped[bytes] = mapped_column(LargeBinary)
    """By which the device knows the account: random to others, and the same for each of its keys."""
    transports: Mapped[list[str]] = mapped_column(JSON)
    count: Mapped[int] = mapped_column(BigInteger)
    device: Mapped[str] = mapped_column(String(60), default="")
    """A kind of device such as `Chrome, Android`."""
    made_at: Mapped[datetime] = mapped_column(Instant)
    used_at: Mapped[datetime | None] = mapped_column(Instant)
    asked_at: Mapped[datetime] = mapped_column(Instant)
    """When the last question was asked that it answered: it answers later ones only."""

    account: Mapped[Account] = relationship(lazy="joined", innerjoin=True)

    @property
    def key(self) -> NewPasskey:
        return NewPasskey(self.credential, self.public_key, self.count, tuple(self.transports))


def find_passkey(credential: str) -> PasskeyRecord | None:
    """Return a passkey by the name its device has for it, with its account."""
    return db.session.scalar(select(PasskeyRecord).where(PasskeyRecord.credential == credential))


def passkeys_of(account: Account) -> list[PasskeyRecord]:
    """Return an account's passkeys, the oldest first. One query."""
    query = select(PasskeyRecord).where(PasskeyRecord.account_id == account.id)
    return list(db.session.scalars(query.order_by(PasskeyRecord.id)))


def number_of_passkeys(account_id: int) -> int:
    query = select(func.count()).where(PasskeyRecord.account_id == account_id)
    return db.session.scalar(query) or 0


def has_passkey(uniquifier: str) -> bool:
    """Tell whether the account of a session has a passkey."""
    query = (
        select(PasskeyRecord.id)
        .join(Account, Account.id == PasskeyRecord.account_id)
        .where(Account.fs_uniquifier == uniquifier)
    )
    return db.session.scalar(query.limit(1)) is not None
