"""Places: each is one group's own; those of one house share its key."""

from dataclasses import replace
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Float, ForeignKey, String, event, inspect, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, db
from app.domain.geography.house import house_number, house_of, is_one_house
from app.domain.place import Earlier, JoinBefore, Kind, Place, Position
from app.domain.week import Week
from app.records.columns import Name

WEEKS_KEPT = 26
"""Longer than any calendar, page or list looks back."""
_DEGREES = ("latitude", "longitude")
_ADDRESS = {"name": "", "street": "", "postcode": "", "town": "", "country": "NL"}
OF_THE_HOUSE = (
    "name", "street", "postcode", "town", "province", "country", "latitude", "longitude", "directions",
)  # fmt: skip
"""What is the same for every group in a house; the rest is a group's own."""


class PlaceRecord(Base):
    """A building or room with its address, an online room, or both, as one group has it.

    Who meets in the same house has a row of its own: the join link, codes and notes are a group's,
    the address is the house's and is mended for all in it together.
    """

    __tablename__ = "place"
    __table_args__ = (
        CheckConstraint("kind IN ('building', 'online', 'both')", name="kind"),
        CheckConstraint("(latitude IS NULL) = (longitude IS NULL)", name="position"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(12))
    name: Mapped[str] = mapped_column(Name(120), default="")
    street: Mapped[str] = mapped_column(String(160), default="")
    postcode: Mapped[str] = mapped_column(String(12), default="")
    town: Mapped[str] = mapped_column(Name(80), default="", index=True)
    province: Mapped[str] = mapped_column(String(80), default="")
    country: Mapped[str] = mapped_column(String(2), default="NL")
    """ISO 3166; empty where nobody said it and it cannot be told."""
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
    """The group whose place it is; no other group meets in it."""
    room: Mapped[str] = mapped_column(String(60), default="")
    """Which room of the house; empty when there is one, or nobody said."""
    house: Mapped[str | None] = mapped_column(String(240), index=True)
    """The same for every place in one building (domain/geography/house.py); None when too little is known."""
    earlier: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    """What was mended, with the week until which it was so; see `remember_until`."""

    join_before: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    """How one joined before, and the week until which that holds; None when it never was otherwise."""

    @property
    def position(self) -> Position | None:
        return _position(self.latitude, self.longitude)

    def value(self) -> Place:
        return place_in(self)

    def name_house(self, house: str | None) -> None:
        """Write the key of the house, also where the address alone would give another."""
        self.house = house
        self.__dict__["_house_is_named"] = True

    def join_otherwise_from(self, since: Week, *, now: Week) -> None:
        """Keep how one joins now for the weeks before `since`, whatever is written into it next."""
        place = self.value()
        stands, before = place.in_week(now), place.join_before
        self.join_before = {
            "until": since.number,
            "url": stands.join_url,
            "phone": stands.join_phone,
            "notes": stands.join_notes,
            "public": before.is_public if before and now < before.until else self.join_is_public,
        }

    def remember_until(self, week: Week) -> None:
        """Keep what it is now for the weeks before one, whatever is written into it next.

        Of several edits before the same week the first is kept: that is where people met.
        """
        kept = [one for one in self.earlier or () if one["until"] > week.number - WEEKS_KEPT]
        if any(one["until"] >= week.number for one in kept):
            return
        was = {name: getattr(self, name) for name in (*OF_THE_HOUSE, "room", "kind")}
        self.earlier = [*kept, {"until": week.number, **was}]


@event.listens_for(PlaceRecord, "before_insert")
@event.listens_for(PlaceRecord, "before_update")
def _name_house(_mapper: object, _connection: object, place: PlaceRecord) -> None:
    """Let the key follow the address, however it is written; `house_for` looks around as well."""
    for name, usual in _ADDRESS.items():
        if getattr(place, name) is None:  # not written yet: the default comes with the row
            setattr(place, name, usual)
    state = inspect(place)
    written = [name for name in (*_ADDRESS, "kind") if state.attrs[name].history.has_changes()]
    is_named = place.__dict__.pop("_house_is_named", False)
    if written and not is_named and not state.attrs["house"].history.has_changes():
        value = place.value()
        place.house = house_of(value) if value.has_building else None


def place_in(row: Any) -> Place:
    """Return the place that a row holds: a record, or columns of these names."""
    now = Place(
        id=row.id,
        kind=Kind(row.kind),
        name=row.name,
        street=row.street,
        postcode=row.postcode,
        town=row.town,
        province=row.province,
        country=row.country,
        position=_position(row.latitude, row.longitude),
        directions=row.directions,
        join_url=row.join_url,
        join_phone=row.join_phone,
        join_notes=row.join_notes,
        join_is_public=row.join_is_public,
        room=row.room,
        join_before=_join_before(row.join_before),
    )
    if not row.earlier:
        return now
    return replace(now, earlier=tuple(_earlier(now, one) for one in row.earlier))


def _position(latitude: float | None, longitude: float | None) -> Position | None:
    return None if latitude is None or longitude is None else Position(latitude, longitude)


class OneHouse(Base):
    """Two houses of which an officer said that they are one: a key and the one it counts as."""

    __tablename__ = "one_house"

    house: Mapped[str] = mapped_column(String(240), primary_key=True)
    same_as: Mapped[str] = mapped_column(String(240), index=True)


def house_for(place: Place) -> str | None:
    """Return the key of a house as the places around it have it. Two queries.

    An address without a postcode is the house of its neighbour with one; what an officer said to
    be one house is one.
    """
    if not place.has_building:
        return None
    known = house_of(place)
    if known is not None and (said := db.session.get(OneHouse, known)):
        return said.same_as
    if not (number := house_number(place)):
        return known
    around = select(PlaceRecord).where(
        PlaceRecord.id != place.id,
        PlaceRecord.house.is_not(None),
        PlaceRecord.street.contains(number),
        or_(PlaceRecord.town == place.town, PlaceRecord.postcode == place.postcode),
        PlaceRecord.town != "",
    )
    for other in db.session.scalars(around.order_by(PlaceRecord.id)):
        if is_one_house(other.value(), place):
            return other.house
    return known


def _join_before(was: dict[str, Any] | None) -> JoinBefore | None:
    if was is None:
        return None
    is_public = was.get("public") is True
    return JoinBefore(Week(was["until"]), was["url"], was["phone"], was["notes"], is_public)


def _earlier(now: Place, was: dict[str, Any]) -> Earlier:
    position = _position(was["latitude"], was["longitude"])
    texts = {name: was[name] for name in (*OF_THE_HOUSE, "room") if name not in _DEGREES}
    place = replace(now, kind=Kind(was["kind"]), position=position, **texts)
    return Earlier(Week(was["until"]), place)
