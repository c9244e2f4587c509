"""Head counts: a number per group and week, and nothing about who."""

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base
from app.domain.head_count import COUNTS
from app.domain.week import Week
from app.records.columns import WeekNumber
from app.records.slots import whole_weeks


class HeadCount(Base):
    """How many were there; 13 stands for "more than twelve"."""

    __tablename__ = "head_count"
    __table_args__ = (
        CheckConstraint(f"people IN ({', '.join(map(str, COUNTS))})", name="people"),
        whole_weeks("week"),
    )

    group_id: Mapped[int] = mapped_column(
        ForeignKey("groups.id", ondelete="CASCADE"), primary_key=True
    )
    week: Mapped[Week] = mapped_column(WeekNumber, primary_key=True, autoincrement=False)
    people: Mapped[int]
