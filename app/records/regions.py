"""The regions that a fellowship drew."""

from sqlalchemy import JSON, ForeignKey, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base, db
from app.domain.geography.region import Area, RegionPart, known_parts
from app.records.columns import Name
from app.records.fellowships import Fellowship

LONGEST_NAME = 60
NOWHERE = 0
"""The region of a group that lies in none."""


class Region(Base):
    """A part of the country under a name that a fellowship gives it."""

    __tablename__ = "region"
    __table_args__ = (UniqueConstraint("fellowship_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    fellowship_id: Mapped[int] = mapped_column(ForeignKey("fellowship.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(Name(LONGEST_NAME))
    kept_parts: Mapped[list[list[str]]] = mapped_column("parts", JSON, default=list)
    """Kind and value of each."""

    fellowship: Mapped[Fellowship] = relationship()

    @property
    def parts(self) -> tuple[RegionPart, ...]:
        return tuple(known_parts(self.kept_parts))

    @property
    def area(self) -> Area:
        return Area.of(self.parts)


def regions_of(fellowship_id: int) -> list[Region]:
    """Return the regions of a fellowship by name. One query."""
    query = select(Region).where(Region.fellowship_id == fellowship_id)
    return list(db.session.scalars(query.order_by(Region.name)))


def region_of_fellowship(fellowship_id: int, region_id: int) -> Region | None:
    """Return a region if it is this fellowship's. One query."""
    query = select(Region).where(Region.fellowship_id == fellowship_id, Region.id == region_id)
    return db.session.scalar(query)
