"""pgbouncer in transaction mode before a PostgreSQL of its own, where the program is there."""

import os
import shutil
import subprocess
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import NullPool

from app import create_app
from app.commands.door import close_down
from app.db import db
from bench.faults.postgres import Postgres
from tests.conftest import settings
from tests.people import World
from tests.replica.streaming import running, until

PROGRAM = shutil.which("pgbouncer")
collect_ignore = [] if PROGRAM else ["test_pooler.py"]
SERVERS = 2
"""Connections that it lends: fewer than ask at once."""


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if not PROGRAM:
        terminalreporter.write_line("Without a pooler: install pgbouncer, and its test runs too.")


@pytest.fixture(scope="session")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Postgres]:
    with pytest.MonkeyPatch.context() as environment:
        if "XDG_RUNTIME_DIR" not in os.environ:  # as on a server without a desktop
            environment.setenv("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("runtime")))
        with running(tmp_path_factory.mktemp("pooled")) as own:
            app = create_app(settings(own.url))
            with app.app_context():
                db.create_all()
            World(app)
            close_down(app)
            yield own


@pytest.fixture(scope="session")
def pooled(database: Postgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the database by way of the pooler."""
    assert PROGRAM
    folder = tmp_path_factory.mktemp("pgbouncer")
    if database.user:
        shutil.chown(folder, database.user)
    written = {
        "unix_socket_dir": folder, "listen_addr": "", "listen_port": 6432, "auth_type": "any",
        "pool_mode": "transaction", "default_pool_size": SERVERS, "logfile": folder / "log",
    }  # fmt: skip
    lines = [f"{name} = {value}" for name, value in written.items()]
    there = f"twaalf = host={database.folder} dbname=postgres user=postgres"
    ini = folder / "pgbouncer.ini"
    ini.write_text("\n".join(["[databases]", there, "[pgbouncer]", *lines, ""]))
    process = subprocess.Popen([PROGRAM, "-q", str(ini)], user=database.user)
    try:
        address = f"postgresql+psycopg://postgres@/twaalf?host={folder}&port=6432"
        until(lambda: _answers(address))
        yield address
    finally:
        process.terminate()
        process.wait(timeout=20)


@pytest.fixture
def app(pooled: str) -> Iterator[Flask]:
    app = create_app(settings(pooled, TWAALF_POOLER="on"))
    yield app
    close_down(app)


def _answers(address: str) -> bool:
    stranger = create_engine(
        address,
        poolclass=NullPool,
        connect_args={"connect_timeout": 2, "prepare_threshold": None},
    )
    try:
        with stranger.connect() as own:
            return own.scalar(text("SELECT 1")) == 1
    except OperationalError:
        return False
