"""What is erased is noted apart from the database, so that no backup brings it back.

In the transaction that erases, before its commit: what cannot be noted is not erased either. An
erasure that then fails is noted in vain; put back, its row would go, as its owner had asked.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from sqlalchemy import event
from sqlalchemy.orm import Mapper, Session, object_session
from sqlalchemy.orm.attributes import get_history

from app import clock
from app.db import Base, db
from app.domain.upkeep.erasures import Erasure, hash_of_row, read_erasures
from app.records.columns import Sealed

_AS_WELL = {"account", "passkey"}
"""People of whom nothing is sealed."""
_SAYS_YES = {"participant": ("alias",), "contact": ("agreed_at",), "account": ("email",)}
"""Columns that are not sealed, and are emptied when somebody is erased or takes a yes back."""

_file: list[Path | None] = [None]


def use_file(file: Path | None) -> None:
    """Set where erasures of this process are noted; None notes nowhere."""
    _file[:] = [file]


def attach() -> None:
    """Watch what every session deletes and empties. Call it once or more."""
    for what, then in (("before_delete", _deleted), ("before_update", _updated)):
        if not event.contains(Base, what, then):
            event.listen(Base, what, then, propagate=True)
    if not event.contains(db.session, "before_commit", _note):
        event.listen(db.session, "before_commit", _note)
        event.listen(db.session, "after_rollback", _forget)


def holds_people(mapper: Mapper[Any]) -> bool:
    """Tell whether rows of a table are of people: something in them is sealed, or it is on the list."""
    return mapper.local_table.name in _AS_WELL or bool(_personal(mapper))  # type: ignore[attr-defined]


def _personal(mapper: Mapper[Any]) -> list[str]:
    table = mapper.local_table.name  # type: ignore[attr-defined]
    sealed = [one.key for one in mapper.column_attrs if isinstance(one.columns[0].type, Sealed)]
    return [*sealed, *_SAYS_YES.get(table, ())]


def _deleted(mapper: Mapper[Any], _connection: Any, row: Any) -> None:
    if holds_people(mapper):
        _keep(mapper, row, ())


def _updated(mapper: Mapper[Any], _connection: Any, row: Any) -> None:
    """Keep which columns became empty, when one of them is of a person."""
    personal = _personal(mapper)
    if not any(_is_emptied(row, name) for name in personal):
        return
    emptied = [one.key for one in mapper.column_attrs if _is_emptied(row, one.key)]
    _keep(mapper, row, tuple(emptied))


def _is_emptied(row: Any, name: str) -> bool:
    history = get_history(row, name)
    was = history.deleted or ()
    return any(one is not None for one in was) and list(history.added or ()) == [None]


def _keep(mapper: Mapper[Any], row: Any, columns: tuple[str, ...]) -> None:
    session = object_session(row)
    table = mapper.local_table.name  # type: ignore[attr-defined]
    if session is not None:
        key = mapper.primary_key_from_instance(row)
        erasure = Erasure(clock.now(), hash_of_row(table, *key), columns)
        session.info.setdefault("erasures", []).append(erasure)


def _note(session: Session) -> None:
    if session.in_nested_transaction():
        return
    session.flush()
    kept = session.info.pop("erasures", [])
    if kept and _file[0]:
        with _held(_file[0]) as file:
            file.seek(0, os.SEEK_END)
            file.write("".join(one.line() for one in kept))


def _forget(session: Session) -> None:
    session.info.pop("erasures", None)


def erasures_since(files: list[Path], since: datetime) -> list[Erasure]:
    """Return what was erased at or after an aware instant, in the order in which it was."""
    every = [one for file in files for one in read_erasures(file.read_text("utf-8").splitlines())]
    return sorted((one for one in every if one.at >= since), key=lambda one: one.at)


def forget_before(file: Path, before: datetime) -> None:
    """Take out what no backup holds any more; from then on the file is there, if it was not."""
    with _held(file) as opened:
        kept = [one for one in read_erasures(opened.read().splitlines()) if one.at >= before]
        opened.seek(0)
        opened.truncate()
        opened.write("".join(one.line() for one in kept))


@contextmanager
def _held(file: Path) -> Iterator[IO[str]]:
    """Open a file for this process alone, and leave it on the disk, not in a buffer."""
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "r+", encoding="utf-8") as opened:
        fcntl.flock(opened, fcntl.LOCK_EX)
        yield opened
        opened.flush()
        os.fsync(opened.fileno())
