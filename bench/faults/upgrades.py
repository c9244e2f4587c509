"""F9: an upgrade killed on its way, and the program of one release at the tables of another."""

import subprocess
import time

import sqlalchemy

from app.records.health.schema import revision_of_the_code
from bench.faults.serving import BIN, ROOT, Place, Server, Told, ask, serving
from tests.schemas import migrate_back

BEFORE = "0040"
"""The release that is upgraded from: people have seats in it, and they come along."""


def upgrade_broken(place: Place, kills: int) -> tuple[Told, str]:
    """F9: kill `flask db upgrade` within its steps. The tables are of one release or of the other; the
    server of this release refuses those of another, and the next upgrade goes all the way."""
    told = Told()
    with serving(Server(place)) as server:
        for slug in place.slugs:
            ask(server, slug, told)
    newest = revision_of_the_code()
    migrate_back(place.url, BEFORE)
    refused = [_refusal(place)]
    steps = [
        f"{int(BEFORE) + 1 + number * (int(newest) - int(BEFORE) - 1) // kills:04}"
        for number in range(1, kills + 1)
    ]
    for step in steps:
        _kill_upgrade(server, step)
        assert _revision(place) == BEFORE, "the tables are between two releases"
    _upgrade(server)
    assert _revision(place) == newest
    _stamp(place, "9999")
    refused.append(_refusal(place))
    _stamp(place, newest)
    assert all("not_migrated" in one for one in refused), refused
    with serving(Server(place)) as server:
        for slug in place.slugs:
            ask(server, slug, told)
            server.read(f"/groups/{slug}")
    return told, (
        f"killed within {', '.join(steps)}: each time the tables were {BEFORE}'s, whole; the next upgrade went all the way; "
        "the start was refused in words before it, and for tables of a later release"
    )


def _kill_upgrade(server: Server, step: str) -> None:
    """Kill an upgrade within a step, when its rows are written and nothing of them is committed."""
    command = [str(BIN / "flask"), "--app", "bench.faults.halting", "db", "upgrade"]
    with (
        server.log.open("ab") as log,
        subprocess.Popen(
            command,
            cwd=ROOT,
            env=server.environ | {"HALT_IN": step},
            stdout=subprocess.PIPE,
            stderr=log,
        ) as upgrade,
    ):
        assert upgrade.stdout
        said = upgrade.stdout.readline()
        upgrade.kill()
    assert said == b"halted\n", said


def _upgrade(server: Server) -> None:
    command = [str(BIN / "flask"), "--app", "wsgi", "db", "upgrade"]
    with server.log.open("ab") as log:
        subprocess.run(command, cwd=ROOT, env=server.environ, stdout=log, stderr=log, check=True)


def _refusal(place: Place) -> str:
    """Return why a server does not serve: its workers say so and end."""
    server = Server(place)
    server.log = place.folder / "refused.log"
    server.log.write_bytes(b"")
    server.begin()
    until = time.monotonic() + 60
    while "does not start" not in server.log.read_text() and time.monotonic() < until:
        time.sleep(0.05)
    server.kill()
    return server.log.read_text()


def _revision(place: Place) -> str:
    engine = sqlalchemy.create_engine(place.url)
    with engine.connect() as connection:
        found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one()
    engine.dispose()
    return str(found)


def _stamp(place: Place, revision: str) -> None:
    engine = sqlalchemy.create_engine(place.url)
    with engine.begin() as connection:
        connection.exec_driver_sql(f"UPDATE alembic_version SET version_num = '{revision}'")
    engine.dispose()
