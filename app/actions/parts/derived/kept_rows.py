"""Making the kept rows of some groups what they should be, by as little as differs."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cache, lru_cache
from operator import itemgetter
from typing import Any

from sqlalchemy import (
    CompoundSelect,
    Dialect,
    Select,
    Table,
    bindparam,
    delete,
    literal,
    select,
    union_all,
)
from sqlalchemy.dialects import postgresql, sqlite

from app.db import Base, db

Row = tuple[Any, ...]
UPSERT: dict[str, Any] = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}
AT_ONCE = 500
"""Ids in one query: PostgreSQL takes 65,535 values, SQLite 32,766."""


def some_at_once(ids: Iterable[int]) -> Iterator[list[int]]:
    """Yield ids, each once and in order, AT_ONCE at a time."""
    in_order = sorted(set(ids))
    for first in range(0, len(in_order), AT_ONCE):
        yield in_order[first : first + AT_ONCE]


def texts_at_once(texts: Iterable[str]) -> Iterator[list[str]]:
    """Yield texts as `some_at_once` does ids."""
    in_order = sorted(set(texts))
    for first in range(0, len(in_order), AT_ONCE):
        yield in_order[first : first + AT_ONCE]


def table_of(record: type[Base]) -> Table:
    table = record.__table__
    assert isinstance(table, Table)
    return table


def kept_rows(record: type[Base], group_ids: Collection[int]) -> set[Row]:
    """Return the rows of groups, each in the order of its table's columns. One query."""
    rows = db.session.execute(_rows_of(record), {"groups": [*group_ids]})
    return {tuple(row) for row in rows}


@cache
def _rows_of(record: type[Base]) -> Select[Any]:
    table = table_of(record)
    return select(table).where(table.c.group_id.in_(bindparam("groups", expanding=True)))


def kept_rows_alike(records: Sequence[type[Base]], group_ids: Collection[int]) -> list[set[Row]]:
    """Return the rows of groups, of each of some tables whose columns are alike. One query."""
    found: list[set[Row]] = [set() for _ in records]
    for number, *row in db.session.execute(_rows_alike(*records), {"groups": [*group_ids]}):
        found[number].add(tuple(row))
    return found


@cache
def _rows_alike(*records: type[Base]) -> CompoundSelect[Any]:
    return union_all(
        *(
            select(literal(number), *table.c).where(
                table.c.group_id.in_(bindparam("groups", expanding=True))
            )
            for number, table in enumerate(map(table_of, records))
        )
    )


def rows_from(record: type[Base], rows: Iterable[dict[str, Any]]) -> list[Row]:
    """Return rows that are given by name as `kept_rows` returns them, in order."""
    of_columns = itemgetter(*(column.name for column in table_of(record).columns))
    return [of_columns(row) for row in rows]


def replace_rows(record: type[Base], kept: set[Row], wanted: Collection[Row]) -> int:
    """Delete the keys that are kept and not wanted, and write what is wanted otherwise. Two queries.

    Return of how many keys the row differs.
    """
    key = key_of(record)
    new, gone = wanted, list[Row]()
    if kept:  # of a new group nothing is
        new = {*wanted} - kept
        stays = {*map(key, new)}
        gone = [row for row in kept.difference(wanted) if key(row) not in stays]
    if gone:
        table = table_of(record)
        names = [column.name for column in table.primary_key]
        same = (table.c[name] == bindparam(f"kept_{name}") for name in names)
        # In one order everywhere, so that no two writers of one table wait for each other.
        rows = [dict(zip(table.columns.keys(), row, strict=True)) for row in sorted(gone, key=key)]
        db.session.execute(
            delete(table).where(*same),
            [{f"kept_{name}": row[name] for name in names} for row in rows],
        )
    if new:
        upsert_rows(record, new)
    return len(gone) + len(new)


def key_of(record: type[Base]) -> Callable[[Row], Any]:
    """Return what gives the primary key of a row in the order of its table's columns."""
    names = [column.name for column in table_of(record).columns]
    return itemgetter(*(names.index(column.name) for column in table_of(record).primary_key))


def upsert_rows(record: type[Base], rows: Iterable[Row]) -> None:
    """Write rows, each in the order of its table's columns and in place of one with its key. One query.

    Each value as its column's type writes it, as in any insert. SQLAlchemy's own would look at the
    names of every row, and of a long list that took longer than the database.
    """
    connection = db.session.connection()
    dialect = connection.dialect
    statement, written = _upsert_of(table_of(record), dialect)
    columns = zip(*sorted(rows, key=key_of(record)), strict=True)
    ready: list[Any] = list(
        zip(
            *(
                map(write, one) if write else one
                for write, one in zip(written, columns, strict=True)
            ),
            strict=True,
        )
    )
    if not dialect.positional:
        names = [column.name for column in table_of(record).columns]
        ready = [dict(zip(names, row, strict=True)) for row in ready]
    connection.exec_driver_sql(statement, ready)


@lru_cache(64)
def _upsert_of(table: Table, dialect: Dialect) -> tuple[str, list[Any]]:
    """Return the statement, and how each of its values is written."""
    insert = UPSERT[dialect.name](table)
    keys = [*table.primary_key]
    others = {one.name: insert.excluded[one.name] for one in table.columns if one not in keys}
    statement = (
        insert.on_conflict_do_update(index_elements=keys, set_=others)
        if others
        else insert.on_conflict_do_nothing(index_elements=keys)
    )
    written = [one.type.dialect_impl(dialect).bind_processor(dialect) for one in table.columns]
    return str(statement.compile(dialect=dialect)), written
