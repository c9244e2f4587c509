"""What 200 slow senders do to everybody else: `python -m bench.slow_senders [SECONDS]`.

Each way of being slow in turn, against the server as `make run` starts it and, beside it, as it was
started before (a thread for each request). A normal client asks meanwhile; its times are printed.
Loopback only; ends by itself.
"""

import os
import socket
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from app.config import write_keys

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
SENDERS = 200
PAUSE = 0.1
PATIENCE = 5.0
SERVERS = {
    "as make run": ["serve.py", "--http1-header-read-timeout", "5000"],
    "a thread a request": ["-m", "granian", "--interface", "wsgi", "--blocking-threads", "2",
                           "--no-ws", "--workers", "2", "--workers-kill-timeout", "5",
                           "--no-access-log", "--log-level", "warning", "wsgi:app"],
}  # fmt: skip
POST = b"POST /login HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100\r\n"
SLOW = {
    "nobody": None,
    "bodies": POST + b"\r\nemail=",
    "headers": POST[:40],
    "readers": b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
}


@contextmanager
def serving(words: list[str], instance: str) -> Iterator[int]:
    """Start a server on a free port, which is given, and end it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environ = os.environ | {"TWAALF_INSTANCE": instance, "PORT": str(port)}
    command = [sys.executable, *words, "--host", "127.0.0.1", "--port", str(port)]
    server = subprocess.Popen(command, cwd=ROOT, env=environ)
    try:
        until = time.monotonic() + 30
        while time.monotonic() < until and ask(port, "/readyz") is None:
            time.sleep(0.2)
        yield port
    finally:
        server.terminate()
        server.wait(timeout=20)


def ask(port: int, path: str) -> float | None:
    """Return how many milliseconds an answer took, or None without one."""
    begun = time.perf_counter()
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=PATIENCE) as answer:
            answer.read()
    except OSError:
        return None
    return (time.perf_counter() - begun) * 1000


def measure(port: int, begun: bytes | None, seconds: float) -> str:
    """Return in words how a normal client fares while slow ones hold on, each made anew when cut."""
    took: list[float | None] = []
    with ExitStack() as held:
        until = time.monotonic() + seconds
        slow: list[socket.socket] = []
        while time.monotonic() < until:
            while begun and len(slow) < SENDERS:
                one = held.enter_context(socket.socket())
                one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1024)
                one.connect(("127.0.0.1", port))
                one.sendall(begun)
                one.setblocking(False)
                slow.append(one)
            if begun != SLOW["readers"]:
                slow = [one for one in slow if not _is_cut(one)]
            took += [ask(port, path) for path in ("/healthz", "/")]
            time.sleep(PAUSE)
    came = sorted(time for time in took if time is not None)
    if len(came) < 2:
        return f"{len(took) - len(came)} of {len(took)} failed"
    p99 = came[min(len(came) - 1, int(len(came) * 0.99))]
    failed = len(took) - len(came)
    return f"{len(took)} asked, {failed} failed, p50 {statistics.median(came):.0f} ms, p99 {p99:.0f} ms"


def _is_cut(one: socket.socket) -> bool:
    try:
        return one.recv(4096) == b""
    except BlockingIOError:
        return False
    except OSError:
        return True


def main() -> None:
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 60
    for server, words in SERVERS.items():
        with TemporaryDirectory() as instance:
            write_keys(Path(instance))
            environ = os.environ | {"TWAALF_INSTANCE": instance}
            for command in (["db", "upgrade"], ["demo", "--groups", "60"]):
                flask = [str(BIN / "flask"), "--app", "wsgi", *command]
                subprocess.run(flask, cwd=ROOT, env=environ, check=True, stdout=subprocess.DEVNULL)
            for way, begun in SLOW.items():
                with serving(words, instance) as port:
                    print(f"{server}, slow {way}: {measure(port, begun, seconds)}", flush=True)


if __name__ == "__main__":
    main()
