"""All rows of a fellowship, as an archive takes them along: which tables, which columns, in what order."""

from collections import defaultdict
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, false, inspect, or_, select

from app.db import Base, db
from app.domain.exchange.archive import OF_PEOPLE, Reach, Rows, for_office, nameless
from app.domain.exchange.held_texts import Decision
from app.records.contacts import ContactRecord
from app.records.evenings import Absence, Guests, TaskTaken
from app.records.exchange.archive_values import told
from app.records.exchange.asides import AsideRecord
from app.records.exchange.held_texts import HeldTextRecord
from app.records.exchange.list_sources import ListSource
from app.records.feeds.stamps import EventStamp
from app.records.fellowships import Fellowship, ThemeTitle
from app.records.group_lists.kept import KeptList
from app.records.groups import FormerSlug, Group
from app.records.head_counts import HeadCount
from app.records.holidays import HolidayAnswer
from app.records.inside.announcements import Announcement
from app.records.inside.keys_notes import KeysNote
from app.records.months import MonthKept
from app.records.participants import ParticipantRecord
from app.records.places import PlaceRecord
from app.records.regions import Region
from app.records.seats.sponsorships import Sponsorship
from app.records.slots import SlotRecord
from app.records.tallies import StageRecord
from app.records.weeks import ClosureRecord, DeviationRecord

TABLES: tuple[type[Base], ...] = (
    Fellowship, ThemeTitle, KeptList, Region, ListSource, Group, FormerSlug, StageRecord, MonthKept, PlaceRecord, SlotRecord,
    DeviationRecord, ClosureRecord, HolidayAnswer, EventStamp, HeldTextRecord, AsideRecord, ContactRecord,
    KeysNote, HeadCount, ParticipantRecord, Absence, TaskTaken, Guests, Sponsorship, Announcement,
)  # fmt: skip
"""In the order in which they refer to each other."""
LEFT_BEHIND = {
    "account": "people log in at one house; the office invites its coordinators anew",
    "role": "as the accounts",
    "login": "as the accounts",
    "passkey": "as the accounts",
    "link": "as the accounts",
    "link_to_group": "as the accounts",
    "invitation": "as the accounts",
    "failed_login": "of one house",
    "request_count": "of one house",
    "duty": "of one house",
    "change": "the log names accounts, and stays where they are",
    "change_of_group": "as the log",
    "letter": "each house sends its own",
    "follower": "their devices and addresses said yes to one house",
    "founding_request": "answered where it was asked",
    "proposal": "answered where it was sent",
    "list_draft": "forgotten after a day",
    "list_run": "a day's work of one house",
    "list_import": "undone where it was done",
    "work_mark": "names accounts",
    "work_owner": "names accounts",
    "one_house": "each place has the key that it counts as",
    "ended_page": "kept by key, whoever's it was",
    "retired_feed": "kept by key, whoever's it was",
    "tally": "made from the rest",
    "contribution": "made from the rest",
    "moved_today": "made from the rest",
    "occupancy": "made from the rest",
    "findable": "made from the rest",
    "findable_word": "made from the rest",
    "findable_kind": "made from the rest",
    "coming_meeting": "made from the rest",
}
"""What no archive takes along, and why."""
_REFERRED = (Fellowship, Group, PlaceRecord, ParticipantRecord)
"""The tables whose rows others refer to."""
_AT_ONCE = 500


def table_of(record: type[Base]) -> Table:
    table = record.__table__
    assert isinstance(table, Table)
    return table


def columns_of(record: type[Base]) -> list[str]:
    """Return the names of the columns that an archive has of a table; how a name sorts is made from it."""
    names = [column.name for column in table_of(record).columns]
    return [name for name in names if name != "id" and not name.endswith("sorts_as")]


def attribute_of(record: type[Base], column: str) -> str:
    """Return by which name a record has a column: of a few it is another one."""
    return inspect(record).get_property_by_column(table_of(record).columns[column]).key


def referred(record: type[Base]) -> dict[str, str]:
    """Return, by the name of a column, the table to whose rows it refers."""
    return {
        column.name: next(iter(column.foreign_keys)).column.table.name
        for column in table_of(record).columns
        if column.foreign_keys
    }


def rows_of(fellowship: Fellowship, reach: Reach) -> Rows:
    """Return everything of a fellowship as far as an archive reaches, by table.

    Some queries for each table, and for every 500 groups.
    """
    numbers: dict[str, dict[int, int]] = {}
    rows: Rows = {}
    for record in TABLES:
        name = table_of(record).name
        if name in OF_PEOPLE and reach is not Reach.PEOPLE:
            continue
        found = _found(record, fellowship.id, numbers)
        if record in _REFERRED:
            numbers[name] = {row.id: number for number, row in enumerate(found, 1)}
        rows[name] = [_row(record, row, numbers) for row in found]
    if reach is not Reach.PEOPLE:
        rows["participant"] = nameless(rows["participant"])
    if reach is Reach.OFFICE:
        rows = for_office(_as_officers_read(rows))
    return rows


def _found(record: type[Base], fellowship_id: int, numbers: dict[str, dict[int, int]]) -> list[Any]:
    """Return the rows of a table in the order in which they were made, or of their own keys."""
    if record is Fellowship:
        return [db.session.get_one(Fellowship, fellowship_id)]
    asked: Select[Any] = select(record)
    key = [*table_of(record).primary_key]
    found: list[Any] = []
    for condition in _conditions(record, fellowship_id, numbers):
        found += db.session.scalars(
            asked.where(condition).order_by(*key), execution_options={"populate_existing": True}
        ).unique()
    known = {tuple(getattr(one, column.name) for column in key): one for one in found}
    if record is ClosureRecord:
        known |= {(one.id,): one for one in _shut_by_others(numbers)}
    return [known[one] for one in sorted(known)]


def _conditions(
    record: type[Base], fellowship_id: int, numbers: dict[str, dict[int, int]]
) -> list[ColumnElement[bool]]:
    columns = table_of(record).columns
    groups, places = numbers.get("groups", {}), numbers.get("place", {})
    if record is PlaceRecord:
        used = [select(one.place_id) for one in (SlotRecord, DeviationRecord)]
        return [
            or_(
                PlaceRecord.owner_id.in_(ids),
                *(
                    PlaceRecord.id.in_(one.where(one.selected_columns[0].table.c.group_id.in_(ids)))
                    for one in used
                ),
            )
            for ids in _some(groups)
        ]
    if record is ClosureRecord:
        return [
            ClosureRecord.fellowship_id == fellowship_id,
            *(ClosureRecord.group_id.in_(ids) for ids in _some(groups)),
            *(ClosureRecord.place_id.in_(ids) for ids in _some(places)),
        ]
    if record is Sponsorship:
        return [Sponsorship.sponsor_id.in_(ids) for ids in _some(numbers.get("participant", {}))]
    if record is Absence:
        return [Absence.participant_id.in_(ids) for ids in _some(numbers.get("participant", {}))]
    if "fellowship_id" in columns:
        return [columns["fellowship_id"] == fellowship_id]
    return [columns["group_id"].in_(ids) for ids in _some(groups)] or [false()]


def _some(ids: dict[int, int]) -> list[list[int]]:
    in_order = sorted(ids)
    return [in_order[first : first + _AT_ONCE] for first in range(0, len(in_order), _AT_ONCE)]


def _shut_by_others(numbers: dict[str, dict[int, int]]) -> list[ClosureRecord]:
    """Return what others in the same houses wrote down, and shuts a place of ours too."""
    ours = numbers.get("place", {})
    found: dict[int, ClosureRecord] = {}
    for ids in _some(ours):
        houses = select(PlaceRecord.house).where(
            PlaceRecord.id.in_(ids), PlaceRecord.house.is_not(None)
        )
        others = select(PlaceRecord.id).where(PlaceRecord.house.in_(houses))
        for one in db.session.scalars(
            select(ClosureRecord).where(ClosureRecord.place_id.in_(others))
        ):
            if one.place_id not in ours and (one.places or frozenset()) & ours.keys():
                found[one.id] = one
    return list(found.values())


def _row(record: type[Base], row: Any, numbers: dict[str, dict[int, int]]) -> dict[str, Any]:
    refers = referred(record)
    told_row: dict[str, Any] = {}
    for name in columns_of(record):
        value = getattr(row, attribute_of(record, name))
        if name in refers and value is not None:
            known = numbers[refers[name]]
            if name == "place_id" and isinstance(row, ClosureRecord) and value not in known:
                value = min((row.places or frozenset()) & known.keys())
            value = known.get(value)
        told_row[name] = told(table_of(record).columns[name], value)
    return told_row


def _as_officers_read(rows: Rows) -> Rows:
    """Leave out what is for the people of each group alone."""
    found = defaultdict(list, rows)
    shares = [row["shares_head_counts"] for row in rows["groups"]]
    found["head_count"] = [row for row in rows["head_count"] if shares[row["group_id"] - 1]]
    found["contact"] = [
        row
        | {"phone": row["phone"] if row["shows_phone"] else ""}
        | {"email": row["email"] if row["shows_email"] else ""}
        | {"key_hash": None, "again_hash": None}
        for row in rows["contact"]
        if row["agreed_at"] is not None
    ]
    found["held_text"] = [
        row | {"words": None} if row["decision"] == Decision.PARTICIPANTS else row
        for row in rows["held_text"]
    ]
    found["keys_note"] = found["participant"] = []
    return dict(found)
