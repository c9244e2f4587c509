"""Lists that an office sent and looks at before anything is written."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, select, text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, db
from app.records.columns import Instant, Name, Sealed


class ListDraft(Base):
    """A list as it came, sealed, for it may hold anything; forgotten after a day."""

    __tablename__ = "list_draft"

    id: Mapped[int] = mapped_column(primary_key=True)
    fellowship_id: Mapped[int] = mapped_column(
        ForeignKey("fellowship.id", ondelete="CASCADE"), index=True
    )
    name: Mapped[str] = mapped_column(Name(200))
    program: Mapped[str] = mapped_column(String(40))
    source: Mapped[str] = mapped_column(Name(120), default="", server_default=text("''"))
    """Which list it is again, by name; empty for one that is new."""
    content: Mapped[str] = mapped_column(Sealed)
    """The file, compressed, in base64."""
    columns: Mapped[dict[str, str]] = mapped_column(Sealed)
    """Of a table: what a person says that its columns are."""
    lines: Mapped[list[dict[str, Any]]] = mapped_column(Sealed, deferred=True)
    """What each row would do, as the last trial found it; of a long list seconds to open."""
    made_at: Mapped[datetime] = mapped_column(Instant)


def find_draft(fellowship_id: int, draft_id: int) -> ListDraft | None:
    return db.session.scalar(
        select(ListDraft).where(ListDraft.id == draft_id, ListDraft.fellowship_id == fellowship_id)
    )


def drafts_of(fellowship_id: int) -> list[tuple[int, str, datetime]]:
    """Return id, name and moment of a fellowship's drafts, the newest first, unopened."""
    query = select(ListDraft.id, ListDraft.name, ListDraft.made_at).where(
        ListDraft.fellowship_id == fellowship_id
    )
    return [
        (row.id, row.name, row.made_at)
        for row in db.session.execute(query.order_by(ListDraft.id.desc()))
    ]
