"""Asking a server the same over and over, and what it cost: processor time, and answers a second."""

import selectors
import socket
import time
import urllib.request
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from typing import Any

from bench.servers import Server

CONNECTIONS = 16
SECONDS = 2.0
FEWEST = 20
"""Answers in a round, however slow they are."""


@dataclass
class Question:
    """One thing asked of a server, and what it cost in each round.

    `{n}` in the path stands for a number that is another one at each request. `costs` are µs of
    processor time of the whole server for one answer; `rates` answers a second.
    """

    name: str
    path: str
    headers: dict[str, str] = field(default_factory=dict)
    connections: int = CONNECTIONS
    costs: list[float] = field(default_factory=list)
    rates: list[float] = field(default_factory=list)
    asked: int = 0

    def request(self) -> bytes:
        """Return the next request."""
        self.asked += 1
        lines = [f"GET {self.path.format(n=self.asked)} HTTP/1.1", "Host: 127.0.0.1"]
        lines += [f"{name}: {value}" for name, value in self.headers.items()]
        return ("\r\n".join(lines) + "\r\n\r\n").encode()


def measure(server: Server, question: Question) -> None:
    """Warm up, then ask for some seconds and remember what it cost."""
    _ask(server.port, question, 0.3)
    before, begun = server.processor(), time.perf_counter()
    answers = _ask(server.port, question, SECONDS)
    took = time.perf_counter() - begun
    question.costs.append((server.processor() - before) / answers * 1e6)
    question.rates.append(answers / took)


def tag_of(server: Server, path: str) -> str:
    """Return the ETag of an answer, empty when it has none."""
    with urllib.request.urlopen(f"http://127.0.0.1:{server.port}{path}") as answer:
        return answer.headers["ETag"] or ""


def _ask(port: int, question: Question, seconds: float) -> int:
    """Ask on some connections at once; return how many whole answers came."""
    answers = 0
    buffer = memoryview(bytearray(1 << 20))
    until = time.perf_counter() + seconds
    with selectors.DefaultSelector() as waiting, ExitStack() as stack:

        def begin() -> None:
            one = stack.enter_context(socket.create_connection(("127.0.0.1", port)))
            one.sendall(question.request())
            waiting.register(one, selectors.EVENT_READ, _Answer())

        for _ in range(question.connections):
            begin()
        while time.perf_counter() < until or answers < FEWEST:
            for key, _events in waiting.select(1):
                come = _read(key.fileobj, buffer)
                if not come:  # a server of HTTP/1.0 ends each connection with its answer
                    waiting.unregister(key.fileobj)
                    begin()
                    continue
                if key.data.take(buffer[:come]):
                    answers += 1
                    with suppress(ConnectionError):
                        key.fileobj.sendall(question.request())  # type: ignore[union-attr]
    return answers


def _read(connection: Any, buffer: memoryview) -> int:
    try:
        return int(connection.recv_into(buffer))
    except ConnectionError:
        return 0


class _Answer:
    """An answer that is coming in: its bytes are counted, and not kept.

    Who asks is Python, and must be quicker than who answers: a server that is kept waiting pays
    for going to sleep and waking up, at each answer.
    """

    def __init__(self) -> None:
        self._begun = bytearray()
        self._due: int | None = None
        """Bytes that are still to come; None as long as nobody knows."""

    def take(self, part: memoryview) -> bool:
        """Take what came; return whether the answer is whole. The next one begins with nothing."""
        if self._due is None:
            self._begun += part
            self._due = _due(self._begun)
        else:
            self._due -= len(part)
        if self._due is None or self._due > 0:
            return False
        self._begun.clear()
        self._due = None
        return True


def _due(answer: bytearray) -> int | None:
    end = answer.find(b"\r\n\r\n")
    if end < 0:
        return None
    head = bytes(answer[:end]).lower()
    if b" 304 " in head[:20]:
        return 0
    if b" 200 " not in head[:20]:
        raise ValueError(head.decode("latin-1"))
    if b"transfer-encoding: chunked" in head:
        return 0 if answer.endswith(b"0\r\n\r\n") else None
    length = head.partition(b"content-length:")[2].split(b"\r\n")[0]
    return int(length) - (len(answer) - end - 4)
