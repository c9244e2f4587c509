"""What an office says of houses: that two addresses are one building, or two after all."""

from sqlalchemy import select

from app.actions.parts.office import tell_coordinators
from app.actions.parts.revision import calendar_follows
from app.actions.parts.transaction import hold_fellowship, hold_groups, note, transaction
from app.db import db
from app.domain.geography.house import OneIsNoTwo, house_of
from app.domain.refusal import NotTheirs
from app.records.accounts import Account
from app.records.fellowships import Fellowship
from app.records.houses import groups_meeting_in
from app.records.places import OneHouse, PlaceRecord


@transaction
def say_one_house(fellowship: Fellowship, place_ids: list[int], *, by: Account | None) -> None:
    """Let the houses of places count as the first of them, now and for who comes there later.

    A closure of one then shuts all. The coordinators there are told. Raises OneIsNoTwo, NotTheirs
    when a group of this fellowship meets in none of one of them.
    """
    fellowship = hold_fellowship(fellowship.id, by)
    houses = _houses_of(place_ids)
    if len(houses) < 2:
        raise OneIsNoTwo
    kept, *others = houses
    places = list(db.session.scalars(select(PlaceRecord).where(PlaceRecord.house.in_(houses))))
    held = hold_groups(groups_meeting_in([one.id for one in places]), None)
    ours = {group.id for group in held if group.fellowship_id == fellowship.id}
    for house in houses:
        if not ours & {one.owner_id for one in places if one.house == house}:
            raise NotTheirs
    for said in db.session.scalars(select(OneHouse).where(OneHouse.same_as.in_(others))):
        said.same_as = kept
    for house in others:
        db.session.merge(OneHouse(house=house, same_as=kept))
    if (was_other := db.session.get(OneHouse, kept)) is not None:
        db.session.delete(was_other)
    with calendar_follows(*held):
        for place in places:
            place.name_house(kept)
    for group in held:
        tell_coordinators(group, "one_house", by=by)
    note(
        "say_one_house",
        by=by,
        groups=held,
        fellowship_id=fellowship.id,
        before={"houses": houses},
        after={"house": kept},
    )


@transaction
def say_two_houses(fellowship: Fellowship, place_id: int, *, by: Account | None) -> None:
    """Let what was said to be one house be by its addresses again. Raises NotTheirs."""
    fellowship = hold_fellowship(fellowship.id, by)
    house = next(iter(_houses_of([place_id])), None)
    places = list(db.session.scalars(select(PlaceRecord).where(PlaceRecord.house == house)))
    held = hold_groups(groups_meeting_in([one.id for one in places]), None)
    if not any(group.fellowship_id == fellowship.id for group in held):
        raise NotTheirs
    for said in db.session.scalars(select(OneHouse).where(OneHouse.same_as == house)):
        db.session.delete(said)
    with calendar_follows(*held):
        for place in places:
            place.name_house(house_of(place.value()))
    for group in held:
        tell_coordinators(group, "two_houses", by=by)
    note(
        "say_two_houses",
        by=by,
        groups=held,
        fellowship_id=fellowship.id,
        before={"house": house},
    )


def _houses_of(place_ids: list[int]) -> list[str]:
    """Return the keys of the houses of places, each once, in the order given."""
    rows = db.session.scalars(select(PlaceRecord).where(PlaceRecord.id.in_(place_ids)))
    houses = {place.id: place.house for place in rows}
    return list(dict.fromkeys(house for id in place_ids if (house := houses.get(id))))
