"""The rows that schedules are made of, each kind by one query however many groups."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from operator import attrgetter
from typing import Any

from sqlalchemy import BindParameter, bindparam, inspect, or_, select
from sqlalchemy.orm.attributes import set_committed_value

from app.db import db, is_writing
from app.domain.week import LAST_YEAR, Week
from app.records.asked.once import LOOKED_BACK, From, asks_once, flush_of, rows_once
from app.records.fellowships import ThemeTitle
from app.records.groups import Group
from app.records.houses import in_one_house
from app.records.places import PlaceRecord
from app.records.slots import SlotRecord
from app.records.weeks import ClosureRecord, DeviationRecord

_GROUPS: BindParameter[Any] = bindparam("groups", expanding=True)
_SLOTS = select(SlotRecord).where(SlotRecord.group_id.in_(_GROUPS)).order_by(SlotRecord.since)
_HOURS = select(SlotRecord.group_id, SlotRecord.since, SlotRecord.weekday, SlotRecord.start).where(
    SlotRecord.group_id.in_(_GROUPS)
)
IN_WEEKS = (
    DeviationRecord.group_id.in_(_GROUPS),
    DeviationRecord.week.between(bindparam("first"), bindparam("last")),
)
"""Which weeks of groups are meant, whatever is read of them."""
_IN_HOUSES = select(PlaceRecord.id).where(in_one_house(bindparam("places", expanding=True)))
SHUTS = (
    ClosureRecord.first_day <= bindparam("last_day"),
    ClosureRecord.last_day >= bindparam("first_day"),
    or_(
        ClosureRecord.group_id.in_(_GROUPS),
        ClosureRecord.fellowship_id.in_(bindparam("fellowships", expanding=True)),
        ClosureRecord.place_id.in_(_IN_HOUSES),
    ),
)
"""Which closures shut groups: their own, their fellowship's, and those of the houses they meet in."""
_DEVIATIONS = select(DeviationRecord).where(*IN_WEEKS)
_CLOSURES = select(ClosureRecord).where(*SHUTS).order_by(ClosureRecord.id)
_TITLES = select(ThemeTitle).where(
    ThemeTitle.fellowship_id.in_(bindparam("fellowships", expanding=True))
)

FAR = Week.of(date(LAST_YEAR + 1, 1, 1))


def slot_rows(groups: Sequence[Group]) -> list[SlotRecord]:
    """Return the standing times, in order. One query, none within a deed that knows those of each.

    Whatever writes one does it by the list of its group.
    """
    if is_writing():
        flush_of(SlotRecord)
        if all("slots" in inspect(one).dict for one in groups):
            return sorted((slot for one in groups for slot in one.slots), key=_since)
    return read_slots(groups) if asks_once(groups) else _read(groups)


def read_slots(groups: Sequence[Group]) -> list[SlotRecord]:
    """Return the standing times of groups, in order, and let each group know its own. One query."""
    rows = _read(groups)
    of_group = defaultdict(list)
    for row in rows:
        of_group[row.group_id].append(row)
    for group in groups:
        if "slots" not in inspect(group).dict:
            set_committed_value(group, "slots", of_group[group.id])
    return rows


def _read(groups: Sequence[Group]) -> list[SlotRecord]:
    return [*db.session.scalars(_SLOTS, {"groups": [group.id for group in groups]})]


_since = attrgetter("since")


def slots_at_hand(groups: Sequence[Group]) -> Sequence[Any]:
    """Return of each standing time at least group_id, since, weekday and start.

    One query, none within a deed that knows those of each.
    """
    if is_writing() and all("slots" in inspect(one).dict for one in groups):
        return [slot for group in groups for slot in group.slots]
    return db.session.execute(_HOURS, {"groups": [one.id for one in groups]}).all()


def week_rows(ids: Sequence[int], weeks: tuple[Week, Week]) -> list[DeviationRecord]:
    """Return what is different from week to week, within a deed also before and after. One query."""
    asked = {"groups": ids, "last": FAR if asks_once(ids) else weeks[1]}
    since = From("first", weeks[0], Week.of(weeks[0].monday - LOOKED_BACK))
    return [row for (row,) in rows_once(_DEVIATIONS, asked, DeviationRecord, since=since)]


def closure_rows(
    groups: Sequence[Group], place_ids: set[int], weeks: tuple[Week, Week]
) -> list[ClosureRecord]:
    """Return the closures of groups, their fellowships and the houses of places. One query."""
    first, last = weeks[0].monday, weeks[1].sunday
    asked = {
        "groups": [group.id for group in groups],
        "fellowships": sorted({group.fellowship_id for group in groups}),
        "places": sorted(place_ids),
        "last_day": FAR.sunday if asks_once(groups) else last,
    }
    since = From("first_day", first, first - LOOKED_BACK)
    found = rows_once(_CLOSURES, asked, (ClosureRecord, PlaceRecord), since=since)
    return [row for (row,) in found if row.first_day <= last and first <= row.last_day]


def title_rows(fellowship_ids: set[int]) -> list[ThemeTitle]:
    """Return the titles of the themes of fellowships. One query."""
    rows = rows_once(_TITLES, {"fellowships": sorted(fellowship_ids)}, ThemeTitle)
    return [row for (row,) in rows]
