"""Rows by table, inserted many at a time in the order in which tables refer to each other."""

from collections import defaultdict
from typing import Any

from sqlalchemy import Table, func, insert, select, text

from app.db import Base, db
from app.records.accounts import Account, RoleRecord
from app.records.contacts import ContactRecord
from app.records.fellowships import Fellowship, ThemeTitle
from app.records.founding_requests import FoundingRequest
from app.records.groups import FormerSlug, Group
from app.records.head_counts import HeadCount
from app.records.participants import ParticipantRecord
from app.records.places import PlaceRecord
from app.records.regions import Region
from app.records.slots import SlotRecord
from app.records.weeks import ClosureRecord, DeviationRecord

ORDER: tuple[type[Base], ...] = (
    Fellowship,
    ThemeTitle,
    Region,
    Group,
    FormerSlug,
    PlaceRecord,
    SlotRecord,
    DeviationRecord,
    ClosureRecord,
    HeadCount,
    ContactRecord,
    ParticipantRecord,
    Account,
    RoleRecord,
    FoundingRequest,
)
NUMBERED = (Fellowship, Region, Group, PlaceRecord, Account)
"""Those that other rows refer to: the demo counts their ids itself."""


class Store:
    """Collects rows until `write`; each row of a table names the same columns."""

    def __init__(self) -> None:
        self._rows: dict[type[Base], list[dict[str, Any]]] = defaultdict(list)
        self._last = dict.fromkeys(NUMBERED, 0)

    def add(self, record: type[Base], **columns: Any) -> None:
        self._rows[record].append(columns)

    def add_numbered(self, record: type[Base], **columns: Any) -> int:
        """Add a row and return its id."""
        self._last[record] += 1
        self.add(record, id=self._last[record], **columns)
        return self._last[record]

    def write(self) -> None:
        """Insert what was added since the last time."""
        for record in ORDER:
            if rows := self._rows.pop(record, None):
                db.session.execute(insert(_table(record)), rows)

    def leave_ids_in_order(self) -> None:
        """Tell PostgreSQL's sequences which ids are taken; SQLite looks for itself."""
        if db.session.connection().dialect.name != "postgresql":
            return
        for record in NUMBERED:
            table = _table(record)
            last = select(func.coalesce(func.max(table.c.id), 0) + 1).scalar_subquery()
            sequence = func.pg_get_serial_sequence(text(f"'{table.name}'"), text("'id'"))
            db.session.execute(select(func.setval(sequence, last, False)))


def _table(record: type[Base]) -> Table:
    table = record.__table__
    assert isinstance(table, Table)
    return table
