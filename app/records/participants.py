"""Participants: a chosen name in one group, with a seat or in line."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    String,
    UniqueConstraint,
    and_,
    bindparam,
    case,
    false,
    func,
    or_,
    select,
    text,
)
from sqlalchemy.orm import Mapped, column_property, defer, mapped_column, relationship

from app.db import Base, db
from app.domain.retention import ASK_IN_LINE_AFTER, SILENCE, next_step
from app.domain.seating import SEAT_NUMBERS, UNPROVEN
from app.records.asked.once import columns_once
from app.records.columns import Instant, Name, Sealed
from app.records.groups import Group

READ_AT_ONCE = 1000
"""Rows of a long result that are in memory together."""


class ParticipantRecord(Base):
    """A row with a seat or a row in line; a seat taken without a name has no alias at all.

    Twelve values and a UNIQUE make twelve rows, under any concurrency. The check is IN, never
    BETWEEN: SQLite keeps 1.5 in an integer column, and BETWEEN lets it pass.
    """

    __tablename__ = "participant"
    __table_args__ = (
        UniqueConstraint("group_id", "seat"),
        UniqueConstraint("group_id", "wait_number"),
        UniqueConstraint("group_id", "ask_key"),
        UniqueConstraint("group_id", "alias", "alias_number"),
        CheckConstraint(f"seat IN ({', '.join(map(str, SEAT_NUMBERS))})", name="seat"),
        CheckConstraint("wait_number > 0", name="wait_number"),
        CheckConstraint("(seat IS NULL) <> (wait_number IS NULL)", name="seat_or_line"),
        CheckConstraint(
            "(alias IS NULL AND contact IS NULL AND key_hash IS NULL AND consent_at IS NULL"
            " AND seat IS NOT NULL)"
            " OR (alias IS NOT NULL AND key_hash IS NOT NULL AND consent_at IS NOT NULL)",
            name="named_or_not",
        ),
        CheckConstraint("(held_until IS NULL) = (hold IS NULL)", name="hold_has_an_end"),
        CheckConstraint("hold IN ('asked', 'offered', 'greeted')", name="hold"),
        CheckConstraint("claim_hash IS NULL OR alias IS NULL", name="claimed_once"),
        CheckConstraint("invited_to IS NULL OR invited_to <> group_id", name="invited_elsewhere"),
        CheckConstraint(
            "wait_number IS NULL OR typeof(wait_number) = 'integer'", name="wait_number_is_whole"
        ).ddl_if(dialect="sqlite"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id", ondelete="CASCADE"))
    seat: Mapped[int | None]
    wait_number: Mapped[int | None]
    alias: Mapped[str | None] = mapped_column(Name(40))
    alias_number: Mapped[int] = mapped_column(default=1, server_default=text("1"))
    """Tells two of one alias apart for the coordinator; never shown to the participants
    themselves, who would learn from it that someone of that name comes here."""
    contact: Mapped[str | None] = mapped_column(Sealed)
    mail_refused_at: Mapped[datetime | None] = mapped_column(Instant)
    """When mail to the contact was refused; a new contact or a letter that arrives takes it away."""
    key_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    """SHA-256 of the key in the address of their own page: by it they are found."""
    key: Mapped[str | None] = mapped_column(Sealed)
    """The same key sealed, for the letters that lead there."""
    ask_key: Mapped[str | None] = mapped_column(String(64))
    """SHA-256 of what is random per form: a double click is one ask."""
    consent_at: Mapped[datetime | None] = mapped_column(Instant)
    consent_text: Mapped[str | None] = mapped_column(String(16))
    """Version of the text that was agreed to."""
    joined_on: Mapped[date]
    confirmed_on: Mapped[date | None]
    """When they last said that they come, or still wait."""
    asked_on: Mapped[date | None]
    """When they were last asked whether they still do."""
    held_until: Mapped[datetime | None] = mapped_column(Instant)
    hold: Mapped[str | None] = mapped_column(String(8), active_history=True)
    """Why the seat is held until then; a domain Hold."""
    language: Mapped[str] = mapped_column(String(8), default="nl", server_default="nl")
    wants_letters: Mapped[bool] = mapped_column(default=False, server_default=false())
    is_willing: Mapped[bool] = mapped_column(default=False, server_default=false())
    """To be somebody's sponsor."""
    is_looking: Mapped[bool] = mapped_column(default=False, server_default=false())
    feed_number: Mapped[int] = mapped_column(default=1, server_default=text("1"))
    """The counter in the keys of their own feed: raised, the feed has another address."""
    feed_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    discreet_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    claim_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    """Of the link by which who asked by phone takes a nameless seat as their own, once."""
    invited_to: Mapped[int | None] = mapped_column(
        ForeignKey("groups.id", ondelete="SET NULL"), index=True
    )
    """The second group to which someone in line may move with one tap."""

    has_contact: Mapped[bool] = column_property(contact.is_not(None))
    """As the database has it: by it a circle is read without unsealing anybody's contact."""
    group: Mapped[Group] = relationship(foreign_keys=[group_id])
    invited_group: Mapped[Group | None] = relationship(foreign_keys=[invited_to])

    @property
    def is_reached(self) -> bool:
        """A letter finds them, as far as is known."""
        is_open = "contact" in self.__dict__
        return bool(self.contact if is_open else self.has_contact) and self.mail_refused_at is None

    @property
    def is_settled(self) -> bool:
        """The seat is theirs for good: they know what is for participants only.

        Who only asked has proved nothing yet; a hidden address would be a question away from anyone.
        """
        return self.seat is not None and self.hold is None


def seat_figures(group_ids: list[int]) -> dict[int, tuple[int, int]]:
    """Return seats taken and people in line by group; a group without either is left out.

    One query.
    """
    rows = db.session.execute(
        select(
            ParticipantRecord.group_id,
            func.count(ParticipantRecord.seat),
            func.count(ParticipantRecord.wait_number),
        )
        .where(ParticipantRecord.group_id.in_(group_ids))
        .group_by(ParticipantRecord.group_id)
    )
    return {group_id: (taken, waiting) for group_id, taken, waiting in rows}


_KNOWN = (
    select(
        ParticipantRecord.group_id,
        func.count(ParticipantRecord.seat),
        func.count(ParticipantRecord.wait_number),
    )
    .where(
        ParticipantRecord.group_id.in_(bindparam("groups", expanding=True)),
        or_(ParticipantRecord.hold.is_(None), ParticipantRecord.hold.not_in(UNPROVEN)),
    )
    .group_by(ParticipantRecord.group_id)
)


def known_figures(group_ids: list[int]) -> dict[int, tuple[int, int]]:
    """Return the same of whom it is known that they come, or wait for a full group. One query.

    All that anybody outside the group learns of its seats is made of these: who merely asked
    moves no figure, so that nobody can count by asking.
    """
    rows = columns_once(_KNOWN, {"groups": group_ids}, ParticipantRecord)
    return {group_id: (taken, waiting) for group_id, taken, waiting in rows}


def find_participant(key_hash: str) -> ParticipantRecord | None:
    """Return whose own page has a key with this hash. One query."""
    return db.session.scalar(
        select(ParticipantRecord).where(ParticipantRecord.key_hash == key_hash)
    )


def group_of_key(key_hash: str) -> int | None:
    """Return the id of the group in which somebody has a page with this key. One query."""
    return db.session.scalar(_GROUP_OF_KEY, {"key": key_hash})


_GROUP_OF_KEY = select(ParticipantRecord.group_id).where(
    ParticipantRecord.key_hash == bindparam("key")
)
_PEOPLE = (
    select(ParticipantRecord)
    .where(ParticipantRecord.group_id == bindparam("group"))
    .order_by(
        ParticipantRecord.seat.is_(None), ParticipantRecord.seat, ParticipantRecord.wait_number
    )
    .execution_options(populate_existing=True)
)
_PEOPLE_SEALED = _PEOPLE.options(defer(ParticipantRecord.key), defer(ParticipantRecord.contact))


def find_by_claim(claim_hash: str) -> ParticipantRecord | None:
    """Return the nameless seat that a link offers to who asked by phone."""
    return db.session.scalar(
        select(ParticipantRecord).where(ParticipantRecord.claim_hash == claim_hash)
    )


def people_of(group_id: int, *, unsealed: bool = True) -> list[ParticipantRecord]:
    """Return everyone in a group as they are now, by seat, then those in line. One query.

    Not `unsealed` leaves each contact and key sealed until it is asked for, each by a query of its own.
    """
    people = _PEOPLE if unsealed else _PEOPLE_SEALED
    return list(db.session.scalars(people, {"group": group_id}))


@dataclass(frozen=True)
class Wanted:
    """How many people of a group there are, and how many of them are told by letter."""

    people: int
    told: int


def letters_wanted(group_ids: Collection[int], *, with_line: bool = False) -> dict[int, Wanted]:
    """Count who has a seat and a name, with the line or without, by group. One query."""
    told = case((ParticipantRecord.wants_letters & ParticipantRecord.contact.is_not(None), 1))
    query = (
        select(ParticipantRecord.group_id, func.count(), func.count(told))
        .where(ParticipantRecord.group_id.in_(group_ids), ParticipantRecord.alias.is_not(None))
        .group_by(ParticipantRecord.group_id)
    )
    if not with_line:
        query = query.where(ParticipantRecord.seat.is_not(None))
    rows = db.session.execute(query)
    return {group_id: Wanted(people, number) for group_id, people, number in rows}


def position_in_line(participant: ParticipantRecord) -> int:
    """Return 1 for who is next. One query."""
    return (
        db.session.scalar(
            select(func.count())
            .select_from(ParticipantRecord)
            .where(
                ParticipantRecord.group_id == participant.group_id,
                ParticipantRecord.wait_number <= participant.wait_number,
            )
        )
        or 0
    )


def groups_with_silent_people(today: date) -> list[int]:
    """Return the ids of groups where something is due of who was silent for long. One query.

    A day is more than a zone can differ; what is due is decided anew under the group's lock.
    """
    row = ParticipantRecord
    heard_on = func.coalesce(row.confirmed_on, row.joined_on)
    near = today + timedelta(days=1)
    is_reached = and_(row.contact.is_not(None), row.mail_refused_at.is_(None), row.wants_letters)
    query = (
        select(row.group_id, row.seat.is_(None), is_reached, heard_on, row.asked_on)
        .where(
            row.alias.is_not(None),
            or_(heard_on <= near - ASK_IN_LINE_AFTER, row.asked_on <= near - SILENCE),
        )
        .execution_options(yield_per=READ_AT_ONCE)
    )
    return sorted(
        {
            group_id
            for group_id, waits, reached, heard, asked in db.session.execute(query)
            if next_step(
                waits=waits, is_reached=reached, heard_on=heard, asked_on=asked, today=near
            )
        }
    )
