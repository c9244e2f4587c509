"""Lists of groups that an office kept under a name: the filters of an address, for its officers."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, db
from app.records.columns import Instant, Name

LONGEST_NAME = 40
LONGEST_QUERY = 600


class KeptList(Base):
    """What to ask of the groups, under a name that all officers of a fellowship see."""

    __tablename__ = "kept_list"
    __table_args__ = (UniqueConstraint("fellowship_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    fellowship_id: Mapped[int] = mapped_column(ForeignKey("fellowship.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(Name(LONGEST_NAME))
    query: Mapped[str] = mapped_column(String(LONGEST_QUERY))
    """As it stands behind the `?` of the list's address."""
    kept_at: Mapped[datetime] = mapped_column(Instant)


def kept_lists(fellowship_id: int) -> list[KeptList]:
    """Return the kept lists of a fellowship by name. One query."""
    query = select(KeptList).where(KeptList.fellowship_id == fellowship_id)
    return list(db.session.scalars(query.order_by(KeptList.name)))
