"""What a deed reads of some groups again and again: asked once, until it writes there itself.

What follows from a deed (the feed's stamps, the letters, the finder, the figures) asks the same of
the same groups, before it and after. Outside of deeds everything is asked each time.
"""

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import chain
from typing import Any, NamedTuple

from sqlalchemy import Select, event
from sqlalchemy.orm import ORMExecuteState, Session

from app.db import Base, db, is_writing
from app.records.asked.columns import read_columns

FEW = 100
LOOKED_BACK = timedelta(weeks=40)
"""Before what a deed asks of first: what follows of it looks back as far as feeds do."""
_ASKED = "asked"
_MADE = "made"
_HELD = "held"


class From(NamedTuple):
    """From when on is asked: what is needed, and from when it is asked for all that follows."""

    name: str
    needed: Any
    instead: Any


@dataclass(frozen=True)
class _Answer:
    of: tuple[type[Base], ...]
    since: Any
    rows: Sequence[Any]


def rows_once(
    query: Select[*tuple[Any, ...]],
    asked: Mapping[str, Any],
    of: type[Base] | tuple[type[Base], ...],
    *,
    since: From | None = None,
) -> Sequence[Any]:
    """Return the rows that a statement `of` these records answers.

    One query; within a deed none while nothing was written to their tables since it was asked the
    same. With `since` more may be answered than is needed.
    """
    if not asks_once(asked.get("groups", ())):
        return _ask(query, {**asked, since.name: since.needed} if since else asked)
    session, of = db.session(), of if isinstance(of, tuple) else (of,)
    flush_of(of)
    answers: dict[Hashable, _Answer] = session.info.setdefault(_ASKED, {})
    key = (query, *((name, _fixed(value)) for name, value in asked.items()))
    answer = answers.get(key)
    if answer is None or (since and since.needed < answer.since):
        # What waits to be written to other tables may wait: it is written once, at the end.
        with session.no_autoflush:
            rows = _ask(query, {**asked, since.name: since.instead} if since else asked)
        answer = answers[key] = _Answer(of, since and since.instead, rows)
    return answer.rows


def columns_once(
    query: Select[*tuple[Any, ...]],
    asked: Mapping[str, Any],
    of: type[Base] | tuple[type[Base], ...],
    *,
    since: From | None = None,
) -> Sequence[Any]:
    """Return the same of a statement of columns alone, which costs less where nothing is kept."""
    if is_writing():
        return rows_once(query, asked, of, since=since)
    return read_columns(query, {**asked, since.name: since.needed} if since else dict(asked))


def flush_of(of: type[Base] | tuple[type[Base], ...]) -> None:
    """Write what waits if any of it is one of these records."""
    session = db.session()
    if any(isinstance(one, of) for one in chain(session.new, session.dirty, session.deleted)):
        session.flush()


def asks_once(groups: Collection[object]) -> bool:
    """Tell whether what is asked of groups is kept for the rest of a deed: not of very many."""
    return is_writing() and len(groups) <= FEW


def made_of(group_id: int) -> list[Any]:
    """Return what a deed made of a group's rows so far, to add to: whoever takes it up compares it."""
    made: dict[int, list[Any]] = db.session.info.setdefault(_MADE, {})
    return made.setdefault(group_id, [])


def hold_on(records: Collection[Base]) -> None:
    """Keep a few records that a deed locked until it is over, so that what follows finds them read."""
    held: list[Base] = db.session.info.setdefault(_HELD, [])
    if len(held) + len(records) <= FEW:
        held += records


def attach() -> None:
    """Let every session forget what it was answered when that may have become untrue."""
    for name, hear in (
        ("after_flush", _forget_flushed),
        ("do_orm_execute", _forget_executed),
        ("after_soft_rollback", _forget),
        ("after_commit", _forget),
    ):
        if not event.contains(db.session, name, hear):
            event.listen(db.session, name, hear)


def _ask(query: Select[*tuple[Any, ...]], asked: Mapping[str, Any]) -> Sequence[Any]:
    return db.session.execute(query, asked).all()


def _fixed(value: Any) -> Hashable:
    return tuple(value) if isinstance(value, Collection) and not isinstance(value, str) else value


def _forget(session: Session, *_: object) -> None:
    for name in (_ASKED, _MADE, _HELD):
        session.info.pop(name, None)


def _forget_flushed(session: Session, _context: object) -> None:
    if session.info.get(_ASKED):
        _forget_of(
            session, {type(one) for one in chain(session.new, session.dirty, session.deleted)}
        )


def _forget_executed(state: ORMExecuteState) -> None:
    """Others may have written while a lock was waited for; SQLite lets nobody write meanwhile."""
    if not state.session.info.get(_ASKED):
        return
    if not state.is_select:
        name = getattr(getattr(state.statement, "table", None), "name", None)
        of = {one.of for one in state.session.info[_ASKED].values()}
        written = {one for one in chain(*of) if name in (None, one.__tablename__)}
        _forget_of(state.session, written)
        return
    waits = getattr(state.statement, "_for_update_arg", None) is not None
    if waits and state.session.get_bind().dialect.name != "sqlite":
        state.session.info[_ASKED] = {}


def _forget_of(session: Session, written: Iterable[type[Any]]) -> None:
    answers: dict[Hashable, _Answer] = session.info[_ASKED]
    written = set(written)
    session.info[_ASKED] = {key: one for key, one in answers.items() if written.isdisjoint(one.of)}
