"""Groups, and the addresses they had before."""

import secrets
import uuid
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from sqlalchemy import (
    JSON,
    BindParameter,
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Index,
    Select,
    String,
    UniqueConstraint,
    bindparam,
    false,
    select,
    text,
    true,
)
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship, validates

from app.db import Base, db
from app.domain.confirmation import Freshness, freshness
from app.domain.geography.alphabet import sorting
from app.domain.listing import Audience, Subject
from app.domain.meeting import Status
from app.domain.seating import SEAT_NUMBERS, SEATS, Availability, Seating, availability
from app.domain.week import Week
from app.domain.zones import HOME
from app.records.columns import SORT_KEY, Instant, Name, quoted, sort_key_of
from app.records.fellowships import Fellowship

if TYPE_CHECKING:
    from app.records.contacts import ContactRecord
    from app.records.slots import SlotRecord

KEY_BYTES = 19
"""Of the plain, random keys in feed addresses: 26 characters, the last of them a letter."""


def new_feed_key() -> str:
    return secrets.token_urlsafe(KEY_BYTES)


def _for_relatives(*columns: str) -> list[Index]:
    """Return indexes of the few groups for family and friends, that other groups' pages name."""
    few = text("audience = 'relatives'")
    return [
        Index(
            f"ix_groups_relatives_{one}",
            *dict.fromkeys(("audience", one, "id")),
            sqlite_where=few,
            postgresql_where=few,
        )
        for one in columns
    ]


class Group(Base):
    """One circle with one weekly time.

    `calendar_rev` and `calendar_changed_at` rise with every write to anything its feed prints:
    they decide whether a program gets it anew. Which of its events are newer, their stamps say.
    """

    __tablename__ = "groups"
    __table_args__ = (
        CheckConstraint(f"status IN ({quoted(Status)})", name="status"),
        CheckConstraint(f"seating IN ({quoted(Seating)})", name="seating"),
        CheckConstraint(f"capacity IN ({', '.join(map(str, SEAT_NUMBERS))})", name="capacity"),
        CheckConstraint(f"audience IN ({quoted(Audience)})", name="audience"),
        CheckConstraint(f"subject IN ({quoted(Subject)})", name="subject"),
        CheckConstraint("calendar_rev >= 1", name="calendar_rev"),
        CheckConstraint("(floor_rev IS NULL) = (floor_at IS NULL)", name="floor"),
        CheckConstraint("(discreet_rev IS NULL) = (discreet_at IS NULL)", name="discreet"),
        UniqueConstraint("fellowship_id", "source_key"),
        Index("ix_groups_fellowship_id_name", "fellowship_id", "name"),
        Index("ix_groups_fellowship_id_sorts_as", "fellowship_id", "sorts_as"),
        Index("ix_groups_listed_fellowship_id_status", "listed", "fellowship_id", "status"),
        *_for_relatives("town", "province", "subject", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    fellowship_id: Mapped[int] = mapped_column(ForeignKey("fellowship.id"))
    name: Mapped[str] = mapped_column(Name(120))
    description: Mapped[str] = mapped_column(String(1200), default="")
    audience: Mapped[str] = mapped_column(String(24), default=Audience.EVERYONE)
    subject: Mapped[str] = mapped_column(String(24), default=Subject.OTHER)
    language: Mapped[str] = mapped_column(String(8), default="nl")
    language_said: Mapped[bool] = mapped_column(default=True, server_default=true())
    """Whether anybody said so: else `language` is only what its letters and calendar are written in."""
    is_open: Mapped[bool | None]
    """None where nobody said who may come."""
    features: Mapped[list[str]] = mapped_column(JSON, default=list)
    status: Mapped[str] = mapped_column(String(12), default=Status.PREPARING)
    status_since: Mapped[date]
    status_at: Mapped[datetime | None] = mapped_column(Instant)
    """The instant of that day; None where it was not kept."""
    seating: Mapped[str] = mapped_column(String(16), default=Seating.SEATS_ITSELF)
    seating_said: Mapped[bool] = mapped_column(default=True, server_default=true())
    """Whether the group chose its seating itself: a list it was imported from says nothing of it."""
    capacity: Mapped[int] = mapped_column(default=SEATS)
    zone: Mapped[str] = mapped_column(String(64), default=HOME.key)
    zone_said: Mapped[bool] = mapped_column(default=True, server_default=true())
    """Whether anybody said so: else it is the fellowship's, and not passed on."""
    town: Mapped[str] = mapped_column(Name(80), default="", index=True)
    sorts_as: Mapped[str] = mapped_column(
        SORT_KEY, default=sort_key_of("name"), server_default=text("''")
    )
    """Its name as lists sort it, alike in both databases."""
    town_sorts_as: Mapped[str] = mapped_column(
        SORT_KEY, default=sort_key_of("town"), server_default=text("''")
    )
    province: Mapped[str] = mapped_column(String(80), default="", index=True)
    listed: Mapped[bool] = mapped_column(default=True)
    """Whether the fellowship lists it; unlisted groups have no public page."""
    unlisted_because: Mapped[str] = mapped_column(
        String(300), default="", server_default=text("''")
    )
    """The reason that its coordinators were given."""
    may_be_indexed: Mapped[bool] = mapped_column(default=True)
    confirmed_on: Mapped[date | None]
    taken_over_on: Mapped[date | None]
    """When somebody last took over coordinating it: who has a seat reads it for a while."""
    counts_heads: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether its coordinators get a letter after each meeting that asks how many came."""
    shares_head_counts: Mapped[bool] = mapped_column(default=False, server_default=false())
    """With the officers of its fellowship."""
    source_key: Mapped[str | None] = mapped_column(String(96))
    """Its identity in the list it was imported from: `slug` or `slug#day`, with the format."""
    from_list: Mapped[dict[str, str] | None] = mapped_column(JSON)
    """By field a digest of what its list last said: a field that is otherwise was written here."""
    gone_on: Mapped[date | None]
    """Since when its list no longer has it."""
    codes: Mapped[list[list[str]]] = mapped_column(JSON, default=list)
    list_facts: Mapped[list[list[str]]] = mapped_column(
        JSON, default=list, server_default=text("'[]'")
    )
    """What its list says that has no meaning here, as (key, value)."""
    feed_key: Mapped[str] = mapped_column(String(32), unique=True, default=new_feed_key)
    discreet_key: Mapped[str] = mapped_column(String(32), unique=True, default=new_feed_key)
    feed_uuid: Mapped[uuid.UUID] = mapped_column(default=uuid.uuid4)
    discreet_uuid: Mapped[uuid.UUID] = mapped_column(default=uuid.uuid4)
    calendar_rev: Mapped[int] = mapped_column(default=1)
    calendar_changed_at: Mapped[datetime] = mapped_column(Instant)
    floor_rev: Mapped[int | None]
    """The stamp of each event that has none of its own; None while that is the two above."""
    floor_at: Mapped[datetime | None] = mapped_column(Instant)
    discreet_rev: Mapped[int | None]
    """When the discreet feed last told something else; None while that is the group's revision."""
    discreet_at: Mapped[datetime | None] = mapped_column(Instant)
    created_at: Mapped[datetime] = mapped_column(Instant)
    version: Mapped[int] = mapped_column(default=1)
    """Of the listing: rises with each edit, so that two people cannot overwrite each other."""
    slot_version: Mapped[int] = mapped_column(default=1)
    """The same for its slots."""

    fellowship: Mapped[Fellowship] = relationship()
    slots: Mapped[list["SlotRecord"]] = relationship(
        back_populates="group", order_by="SlotRecord.since", cascade="all, delete-orphan"
    )
    contacts: Mapped[list["ContactRecord"]] = relationship(
        back_populates="group", order_by="ContactRecord.position", cascade="all, delete-orphan"
    )

    @validates("name", "town")
    def _sort_by_it(self, column: str, value: str) -> str:
        setattr(self, "sorts_as" if column == "name" else "town_sorts_as", sorting(value or ""))
        return value

    @property
    def timezone(self) -> ZoneInfo:
        return ZoneInfo(self.zone)

    def day_of(self, instant: datetime) -> date:
        """Return the date of an aware instant by the wall clock of this group."""
        return instant.astimezone(self.timezone).date()

    def availability(self, taken: int, waiting: int) -> Availability:
        """Return what the public sees of the seats, of which so many are taken."""
        return availability_in(self, taken, waiting)

    def freshness(self, today: date) -> Freshness:
        """Return how the confirmation of its listing stands on a day of its zone."""
        return freshness(self.confirmed_on, today, self.fellowship.confirm_after)

    def slot_in(self, week: Week) -> "SlotRecord | None":
        """Return the slot that holds in a week, or None before the first."""
        begun = [slot for slot in self.slots if slot.since <= week]
        return max(begun, key=lambda slot: slot.since, default=None)

    def slot_from(self, week: Week) -> "SlotRecord | None":
        """Return the slot that holds in a week, or else the first to come."""
        first = min(self.slots, key=lambda slot: slot.since, default=None)
        return self.slot_in(week) or first


def availability_in(row: Any, taken: int, waiting: int) -> Availability:
    """Return what the public sees of the seats of a group: a record, or columns of these names."""
    return availability(
        preparing=row.status == Status.PREPARING,
        taken=taken,
        waiting=waiting,
        capacity=row.capacity,
        seating=Seating(row.seating),
        said=row.seating_said,
    )


class FormerSlug(Base):
    """An address that a renamed group keeps answering at."""

    __tablename__ = "former_slug"

    slug: Mapped[str] = mapped_column(String(80), primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id", ondelete="CASCADE"), index=True)


def find_group(slug: str) -> Group | None:
    """Return the group at this address or at one it had before, with its fellowship. One query, or two."""
    at, once_at = _at_address()
    asked = {"slug": slug}
    return db.session.scalar(at, asked) or db.session.scalar(once_at, asked)


@cache
def _at_address() -> tuple[Select[Group], Select[Group]]:
    found = select(Group).options(joinedload(Group.fellowship))
    former = found.join(FormerSlug, FormerSlug.group_id == Group.id)
    slug: BindParameter[str] = bindparam("slug")
    return found.where(Group.slug == slug), former.where(FormerSlug.slug == slug)


def find_listed(slugs: Sequence[str]) -> list[Group]:
    """Return the listed groups at these addresses, or former ones, in their order, each once.

    Two queries, and one more when some were renamed.
    """
    now = {one.slug: one for one in db.session.scalars(_listed().where(Group.slug.in_(slugs)))}
    former = select(FormerSlug.slug, FormerSlug.group_id).where(FormerSlug.slug.in_(slugs))
    renamed = {row.slug: row.group_id for row in db.session.execute(former)}
    if moved := set(renamed.values()):
        by_id = {one.id: one for one in db.session.scalars(_listed().where(Group.id.in_(moved)))}
        now = {slug: by_id[id] for slug, id in renamed.items() if id in by_id} | now
    return list(dict.fromkeys(now[slug] for slug in slugs if slug in now))


def _listed() -> Select[Group]:
    return select(Group).where(Group.listed).options(joinedload(Group.fellowship))


def find_founded(fellowship_id: int, *, name: str, town: str, since: datetime) -> Group | None:
    """Return the group of this name and town that a fellowship got since an instant. One query."""
    query = select(Group).where(
        Group.fellowship_id == fellowship_id,
        Group.name == name,
        Group.town == town,
        Group.created_at >= since,
    )
    return db.session.scalar(query.limit(1))


def names_beside(group: Group, *among: ColumnElement[bool]) -> list[str]:
    """Return the names of the other groups among these, else of its fellowship. One query."""
    query = select(Group.name).where(
        Group.fellowship_id == group.fellowship_id, Group.id != group.id, *among
    )
    return list(db.session.scalars(query.order_by(Group.sorts_as)))


def slug_is_taken(slug: str) -> bool:
    """Tell whether a group has, or had, this address."""
    has = select(Group.id).where(Group.slug == slug)
    had = select(FormerSlug.group_id).where(FormerSlug.slug == slug)
    return db.session.scalar(has.union(had).limit(1)) is not None


def every_group(at_once: int = 20) -> Iterator[list[int]]:
    """Yield the ids of all groups in order, some at once. One query for each."""
    after = 0
    query = select(Group.id).order_by(Group.id).limit(at_once)
    while ids := list(db.session.scalars(query.where(Group.id > after))):
        yield ids
        after = ids[-1]
