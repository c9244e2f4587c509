"""The database: the engine's settings, and how a writer takes its lock before it reads."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from time import sleep
from typing import Any

from flask import Flask, current_app, has_request_context, request
from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session
from sqlalchemy import Connection, Engine, MetaData, event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import DeclarativeBase

from app.engines import read_json, set_up_sqlite, settings_in_each_transaction
from app.turn import Turns

BUSY_MILLISECONDS = 5000
TURN_SECONDS = 30
"""So long a writer waits for the others of its process, each of which comes to its end; for those of
another process as long as SQLite looks again."""
SMALL_BYTES = 16 * 1024 * 1024
"""So much is written anew in a moment."""
CONNECT_SECONDS = 5
LOG_TRIES = 10
TIDY_TRIES = 250
"""So often, TRY_SECONDS apart, SQLite's log is to be emptied: in a request, and in the night."""
TRY_SECONDS = 0.02
TURNS = "twaalf.turns"


class Base(DeclarativeBase):
    """Every constraint has a name, so that each migration can find it again."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


BESIDE = "twaalf.beside"
"""Where a request's environment says that it may be answered from a replica, if its view may."""
READ_BESIDE = "twaalf.read_beside"
"""And where it then says that it was."""


class FellBeside(BaseException):
    """A replica did not do what it was asked: the primary is to be asked everything anew.

    It is nobody's fault to word or to count, so no handler of faults may see it.
    """

    def __init__(self, *, is_gone: bool) -> None:
        super().__init__()
        self.is_gone = is_gone


class _Session(Session):
    """Asks a replica where `read_beside` lets it; a view knows nothing of it.

    Not where something is written: a replica refuses that, and then all is asked anew.
    """

    def get_bind(
        self,
        mapper: Any | None = None,
        clause: Any | None = None,
        bind: Engine | Connection | None = None,
        **more: Any,
    ) -> Engine | Connection:
        beside = _engine_beside() if bind is None else None
        return beside or super().get_bind(mapper=mapper, clause=clause, bind=bind, **more)


db = SQLAlchemy(model_class=Base, session_options={"class_": _Session})


_POSTGRES = {
    "lock_timeout": "5s", "statement_timeout": "15s", "random_page_cost": "1.1", "jit": "off",
}  # fmt: skip
"""Of each connection. The cost is that of a disk without moving parts: at its default of 4
PostgreSQL reads a whole table where an index is quicker. No question here is worth compiling."""


def attach(app: Flask) -> None:
    """Bind the database to an app and set up its engine, before the first query."""
    # Without it the words of a fault, and so the log, repeat what somebody typed.
    options: dict[str, Any] = {"hide_parameters": True, "json_deserializer": read_json}
    if app.config["SQLALCHEMY_DATABASE_URI"].startswith("postgresql"):
        options |= {
            "pool_pre_ping": True,
            "isolation_level": "READ COMMITTED",
            "connect_args": {"connect_timeout": CONNECT_SECONDS, **_ways_of(app)},
        }
    else:
        options["connect_args"] = {"timeout": BUSY_MILLISECONDS / 1000}
    app.config.setdefault("SQLALCHEMY_ENGINE_OPTIONS", options)
    db.init_app(app)
    app.teardown_appcontext(_let_go)
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            set_up_sqlite(db.engine, BUSY_MILLISECONDS)
            app.extensions[TURNS] = Turns()
        elif app.config["TWAALF_POOLER"]:
            settings_in_each_transaction(db.engine, _POSTGRES)


def _ways_of(app: Flask) -> dict[str, Any]:
    """Return how to connect to PostgreSQL. A pooler that lends connections by the transaction
    refuses options at the start, and the next who gets one knows nothing of prepared statements
    (pgbouncer.org/features.html)."""
    if app.config["TWAALF_POOLER"]:
        return {"prepare_threshold": None}
    return {"options": " ".join(f"-c {name}={value}" for name, value in _POSTGRES.items())}


def read_beside(app: Flask, engine: Engine, may: Callable[[], bool]) -> None:
    """Let the requests that are marked so, and whose view `may`, read from another engine."""

    @event.listens_for(engine, "handle_error")
    def fell(context: ExceptionContext) -> BaseException | None:
        if context.is_pre_ping:
            return None
        return FellBeside(is_gone=context.is_disconnect or context.connection is None)

    app.extensions["beside"] = engine, may


def _engine_beside() -> Engine | None:
    if not has_request_context() or not request.environ.get(BESIDE):
        return None
    engine: Engine
    engine, may = current_app.extensions["beside"]
    if not may():
        return None
    request.environ[READ_BESIDE] = True
    return engine


def _let_go(_error: BaseException | None) -> None:
    """End the session of a request, or of a command; before Flask-SQLAlchemy would.

    A database that fell since the last question refuses the roll-back too: it has undone
    everything itself, and what was answered stands.
    """
    try:
        db.session.remove()
    except (DBAPIError, FellBeside):
        db.session.registry.clear()


@contextmanager
def writing() -> Iterator[None]:
    """Run one writing transaction: lock, work, commit; nothing remains of one that raises.

    What was loaded before is expired and read again under the lock. On SQLite the lock is taken
    first (BEGIN IMMEDIATE): a transaction that has read and then wants to write is refused at
    once, whatever the busy timeout. Inside another `writing` this is part of that one.
    """
    if is_writing():
        yield
        return
    db.session.rollback()  # who waits for a turn needs no connection meanwhile
    with _turn() as waited:
        start_writing(waited)
        try:
            yield
            db.session.commit()
            is_to_empty = db.session.info.get("erased", False) and not _empty_log(tries=1)
        except BaseException:
            db.session.rollback()
            raise
        finally:
            stop_writing()
    if is_to_empty:
        _empty_log()


def _turn() -> AbstractContextManager[float]:
    """Wait for the other writers of this process; on PostgreSQL each locks the rows it needs."""
    turns: Turns | None = current_app.extensions.get(TURNS)
    return turns.turn(TURN_SECONDS) if turns else nullcontext(0)


@contextmanager
def trying() -> Iterator[None]:
    """Let a deed that writes nothing, but would, find out what it would do: it holds nobody up.

    On SQLite it takes no lock, on PostgreSQL none of rows either; nothing of it is kept.
    """
    db.session.rollback()
    db.session.info["writing"] = db.session.info["trying"] = True
    try:
        yield
    finally:
        db.session.rollback()
        stop_writing()


def is_trying() -> bool:
    return bool(db.session.info.get("trying"))


def start_writing(waited: float = 0) -> None:
    """Begin to write; the caller commits or rolls back. `waited` are the seconds until it could."""
    options = {"sqlite_begin": "IMMEDIATE", "waited": waited}
    db.session.connection(execution_options=options)
    db.session.info["writing"] = True


def stop_writing() -> None:
    for mark in ("writing", "trying", "erased"):
        db.session.info.pop(mark, None)


def erased() -> None:
    """Say that this transaction erases something: after its commit it is to be gone from the disk.

    SQLite overwrites what is deleted in its file (secure_delete), but keeps the pages as they were
    in its write-ahead log until that is emptied.
    """
    db.session.info["erased"] = True


def tidy() -> None:
    """Empty SQLite's log, and write a small file anew without its free pages. Never in a request.

    A large one is left as it is: what is deleted was overwritten in it (secure_delete), and every
    writer would wait meanwhile.
    """
    if db.engine.dialect.name != "sqlite":
        return
    db.session.rollback()
    with db.engine.connect() as connection:
        raw = connection.connection.cursor()
        (pages,) = raw.execute("PRAGMA page_count").fetchone()
        (page_bytes,) = raw.execute("PRAGMA page_size").fetchone()
        if pages * page_bytes <= SMALL_BYTES:
            raw.execute("VACUUM")
    _empty_log(TIDY_TRIES)


def is_writing() -> bool:
    return bool(db.session.info.get("writing"))


def _empty_log(tries: int = LOG_TRIES) -> bool:
    """Empty SQLite's write-ahead log as soon as nobody reads; else the next erasure or night does.

    Return whether it is empty. While it waits for readers to end, SQLite lets nobody write: so it never waits, and is asked again.
    """
    if db.engine.dialect.name != "sqlite":
        return True
    is_kept = 1
    with db.engine.connect() as connection:
        raw = connection.connection.cursor()
        raw.execute("PRAGMA busy_timeout=0")
        for number in range(tries):
            if number:
                sleep(TRY_SECONDS)
            raw.execute("PRAGMA wal_checkpoint(PASSIVE)")  # most of the work, beside writers
            (is_kept, _pages, _moved) = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            if not is_kept:
                break
        raw.execute(f"PRAGMA busy_timeout={BUSY_MILLISECONDS}")
    return not is_kept
