"""Nothing that is wrong with the house is met with silence: 503, a line, and a word in `/readyz`."""

import errno
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy
from alembic.script import ScriptDirectory
from cryptography.fernet import Fernet
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.exc import OperationalError

from app.blueprints.web.watched import faults
from app.db import db
from app.domain.upkeep.fault import Fault
from app.formats.upkeep.fault_words import MENDING
from app.records.columns import use_sealing_keys
from app.records.health import ready
from app.records.health.faults import fault_of
from app.records.health.schema import MIGRATIONS, revision_of_the_code
from tests.blueprints.signing import log_in
from tests.browsing import submit
from tests.people import Person, World


@pytest.fixture(autouse=True)
def _nothing_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(faults, "_seen", {})


@pytest.fixture
def file(sqlite_url: str) -> Path:
    return Path(sqlite_url.removeprefix("sqlite:///"))


@pytest.fixture
def let_go(app: Flask) -> Callable[[], None]:
    """Close what is open, as when the file is opened for the first time."""

    def close() -> None:
        with app.app_context():
            db.session.remove()
            db.engine.dispose()

    return close


@pytest.fixture
def strangers_lock(file: Path, app: Flask) -> Iterator[None]:
    """Another program writes for long; the app waits a moment only."""
    stranger = sqlite3.connect(file, isolation_level=None)
    stranger.execute("BEGIN IMMEDIATE")
    with app.app_context():
        engine = db.engine

    @sqlalchemy.event.listens_for(engine, "checkout")
    def impatient(connection, _record, _proxy) -> None:
        connection.execute("PRAGMA busy_timeout=1")

    yield
    sqlalchemy.event.remove(engine, "checkout", impatient)
    stranger.close()


def sql(file: Path, statement: str) -> None:
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute(statement)


def told(log: list[dict]) -> list[tuple]:
    return [(line["kind"], line["at"]) for line in log if line["event"] == "fault"]


def test_a_database_that_is_missing_is_told_and_never_made_by_a_request(
    client: FlaskClient, file: Path, let_go: Callable[[], None], log: list[dict]
):
    let_go()
    file.unlink()

    answers = [client.get(path) for path in ("/", "/login", "/readyz", "/healthz")]

    assert [answer.status_code for answer in answers] == [503, 200, 503, 200]
    assert answers[0].headers["Retry-After"] == "5"
    assert "database_missing: " in answers[2].text
    assert told(log) == [("database_missing", "finder.show")]
    assert not file.exists()


def test_who_is_logged_in_gets_the_page_too(
    app: Flask, anna: Person, file: Path, let_go: Callable[[], None], log: list[dict]
):
    client = app.test_client()
    log_in(client, anna.email)
    let_go()
    file.unlink()

    answer = client.get("/coordinate/")

    assert answer.status_code == 503
    assert answer.headers["X-Request-Id"] in answer.text
    assert log[-1]["request"] == answer.headers["X-Request-Id"]


@pytest.mark.parametrize("revision", ["0001", "9999"])
def test_tables_of_another_release_are_told(
    client: FlaskClient, file: Path, log: list[dict], revision: str
):
    sql(file, "CREATE TABLE alembic_version (version_num TEXT)")
    sql(file, f"INSERT INTO alembic_version VALUES ('{revision}')")

    answer = client.get("/readyz")

    assert (answer.status_code, answer.text.splitlines()[1][:14]) == (503, "not_migrated: ")


def test_a_column_that_is_not_there_is_told(client: FlaskClient, file: Path, log: list[dict]):
    sql(file, "ALTER TABLE fellowship RENAME COLUMN website TO site")

    answer = client.get("/fellowships")

    assert answer.status_code == 503
    assert told(log) == [("not_migrated", "fellowships.index")]


def test_a_key_that_opens_nothing_is_told(
    client: FlaskClient, world: World, log: list[dict], app: Flask
):
    submit(client, "/groups/oost/ask", alias="Kim", contact="kim@example.org", consent="1")
    use_sealing_keys([Fernet.generate_key().decode()])

    answer = client.get("/readyz")

    assert (answer.status_code, "wrong_sealing_key: " in answer.text) == (503, True)


def test_a_lock_that_was_waited_for_in_vain_is_told_and_takes_no_host_away(
    client: FlaskClient, world: World, strangers_lock: None, log: list[dict]
):
    asked = submit(client, "/groups/oost/ask", alias="Kim", consent="1")
    ready_page = client.get("/readyz")

    assert asked.status_code == 503
    assert told(log) == [("database_busy", "ask.seat")]
    assert ready_page.status_code == 200
    assert ready_page.text.startswith("ready\ndatabase_busy: ")


def test_a_disk_that_is_full_is_told_until_a_write_succeeds(
    client: FlaskClient, world: World, file: Path, log: list[dict], monkeypatch: pytest.MonkeyPatch
):
    def full(*_: object, **__: object) -> None:
        error = sqlite3.OperationalError("database or disk is full")
        error.sqlite_errorname = "SQLITE_FULL"
        raise OperationalError("INSERT", {}, error)

    with monkeypatch.context() as patched:
        patched.setattr("app.blueprints.public.ask.ask_for_seat", full)
        asked = submit(client, "/groups/oost/ask", alias="Kim", consent="1")
    while_full = client.get("/readyz")
    again = submit(client, "/groups/oost/ask", alias="Kim", consent="1")
    healed = client.get("/readyz")

    assert (asked.status_code, while_full.status_code) == (503, 503)
    assert told(log) == [("disk_full", "ask.seat")]
    assert "disk_full: " in while_full.text
    assert (again.status_code, healed.text) == (303, "ready\n")


def test_a_disk_with_no_room_left_is_told_before_anything_fails(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(ready, "free_bytes", lambda _file: 1024)

    assert (client.get("/readyz").status_code, "disk_full" in client.get("/readyz").text) == (
        503,
        True,
    )


def test_no_line_of_a_fault_holds_what_was_sent(
    client: FlaskClient, world: World, strangers_lock: None, log: list[dict]
):
    submit(client, "/groups/oost/ask", alias="Zeldzaam", contact="kim@example.org", consent="1")

    assert set(log[-1]) == {"event", "kind", "at", "method", "request", "timestamp"}


def test_a_mistake_of_ours_is_no_fault_of_the_house(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch, log: list[dict]
):
    def wrong(*_: object) -> None:
        raise OSError(errno.EPERM, "not allowed")

    monkeypatch.setattr("app.blueprints.public.fellowships.all_fellowships", wrong)
    app.config["PROPAGATE_EXCEPTIONS"] = False

    answer = client.get("/fellowships")

    assert (answer.status_code, told(log)) == (500, [])
    assert answer.headers["X-Request-Id"] in answer.text


@pytest.mark.parametrize(
    ("state", "fault"),
    [
        ("55P03", Fault.DATABASE_BUSY),
        ("53100", Fault.DISK_FULL),
        ("57P01", Fault.DATABASE_GONE),
        ("08006", Fault.DATABASE_GONE),
        (None, Fault.DATABASE_GONE),
        ("42P01", Fault.NOT_MIGRATED),
        ("25006", Fault.DATABASE_READ_ONLY),
        ("23505", None),
    ],
)
def test_what_postgresql_says_is_told_by_its_code(state: str | None, fault: Fault | None):
    cause = type("OperationalError", (Exception,), {"sqlstate": state})("words")

    assert fault_of(OperationalError("SELECT", {}, cause)) == fault


def test_a_database_that_lets_one_wait_for_a_connection_is_gone_too():
    """As behind a pooler whose database is away, or a host that is."""
    gone = type("OperationalError", (Exception,), {"sqlstate": None})
    waited = type("ConnectionTimeout", (gone,), {})("words")

    assert fault_of(OperationalError("SELECT", {}, waited)) == Fault.DATABASE_GONE


def test_each_fault_says_how_it_is_mended():
    assert set(MENDING) == set(Fault)


def test_the_newest_migration_is_the_one_that_alembic_ends_with():
    script = ScriptDirectory(str(MIGRATIONS.parent))

    assert revision_of_the_code() == script.get_current_head()
