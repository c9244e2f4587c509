"""Sponsorships: one participant coaches another, as long as both want it. Only they see it."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base
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
