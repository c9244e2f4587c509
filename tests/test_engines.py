"""How a connection reads what the database gives, and waits for another process that writes."""

import json
import math
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine
from sqlalchemy.exc import OperationalError

from app import engines
from app.engines import read_json


@pytest.mark.parametrize(
    "value", [None, [], {}, [["AA", "O"]], {"a": [1, 2.5, True]}, "ë", "\ud800", 2**70, -0.0]
)
def test_a_column_of_json_gives_back_what_was_written(value: object):
    assert read_json(json.dumps(value)) == value


def test_it_reads_what_is_no_number_as_python_writes_it():
    assert math.isnan(read_json(json.dumps(math.nan)))


@pytest.fixture
def stranger(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """Another program that is writing."""
    connection = sqlite3.connect(tmp_path / "one.sqlite", isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("BEGIN IMMEDIATE")
    yield connection
    connection.close()


@pytest.fixture
def engine(tmp_path: Path, stranger: sqlite3.Connection) -> Iterator[Engine]:
    engine = create_engine(f"sqlite:///{tmp_path / 'one.sqlite'}")
    engines.set_up_sqlite(engine, 40)
    yield engine
    engine.dispose()


def test_who_waits_for_another_program_looks_again_soon(
    engine: Engine, stranger: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    slept: list[float] = []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        stranger.execute("COMMIT")

    monkeypatch.setattr(engines, "sleep", sleep)
    with engine.connect().execution_options(sqlite_begin="IMMEDIATE") as connection:
        connection.exec_driver_sql("CREATE TABLE found (it)")

    assert slept == [engines.LOOKS_AGAIN]
    assert engines.LOOKS_AGAIN < 0.01


def test_who_has_waited_long_enough_is_refused_and_waits_as_long_the_next_time(
    engine: Engine, stranger: sqlite3.Connection
) -> None:
    with engine.connect() as connection:
        writing = connection.execution_options(sqlite_begin="IMMEDIATE")
        with pytest.raises(OperationalError, match="database is locked"):
            writing.exec_driver_sql("SELECT 1")
        assert connection.connection.cursor().execute("PRAGMA busy_timeout").fetchone() == (40,)

        stranger.execute("COMMIT")
        writing.exec_driver_sql("CREATE TABLE found (it)")
