"""Slots, weeks, closures and titles of some groups: one query each, put together once.

Within a deed by the records that it reads once for all that follows from it, else by columns.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, bindparam, null, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from app.db import is_writing
from app.domain.closure import Closure
from app.domain.deviation import Deviation
from app.domain.place import Place
from app.domain.slot import Slot
from app.domain.themes import Theme
from app.domain.week import Week
from app.records.asked.columns import read_columns
from app.records.asked.schedule_rows import (
    IN_WEEKS,
    SHUTS,
    closure_rows,
    slot_rows,
    title_rows,
    week_rows,
)
from app.records.fellowships import ThemeTitle
from app.records.places import PlaceRecord, place_in
from app.records.slots import SlotRecord, slot_in
from app.records.weeks import ClosureRecord, DeviationRecord, closure_in, deviation_in

_GROUPS: BindParameter[Any] = bindparam("groups", expanding=True)
_P, _S, _D, _C, _T = PlaceRecord, SlotRecord, DeviationRecord, ClosureRecord, ThemeTitle
_PLACE: tuple[InstrumentedAttribute[Any], ...] = (
    _P.id, _P.kind, _P.name, _P.street, _P.postcode, _P.town, _P.province, _P.country, _P.latitude,
    _P.longitude, _P.directions, _P.join_url, _P.join_phone, _P.join_notes, _P.join_is_public,
    _P.room, _P.earlier, _P.join_before,
)  # fmt: skip
_SLOTS = (
    select(
        _S.group_id, _S.since, _S.weekday, _S.start, _S.minutes, _S.visibility, _S.themes,
        _S.end_said, _S.open_on, _S.closed_on, *_PLACE,
    )
    .outerjoin(_P, _P.id == _S.place_id)
    .where(_S.group_id.in_(_GROUPS))
    .order_by(_S.since)
)  # fmt: skip


def _weeks_of(inside_note: ColumnElement[Any] | InstrumentedAttribute[Any]) -> Any:
    return (
        select(
            _D.group_id, _D.week, _D.cancelled, _D.reason, _D.weekday, _D.start, _D.visibility,
            _D.theme_step, _D.theme_title, _D.note, inside_note, _D.is_open, _D.all_the_same, *_PLACE,
        )
        .outerjoin(_P, _P.id == _D.place_id)
        .where(*IN_WEEKS)
    )  # fmt: skip


_DEVIATIONS = {
    True: _weeks_of(null().label("inside_note")),
    False: _weeks_of(_D.inside_note),
}
"""For the public, which never reads the note inside, it is not even opened."""
_HERE, _IN_HOUSE = aliased(_P), aliased(_P)
_CLOSURES = (
    select(
        _C.id, _C.group_id, _C.fellowship_id, _C.place_id, _C.first_day, _C.last_day, _C.reason,
        _C.said_at, _C.only_room, _IN_HOUSE.id.label("beside"), _IN_HOUSE.room,
    )
    .outerjoin(_HERE, _HERE.id == _C.place_id)
    .outerjoin(_IN_HOUSE, _IN_HOUSE.house == _HERE.house)
    .where(*SHUTS)
    .order_by(_C.id)
)  # fmt: skip
_TITLES = select(_T.fellowship_id, _T.step, _T.title, _T.reading, _T.question).where(
    _T.fellowship_id.in_(bindparam("fellowships", expanding=True))
)


def slots_of(groups: Sequence[Any], *, public: bool) -> dict[int, list[Slot]]:
    """Return the slots of groups, the earliest first."""
    found = defaultdict(list)
    for group_id, slot in _slots(groups):
        found[group_id].append(slot.seen_by_public() if public else slot)
    return found


def _slots(groups: Sequence[Any]) -> Iterator[tuple[int, Slot]]:
    if is_writing():
        yield from ((row.group_id, row.value()) for row in slot_rows(groups))
        return
    for row in read_columns(_SLOTS, {"groups": [group.id for group in groups]}):
        yield row.group_id, slot_in(row, _place_in(row))


def deviations_of(
    ids: Sequence[int], weeks: tuple[Week, Week], *, public: bool
) -> dict[int, dict[Week, Deviation]]:
    """Return what is different in some weeks, the first and the last included."""
    found: dict[int, dict[Week, Deviation]] = defaultdict(dict)
    for group_id, deviation in _deviations(ids, weeks, public=public):
        found[group_id][deviation.week] = deviation.seen_by_public() if public else deviation
    return found


def _deviations(
    ids: Sequence[int], weeks: tuple[Week, Week], *, public: bool
) -> Iterator[tuple[int, Deviation]]:
    if is_writing():
        for one in week_rows(ids, weeks):
            if weeks[0] <= one.week <= weeks[1]:
                yield one.group_id, one.value()
        return
    asked = {"groups": ids, "first": weeks[0], "last": weeks[1]}
    for row in read_columns(_DEVIATIONS[public], asked):
        yield row.group_id, deviation_in(row, _place_in(row))


def closures_of(
    groups: Sequence[Any], place_ids: set[int], weeks: tuple[Week, Week]
) -> Callable[[Any], list[Closure]]:
    """Return a function from a group to the closures that may touch it."""
    found = list(_closures(groups, place_ids, weeks))
    of_their_own = {row.group_id for row, _ in found}
    alike: dict[int, list[Closure]] = {}

    def of(group: Any) -> list[Closure]:
        body = group.fellowship_id
        if group.id not in of_their_own and body in alike:
            return alike[body]
        touching = [
            closure
            for row, closure in found
            if row.place_id is not None or row.group_id == group.id or row.fellowship_id == body
        ]
        if group.id not in of_their_own:
            alike[body] = touching
        return touching

    return of


def _closures(
    groups: Sequence[Any], place_ids: set[int], weeks: tuple[Week, Week]
) -> Iterator[tuple[Any, Closure]]:
    """Yield closures, each with its row."""
    if is_writing():
        yield from ((row, row.value()) for row in closure_rows(groups, place_ids, weeks))
        return
    asked = {
        "groups": [group.id for group in groups],
        "fellowships": [*{group.fellowship_id for group in groups}],
        "places": [*place_ids],
        "first_day": weeks[0].monday,
        "last_day": weeks[1].sunday,
    }
    rows: dict[int, Any] = {}
    rooms: dict[int, dict[int, str]] = defaultdict(dict)
    for row in read_columns(_CLOSURES, asked):
        rows[row.id] = row
        if row.beside is not None:
            rooms[row.id][row.beside] = row.room
    yield from ((row, closure_in(row, rooms[id])) for id, row in rows.items())


def titles_of(fellowship_ids: set[int]) -> dict[int, dict[int, Theme]]:
    """Return by fellowship its own titles of the steps."""
    found: dict[int, dict[int, Theme]] = defaultdict(dict)
    if is_writing():
        for one in title_rows(fellowship_ids):
            found[one.fellowship_id][one.step] = one.value()
        return found
    for row in read_columns(_TITLES, {"fellowships": [*fellowship_ids]}):
        found[row.fellowship_id][row.step] = Theme(row.step, row.title, row.reading, row.question)
    return found


def _place_in(row: Any) -> Place | None:
    return None if row.id is None else place_in(row)
