"""What is acknowledged is there, whatever falls over: the server killed, the disk full, the lock held.

    python -m bench.faults [--kills N] [--postgres]        (`make faults`)

Through the real server, over HTTP. Each writer notes the address of the page that it was sent to; at the
end each of these must be in the database, twelve seats must be twelve, and the server must serve again.
"""

import argparse
import os
import random
import re
import resource
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from pathlib import Path

from flask import Flask

from app.db import db
from app.domain.keys import hash_of
from app.records.groups import Group
from app.records.health.invariants import broken_rules
from app.records.participants import find_participant
from bench.seats import new_group, open_app
from tests.conftest import SEALING_KEY, SECRET_KEY

ROOT = Path(__file__).resolve().parent.parent
WRITERS = 4
_HIDDEN = re.compile(r'<input[^>]*name="([^"]+)"[^>]*type="hidden"[^>]*value="([^"]*)"')


@dataclass
class Told:
    """What the writers were told: pages they were sent to, and how often each status."""

    pages: list[str] = field(default_factory=list)
    statuses: Counter[str] = field(default_factory=Counter)


class Server:
    """The real server in a process group of its own, so that it can be killed whole."""

    def __init__(self, url: str, folder: Path, *, most_bytes: int = 0) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = str(probe.getsockname()[1])
        self.address = f"http://127.0.0.1:{self.port}"
        self.log = folder / "server.log"
        self._environ = os.environ | {
            "TWAALF_SECRET_KEY": SECRET_KEY, "TWAALF_SEALING_KEYS": SEALING_KEY, "TWAALF_DATABASE_URL": url,
            "TWAALF_LIMITS": "off", "TWAALF_INSTANCE": str(folder), "PORT": self.port,
        }  # fmt: skip
        self._most_bytes = most_bytes
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> float:
        """Start it, and return how many seconds it took until it serves."""
        command = [
            str(Path(sys.executable).parent / "granian"), "--interface", "rsgi", "--http", "1", "--no-ws",
            "--host", "127.0.0.1", "--port", self.port, "--workers", "2", "--workers-kill-timeout", "5",
            "--respawn-failed-workers", "--no-access-log", "--log-level", "warning", "wsgi:rsgi",
        ]  # fmt: skip

        def limit() -> None:
            if self._most_bytes:
                resource.setrlimit(
                    resource.RLIMIT_FSIZE, (self._most_bytes, resource.RLIM_INFINITY)
                )
                signal.signal(signal.SIGXFSZ, signal.SIG_IGN)

        begun = time.perf_counter()
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                command, cwd=ROOT, env=self._environ, start_new_session=True, stdout=log, stderr=log,
                preexec_fn=limit,  # noqa: PLW1509 - before any thread
            )  # fmt: skip
        until = time.monotonic() + 60
        while time.monotonic() < until:
            try:
                with urllib.request.urlopen(f"{self.address}/healthz", timeout=5):
                    return time.perf_counter() - begun
            except OSError:
                time.sleep(0.05)
        raise AssertionError("the server does not come up")

    def kill(self) -> None:
        assert self._process
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def stop(self) -> None:
        """End it as an operator does, and leave nothing of it whatever happens."""
        if self._process is None:
            return
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(timeout=30)
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)


@contextmanager
def stopping(server: Server) -> Iterator[None]:
    try:
        yield
    finally:
        server.stop()


@contextmanager
def writing(server: Server, slugs: list[str], told: Told) -> Iterator[None]:
    """Ask for seats all the while, from several browsers at once."""
    over = threading.Event()

    def ask_on() -> None:
        while not over.is_set():
            _ask(f"{server.address}/groups/{random.choice(slugs)}/ask", told)

    threads = [threading.Thread(target=ask_on) for _ in range(WRITERS)]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        over.set()
        for thread in threads:
            thread.join()


def _ask(page: str, told: Told) -> None:
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    try:
        with browser.open(page, timeout=20) as answer:
            form = dict(_HIDDEN.findall(answer.read().decode()))
        form |= {"alias": f"Iemand {random.randrange(10**6)}", "contact": "", "consent": "y"}
        with browser.open(page, urllib.parse.urlencode(form).encode(), timeout=20) as answer:
            told.statuses[str(answer.status)] += 1
            told.pages.append(urllib.parse.urlsplit(answer.url).path)
    except urllib.error.HTTPError as error:
        told.statuses[str(error.code)] += 1
    except OSError:
        told.statuses["no answer"] += 1
        time.sleep(0.05)


def lost(app: Flask, told: Told) -> int:
    """Return how many of those that were told of a seat are not in the database; every rule must hold."""
    with app.app_context():
        db.session.remove()
        assert broken_rules() == []
        keys = [page.removeprefix("/seat/") for page in told.pages if page.startswith("/seat/")]
        return sum(find_participant(hash_of(key)) is None for key in keys)


def killed(server: Server, slugs: list[str], kills: int) -> tuple[Told, str]:
    """F1: kill the whole server at random moments, and start it again."""
    told, seconds = Told(), [server.start()]
    with stopping(server), writing(server, slugs, told):
        for _ in range(kills):
            time.sleep(random.uniform(0.3, 2))
            server.kill()
            seconds.append(server.start())
        time.sleep(1)
    return told, f"{kills} kills; up again in {max(seconds[1:]):.1f} s at most"


def full(server: Server, slugs: list[str]) -> tuple[Told, str]:
    """F4: no file may grow any more; who writes is told so, who reads is served."""
    told = Told()
    server.start()
    with stopping(server), writing(server, slugs, told):
        until = time.monotonic() + 60
        while not told.statuses["503"] and time.monotonic() < until:
            time.sleep(0.1)
        with urllib.request.urlopen(f"{server.address}/groups/{slugs[0]}", timeout=20) as answer:
            reads = answer.status
    assert told.statuses["503"], "the disk was never full"
    assert reads == 200
    return told, f"{told.statuses['503']} writes refused with 503, reading goes on"


def locked(server: Server, slugs: list[str], file: Path, seconds: float) -> tuple[Told, str]:
    """F5: another program holds the lock; readers wait for nothing."""
    told, reads = Told(), list[float]()
    server.start()
    stranger = sqlite3.connect(file, isolation_level=None)
    with stopping(server), writing(server, slugs, told):
        time.sleep(1)
        stranger.execute("BEGIN IMMEDIATE")
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            begun = time.perf_counter()
            with urllib.request.urlopen(f"{server.address}/groups/{slugs[0]}", timeout=20):
                reads.append(time.perf_counter() - begun)
            time.sleep(0.05)
        stranger.rollback()
    stranger.close()
    slow = sorted(reads)[int(len(reads) * 0.95)]
    return (
        told,
        f"{told.statuses['503']} writes refused with 503; a page in {slow * 1000:.0f} ms (p95) meanwhile",
    )


def run(url: str, folder: Path, kills: int, lock_seconds: float) -> list[tuple[str, int, int, str]]:
    """Return a row for each fault: its name, how many were acknowledged, how many of them lost, what was seen."""
    app = open_app(url)
    slugs = []
    for _ in range(8):
        group_id = new_group(app)
        with app.app_context():
            slugs.append(db.session.get_one(Group, group_id).slug)
    faults: list[tuple[str, Callable[[], tuple[Told, str]]]] = [
        ("F1 killed", lambda: killed(Server(url, folder), slugs, kills))
    ]
    if url.startswith("sqlite"):
        file = Path(url.removeprefix("sqlite:///"))
        faults += [
            ("F5 locked", lambda: locked(Server(url, folder), slugs, file, lock_seconds)),
            (
                "F4 disk full",
                lambda: full(Server(url, folder, most_bytes=_all_of(file) + 65536), slugs),
            ),
        ]
    rows = []
    for name, fault in faults:
        told, seen = fault()
        rows.append((name, len(told.pages), lost(app, told), seen))
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    return rows


def _all_of(file: Path) -> int:
    return max(one.stat().st_size for one in file.parent.glob(f"{file.name}*"))


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--kills", type=int, default=20)
    asked.add_argument("--lock-seconds", type=float, default=25)
    asked.add_argument(
        "--url", help="a PostgreSQL database that may be written to, in place of SQLite"
    )
    wanted = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        url = wanted.url or f"sqlite:///{folder}/faults.sqlite"
        rows = run(url, Path(folder), wanted.kills, wanted.lock_seconds)
    print("| fault | acknowledged | lost | seen |\n|---|---|---|---|")
    for name, acknowledged, gone, seen in rows:
        print(f"| {name} | {acknowledged:,} | {gone} | {seen} |")
    sys.exit(1 if any(gone for _, _, gone, _ in rows) else 0)


if __name__ == "__main__":
    main()
