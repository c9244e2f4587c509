"""The real servers: the app starts under each, and serves pages and static files well."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.error import URLError
from urllib.request import Request, urlopen

import pytest

import serve
from app.config import write_keys
from bench.servers import memory_of, tree_of

pytestmark = pytest.mark.server

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
SECONDS_TO_START = 30
MOST_MEGABYTES = {"as it is shipped": 150, "with one worker": 140}
"""Of a server that nobody asked anything yet; shared pages count once."""
MOST_WATCHING = 35
"""Of who starts the workers; with the app in it 60."""

SERVERS = {
    "as it is shipped": [
        "python", "serve.py", "--host", "127.0.0.1", "--port", "{port}",
        "--http1-header-read-timeout", "5000",
    ],
    "with one worker": [
        "python", "serve.py", "--host", "127.0.0.1", "--port", "{port}", "--workers", "1",
    ],
    "granian behind a proxy": [
        "granian", "--interface", "wsgi", "--http", "1", "--no-ws", "--host", "127.0.0.1",
        "--port", "{port}", "--workers", "2", "--blocking-threads", "1",
        "--workers-kill-timeout", "5", "--respawn-failed-workers",
        "--no-access-log", "--log-level", "warning", "wsgi:app",
    ],
    "gunicorn": ["gunicorn", "--bind", "127.0.0.1:{port}", "--workers", "2", "wsgi:app"],
}  # fmt: skip


@pytest.fixture(params=list(SERVERS))
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    with started(request.param, tmp_path) as server:
        yield server.address


class Server(NamedTuple):
    address: str
    process: int


@contextmanager
def started(name: str, tmp_path: Path) -> Iterator[Server]:
    """Give a server that answers; it is ended afterwards."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    write_keys(tmp_path)
    environ = os.environ | {"TWAALF_INSTANCE": str(tmp_path), "PORT": port}
    flask = [str(BIN / "flask"), "--app", "wsgi", "db", "upgrade"]
    subprocess.run(flask, cwd=ROOT, env=environ, check=True)
    command = [word.format(port=port) for word in SERVERS[name]]
    server = subprocess.Popen([str(BIN / command[0]), *command[1:]], cwd=ROOT, env=environ)
    try:
        yield Server(_answering(f"http://127.0.0.1:{port}"), server.pid)
    finally:
        server.terminate()
        server.wait(timeout=20)


def _answering(address: str) -> str:
    until = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < until:
        try:
            with urlopen(f"{address}/readyz"):
                return address
        except (URLError, ConnectionError):
            time.sleep(0.1)
    raise AssertionError(f"nothing answers at {address}")


def test_pages_and_static_files_are_served_hashed_and_compressed(address: str) -> None:
    with urlopen(f"{address}/") as answer:
        page = answer.read().decode()
    [sheet] = re.findall(r'href="(/static/[0-9a-f]{12}/site\.css)"', page)

    asked = Request(address + sheet, headers={"Accept-Encoding": "br, gzip"})
    with urlopen(asked) as answer:
        assert answer.headers["Content-Encoding"] == "br"
        assert "immutable" in answer.headers["Cache-Control"]
        assert "Content-Security-Policy" not in page
    with urlopen(f"{address}/favicon.ico") as answer:
        assert answer.status == 200
    with urlopen(f"{address}/healthz") as answer:
        assert answer.read() == b"ok\n"


@pytest.mark.parametrize(
    "begun",
    [
        b"POST /login HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100\r\n\r\nemail=",
        b"POST /login HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Le",
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
    ],
    ids=["bodies", "headers", "readers"],
)
def test_two_hundred_slow_senders_keep_nobody_waiting(begun: bytes, tmp_path: Path) -> None:
    """What anybody can do with a laptop; `make run` is started so."""
    with started("as it is shipped", tmp_path) as server, ExitStack() as held:
        port = int(server.address.rpartition(":")[2])
        for _ in range(200):
            slow = held.enter_context(socket.create_connection(("127.0.0.1", port)))
            slow.sendall(begun)
        for path in ("/healthz", "/", "/login") * 5:
            with urlopen(server.address + path, timeout=15) as answer:
                assert answer.status == 200


def test_workers_that_die_are_started_again(tmp_path: Path) -> None:
    with started("as it is shipped", tmp_path) as server:
        children = Path(f"/proc/{server.process}/task/{server.process}/children")
        workers = children.read_text().split()
        assert len(workers) >= 2
        for worker in workers:
            os.kill(int(worker), signal.SIGKILL)

        _answering(server.address)

        assert not set(workers) & set(children.read_text().split())


def test_no_thread_of_the_server_takes_the_place_of_another_that_is_at_work(tmp_path: Path) -> None:
    with started("as it is shipped", tmp_path) as server:
        threads = [
            int(thread.name)
            for process in tree_of(server.process)
            for thread in Path(f"/proc/{process}/task").iterdir()
        ]

        assert len(threads) > 4
        assert {os.sched_getscheduler(thread) for thread in threads} == {os.SCHED_BATCH}


@pytest.mark.parametrize("refused", [PermissionError, AttributeError])
def test_where_that_may_not_be_asked_for_the_server_starts_all_the_same(
    refused: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_asked: object) -> None:
        raise refused

    monkeypatch.setattr(os, "sched_setscheduler", refuse)

    serve.wake_without_haste()


@pytest.mark.parametrize("name", MOST_MEGABYTES)
def test_a_server_is_small(name: str, tmp_path: Path) -> None:
    """Two workers share what was taken in before them; one takes it in for itself, and nobody else does."""
    with started(name, tmp_path) as server:
        held = memory_of([server.process])

    assert held < MOST_MEGABYTES[name]


@pytest.mark.parametrize(
    ("said", "is_for_one"),
    [
        ([], False),
        (["--workers", "1"], True),
        (["--workers", "1", "--port", "8000"], True),
        (["--workers", "1", "--workers", "3"], False),
    ],
)
def test_one_worker_alone_takes_in_the_app_itself(said: list[str], *, is_for_one: bool) -> None:
    assert serve.is_for_one([*serve.OPTIONS, *said]) is is_for_one


def test_who_watches_over_one_worker_holds_no_app(tmp_path: Path) -> None:
    with started("with one worker", tmp_path) as server:
        held = memory_of([server.process], with_theirs=False)

    assert held < MOST_WATCHING


def test_one_worker_that_cannot_start_ends_its_server_and_says_why(tmp_path: Path) -> None:
    stopped = subprocess.run(
        [sys.executable, "serve.py", "--port", "0", "--workers", "1"],
        cwd=ROOT,
        env=os.environ | {"TWAALF_INSTANCE": str(tmp_path), "TWAALF_SECRET_KEY": "short"},
        capture_output=True,
        check=False,
        text=True,
        timeout=SECONDS_TO_START,
    )

    assert stopped.returncode == 1
    assert stopped.stderr.startswith("Twaalf does not start: TWAALF_SECRET_KEY is wrong")
    assert "Traceback" not in stopped.stderr
