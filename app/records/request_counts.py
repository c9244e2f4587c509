"""How often something was asked for: counted for all workers and hosts, with nobody's address."""

from datetime import datetime

from sqlalchemy import String, func, select
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, db
from app.records.columns import Instant


class RequestCount(Base):
    """A number of requests in a part of a window, by a keyed hash of what and whose; soon gone."""

    __tablename__ = "request_count"

    key_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    since: Mapped[datetime] = mapped_column(Instant, primary_key=True)
    number: Mapped[int]
    ends_at: Mapped[datetime] = mapped_column(Instant, index=True)
    """When it counts no more."""


def requests_counted(key_hash: str, now: datetime) -> tuple[int, datetime | None]:
    """Return how many still count at an aware instant, and when the first of them no longer does."""
    number, first = db.session.execute(
        select(func.sum(RequestCount.number), func.min(RequestCount.ends_at)).where(
            RequestCount.key_hash == key_hash, RequestCount.ends_at > now
        )
    ).one()
    return int(number or 0), first
