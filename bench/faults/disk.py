"""F4 on PostgreSQL: all that it keeps lies on a small disk of its own, which is then filled to the last byte."""

import errno
import time
from collections.abc import Callable
from pathlib import Path

import sqlalchemy

from bench.faults.postgres import Postgres
from bench.faults.serving import Place, Server, Told, serving, writing

SECONDS = 60


def full_disk(place: Place, database: Postgres, disk: Path) -> tuple[Told, str]:
    """F4: nothing fits any more; who writes is told so, who reads is served, and it heals by itself.

    Then its log finds no room either, which ends PostgreSQL: it is started, as its unit does.
    """
    told, server, ballast = Told(), Server(place), disk / "ballast"
    with serving(server), writing(server, place.slugs, told):
        _until(lambda: bool(told.moments), "nobody wrote at all")
        try:
            _fill(ballast, lambda: told.statuses["503"] > 0)
            for slug in place.slugs:
                server.read(f"/groups/{slug}")
            time.sleep(2)
            refused = told.statuses["503"]
        finally:
            ballast.unlink(missing_ok=True)
        healed = _seconds_to_write(told)
        try:
            _fill(ballast, lambda: not _logs_on(place))
            _until(database.is_dead, "it goes on without a log")
            _until(lambda: told.statuses["503"] > refused, "nobody was refused")
        finally:
            ballast.unlink(missing_ok=True)
        database.start()
        again = _seconds_to_write(told)
    assert not told.refused_otherwise(), told.statuses
    return told, (
        f"{refused} writes refused with 503, reading goes on; written again {healed:.1f} s after there was room; "
        f"no room for its log either: it ended, and {again:.1f} s after its start was written again"
    )


def _seconds_to_write(told: Told) -> float:
    begun, known = time.monotonic(), len(told.moments)
    _until(lambda: len(told.moments) > known, "nobody could write again")
    return told.moments[known] - begun


def _logs_on(place: Place) -> bool:
    """Begin another file of PostgreSQL's log; tell whether there was room for it."""
    engine = sqlalchemy.create_engine(place.url, isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            connection.exec_driver_sql("SELECT pg_switch_wal()")
            connection.exec_driver_sql(
                "SELECT pg_logical_emit_message(false, 'bench', 'one', true)"
            )
    except sqlalchemy.exc.OperationalError:
        return False
    finally:
        engine.dispose()
    return True


def _fill(ballast: Path, is_felt: Callable[[], bool]) -> None:
    """Write until nothing fits, and go on with what becomes free, until somebody feels it."""
    with ballast.open("ab", buffering=0) as file:

        def fill() -> bool:
            for size in (1 << 20, 1 << 12):
                try:
                    while True:
                        file.write(b"\0" * size)
                except OSError as full:
                    if full.errno != errno.ENOSPC:
                        raise
            return is_felt()

        _until(fill, "the disk was never full")


def _until(holds: Callable[[], bool], else_: str) -> None:
    until = time.monotonic() + SECONDS
    while not holds():
        assert time.monotonic() < until, else_
        time.sleep(0.05)
