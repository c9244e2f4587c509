"""Who meets where: the groups in a place, and the places a group may choose from."""

from sqlalchemy import and_, exists, or_, select, union

from app.db import db
from app.domain.place import Visibility
from app.records.accounts import RoleRecord
from app.records.groups import Group
from app.records.places import PlaceRecord
from app.records.slots import SlotRecord
from app.records.weeks import DeviationRecord


def groups_using(place_id: int) -> set[int]:
    """Return the ids of the groups with a slot or a week in a place. One query."""
    slots = select(SlotRecord.group_id).where(SlotRecord.place_id == place_id)
    weeks = select(DeviationRecord.group_id).where(DeviationRecord.place_id == place_id)
    return set(db.session.scalars(union(slots, weeks)))


def places_for(group: Group, account_id: int) -> list[PlaceRecord]:
    """Return the places a coordinator may choose for a group, by town and name. One query.

    Those that their own groups wrote down or use, and those in the group's town that another
    listed group shows whole to the public: never one that a group keeps to itself.
    """
    query = (
        select(PlaceRecord)
        .where(_is_open_to(group, account_id))
        .order_by(PlaceRecord.town, PlaceRecord.name, PlaceRecord.id)
    )
    return list(db.session.scalars(query))


def may_use_place(place_id: int, group: Group, account_id: int) -> bool:
    """Tell whether `places_for` would offer this place."""
    query = select(PlaceRecord.id).where(PlaceRecord.id == place_id, _is_open_to(group, account_id))
    return db.session.scalar(query) is not None


def _is_open_to(group: Group, account_id: int):
    mine = select(RoleRecord.group_id).where(RoleRecord.account_id == account_id)
    used_by_mine = exists().where(
        SlotRecord.place_id == PlaceRecord.id, SlotRecord.group_id.in_(mine)
    )
    shown_in_town = exists().where(
        SlotRecord.place_id == PlaceRecord.id,
        SlotRecord.visibility == Visibility.WHOLE,
        Group.id == SlotRecord.group_id,
        Group.listed,
    )
    return or_(
        PlaceRecord.owner_id.in_(mine),
        used_by_mine,
        and_(PlaceRecord.town == group.town, PlaceRecord.town != "", shown_in_town),
    )
