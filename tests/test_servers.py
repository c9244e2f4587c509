"""The real servers: the app starts under each, and serves pages and static files well."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import Request, urlopen

import pytest

from app.config import write_keys

pytestmark = pytest.mark.server

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
SECONDS_TO_START = 30

SERVERS = {
    "granian": [
        "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", "{port}",
        "--workers", "2", "--blocking-threads", "2", "--workers-kill-timeout", "5",
        "--no-access-log", "--log-level", "warning", "wsgi:app",
    ],
    "gunicorn": ["gunicorn", "--bind", "127.0.0.1:{port}", "--workers", "2", "wsgi:app"],
}  # fmt: skip


@pytest.fixture(params=list(SERVERS))
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    write_keys(tmp_path)
    environ = os.environ | {"TWAALF_INSTANCE": str(tmp_path), "PORT": port}
    flask = [str(BIN / "flask"), "--app", "wsgi", "db", "upgrade"]
    subprocess.run(flask, cwd=ROOT, env=environ, check=True)
    command = [word.format(port=port) for word in SERVERS[request.param]]
    server = subprocess.Popen([str(BIN / command[0]), *command[1:]], cwd=ROOT, env=environ)
    try:
        yield _answering(f"http://127.0.0.1:{port}")
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
