"""F1, F4, F5: the server killed, the disk full, the lock held by a stranger."""

import random
import sqlite3
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy

from bench.faults.serving import Place, Server, Told, serving, slowest, writing


def killed(place: Place, kills: int) -> tuple[Told, str]:
    """F1: kill the whole server at random moments, and start it again."""
    told, seconds, server = Told(), list[float](), Server(place)
    with serving(server), writing(server, place.slugs, told):
        for _ in range(kills):
            time.sleep(random.uniform(0.3, 2))
            server.kill()
            seconds.append(server.start())
        time.sleep(1)
    return told, f"{kills} kills; up again in {max(seconds):.1f} s at most"


def full(place: Place) -> tuple[Told, str]:
    """F4: no file may grow any more; who writes is told so, who reads is served."""
    assert place.file
    told, server = Told(), Server(place, most_bytes=_all_of(place.file) + 65536)
    with serving(server), writing(server, place.slugs, told):
        until = time.monotonic() + 60
        while not told.statuses["503"] and time.monotonic() < until:
            time.sleep(0.1)
        server.read(f"/groups/{place.slugs[0]}")
    assert told.statuses["503"], "the disk was never full"
    return told, f"{told.statuses['503']} writes refused with 503, reading goes on"


def locked(place: Place, seconds: float) -> tuple[Told, str]:
    """F5: another program holds what writers need; readers wait for nothing."""
    told, reads, server = Told(), list[float](), Server(place)
    with serving(server), writing(server, place.slugs, told):
        time.sleep(1)
        with _holding(place):
            until = time.monotonic() + seconds
            while time.monotonic() < until:
                begun = time.perf_counter()
                with urllib.request.urlopen(
                    f"{server.address}/groups/{place.slugs[0]}", timeout=20
                ):
                    reads.append(time.perf_counter() - begun)
                time.sleep(0.05)
        time.sleep(1)
    seen = f"{told.statuses['503']} writes refused with 503; a page in {slowest(reads):.0f} ms (p95) meanwhile"
    return told, seen


@contextmanager
def _holding(place: Place) -> Iterator[None]:
    """Hold SQLite's lock, or every group's row in PostgreSQL."""
    if place.file:
        stranger = sqlite3.connect(place.file, isolation_level=None)
        stranger.execute("BEGIN IMMEDIATE")
        yield
        stranger.rollback()
        stranger.close()
        return
    engine = sqlalchemy.create_engine(place.url)
    with engine.connect() as connection:
        connection.exec_driver_sql("SELECT id FROM groups ORDER BY id FOR UPDATE")
        yield
    engine.dispose()


def _all_of(file: Path) -> int:
    return max(one.stat().st_size for one in file.parent.glob(f"{file.name}*"))
