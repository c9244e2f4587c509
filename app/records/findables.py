"""What is kept of each listed group so that it can be found quickly; all of it can be made anew."""

from datetime import date

from sqlalchemy import CheckConstraint, Float, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base
from app.domain.findable import LONGEST_WORD
from app.domain.kinds.of_meeting import LONGEST_CODE
from app.domain.week import Week
from app.records.columns import WeekNumber
from app.records.slots import whole_weeks

PLAIN_WORD = String(LONGEST_WORD).with_variant(String(LONGEST_WORD, collation="C"), "postgresql")
"""Ordered byte by byte, so that the words that begin with something stand together in the index."""


class FindableRecord(Base):
    """A group while it is in one place: from `since` up to the week before `until`.

    Derived from group, slots, weeks elsewhere, places and seats by actions/parts/derived/findables.py in
    the transaction that changes one of them. Only listed groups that are not closed are here. When
    they meet is in records/finding/coming.py.
    """

    __tablename__ = "findable"
    __table_args__ = (
        CheckConstraint("(latitude IS NULL) = (longitude IS NULL)", name="position"),
        whole_weeks("since"),
        # These two know by themselves what is asked of very many groups: no row is looked up to be counted.
        Index(
            "ix_findable_in_circle",
            "latitude",
            "longitude",
            "group_id",
            "since",
            "until",
            "audience",
        ),
        Index("ix_findable_in_province", "province", "building", "status", "since", "until"),
        # Those in preparation are walked in their order, and no further than is shown.
        Index("ix_findable_of_status", "status", "group_id", "since", "until"),
        Index("ix_findable_fellowship_id", "fellowship_id"),
    )

    group_id: Mapped[int] = mapped_column(
        ForeignKey("groups.id", ondelete="CASCADE"), primary_key=True
    )
    since: Mapped[Week] = mapped_column(WeekNumber, primary_key=True, autoincrement=False)
    until: Mapped[Week | None] = mapped_column(WeekNumber)
    status: Mapped[str] = mapped_column(String(12))
    fellowship_id: Mapped[int] = mapped_column(ForeignKey("fellowship.id"))
    latitude: Mapped[float | None] = mapped_column(Float)
    longitude: Mapped[float | None] = mapped_column(Float)
    province: Mapped[str] = mapped_column(String(80))
    audience: Mapped[str] = mapped_column(String(24))
    subject: Mapped[str] = mapped_column(String(24))
    language: Mapped[str] = mapped_column(String(8))
    online: Mapped[bool]
    building: Mapped[bool]
    wheelchair: Mapped[bool]
    is_open: Mapped[bool]
    free: Mapped[bool]
    confirmed_on: Mapped[date | None]


class FindableKind(Base):
    """A kind of meeting that a group has, or a code that its fellowship may name: see kinds_found."""

    __tablename__ = "findable_kind"

    kind: Mapped[str] = mapped_column(String(LONGEST_CODE + 1), primary_key=True)
    group_id: Mapped[int] = mapped_column(
        ForeignKey("groups.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
        index=True,
    )


class FindableWord(Base):
    """A folded word by which a group is found."""

    __tablename__ = "findable_word"

    word: Mapped[str] = mapped_column(PLAIN_WORD, primary_key=True)
    group_id: Mapped[int] = mapped_column(
        ForeignKey("groups.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
        index=True,
    )
