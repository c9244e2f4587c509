"""Writing a place of a group's own, in the transaction that needs it."""

from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from sqlalchemy import select

from app.db import db
from app.domain.geography.house import is_one_room
from app.domain.geography.whereabouts import spot_of
from app.domain.place import Kind, Place, Position
from app.records.accounts import Account
from app.records.groups import Group
from app.records.places import OF_THE_HOUSE, PlaceRecord, house_for


@dataclass(frozen=True)
class PlaceEdit:
    """What may be written of a place; each name is a column of PlaceRecord."""

    kind: str
    name: str = ""
    street: str = ""
    postcode: str = ""
    town: str = ""
    province: str = ""
    country: str = "NL"
    directions: str = ""
    room: str = ""
    join_url: str = ""
    join_phone: str = ""
    join_notes: str = ""
    join_is_public: bool = False


@dataclass(frozen=True)
class NewPlace:
    """A place as somebody types it, and where it lies if that is known."""

    edit: PlaceEdit
    position: Position | None = None


def place_of_own(group: Group, new: NewPlace) -> PlaceRecord:
    """Return the group's own place that is written just so, or write it: typed twice it is one."""
    return written_already(group, new.edit) or write_place(group, new.edit, new.position)


def written_already(group: Group, edit: PlaceEdit) -> PlaceRecord | None:
    """Return the group's own place that says just this, or None. One query."""
    own = select(PlaceRecord).where(PlaceRecord.owner_id == group.id)
    for place in db.session.scalars(own.order_by(PlaceRecord.id)):
        if all(getattr(place, name) == value for name, value in asdict(edit).items()):
            return place
    return None


def write_place(group: Group, edit: PlaceEdit, position: Position | None) -> PlaceRecord:
    """Put a place of a group's own into the tables, in the transaction that needs it."""
    place = PlaceRecord(owner_id=group.id, earlier=[])
    fill_place(place, edit, position)
    db.session.add(place)
    db.session.flush()
    return place


def fill_place(place: PlaceRecord, edit: PlaceEdit, position: Position | None) -> None:
    """Write into the columns of a place what may be written of it, and which house that is."""
    for name, value in asdict(edit).items():
        setattr(place, name, value)
    place.latitude = position.latitude if position else None
    place.longitude = position.longitude if position else None
    with db.session.no_autoflush:
        place.name_house(house_for(place.value()))


def place_of(group: Group, chosen: Place | None, by: Account | None) -> PlaceRecord | None:
    """Return the row that a chosen place is for a group; see `own_place`. At most three queries."""
    if chosen is None:
        return None
    place = db.session.get_one(PlaceRecord, chosen.id)
    if place.owner_id == group.id:
        return place
    both = by is not None and any(held.group_id == place.owner_id for held in by.roles_held)
    return own_place(group, place.id, with_joining=both)


def own_place(group: Group, place_id: int, *, with_joining: bool = False) -> PlaceRecord:
    """Return a place as this group's own: itself, its row for the same room, or a new one.

    What is of the house comes along. What is of the other group (join link, codes, notes for
    participants) only `with_joining`: for who coordinates both. At most two queries.
    """
    place = db.session.get_one(PlaceRecord, place_id)
    if place.owner_id == group.id:
        return place
    if place.house is not None:
        own = select(PlaceRecord).where(
            PlaceRecord.owner_id == group.id, PlaceRecord.house == place.house
        )
        for one in db.session.scalars(own.order_by(PlaceRecord.id)):
            if is_one_room(one.room, place.room) is not False and one.kind == place.kind:
                return one
    copied = [*OF_THE_HOUSE, "kind", "room", "house"]
    if with_joining:
        copied += ["join_url", "join_phone", "join_notes", "join_is_public", "join_before"]
    taken = PlaceRecord(
        owner_id=group.id, earlier=[], **{name: getattr(place, name) for name in copied}
    )
    if not with_joining and taken.kind == Kind.BOTH:
        taken.kind = Kind.BUILDING
    db.session.add(taken)
    db.session.flush()
    return taken


def write_place_instead(group: Group, now: Place | None, instead: dict[str, Any]) -> PlaceRecord:
    """Write down the place of now with what is proposed instead, as one of this group's own.

    In another street the way in is another one too; what is online stays so.
    """
    said = {"name" if name == "place_name" else name: value for name, value in instead.items()}
    edit = PlaceEdit(kind=Kind.BUILDING, town=group.town, province=group.province)
    position = None
    if now:
        edit = PlaceEdit(**{one.name: getattr(now, one.name) for one in fields(PlaceEdit)})
        edit = replace(edit, kind=Kind.BOTH if now.is_online else Kind.BUILDING)
        position = now.position
    if "street" in said:
        edit = replace(edit, directions="")
    edit = replace(edit, **said)
    if "postcode" in said or "town" in said:
        spot = spot_of(edit.country, edit.postcode, edit.town)
        position = spot.position if spot else None
        edit = replace(edit, province=spot.province if spot else edit.province)
    return write_place(group, edit, position)
