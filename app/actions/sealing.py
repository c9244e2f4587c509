"""Sealing anew: after a new key is put in front, everything sealed is written with it."""

from sqlalchemy import select
from sqlalchemy.orm.attributes import flag_modified

from app.actions.parts.transaction import note, transaction
from app.db import Base, db, erased
from app.records.columns import Sealed


@transaction
def reseal() -> int:
    """Write every sealed value with the first key, and return how many rows that were.

    Raises InvalidToken when a row was sealed with a key that is not among those given.
    """
    rows = 0
    for table in Base.registry.mappers:
        columns = [
            attribute.key
            for attribute in table.column_attrs
            if isinstance(attribute.columns[0].type, Sealed)
        ]
        if not columns:
            continue
        for row in db.session.scalars(select(table.class_)):
            for name in columns:
                if getattr(row, name) is not None:
                    flag_modified(row, name)
            rows += 1
    erased()
    note("reseal", by=None)
    return rows
