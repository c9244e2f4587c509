"""Pages of participants that are over: for a while each still says what happened, and no more."""

from datetime import date

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, db
from app.domain.retention import Ending
from app.records.columns import quoted


class EndedPage(Base):
    """A hash of the key, what happened and a day: no group, no name, nobody."""

    __tablename__ = "ended_page"
    __table_args__ = (CheckConstraint(f"ending IN ({quoted(Ending)})", name="ending"),)

    key_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    ending: Mapped[str] = mapped_column(String(12))
    ended_on: Mapped[date] = mapped_column(index=True)


def find_ended_page(key_hash: str) -> EndedPage | None:
    return db.session.get(EndedPage, key_hash)
