"""What the timers cost with very many groups: `python -m bench.timers [--groups N] [--postgres]`.

Each command runs as a timer runs it, in a process of its own; meanwhile a writer asks for its lock again
and again. Printed are seconds, the most memory the process held, and how long the writer waited.
"""

import argparse
import os
import statistics
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy

from bench.servers import BIN, ROOT, filled

COMMANDS = (["letters", "send"], ["letters", "send"], ["figures"], ["forget"])
"""The first after a demo has everything to ask; the second what was left over."""
PAUSE = 0.05


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--groups", type=int, default=20_000)
    asked.add_argument("--postgres", action="store_true")
    wanted = asked.parse_args()
    with (
        tempfile.TemporaryDirectory() as name,
        filled(Path(name), wanted.groups, on_postgres=wanted.postgres) as at,
    ):
        file = f"sqlite:///{at.folder}/instance/twaalf.sqlite"
        url = at.environ.get("TWAALF_DATABASE_URL", file)
        print(f"{wanted.groups:,} groups, {url.partition(':')[0]}\n")
        print("| command | s | MB at most | a writer waits, median ms | p99 | longest |")
        print("|---|---|---|---|---|---|", flush=True)
        for command in COMMANDS:
            with waiting(url) as waits:
                seconds, megabytes = _run(command, at.environ)
            cuts = [1000 * one for one in statistics.quantiles(waits, n=100)]
            waited = f"{cuts[49]:.1f} | {cuts[98]:.0f} | {1000 * max(waits):.0f}"
            print(
                f"| `{' '.join(command)}` | {seconds:.0f} | {megabytes:.0f} | {waited} |",
                flush=True,
            )


@contextmanager
def waiting(url: str) -> Iterator[list[float]]:
    """Ask for a writer's lock again and again; give how many seconds each took."""
    over, waits = threading.Event(), list[float]()
    engine = sqlalchemy.create_engine(url, isolation_level="AUTOCOMMIT")

    def ask() -> None:
        with engine.connect() as connection:
            if engine.dialect.name == "sqlite":
                connection.exec_driver_sql("PRAGMA busy_timeout=60000")
            while not over.wait(PAUSE):
                begun = time.perf_counter()
                _take(connection)
                waits.append(time.perf_counter() - begun)

    asking = threading.Thread(target=ask)
    asking.start()
    try:
        yield waits
    finally:
        over.set()
        asking.join()
        engine.dispose()


def _take(connection: sqlalchemy.Connection) -> None:
    if connection.engine.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        connection.exec_driver_sql("BEGIN")
        connection.exec_driver_sql("SELECT id FROM groups ORDER BY random() LIMIT 1 FOR UPDATE")
    connection.exec_driver_sql("ROLLBACK")


def _run(command: list[str], environ: dict[str, str]) -> tuple[float, float]:
    begun = time.perf_counter()
    process = subprocess.Popen(
        [BIN / "flask", "--app", "wsgi", *command], cwd=ROOT, env=environ,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    _pid, _status, used = os.wait4(process.pid, 0)
    process.returncode = 0
    return time.perf_counter() - begun, used.ru_maxrss / 1024


if __name__ == "__main__":
    main()
