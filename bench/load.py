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
    until = time.perf_counter() + seconds
    with selectors.DefaultSelector() as waiting, ExitStack() as stack:

        def begin() -> None:
            one = stack.enter_context(socket.create_connection(("127.0.0.1", port)))
            one.sendall(question.request())
            waiting.register(one, selectors.EVENT_READ, bytearray())

        for _ in range(question.connections):
            begin()
        while time.perf_counter() < until or answers < FEWEST:
            for key, _events in waiting.select(1):
                part = _more(key.fileobj)
                if not part:  # a server of HTTP/1.0 ends each connection with its answer
                    waiting.unregister(key.fileobj)
                    begin()
                    continue
                key.data.extend(part)
                if _is_whole(key.data):
                    key.data.clear()
                    answers += 1
                    with suppress(ConnectionError):
                        key.fileobj.sendall(question.request())  # type: ignore[union-attr]
    return answers


def _more(connection: Any) -> bytes:
    try:
        return bytes(connection.recv(1 << 20))
    except ConnectionError:
        return b""


def _is_whole(answer: bytearray) -> bool:
    end = answer.find(b"\r\n\r\n")
    if end < 0:
        return False
    head = bytes(answer[:end]).lower()
    if b" 304 " in head[:20]:
        return True
    if b" 200 " not in head[:20]:
        raise ValueError(head.decode("latin-1"))
    if b"transfer-encoding: chunked" in head:
        return answer.endswith(b"0\r\n\r\n")
    length = head.partition(b"content-length:")[2].split(b"\r\n")[0]
    return len(answer) - end - 4 >= int(length)
