"""The nearest groups of the same kind that have a free seat."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, ColumnExpressionArgument, and_, func, or_, select
from sqlalchemy.orm import aliased

from app.db import db
from app.domain.geography.netherlands import NETHERLANDS, distance
from app.domain.geography.whereabouts import spot_of
from app.domain.meeting import Status
from app.domain.place import Kind, Position, Visibility
from app.domain.seating import UNPROVEN, Seating
from app.domain.week import Week
from app.records.groups import Group
from app.records.listings import with_fellowship
from app.records.participants import ParticipantRecord
from app.records.places import PlaceRecord
from app.records.slots import SlotRecord


@dataclass(frozen=True)
class Nearby:
    """A group, and how far it is in whole kilometres as the crow flies; None when not known."""

    group: Group
    kilometres: int | None


@dataclass(frozen=True)
class _Spot:
    """Where a group is, as far as the public may know it."""

    id: int
    position: Position | None
    province: str
    is_online: bool


def nearest_with_a_seat(group: Group, week: Week, *, limit: int = 3) -> list[Nearby]:
    """Return groups of the same subject and audience, of any fellowship, the nearest first.

    Measured from the places that hold in this week; from the middle of the town where the place
    is not for everyone to see, so that no distance betrays it. Then those of the province, then
    those online. Three queries, however many groups.
    """
    here = next(iter(_spots(week, Group.id == group.id)), None)
    others = _spots(
        week,
        Group.id != group.id,
        Group.listed,
        Group.status == Status.ACTIVE,
        Group.subject == group.subject,
        Group.audience == group.audience,
        Group.zone == group.zone,
        _has_a_free_seat(),
    )
    ranked = sorted(
        (rank, spot.id) for spot in others if here and (rank := _rank(here, spot)) is not None
    )[:limit]
    query = select(Group).where(Group.id.in_([number for _, number in ranked]))
    found = {one.id: one for one in db.session.scalars(query.options(with_fellowship()))}
    return [
        Nearby(found[number], max(1, round(rank[1])) if rank[0] == 0 else None)
        for rank, number in ranked
    ]


def _rank(here: _Spot, there: _Spot) -> tuple[int, float] | None:
    if here.position and there.position:
        return 0, distance(here.position, there.position)
    if here.province and here.province == there.province:
        return 1, 0.0
    return (2, 0.0) if there.is_online else None


def _spots(week: Week, *which: ColumnExpressionArgument[bool]) -> list[_Spot]:
    slot, place = aliased(SlotRecord), aliased(PlaceRecord)
    latest = (
        select(func.max(SlotRecord.since))
        .where(SlotRecord.group_id == Group.id, SlotRecord.since <= week)
        .correlate(Group)
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(
            Group.id, Group.town, Group.province, slot.visibility,
            place.kind, place.town, place.country, place.latitude, place.longitude,
        )
        .select_from(Group)
        .outerjoin(slot, (slot.group_id == Group.id) & (slot.since == latest))
        .outerjoin(place, place.id == slot.place_id)
        .where(*which)
    )  # fmt: skip
    return [_spot(*row) for row in rows]


def _spot(
    number: int, town: str, province: str, visibility: str | None, kind: str | None,
    town_of_place: str | None, country: str | None, latitude: float | None, longitude: float | None,
) -> _Spot:  # fmt: skip
    position = None
    if visibility == Visibility.WHOLE and latitude is not None and longitude is not None:
        position = Position(latitude, longitude)
    elif middle := spot_of(
        country or NETHERLANDS,
        "",
        town or (town_of_place if visibility != Visibility.NOTHING else "") or "",
        province,
    ):
        position, province = middle.position, province or middle.province
    return _Spot(number, position, province, kind == Kind.ONLINE)


def _has_a_free_seat() -> ColumnElement[bool]:
    """Return the condition under which `Group.availability` says so of a group that meets.

    Who merely asked takes no chair, and of a group that people walk into nobody knows.
    """
    row = ParticipantRecord
    is_known = or_(row.hold.is_(None), row.hold.not_in(UNPROVEN))
    of_group = and_(row.group_id == Group.id, is_known)
    taken = select(func.count(row.seat)).where(of_group).correlate(Group).scalar_subquery()
    waiting = select(row.id).where(of_group, row.wait_number.is_not(None)).correlate(Group)
    keeps_list = and_(Group.seating_said, Group.seating != Seating.WALK_IN)
    return and_(keeps_list, taken < Group.capacity, ~waiting.exists())
