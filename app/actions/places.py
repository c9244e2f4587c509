"""What coordinators do to places: write one down, mend it, put the address of their house back."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from app import clock
from app.actions.parts.house_news import tell_the_house
from app.actions.parts.new_place import PlaceEdit, fill_place, write_place, written_already
from app.actions.parts.revision import calendar_follows, confirmed
from app.actions.parts.transaction import (
    hold_group,
    hold_groups,
    must_coordinate,
    note,
    transaction,
)
from app.db import db
from app.domain.geography.house import HouseIsOtherwise
from app.domain.place import Position
from app.domain.refusal import NotTheirs
from app.domain.week import Week
from app.records.accounts import Account
from app.records.changes import change_of_group
from app.records.groups import Group
from app.records.houses import groups_meeting_in, places_with
from app.records.listings import schedules_of
from app.records.places import OF_THE_HOUSE, PlaceRecord

HOUSE_UNDONE_WITHIN = timedelta(days=30)
"""Whoever meets in a house may put back what another group made of its address."""

_JOINING = ("join_url", "join_phone", "join_notes")
_TAKEN_OVER_WHERE_EQUAL = ("name", "directions")
"""Groups may call a house differently; where they said the same, they go on saying the same."""


@transaction
def add_place(
    group: Group, edit: PlaceEdit, *, position: Position | None, by: Account | None
) -> PlaceRecord:
    """Write down a place for this group's slots; the same again is the same. Raises NotTheirs."""
    group = hold_group(group.id, by)
    if twice := written_already(group, edit):
        return twice
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
    whole_house: bool = True,
    join_since: Week | None = None,
) -> None:
    """Mend a place of this group's; what was held there stays where it was.

    What is of the house (address, way in) is mended for every group in it: their coordinators
    hear of it and can put it back. Not `whole_house` means that this group alone is elsewhere.
    With `join_since` the other link holds from that week on, and until then the one of now.
    Raises NotTheirs for another group's place.
    """
    others = [one for one in places_with(place) if one.owner_id != group.id] if whole_house else []
    users = groups_meeting_in([place.id, *(one.id for one in others)])
    held = hold_groups({group.id, *users}, None)
    if by is not None:
        must_coordinate([group.id], by)
    if place.owner_id != group.id:
        raise NotTheirs
    before, was = _name(place), _house_in(place)
    stood = {one.id: _house_in(one) for one in (place, *others)}
    weeks = _weeks_to_come(held)
    touched = [group]
    with calendar_follows(*(one for one in held if one.id in users)):
        place.remember_until(weeks[group.id])
        _write_joining(place, edit, join_since, weeks[group.id])
        fill_place(place, edit, position)
        shared = {name: value for name, value in _house_in(place).items() if value != was[name]}
        if shared and others:
            mended = [one for one in others if _take_over(one, shared, was, place, weeks)]
            touched += [one for one in held if one.id in {each.owner_id for each in mended}]
    rows = [one for one in (place, *others) if one.owner_id in {each.id for each in touched}]
    confirmed(group, by=by)
    note(
        "edit_place" if len(touched) == 1 else "edit_house",
        by=by,
        groups=touched,
        before={"place": before, "rows": {str(one.id): stood[one.id] for one in rows}},
        after={"place": _name(place), "rows": {str(one.id): _house_in(one) for one in rows}},
    )
    tell_the_house(touched[1:], before, _name(place), by_group=group, by=by)


@transaction
def put_house_back(group: Group, change_id: int, *, by: Account | None) -> None:
    """Put back what another group made of the address, for every group in the house.

    Raises NotTheirs, HouseIsOtherwise when it was mended again since or it is too long ago.
    """
    change = change_of_group(change_id, group.id)
    if change is None or change.deed != "edit_house":
        raise NotTheirs
    ids = [int(id) for id in change.before["rows"]]
    of_house = select(PlaceRecord).where(PlaceRecord.id.in_(ids))
    owners = {one.owner_id for one in db.session.scalars(of_house) if one.owner_id}
    held = hold_groups(owners | {group.id}, None)
    if by is not None:
        must_coordinate([group.id], by)
    if clock.now() > change.at + HOUSE_UNDONE_WITHIN:
        raise HouseIsOtherwise
    # Read again: another may have put it back while this one waited.
    again = {"populate_existing": True}
    places = list(db.session.scalars(of_house, execution_options=again))
    weeks = _weeks_to_come(held)
    for place in places:
        if _house_in(place) != change.after["rows"].get(str(place.id)):
            raise HouseIsOtherwise
    with calendar_follows(*held):
        for place in places:
            place.remember_until(weeks[place.owner_id or group.id])
            stood = change.before["rows"][str(place.id)]
            for name in OF_THE_HOUSE:
                setattr(place, name, stood[name])
            place.name_house(stood["house"])
    confirmed(group, by=by)
    note(
        "put_house_back",
        by=by,
        groups=held,
        before={"place": change.after["place"]},
        after={"place": change.before["place"]},
    )
    others = [one for one in held if one != group]
    was, now = change.after["place"], change.before["place"]
    tell_the_house(others, was, now, by_group=group, by=by, is_back=True)


def _write_joining(place: PlaceRecord, edit: PlaceEdit, since: Week | None, first: Week) -> None:
    """Keep how one joins now for the weeks before the other link holds; at once keeps nothing."""
    before = place.join_before
    is_same = all(getattr(place, name) == getattr(edit, name) for name in _JOINING)
    if since is None or since <= first:
        place.join_before = None
    elif not is_same:
        place.join_otherwise_from(since, now=first)
    elif before and before["until"] > first.number:
        place.join_before = before | {"until": since.number}


def _take_over(
    other: PlaceRecord,
    shared: dict[str, Any],
    was: dict[str, Any],
    place: PlaceRecord,
    weeks: dict[int, Week],
) -> bool:
    """Write what is now of the house into another group's row; tell whether that changed it."""
    wanted = {
        name: value
        for name, value in shared.items()
        if name not in _TAKEN_OVER_WHERE_EQUAL or getattr(other, name) == was[name]
    }
    if all(getattr(other, name) == value for name, value in wanted.items()):
        return False
    if other.owner_id in weeks:
        other.remember_until(weeks[other.owner_id])
    for name, value in wanted.items():
        setattr(other, name, value)
    other.name_house(place.house)
    return True


def _weeks_to_come(groups: list[Group]) -> dict[int, Week]:
    """Return by group the first week of which nothing has been held yet. Five queries."""
    now = clock.now()
    weeks = {group.id: Week.at(now, group.timezone) for group in groups}
    first = min(weeks.values())
    schedules = schedules_of(groups, (first, max(weeks.values())), public=False)
    for group in groups:
        meeting = schedules[group.id].meeting_in(weeks[group.id])
        if meeting is not None and meeting.starts <= now:
            weeks[group.id] += 1
    return weeks


def _house_in(place: PlaceRecord) -> dict[str, Any]:
    return {name: getattr(place, name) for name in (*OF_THE_HOUSE, "house")}


def _name(place: PlaceRecord) -> str:
    return ", ".join(part for part in (place.name, place.value().address) if part)
