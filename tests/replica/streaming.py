"""A real PostgreSQL and a replica of it by streaming, both in a folder and ended with the block."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, make_url
from sqlalchemy.pool import NullPool

from bench.faults.postgres import Postgres
from bench.servers import tree_of
from tests.people import Person

MOMENT = 0.01
SECONDS = 20


class Streaming:
    """The two servers, and what may befall the second."""

    anna: Person
    """Who coordinates Oost there."""

    def __init__(self, primary: Postgres, replica: Postgres) -> None:
        self.primary, self.replica = primary, replica

    def run(self, words: str, server: Postgres, database: str = "postgres") -> Any:
        """Do one thing on one of them as a stranger, and return the first thing it says."""
        url = make_url(server.url).set(database=database)
        stranger = create_engine(url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
        with stranger.connect() as own:
            found = own.exec_driver_sql(words)
            return found.scalar() if found.returns_rows else None

    def pause(self) -> None:
        """Let the replica go on receiving, and show nothing of it."""
        self.run("SELECT pg_wal_replay_pause()", self.replica)
        until(lambda: self.run("SELECT pg_get_wal_replay_pause_state()", self.replica) == "paused")

    def resume(self) -> None:
        self.run("SELECT pg_wal_replay_resume()", self.replica)

    def catch_up(self) -> None:
        """Wait until the replica shows all that the primary does."""
        at = self.run("SELECT pg_current_wal_flush_lsn()", self.primary)
        shows = f"SELECT pg_last_wal_replay_lsn() >= '{at}'"
        until(lambda: self.run(shows, self.replica))

    @contextmanager
    def halted(self) -> Iterator[None]:
        """Halt the replica without ending it: nobody hears a word, and no connection breaks."""
        halted = tree_of(self.replica.process)
        for one in halted:
            os.kill(one, signal.SIGSTOP)
        try:
            yield
        finally:
            for one in halted:
                os.kill(one, signal.SIGCONT)


@contextmanager
def running(folder: Path) -> Iterator[Postgres]:
    """Give a PostgreSQL in a folder, which ends with the block."""
    one = Postgres(folder)
    try:
        yield one
    finally:
        one.stop()


@contextmanager
def streaming(folder: Path) -> Iterator[Streaming]:
    with running(folder / "primary") as primary:
        primary.copy_to(folder / "replica")
        with running(folder / "replica") as replica:
            yield Streaming(primary, replica)


def until(holds: Callable[[], object]) -> None:
    """Ask again until it holds."""
    last = time.monotonic() + SECONDS
    while not holds():
        assert time.monotonic() < last, "it never came to hold"
        time.sleep(MOMENT)
