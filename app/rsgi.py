"""Serves the WSGI app under Granian's RSGI: a body is read whole before any thread is taken.

A server that gives a thread to each request gives it also to who sends a header and then nothing:
four such connections stopped the site. Here bodies wait on the event loop, which holds thousands,
with a limit and a deadline; a thread sees only requests that are complete. Answers are handed over
whole as well, so that a slow reader holds none either.
"""

import asyncio
import re
import sys
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from io import BytesIO
from typing import Any, Protocol
from urllib.parse import urlsplit
from wsgiref.types import WSGIApplication, WSGIEnvironment

from app.kept.answer import Answer
from app.kept.layer import Kept

SECONDS_FOR_A_BODY = 10
LEAST_BYTES_A_SECOND = 64 * 1024
"""A body that goes on coming so quickly is waited for: a whole list over a slow line takes minutes."""
MOST_LISTS = 8
"""Lists that may be on their way to one worker: so many times their length of memory, and no more."""
READERS = 2
WRITERS = 2
"""Threads of their own each: who waits for the writer's lock leaves room for who only reads."""
MOST_WAITING = 2000
"""Requests that may wait for a thread; beyond that an honest 503 is quicker than a time-out."""

Headers = list[tuple[str, str]]
LISTS = re.compile(r"/national/[^/]+/import")
"""Where offices send whole lists."""
_WITHOUT_BODY = {HTTPStatus.NO_CONTENT, HTTPStatus.NOT_MODIFIED}


class Request(Protocol):
    """What Granian tells of a request (its RSGI specification, HTTP scope)."""

    method: str
    path: str
    """Percent-decoded; bytes that are no UTF-8 came out as U+FFFD."""
    query_string: str
    http_version: str
    scheme: str
    server: str
    client: str
    """Both as `host:port`."""
    headers: Any


class TooMuch(Exception):
    """A body is longer than any that the app takes."""


class Bridge:
    """A WSGI app as an RSGI one; `most_bytes` is the longest body that is kept for the app,
    `most_of_lists` where offices send lists.

    What `kept` may give again is given on the event loop.
    """

    def __init__(
        self,
        app: WSGIApplication,
        *,
        most_bytes: int,
        most_of_lists: int = 0,
        seconds: float = SECONDS_FOR_A_BODY,
        kept: Kept | None = None,
    ) -> None:
        self._app = app
        self._kept = kept
        self._most_bytes = most_bytes
        self._most_of_lists = max(most_bytes, most_of_lists)
        self._seconds = seconds
        self._waiting = 0
        self._lists = 0
        # Made at the first request: a worker is forked after this object was made.
        self._threads: dict[bool, ThreadPoolExecutor] = {}

    async def __rsgi__(self, scope: Request, protocol: Any) -> None:
        """Answer one request. A body that is late gets 408; one that is too long the app's 413."""
        if self._kept and (known := await _again(self._kept, scope)):
            return _give(protocol, known, is_head=scope.method == "HEAD")
        environ = environ_of(scope)
        is_list = scope.method == "POST" and LISTS.fullmatch(scope.path) is not None
        if is_list and self._lists >= MOST_LISTS:
            return _say(protocol, HTTPStatus.SERVICE_UNAVAILABLE, ("retry-after", "60"))
        self._lists += is_list
        try:
            body = await self._body(
                scope, protocol, self._most_of_lists if is_list else self._most_bytes
            )
        except TimeoutError:
            return _say(protocol, HTTPStatus.REQUEST_TIMEOUT)
        except TooMuch:
            # The app refuses by the length alone, with a page in the reader's language.
            environ["CONTENT_LENGTH"] = str(self._most_of_lists + 1)
            body = b""
        else:
            environ["CONTENT_LENGTH"] = str(len(body)) if body else ""
        finally:
            self._lists -= is_list
        if self._waiting >= MOST_WAITING:
            return _say(protocol, HTTPStatus.SERVICE_UNAVAILABLE, ("retry-after", "5"))
        environ["wsgi.input"] = BytesIO(body)
        self._waiting += 1
        try:
            status, headers, answer = await asyncio.get_running_loop().run_in_executor(
                self._pool(scope.method), _ask, self._app, environ
            )
        finally:
            self._waiting -= 1
        if scope.method == "HEAD" or status in _WITHOUT_BODY:
            protocol.response_empty(status, headers)
        else:
            protocol.response_bytes(status, headers, answer)
        return None

    async def _body(self, scope: Request, protocol: Any, most: int) -> bytes:
        headers: Mapping[str, str] = scope.headers
        length = headers.get("content-length") or ""
        if length.isdecimal() and (len(length) > 18 or int(length) > most):
            raise TooMuch
        if not length and not headers.get("transfer-encoding"):
            return b""
        parts: list[bytes] = []
        come, begun = 0, asyncio.get_running_loop().time()
        async with asyncio.timeout(self._seconds) as until:
            async for part in protocol:
                come += len(part)
                if come > most:
                    raise TooMuch
                parts.append(bytes(part))
                until.reschedule(begun + self._seconds + come / LEAST_BYTES_A_SECOND)
        return b"".join(parts)

    def _pool(self, method: str) -> ThreadPoolExecutor:
        reads = method in {"GET", "HEAD", "OPTIONS"}
        if reads not in self._threads:
            self._threads[reads] = ThreadPoolExecutor(READERS if reads else WRITERS)
        return self._threads[reads]


async def _again(kept: Kept, scope: Request) -> Answer | None:
    headers = scope.headers.items()
    once = dict(headers)
    if len(once) != len(headers):
        return None  # the framework knows how to read a header that came twice
    asked = kept.asked(scope.method, scope.scheme, scope.path, scope.query_string, once)
    return await kept.again_soon(asked) if asked else None


def _give(protocol: Any, answer: Answer, *, is_head: bool) -> None:
    if is_head or answer.code == HTTPStatus.NOT_MODIFIED:
        protocol.response_empty(answer.code, answer.sent)
    else:
        protocol.response_bytes(answer.code, answer.sent, answer.body)


def environ_of(request: Request) -> WSGIEnvironment:
    """Return a request as WSGI has it (PEP 3333), without its body.

    A path that was no UTF-8 holds a byte that is none either, so that the app still refuses it.
    """
    server, _, port = request.server.rpartition(":")
    environ: WSGIEnvironment = {
        "REQUEST_METHOD": request.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": request.path.encode().replace("\ufffd".encode(), b"\xff").decode("latin-1"),
        "QUERY_STRING": request.query_string,
        "SERVER_NAME": server,
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": f"HTTP/{request.http_version}",
        "REMOTE_ADDR": urlsplit(f"//{request.client}").hostname or "",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": request.scheme,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        "wsgi.input_terminated": True,
    }
    for name, value in request.headers.items():
        key = name.upper().replace("-", "_")
        if "_" in name or key == "CONTENT_LENGTH":
            continue  # `X_Forwarded_For` must not pass for `X-Forwarded-For`
        if key != "CONTENT_TYPE":
            key = f"HTTP_{key}"
        between = "; " if key == "HTTP_COOKIE" else ","
        environ[key] = f"{environ[key]}{between}{value}" if key in environ else value
    return environ


def _ask(app: WSGIApplication, environ: WSGIEnvironment) -> tuple[int, Headers, bytes]:
    begun: list[tuple[str, Headers]] = []
    written: list[bytes] = []

    def start_response(
        status: str, headers: Headers, _exc_info: object = None
    ) -> Callable[[bytes], object]:
        begun[:] = [(status, headers)]
        return written.append

    answer: Iterable[bytes] = app(environ, start_response)
    try:
        written.extend(answer)
    finally:
        if hasattr(answer, "close"):
            answer.close()
    [(status, headers)] = begun
    return int(status[:3]), [(name.lower(), value) for name, value in headers], b"".join(written)


def _say(protocol: Any, status: HTTPStatus, *headers: tuple[str, str]) -> None:
    words = f"{status.value} {status.phrase}\n"
    plain = [("content-type", "text/plain; charset=utf-8"), ("connection", "close"), *headers]
    protocol.response_str(status.value, plain, words)
