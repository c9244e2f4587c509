"""What coordinators do to places: write one down, mend it."""

from dataclasses import asdict

from sqlalchemy import select

from app.actions.new_place import PlaceEdit, fill_place, write_place
from app.actions.revision import calendar_changed, confirmed
from app.actions.transaction import hold_group, hold_groups, note, transaction
from app.db import db
from app.domain.place import Position
from app.domain.refusal import NotTheirs
from app.records.accounts import Account
from app.records.groups import Group
from app.records.places import PlaceRecord
from app.records.places_in_use import groups_using


@transaction
def add_place(
    group: Group, edit: PlaceEdit, *, position: Position | None, by: Account | None
) -> PlaceRecord:
    """Write down a place for this group's slots; the same again is the same. Raises NotTheirs."""
    group = hold_group(group.id, by)
    own = db.session.scalars(select(PlaceRecord).where(PlaceRecord.owner_id == group.id))
    for place in own:
        if all(getattr(place, name) == value for name, value in asdict(edit).items()):
            return place
    place = write_place(group, edit, position)
    note("add_place", by=by, groups=[group], after={"place": _name(place)})
    return place


@transaction
def edit_place(
    group: Group,
    place: PlaceRecord,
    edit: PlaceEdit,
    *,
    position: Position | None,
    by: Account | None,
) -> None:
    """Mend a place that this group wrote down; every group that meets there is told by its feed.

    Raises NotTheirs when another group wrote it down.
    """
    users = groups_using(place.id)
    held = hold_groups({group.id, *users}, None)
    hold_group(group.id, by)
    if place.owner_id != group.id:
        raise NotTheirs
    before = _name(place)
    fill_place(place, edit, position)
    calendar_changed(*(one for one in held if one.id in users))
    confirmed(*held, by=by)
    note(
        "edit_place",
        by=by,
        groups=held,
        before={"place": before},
        after={"place": _name(place)},
    )


def _name(place: PlaceRecord) -> str:
    return ", ".join(part for part in (place.name, place.value().address) if part)
