"""Places, shared by groups."""

from sqlalchemy import CheckConstraint, Float, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base
from app.domain.place import Kind, Place, Position


class PlaceRecord(Base):
    """A building or room with its address, an online room, or both."""

    __tablename__ = "place"
    __table_args__ = (
        CheckConstraint("kind IN ('building', 'online', 'both')", name="kind"),
        CheckConstraint("(latitude IS NULL) = (longitude IS NULL)", name="position"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(12))
    name: Mapped[str] = mapped_column(String(120), default="")
    street: Mapped[str] = mapped_column(String(160), default="")
    postcode: Mapped[str] = mapped_column(String(12), default="")
    town: Mapped[str] = mapped_column(String(80), default="", index=True)
    province: Mapped[str] = mapped_column(String(80), default="")
    country: Mapped[str] = mapped_column(String(2), default="NL")
    latitude: Mapped[float | None] = mapped_column(Float)
    longitude: Mapped[float | None] = mapped_column(Float)
    directions: Mapped[str] = mapped_column(String(600), default="")
    """How to get in: which door, which bell."""
    join_url: Mapped[str] = mapped_column(String(500), default="")
    join_phone: Mapped[str] = mapped_column(String(60), default="")
    join_notes: Mapped[str] = mapped_column(String(300), default="")
    join_is_public: Mapped[bool] = mapped_column(default=False)
    owner_id: Mapped[int | None] = mapped_column(
        ForeignKey("groups.id", ondelete="SET NULL"), index=True
    )
    """The group that wrote it down: its coordinators mend it."""

    def value(self) -> Place:
        position = None
        if self.latitude is not None and self.longitude is not None:
            position = Position(self.latitude, self.longitude)
        return Place(
            id=self.id,
            kind=Kind(self.kind),
            name=self.name,
            street=self.street,
            postcode=self.postcode,
            town=self.town,
            province=self.province,
            country=self.country,
            position=position,
            directions=self.directions,
            join_url=self.join_url,
            join_phone=self.join_phone,
            join_notes=self.join_notes,
            join_is_public=self.join_is_public,
        )
