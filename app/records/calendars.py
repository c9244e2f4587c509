"""Holidays of the Netherlands and its school regions, and what groups answered about them."""

from datetime import date

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base


class HolidayAnswer(Base):
    """A group said whether it meets on a holiday; without a row it has not been asked, or is silent."""

    __tablename__ = "holiday_answer"

    group_id: Mapped[int] = mapped_column(
        ForeignKey("groups.id", ondelete="CASCADE"), primary_key=True
    )
    holiday: Mapped[str] = mapped_column(String(48), primary_key=True)
    """Key of the holiday: first day and name."""
    meets: Mapped[bool]
    last_day: Mapped[date]
    """Of the holiday: answers are forgotten a year after."""
