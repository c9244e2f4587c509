"""What the coordinators of a group hand over to each other: keys, rent, caretaker, alarm code."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, db
from app.records.columns import Sealed

LONGEST = 2000
"""Characters."""


class KeysNote(Base):
    """At most one of a group: it stays with the group, whoever coordinates."""

    __tablename__ = "keys_note"

    group_id: Mapped[int] = mapped_column(
        ForeignKey("groups.id", ondelete="CASCADE"), primary_key=True
    )
    words: Mapped[str] = mapped_column(Sealed)
    version: Mapped[int]


def keys_note_of(group_id: int) -> KeysNote | None:
    """Return what a group has written down, as it is now. One query."""
    return db.session.get(KeysNote, group_id, populate_existing=True)
