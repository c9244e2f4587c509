"""Writing the rows of an archive as records of this house: numbers become ids."""

from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.exc import StatementError

from app.actions.parts.derived.kept_rows import AT_ONCE, texts_at_once
from app.db import Base, db
from app.domain.exchange.archive import AddressesInUse, BrokenArchive, Flaw, Row, Rows
from app.records.exchange.archive_checks import check_row
from app.records.exchange.archive_values import NotOfItsKind, heard
from app.records.exchange.archived import TABLES, attribute_of, columns_of, referred, table_of
from app.records.fellowships import Fellowship
from app.records.groups import FormerSlug, Group

NAMED = 5
"""Addresses in use that are named; the rest go without saying."""

Ids = dict[str, list[int]]


def write_rows(rows: Rows, empty: Fellowship | None) -> Ids:
    """Write all rows, the fellowship over an empty one if there is; return the new ids by table.

    Raises BrokenArchive for what no house could have written.
    """
    if rows.keys() - {table_of(record).name for record in TABLES}:
        raise BrokenArchive(Flaw.NEWER)
    if len(rows.get("fellowship", ())) != 1:
        raise BrokenArchive(Flaw.CONTENT, "fellowship")
    ids: Ids = {}
    for record in TABLES:
        name = table_of(record).name
        try:
            ids[name] = _write(record, rows.get(name, []), ids, empty)
        except StatementError as error:
            # A rule of the tables says no, and everything is taken back.
            raise BrokenArchive(Flaw.CONTENT, name) from error
    return ids


def _write(record: type[Base], rows: list[Row], ids: Ids, empty: Fellowship | None) -> list[int]:
    written: list[int] = []
    for first in range(0, len(rows), AT_ONCE):
        records = []
        for number, row in enumerate(rows[first : first + AT_ONCE], first + 1):
            records.append(_record(record, row, number, ids, empty))
        db.session.add_all(records)
        db.session.flush()
        if "id" in table_of(record).columns:
            written += [one.id for one in records]
        for one in records:
            if not isinstance(one, Fellowship):
                db.session.expunge(one)
    return written


def _record(record: type[Base], row: Row, number: int, ids: Ids, empty: Fellowship | None) -> Any:
    where = f"{table_of(record).name} {number}"
    if row.keys() - set(columns_of(record)):
        raise BrokenArchive(Flaw.NEWER)
    columns, refers = table_of(record).columns, referred(record)
    for name in columns_of(record):
        column = columns[name]
        if name not in row and not column.nullable and column.default is None:
            raise BrokenArchive(Flaw.CONTENT, f"{where}: {name}")
    values: dict[str, Any] = {}
    for name, value in row.items():
        try:
            if name in refers:
                values[name] = _id(value, ids.get(refers[name], []), columns[name].nullable)
            else:
                values[name] = heard(columns[name], value)
        except NotOfItsKind as error:
            raise BrokenArchive(Flaw.CONTENT, f"{where}: {name}") from error
    made: Any = empty if record is Fellowship and empty else record()
    for name, value in values.items():
        setattr(made, attribute_of(record, name), value)
    try:
        check_row(made)
    except NotOfItsKind as error:
        raise BrokenArchive(Flaw.CONTENT, where) from error
    return made


def _id(number: Any, known: list[int], may_be_none: bool | None) -> int | None:
    if number is None and may_be_none:
        return None
    if type(number) is not int or not 1 <= number <= len(known):
        raise NotOfItsKind
    return known[number - 1]


def keep_addresses_apart(rows: Rows) -> None:
    """Raise AddressesInUse when groups here have addresses, or calendars, that the archive has."""
    slugs = {
        str(row.get("slug")) for row in (*rows.get("groups", ()), *rows.get("former_slug", ()))
    }
    keys = {str(row.get(key)) for row in rows.get("groups", ()) for key in ("feed_key", "discreet_key")}  # fmt: skip
    found: list[str] = []
    for column in (Group.slug, FormerSlug.slug):
        for some in texts_at_once(slugs):
            found += db.session.scalars(select(column).where(column.in_(some)))
    for some in texts_at_once(keys):
        same = or_(Group.feed_key.in_(some), Group.discreet_key.in_(some))
        found += db.session.scalars(select(Group.slug).where(same))
    if found:
        raise AddressesInUse(sorted(set(found))[:NAMED])
