"""The real server in a process group of its own, browsers that ask it for seats, and what they were told."""

import os
import random
import re
import resource
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from http.cookiejar import CookieJar
from pathlib import Path

from flask import Flask

from app.db import db
from app.domain.keys import hash_of
from app.records.health.invariants import broken_rules
from app.records.participants import find_participant
from tests.conftest import SEALING_KEY, SECRET_KEY

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent
WRITERS = 4
SECONDS_TO_START = 60
_HIDDEN = re.compile(r'<input[^>]*name="([^"]+)"[^>]*type="hidden"[^>]*value="([^"]*)"')


@dataclass
class Told:
    """What the writers were told: pages they were sent to, mail addresses that asked, how often
    each status; and when an answer last came, and how long each write took, in seconds."""

    pages: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    statuses: Counter[str] = field(default_factory=Counter)
    moments: list[float] = field(default_factory=list)
    took: list[float] = field(default_factory=list)

    def refused_otherwise(self) -> dict[str, int]:
        """Return the answers that are neither a page nor "try again", which no fault may cause."""
        return {
            status: number
            for status, number in self.statuses.items()
            if status not in ("200", "503", "no answer")
        }


@dataclass(frozen=True)
class Place:
    """Where a fault is tried: an installation's database, its folder, and groups that give seats."""

    app: Flask
    url: str
    folder: Path
    slugs: list[str]

    @property
    def file(self) -> Path | None:
        """The file of SQLite, None on PostgreSQL."""
        return Path(self.url.removeprefix("sqlite:///")) if self.url.startswith("sqlite") else None


class Server:
    """The real server, to be killed whole; `at` moves its clock to an instant from which it goes on."""

    def __init__(
        self, place: Place, *, most_bytes: int = 0, at: datetime | None = None, mail: str = ""
    ) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = str(probe.getsockname()[1])
        self.address = f"http://127.0.0.1:{self.port}"
        self.log = place.folder / "server.log"
        self.environ = os.environ | {
            "TWAALF_SECRET_KEY": SECRET_KEY, "TWAALF_SEALING_KEYS": SEALING_KEY, "TWAALF_DATABASE_URL": place.url,
            "TWAALF_LIMITS": "off", "TWAALF_INSTANCE": str(place.folder), "PORT": self.port,
            "TWAALF_MAIL_URL": mail,
        }  # fmt: skip
        self._most_bytes = most_bytes
        self._starts = ["-m", "bench.faults.clock"] if at else ["serve.py"]
        if at:
            self.environ["CLOCK_STARTS_AT"] = at.isoformat()
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> float:
        """Start it, and return how many seconds it took until it serves."""
        begun = time.perf_counter()
        self.begin()
        until = time.monotonic() + SECONDS_TO_START
        while time.monotonic() < until:
            try:
                with urllib.request.urlopen(f"{self.address}/healthz", timeout=5):
                    return time.perf_counter() - begun
            except OSError:
                time.sleep(0.05)
        raise AssertionError("the server does not come up")

    def begin(self) -> subprocess.Popen[bytes]:
        """Begin to start it, and wait for nothing."""
        command = [sys.executable, *self._starts, "--host", "127.0.0.1", "--port", self.port]

        def limit() -> None:
            if self._most_bytes:
                most = (self._most_bytes, resource.RLIM_INFINITY)
                resource.setrlimit(resource.RLIMIT_FSIZE, most)
                signal.signal(signal.SIGXFSZ, signal.SIG_IGN)

        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=self.environ, start_new_session=True, stdout=log, stderr=log,
                preexec_fn=limit,  # noqa: PLW1509 - before any thread
            )  # fmt: skip
        return self.process

    def kill(self) -> None:
        assert self.process
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        """End it as an operator does, and leave nothing of it whatever happens."""
        if self.process is None:
            return
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(timeout=30)
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)

    def read(self, path: str) -> bytes:
        """Return what stands at a path."""
        with urllib.request.urlopen(self.address + path, timeout=20) as answer:
            return bytes(answer.read())


@contextmanager
def serving(server: Server) -> Iterator[Server]:
    """Start a server and end it, whatever happens meanwhile."""
    try:
        server.start()
        yield server
    finally:
        server.stop()


@contextmanager
def writing(
    server: Server, slugs: list[str], told: Told, *, mail_domain: str = "", writers: int = WRITERS
) -> Iterator[None]:
    """Ask for seats all the while, from several browsers at once."""
    over = threading.Event()

    def ask_on() -> None:
        while not over.is_set():
            ask(server, random.choice(slugs), told, mail_domain=mail_domain)

    threads = [threading.Thread(target=ask_on) for _ in range(writers)]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        over.set()
        for thread in threads:
            thread.join()


def ask(server: Server, slug: str, told: Told, *, mail_domain: str = "") -> None:
    """Ask for a seat as a browser does, and note what it was told."""
    page = f"{server.address}/groups/{slug}/ask"
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    number = random.randrange(10**9)
    contact = f"iemand{number}@{mail_domain}" if mail_domain else ""
    begun = time.perf_counter()
    try:
        with browser.open(page, timeout=20) as answer:
            form = dict(_HIDDEN.findall(answer.read().decode()))
        form |= {"alias": f"Iemand {number}", "contact": contact, "consent": "y"}
        with browser.open(page, urllib.parse.urlencode(form).encode(), timeout=20) as answer:
            told.statuses[str(answer.status)] += 1
            told.pages.append(urllib.parse.urlsplit(answer.url).path)
            told.moments.append(time.monotonic())
            told.took.append(time.perf_counter() - begun)
            if contact:
                told.addresses.append(contact)
    except urllib.error.HTTPError as error:
        told.statuses[
            str(error.code) if error.headers["Retry-After"] else f"{error.code} for good"
        ] += 1
    except OSError:
        told.statuses["no answer"] += 1
        time.sleep(0.05)


def lost(place: Place, told: Told) -> int:
    """Return how many of those that were told of a seat are not in the database; every rule must hold."""
    with place.app.app_context():
        db.session.remove()
        db.engine.dispose()
        assert broken_rules() == []
        keys = [page.removeprefix("/seat/") for page in told.pages if page.startswith("/seat/")]
        gone = sum(find_participant(hash_of(key)) is None for key in keys)
        db.session.remove()
        db.engine.dispose()
    return gone


def slowest(took: list[float], share: float = 0.95) -> float:
    """Return how long all but the slowest took, in milliseconds."""
    return sorted(took)[int(len(took) * share)] * 1000 if took else 0.0
