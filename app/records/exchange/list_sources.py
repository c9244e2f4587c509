"""The lists that a fellowship's groups come from: name, address, programme, and how reading goes."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint, func, select, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base, db
from app.domain.exchange.known_again import likely_source, slug_of
from app.domain.imported import Entry
from app.domain.meeting import Status
from app.records.columns import Instant, Name
from app.records.fellowships import Fellowship
from app.records.groups import Group


class ListSource(Base):
    """A list that comes again and again; its groups have its key before their own."""

    __tablename__ = "list_source"
    __table_args__ = (
        UniqueConstraint("fellowship_id", "key"),
        UniqueConstraint("fellowship_id", "name"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    fellowship_id: Mapped[int] = mapped_column(ForeignKey("fellowship.id", ondelete="CASCADE"))
    key: Mapped[str] = mapped_column(String(24))
    """Begins each source_key of its groups."""
    name: Mapped[str] = mapped_column(Name(120))
    program: Mapped[str] = mapped_column(String(40))
    zone: Mapped[str | None] = mapped_column(String(64))
    """For rows that say none; None: the fellowship's."""
    address: Mapped[str] = mapped_column(String(500), default="", server_default=text("''"))
    """https, read every night; empty for a list that somebody sends."""
    etag: Mapped[str] = mapped_column(String(200), default="", server_default=text("''"))
    tried_at: Mapped[datetime | None] = mapped_column(Instant)
    good_at: Mapped[datetime | None] = mapped_column(Instant)
    """When it was last read well."""
    rows: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    changes: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    """Groups that the last good reading made new or changed."""
    fault: Mapped[str] = mapped_column(String(24), default="", server_default=text("''"))
    """Why the last reading failed; empty when it went well."""
    detail: Mapped[str] = mapped_column(String(200), default="", server_default=text("''"))

    fellowship: Mapped[Fellowship] = relationship()


def sources_of(fellowship_id: int) -> list[ListSource]:
    query = select(ListSource).where(ListSource.fellowship_id == fellowship_id)
    return list(db.session.scalars(query.order_by(ListSource.name)))


def find_source(fellowship_id: int, source_id: int) -> ListSource | None:
    return db.session.scalar(
        select(ListSource).where(
            ListSource.fellowship_id == fellowship_id, ListSource.id == source_id
        )
    )


def source_by_id(source_id: int) -> ListSource:
    return db.session.get_one(ListSource, source_id)


def groups_of(source: ListSource) -> int:
    """Return how many groups came from a list and have not closed. One query."""
    query = select(func.count(Group.id)).where(
        Group.fellowship_id == source.fellowship_id,
        Group.source_key.startswith(f"{source.key}:", autoescape=True),
        Group.status != Status.CLOSED,
    )
    return db.session.scalar(query) or 0


def sources_to_pull() -> list[int]:
    """Return the ids of all lists that have an address, in order."""
    query = select(ListSource.id).where(ListSource.address != "").order_by(ListSource.id)
    return list(db.session.scalars(query))


def keys_by_source(fellowship_id: int) -> dict[str, list[str]]:
    """Return the keys of a fellowship's groups in their lists, by the key of the list. One query."""
    query = select(Group.source_key).where(
        Group.fellowship_id == fellowship_id, Group.source_key.is_not(None)
    )
    found: dict[str, list[str]] = defaultdict(list)
    for key in db.session.scalars(query):
        source, _, own = (key or "").partition(":")
        found[source].append(own)
    return found


def gone_from(source: ListSource) -> list[int]:
    """Return the ids of listed groups that are no longer in a list."""
    query = select(Group.id).where(
        Group.fellowship_id == source.fellowship_id,
        Group.source_key.startswith(f"{source.key}:", autoescape=True),
        Group.gone_on.is_not(None),
        Group.listed,
    )
    return list(db.session.scalars(query.order_by(Group.id)))


def list_again(
    fellowship_id: int, entries: Collection[Entry], called: str = ""
) -> ListSource | None:
    """Return the list of this name, or without one the list that has these rows; None for a new one."""
    sources = sources_of(fellowship_id)
    if called:
        return next((one for one in sources if one.name == called), None)
    likely = likely_key(fellowship_id, entries)
    return next((one for one in sources if one.key == likely), None)


def likely_key(fellowship_id: int, entries: Collection[Entry]) -> str | None:
    """Return the key before the most of these rows among a fellowship's groups."""
    known = {
        source: [slug_of(key) for key in keys]
        for source, keys in keys_by_source(fellowship_id).items()
    }
    return likely_source([slug_of(f"{entry.slug}#") for entry in entries], known)
