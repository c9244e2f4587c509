"""Very many groups in a moment: one that stands there is copied in the database itself."""

from typing import Any

from sqlalchemy import Table, literal_column, select, text
from sqlalchemy.sql.elements import ColumnElement

from app.db import Base, db
from app.records.accounts import Account, RoleRecord
from app.records.groups import Group
from app.records.slots import SlotRecord

FIRST = 1000
"""The id of the first copy, of a group and of an account."""


def multiply(group: Group, account: Account, number: int) -> None:
    """Copy a listed group with its standing times, each copy with a coordinator of its own."""
    _copy(Account, Account.id == account.id, number, email="", fs_uniquifier="")
    _copy(Group, Group.id == group.id, number, slug="", feed_key="", discreet_key="")
    _copy(SlotRecord, SlotRecord.group_id == group.id, number, group_id=None)
    of_both = (RoleRecord.group_id == group.id) & (RoleRecord.account_id == account.id)
    _copy(RoleRecord, of_both, number, group_id=None, account_id=None)
    db.session.commit()


def _copy(record: type[Base], which: ColumnElement[bool], number: int, **own: Any) -> None:
    """Insert copies of a row; columns of `own` get the copy's number, or end with it."""
    table = record.__table__
    assert isinstance(table, Table)
    copy = (
        text(
            f"WITH RECURSIVE n(i) AS (SELECT {FIRST} UNION ALL SELECT i + 1 FROM n"
            f" WHERE i < {FIRST + number - 1}) SELECT i FROM n"
        )
        .columns(literal_column("i"))
        .cte("copy")
    )
    i = literal_column("copy.i")
    values = []
    for column in table.columns:
        if column.name == "id" or (column.name in own and own[column.name] is None):
            values.append(i)
        elif column.name in own:
            values.append(column.concat(i))
        else:
            values.append(column)
    rows = select(*values).select_from(table.join(copy, literal_column("1 = 1"))).where(which)
    db.session.execute(table.insert().from_select(list(table.columns), rows))
