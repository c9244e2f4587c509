"""What the timers cost with very many groups: `python -m bench.timers [--groups N] [--postgres]`.

Each command runs as a timer runs it, in a process of its own; meanwhile one writer asks for a lock
again and again, and another asks for seats, now in this group, now in that. Printed are seconds, the
most memory the process held, how long its transactions held their locks (also without the time in
which others had the processor), and how long the writers took: for the lock, and for the whole deed.
"""

import argparse
import os
import random
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Generator
from contextlib import ExitStack, contextmanager, suppress
from datetime import timedelta
from pathlib import Path

import sqlalchemy

from app import clock, create_app
from app.actions.seats import Ask, ask_for_seat
from app.config import load
from app.db import db
from app.domain.refusal import Refusal
from app.records.groups import Group
from bench.servers import BIN, ROOT, Installation, filled, free_port

COMMANDS = {
    "asking": ["letters", "send"],
    "left": ["letters", "send"],
    "due": ["letters", "send"],
    "figures": ["figures"],
    "forget": ["forget"],
    "month": ["forget"],
}
"""The first after a demo has everything to ask; the second what was left over. Then there are letters
to send; at last the night of a first of a month, which keeps the month before."""
DUE = 20_000
PAUSE = 0.05


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--groups", type=int, default=20_000)
    asked.add_argument("--due", type=int, default=DUE, help="letters to be sent")
    asked.add_argument("--only", nargs="*", default=[*COMMANDS], choices=[*COMMANDS])
    asked.add_argument("--postgres", action="store_true")
    asked.add_argument("--keep", type=Path, help="a folder for what each transaction held")
    wanted = asked.parse_args()
    with (
        tempfile.TemporaryDirectory() as name,
        filled(Path(name), wanted.groups, on_postgres=wanted.postgres) as at,
    ):
        file = f"sqlite:///{at.folder}/instance/twaalf.sqlite"
        url = at.environ.get("TWAALF_DATABASE_URL", file)
        print(f"{wanted.groups:,} groups, {url.partition(':')[0]}\n")
        print(
            "| command | s | MB at most | a transaction, p99 ms | longest | longest at work | which | the lock, median ms | p99 | longest | a seat, median ms | p99 | longest |"
        )
        print("|---" * 13 + "|", flush=True)
        for which in wanted.only:
            with ExitStack() as stack:
                environ = dict(at.environ)
                if which == "due":
                    _write_letters(url, wanted.due)
                    environ["TWAALF_MAIL_URL"] = stack.enter_context(_mail_server())
                locks = stack.enter_context(waiting(_taking(url)))
                seats = stack.enter_context(waiting(_asking(at)))
                told = (wanted.keep or Path(name)) / f"held-{which}"
                seconds, megabytes = _run(which, environ, told)
            print(
                f"| `{' '.join(COMMANDS[which])}` ({which}) | {seconds:.0f} | {megabytes:.0f} "
                f"| {_held(told)} | {_told(locks)} | {_told(seats)} |",
                flush=True,
            )


def _told(waits: list[float]) -> str:
    cuts = [1000 * one for one in statistics.quantiles(waits, n=100)]
    return f"{cuts[49]:.1f} | {cuts[98]:.0f} | {1000 * max(waits):.0f}"


@contextmanager
def waiting(deed: Generator[None]) -> Generator[list[float]]:
    """Do a deed again and again; give how many seconds each took."""
    over, waits = threading.Event(), list[float]()

    def do() -> None:
        next(deed)  # it is ready
        while not over.wait(PAUSE):
            begun = time.perf_counter()
            next(deed)
            waits.append(time.perf_counter() - begun)
        deed.close()

    doing = threading.Thread(target=do)
    doing.start()
    try:
        yield waits
    finally:
        over.set()
        doing.join()


def _taking(url: str) -> Generator[None]:
    """Take SQLite's lock, or some group's row in PostgreSQL, and let go of it."""
    engine = sqlalchemy.create_engine(url, isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            if engine.dialect.name == "sqlite":
                connection.exec_driver_sql("PRAGMA busy_timeout=60000")
            ids = [row[0] for row in connection.exec_driver_sql("SELECT id FROM groups")]
            while True:
                yield
                if engine.dialect.name == "sqlite":
                    connection.exec_driver_sql("BEGIN IMMEDIATE")
                else:
                    connection.exec_driver_sql("BEGIN")
                    one = random.choice(ids)
                    connection.exec_driver_sql(f"SELECT id FROM groups WHERE id = {one} FOR UPDATE")
                connection.exec_driver_sql("ROLLBACK")
    finally:
        engine.dispose()


def _asking(at: Installation) -> Generator[None]:
    """Ask for a seat as the site does, each time of another group."""
    app = create_app(load(at.folder / "instance", at.environ))
    with app.app_context():
        ids = list(db.session.scalars(sqlalchemy.select(Group.id).where(Group.listed)))
        number = 0
        try:
            while True:
                yield
                number += 1
                asked = Ask(alias=f"Iemand {number}", consent_text="bench", contact="")
                with suppress(Refusal):  # some give no seats
                    group = db.session.get_one(Group, random.choice(ids))
                    ask_for_seat(group, asked, ask_key=f"timers-{time.time_ns()}")
                db.session.remove()
        finally:
            db.session.remove()
            db.engine.dispose()


def _write_letters(url: str, number: int) -> None:
    """Let so many letters be due, which say what those do that the first runs have written."""
    engine = sqlalchemy.create_engine(url)
    copy = sqlalchemy.text(
        'INSERT INTO letter (kind, language, recipient, "values", message_id, written_at, due_at, tries) '
        'SELECT kind, language, recipient, "values", :mark || id, written_at, written_at, 0 '
        "FROM letter WHERE sent_at IS NULL AND kind <> '' ORDER BY id LIMIT :most"
    )
    with engine.begin() as connection:
        count = sqlalchemy.text("SELECT count(*) FROM letter WHERE sent_at IS NULL AND kind <> ''")
        there = connection.scalar(count) or 0
        assert there, "no letter to copy"
        while there < number:
            more = {"mark": f"{random.random()}-", "most": number - there}
            connection.execute(copy, more)
            there = connection.scalar(count) or 0
    engine.dispose()


@contextmanager
def _mail_server() -> Generator[str]:
    """Give the address of a mail server that takes everything and keeps nothing."""
    port = free_port()
    command = [
        sys.executable,
        "-m",
        "aiosmtpd",
        "-n",
        "-l",
        f"127.0.0.1:{port}",
        "-c",
        "aiosmtpd.handlers.Sink",
    ]
    process = subprocess.Popen(command)
    try:
        until = time.monotonic() + 30
        while time.monotonic() < until:
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                time.sleep(0.1)
        yield f"smtp://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=20)


def _run(which: str, environ: dict[str, str], told: Path) -> tuple[float, float]:
    """Run a command as its timer does; return its seconds, and the most megabytes it held."""
    environ |= {"HOLDS_TOLD_IN": str(told)}
    if which == "month":
        month = clock.now().replace(day=1, hour=4) + timedelta(days=32)
        environ["CLOCK_STARTS_AT"] = month.replace(day=1).isoformat()
    begun = time.perf_counter()
    process = subprocess.Popen(
        [BIN / "flask", "--app", "bench.holding", *COMMANDS[which]], cwd=ROOT, env=environ,
        stdout=subprocess.DEVNULL, stderr=sys.stderr if which == "month" else subprocess.DEVNULL,
    )  # fmt: skip
    _pid, _status, used = os.wait4(process.pid, 0)
    process.returncode = 0
    return time.perf_counter() - begun, used.ru_maxrss / 1024


def _held(told: Path) -> str:
    """Return how long the transactions of a run held their locks, and which one did longest."""
    holds = sorted(
        (float(line.split()[0]), *line.split(maxsplit=2)[1:])
        for line in told.read_text().splitlines()
    )
    if not holds:
        return "| |"
    longest, _worked, who = holds[-1]
    at_99 = holds[int(len(holds) * 0.99)][0]
    worked = max(float(one[1]) for one in holds)
    return f"{at_99:.0f} | {longest:.0f} | {worked:.0f} | {who.rpartition(':')[2]}"


if __name__ == "__main__":
    main()
