"""Erasing once more, in a restored database, what was erased after its backup was made."""

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import delete, select, tuple_, update

from app.actions.parts.erasing.notes import holds_people
from app.actions.parts.transaction import note, transaction
from app.db import Base, db, erased
from app.domain.upkeep.erasures import Erasure, hash_of_row

SLICE = 500
"""Ids in one statement: far below what either database takes."""


@transaction
def replay_erasures(erasures: Iterable[Erasure]) -> int:
    """Erase the same rows and columns again, and return how many rows that were.

    Nobody is told and no line moves up: that follows from the next deed in a group, or the timer.
    """
    whole: set[str] = set()
    emptied: dict[str, set[str]] = defaultdict(set)
    for erasure in erasures:
        if erasure.columns:
            emptied[erasure.row].update(erasure.columns)
        else:
            whole.add(erasure.row)
    rows = 0
    for mapper in Base.registry.mappers:
        if not holds_people(mapper):
            continue
        table = mapper.local_table
        keys = tuple(table.primary_key)
        rows_there = db.session.execute(select(*keys)).all()
        hashes = {hash_of_row(table.name, *row): tuple(row) for row in rows_there}  # type: ignore[attr-defined]
        going = [hashes[row] for row in whole & hashes.keys()]
        for start in range(0, len(going), SLICE):
            some = tuple_(*keys).in_(going[start : start + SLICE])
            db.session.execute(delete(table).where(some))  # type: ignore[arg-type]
        staying = (emptied.keys() - whole) & hashes.keys()
        for row in staying:
            empty = dict.fromkeys(emptied[row])
            one = tuple_(*keys).in_([hashes[row]])
            db.session.execute(update(table).where(one).values(empty))  # type: ignore[arg-type]
        rows += len(going) + len(staying)
    if rows:
        erased()
    note("replay_erasures", by=None, after={"rows": rows})
    return rows
