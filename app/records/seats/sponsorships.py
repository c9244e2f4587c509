"""Sponsorships: one participant coaches another, as long as both want it. Only they see it."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint, or_, select
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from app.db import Base, db
from app.records.participants import ParticipantRecord


class Sponsorship(Base):
    """Asked by who looks; begun when the willing one has said yes."""

    __tablename__ = "sponsorship"
    __table_args__ = (
        CheckConstraint("sponsor_id <> sponsee_id", name="nobody_coaches_himself"),
        UniqueConstraint("sponsor_id", "sponsee_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    sponsor_id: Mapped[int] = mapped_column(ForeignKey("participant.id", ondelete="CASCADE"))
    sponsee_id: Mapped[int] = mapped_column(
        ForeignKey("participant.id", ondelete="CASCADE"), index=True
    )
    asked_on: Mapped[date]
    began_on: Mapped[date | None]

    sponsor: Mapped[ParticipantRecord] = relationship(foreign_keys=sponsor_id)
    sponsee: Mapped[ParticipantRecord] = relationship(foreign_keys=sponsee_id)


def sponsorships_of(participant_id: int) -> list[Sponsorship]:
    """Return the pairs that a participant is part of, asked or begun, oldest first. One query."""
    query = (
        select(Sponsorship)
        .where(
            or_(
                Sponsorship.sponsor_id == participant_id,
                Sponsorship.sponsee_id == participant_id,
            )
        )
        .options(joinedload(Sponsorship.sponsor), joinedload(Sponsorship.sponsee))
        .order_by(Sponsorship.id)
    )
    return list(db.session.scalars(query))


def willing_sponsors(participant: ParticipantRecord) -> list[ParticipantRecord]:
    """Return who else in the group is willing and was not asked by this participant. One query."""
    asked = select(Sponsorship.sponsor_id).where(Sponsorship.sponsee_id == participant.id)
    query = (
        select(ParticipantRecord)
        .where(
            ParticipantRecord.group_id == participant.group_id,
            ParticipantRecord.seat.is_not(None),
            ParticipantRecord.hold.is_(None),
            ParticipantRecord.is_willing,
            ParticipantRecord.id != participant.id,
            ParticipantRecord.id.not_in(asked),
        )
        .order_by(ParticipantRecord.alias, ParticipantRecord.id)
    )
    return list(db.session.scalars(query))
