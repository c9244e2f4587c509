"""What the timer has done, and how far it came with what takes more than one run."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base
from app.records.columns import Instant


class Duty(Base):
    """One duty of `flask letters send`, or of the night; a missing row was never done."""

    __tablename__ = "duty"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    period: Mapped[str] = mapped_column(String(20))
    """The stretch of time that it is done for; in another it begins anew."""
    after_id: Mapped[int]
    """All up to this id had their turn."""
    done: Mapped[bool]
    ran_at: Mapped[datetime] = mapped_column(Instant)
