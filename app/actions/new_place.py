"""Writing a place, in the transaction that needs it."""

from dataclasses import asdict, dataclass

from app.db import db
from app.domain.place import Position
from app.records.groups import Group
from app.records.places import PlaceRecord


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
    join_url: str = ""
    join_phone: str = ""
    join_notes: str = ""
    join_is_public: bool = False


def write_place(group: Group, edit: PlaceEdit, position: Position | None) -> PlaceRecord:
    """Put a place of a group's own into the tables, in the transaction that needs it."""
    place = PlaceRecord(owner_id=group.id)
    fill_place(place, edit, position)
    db.session.add(place)
    db.session.flush()
    return place


def fill_place(place: PlaceRecord, edit: PlaceEdit, position: Position | None) -> None:
    """Write into the columns of a place what may be written of it."""
    for name, value in asdict(edit).items():
        setattr(place, name, value)
    place.latitude = position.latitude if position else None
    place.longitude = position.longitude if position else None
