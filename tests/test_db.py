"""Each connection to SQLite is set up as the rules need it."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import event, text
from sqlalchemy.exc import DBAPIError

from app import create_app
from app.db import db, erased, writing
from tests.conftest import settings
from tests.schemas import app_on


@pytest.mark.parametrize(
    ("pragma", "value", "because"),
    [
        ("foreign_keys", 1, "else a row may point at nothing"),
        ("journal_mode", "wal", "readers never wait for the writer"),
        ("synchronous", 2, "FULL: a power cut takes no commit"),
        ("secure_delete", 1, "an erased name is gone from the file"),
        ("busy_timeout", 5000, "a writer waits its turn"),
    ],
)
def test_a_connection_to_sqlite_is_set_up_as_agreed(app: Flask, pragma, value, because):
    with app.app_context():
        assert db.session.scalar(text(f"PRAGMA {pragma}")) == value, because


def test_capitals_fold_alike_in_python_and_in_each_database(app_on_each: Flask):
    with app_on_each.app_context():
        for word in ("ÉCOLE", "Súdwest", "ÇINAR", ""):
            asked = text("SELECT lower(CAST(:word AS TEXT))")
            assert db.session.scalar(asked, {"word": word}) == word.lower()
        assert db.session.scalar(text("SELECT lower(NULL)")) is None


def test_what_was_asked_does_not_stand_in_the_words_of_a_fault(app_on_each: Flask):
    with app_on_each.app_context(), pytest.raises(DBAPIError) as fault:
        db.session.execute(text("SELECT nothing FROM nowhere WHERE :name = ''"), {"name": "Kim"})

    assert "SELECT nothing" in str(fault.value)
    assert "Kim" not in str(fault.value)


def test_what_is_erased_is_gone_from_the_file(app: Flask, sqlite_url: str):
    name = "Zeldzame-Naam-12345"
    file = sqlite_url.removeprefix("sqlite:///")
    with app.app_context():
        db.session.execute(
            text(
                "INSERT INTO failed_login (identity_hash, network_hash, at)"
                f" VALUES ('{name}', 'x', '2026-11-22 12:00:00')"
            )
        )
        db.session.commit()
        db.session.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
        db.session.commit()
        with Path(file).open("rb") as handle:
            assert name.encode() in handle.read()

        db.session.execute(text("DELETE FROM failed_login"))
        db.session.commit()
        db.session.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
        db.session.commit()

        with Path(file).open("rb") as handle:
            assert name.encode() not in handle.read()


def test_what_is_erased_is_gone_from_the_log_too_once_nobody_reads(app: Flask, sqlite_url: str):
    log = Path(sqlite_url.removeprefix("sqlite:///") + "-wal")
    with app.app_context():
        with reading(sqlite_url):
            erase()
            assert log.stat().st_size > 0
        erase()

        assert log.stat().st_size == 0


def test_no_writer_waits_for_the_readers_that_keep_the_log_from_being_emptied(
    app: Flask, sqlite_url: str
):
    file, tried, refused = sqlite_url.removeprefix("sqlite:///"), list[int](), list[str]()
    committed, emptied = threading.Event(), threading.Event()

    def write() -> None:
        with closing(sqlite3.connect(file, timeout=0.1, isolation_level=None)) as writer:
            committed.wait(timeout=10)
            while not emptied.is_set():
                try:
                    writer.execute("BEGIN IMMEDIATE")
                    writer.execute("ROLLBACK")
                except sqlite3.OperationalError as fault:
                    refused.append(str(fault))
                tried.append(1)

    with app.app_context(), reading(sqlite_url):
        event.listen(db.session, "after_commit", lambda _session: committed.set())
        writing_on = threading.Thread(target=write)
        writing_on.start()
        erase()
        emptied.set()
        writing_on.join()

    assert tried
    assert refused == []


@contextmanager
def reading(url: str) -> Iterator[None]:
    """Let somebody read the whole time, as it was when they began."""
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM failed_login").fetchall()
        yield
        reader.execute("ROLLBACK")


def erase() -> None:
    with writing():
        db.session.execute(
            text(
                "INSERT INTO failed_login (identity_hash, network_hash, at) VALUES ('y', 'x', '2026-11-22')"
            )
        )
        db.session.execute(text("DELETE FROM failed_login"))
        erased()


@pytest.mark.postgres
def test_a_pooler_finds_nothing_that_belongs_to_one_connection(postgres_url: str):
    app = create_app(settings(postgres_url, TWAALF_POOLER="on"))
    with app.app_context():
        for _ in range(20):
            db.session.execute(text("SELECT 1"))
            db.session.commit()
        assert db.session.scalar(text("SHOW lock_timeout")) == "5s"
        assert db.session.scalar(text("SHOW statement_timeout")) == "15s"
        assert db.session.scalar(text("SELECT count(*) FROM pg_prepared_statements")) == 0
        raw = db.session.connection().connection.driver_connection
        assert raw.info.get_parameters().get("options") is None
        db.session.rollback()
        lent = db.engine.raw_connection()
        assert lent.driver_connection.execute("SHOW lock_timeout").fetchone() == ("0",)
        lent.close()
        db.session.remove()
        db.engine.dispose()


@pytest.mark.postgres
def test_a_database_that_falls_after_the_answer_spoils_nothing(postgres_url: str):
    with app_on(postgres_url) as app:
        with app.app_context():
            mine = db.session.scalar(text("SELECT pg_backend_pid()"))
            with db.engine.connect() as stranger:
                stranger.execute(text("SELECT pg_terminate_backend(:mine, 5000)"), {"mine": mine})

        with app.app_context():
            assert db.session.scalar(text("SELECT 1")) == 1
            assert db.engine.pool.checkedout() == 1
