"""Groups that a public list may hold, page by page, and a stamp that tells when the list differs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVarTuple
from zoneinfo import ZoneInfo

from sqlalchemy import Select, and_, bindparam, exists, func, or_, select

from app.db import db
from app.domain.listing import Listing
from app.domain.meeting import Status
from app.domain.week import Week
from app.domain.zones import HOME
from app.records.asked.columns import read_columns
from app.records.asked.listed import LISTED
from app.records.fellowships import Fellowship, all_bodies
from app.records.groups import Group
from app.records.listings import listings_in
from app.records.slots import SlotRecord

AT_ONCE = 500
_AMONG = select(*LISTED).where(Group.id.in_(bindparam("groups", expanding=True))).order_by(Group.id)

Of = TypeVarTuple("Of")


def listed_groups(
    fellowship_id: int | None = None, *, after_id: int = 0, limit: int = AT_ONCE
) -> Sequence[Any]:
    """Return listed groups with a weekly time that meet or prepare to, in the order of their ids.

    Of each the columns that a listing needs. One query. The next page begins after the last id of
    this one.
    """
    query = _of(select(*LISTED), fellowship_id).where(Group.id > after_id).limit(limit)
    return read_columns(query.order_by(Group.id))


@dataclass(frozen=True)
class Numbered:
    """A listing, with the numbers that foreign programs know a group and a fellowship by."""

    id: int
    fellowship_id: int
    listing: Listing


def listed(now: datetime, fellowship_id: int | None = None) -> Iterator[Listing]:
    """Yield the listings of these groups, with what holds in the week of an aware instant.

    With the numbers of contact persons who show them. Nine queries for every 500 groups; no more
    than 500 are in memory at a time.
    """
    yield from (one.listing for one in numbered(now, fellowship_id, with_numbers=True))


def numbered(
    now: datetime,
    fellowship_id: int | None = None,
    *,
    ahead: int = 1,
    with_numbers: bool = False,
) -> Iterator[Numbered]:
    """Yield the same with the ids, and with what holds in so many weeks ahead.

    Without a contact person, unless `with_numbers`.
    """
    after_id = 0
    while groups := listed_groups(fellowship_id, after_id=after_id):
        after_id = groups[-1].id
        yield from _numbered(groups, now, ahead, with_numbers=with_numbers)


def numbered_among(ids: Sequence[int], now: datetime) -> Iterator[Numbered]:
    """Yield groups with these ids, which ascend, as `listed` does; nothing of one that is gone."""
    for first in range(0, len(ids), AT_ONCE):
        groups = read_columns(_AMONG, {"groups": ids[first : first + AT_ONCE]})
        yield from _numbered(groups, now, 1, with_numbers=True)


def _numbered(
    groups: Sequence[Any], now: datetime, ahead: int, *, with_numbers: bool
) -> Iterator[Numbered]:
    # The week differs around the world, by a day on either side.
    weeks = (Week.at(now, HOME) + -1, Week.at(now, HOME) + ahead)
    bodies = {one.id: one for one in all_bodies()}
    listings = listings_in(groups, bodies, weeks, with_contacts=with_numbers)
    for group, listing in zip(groups, listings, strict=True):
        yield Numbered(group.id, group.fellowship_id, listing)


def stands_of_listed(
    now: datetime, fellowship_id: int | None = None
) -> list[tuple[int, tuple[object, ...]]]:
    """Return the listed groups in the order of their ids, each with what decides its listing today.

    While that is the same, and the day in its zone, so is what a list says of it; see
    `stamp_of_listed`. Two queries of columns, however many groups.
    """
    cards = {
        card.id: tuple(card)
        for card in read_columns(
            select(Fellowship.id, Fellowship.slug, Fellowship.name, Fellowship.website, Fellowship.confirm_after)
        )
    }  # fmt: skip
    query = _of(
        select(
            Group.id,
            Group.fellowship_id,
            Group.zone,
            Group.calendar_rev,
            Group.calendar_changed_at,
            Group.confirmed_on,
        ),
        fellowship_id,
    )
    days: dict[str, date] = {}
    found: list[tuple[int, tuple[object, ...]]] = []
    for id, body, zone, *stands in read_columns(query.order_by(Group.id)):
        if zone not in days:
            days[zone] = now.astimezone(ZoneInfo(zone)).date()
        found.append((id, (*stands, days[zone], cards.get(body))))
    return found


def stamp_of_listed(now: datetime, fellowship_id: int | None = None) -> list[Any]:
    """Return values that change whenever a listing among them does, or the day turns. Two queries.

    Every write to anything that a listing says raises its group's calendar_rev, but for its
    confirmation: that is counted by its day, and ages from day to day.
    """
    query = _of(
        select(
            Group.zone,
            Group.confirmed_on,
            func.count(Group.id),
            func.sum(Group.calendar_rev),
            func.sum(Group.id),
            func.max(Group.calendar_changed_at),
        ),
        fellowship_id,
    )
    of_zones = [
        [
            zone,
            f"{now.astimezone(ZoneInfo(zone)):%Y-%m-%d}",
            f"{day}",
            count,
            int(revisions),
            int(ids),
            f"{changed}",
        ]
        for zone, day, count, revisions, ids, changed in db.session.execute(
            query.group_by(Group.zone, Group.confirmed_on).order_by(Group.zone, Group.confirmed_on)
        )
    ]
    cards = select(
        Fellowship.slug, Fellowship.name, Fellowship.website, Fellowship.confirm_after
    ).order_by(Fellowship.slug)
    if fellowship_id is not None:
        cards = cards.where(Fellowship.id == fellowship_id)
    return [of_zones, [list(card) for card in db.session.execute(cards)]]


def _of(query: Select[*Of], fellowship_id: int | None) -> Select[*Of]:
    has_slot = exists().where(SlotRecord.group_id == Group.id)
    query = query.where(
        Group.listed, or_(Group.status == Status.ACTIVE, Group.status == Status.PREPARING), has_slot
    )
    if fellowship_id is not None:
        query = query.where(and_(Group.fellowship_id == fellowship_id))
    return query
