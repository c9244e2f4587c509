"""Keys of own feeds that are over: for a while each leads to a calendar in which nothing comes."""

from datetime import date

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, db
from app.domain.keys import hash_of


class RetiredFeed(Base):
    """A hash of the key, a day and a language: no group, no name, nobody.

    It stays, so that what is over is told from what never was.
    """

    __tablename__ = "retired_feed"

    key_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    retired_on: Mapped[date]
    language: Mapped[str] = mapped_column(String(8))


def find_retired_feed(key: str) -> RetiredFeed | None:
    """Return what is left of a key that somebody gave up. One query."""
    return db.session.get(RetiredFeed, hash_of(key))
