"""Lists that were taken over, with what was before, so that all of it can be undone."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, select
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, db
from app.records.columns import Instant, Name


class ListImport(Base):
    """One import of a fellowship: which groups are new, and what the changed ones were."""

    __tablename__ = "list_import"

    id: Mapped[int] = mapped_column(primary_key=True)
    fellowship_id: Mapped[int] = mapped_column(
        ForeignKey("fellowship.id", ondelete="CASCADE"), index=True
    )
    name: Mapped[str] = mapped_column(Name(200))
    made_at: Mapped[datetime] = mapped_column(Instant)
    undone_at: Mapped[datetime | None] = mapped_column(Instant)
    new: Mapped[dict[str, list[int]]] = mapped_column(JSON)
    """Ids of new groups, each with the versions of its listing and slots."""
    changed: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    """Groups that changed: what they were, and their versions since."""


def find_import(fellowship_id: int, import_id: int) -> ListImport | None:
    return db.session.scalar(
        select(ListImport).where(
            ListImport.id == import_id, ListImport.fellowship_id == fellowship_id
        )
    )


def imports_since(fellowship_id: int, since: datetime) -> list[ListImport]:
    """Return a fellowship's imports from an instant on, the newest first."""
    query = select(ListImport).where(
        ListImport.fellowship_id == fellowship_id, ListImport.made_at > since
    )
    return list(db.session.scalars(query.order_by(ListImport.id.desc())))
