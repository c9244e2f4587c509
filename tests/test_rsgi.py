"""The bridge under Granian: no thread for a request that has not come whole."""

import asyncio
import selectors
from collections.abc import AsyncIterator, Coroutine
from typing import Any
from wsgiref.types import StartResponse, WSGIEnvironment

import pytest

from app.rsgi import LEAST_BYTES_A_SECOND, MOST_LISTS, Bridge, environ_of

MOST = 1000


class Headers(list[tuple[str, str]]):
    def items(self) -> list[tuple[str, str]]:
        return list(self)

    def get(self, name: str) -> str | None:
        return next((value for key, value in self if key == name), None)


class Asked:
    """A request as Granian tells it."""

    def __init__(self, method: str = "GET", path: str = "/", *headers: tuple[str, str]) -> None:
        self.method, self.path, self.headers = method, path, Headers(headers)
        self.query_string, self.http_version, self.scheme = "q=oost", "1.1", "http"
        self.server, self.client = "127.0.0.1:5000", "[::1]:40000"


class Wire:
    """The other side: sends the parts of a body, waits where a part is None, hears the answer."""

    def __init__(self, *parts: bytes | None) -> None:
        self.parts = parts
        self.answer: tuple[int, dict[str, str], bytes] | None = None

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for part in self.parts:
            if part is None:
                await asyncio.Event().wait()
            else:
                yield part

    def response_bytes(self, status: int, headers: Any, body: bytes) -> None:
        self.answer = (status, dict(headers), body)

    def response_str(self, status: int, headers: Any, body: str) -> None:
        self.response_bytes(status, headers, body.encode())

    def response_empty(self, status: int, headers: Any) -> None:
        self.response_bytes(status, headers, b"")


def echo(environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
    start_response("200 OK", [("X-Length", environ["CONTENT_LENGTH"])])
    return [environ["REQUEST_METHOD"].encode(), b" ", environ["wsgi.input"].read()]


def answer(asked: Asked, *parts: bytes | None, seconds: float = 5) -> Any:
    wire = Wire(*parts)
    asyncio.run(Bridge(echo, most_bytes=MOST, seconds=seconds).__rsgi__(asked, wire))
    return wire.answer


def post(*headers: tuple[str, str]) -> Asked:
    return Asked("POST", "/login", *headers)


def test_a_body_that_comes_in_parts_reaches_the_app_whole():
    assert answer(post(("content-length", "6")), b"abc", b"def") == (
        200, {"x-length": "6"}, b"POST abcdef",
    )  # fmt: skip


def test_a_body_without_a_length_is_read_to_its_end():
    assert answer(post(("transfer-encoding", "chunked")), b"abc", b"d")[2] == b"POST abcd"


def test_a_body_that_does_not_come_is_answered_without_the_app():
    status, headers, _ = answer(post(("content-length", "6")), b"abc", None, seconds=0.01)

    assert (status, headers["connection"]) == (408, "close")


@pytest.mark.parametrize(
    ("headers", "parts"),
    [
        ([("content-length", str(MOST + 1))], []),
        ([("content-length", "9" * 30)], []),
        ([("transfer-encoding", "chunked")], [b"x" * MOST, b"x"]),
    ],
)
def test_a_body_that_is_too_long_is_for_the_app_to_refuse_by_its_length(headers, parts):
    assert answer(post(*headers), *parts) == (200, {"x-length": str(MOST + 1)}, b"POST ")


def test_a_body_of_the_greatest_length_is_taken():
    assert answer(post(("content-length", str(MOST))), b"x" * MOST)[2] == b"POST " + b"x" * MOST


class Clock(selectors.SelectSelector):
    """What a loop waits with: the time it would wait has passed at once."""

    now = 0.0

    def select(self, timeout: float | None = None) -> Any:
        self.now += timeout or 0
        return super().select(0)


def in_no_time(asked: Coroutine[Any, Any, None]) -> None:
    waits = Clock()
    loop = asyncio.SelectorEventLoop(waits)
    loop.time = lambda: waits.now  # type: ignore[method-assign]
    with asyncio.Runner(loop_factory=lambda: loop) as runner:
        runner.run(asked)


@pytest.mark.parametrize(("second", "status"), [(1, 200), (4, 408)])
def test_a_long_body_is_waited_for_as_long_as_it_goes_on_coming(second: float, status: int):
    """Parts of a second's worth, each so many seconds after the one before, for half a minute."""

    class SlowWire(Wire):
        async def __aiter__(self) -> AsyncIterator[bytes]:
            for _ in range(30):
                await asyncio.sleep(second)
                yield b"x" * LEAST_BYTES_A_SECOND

    wire = SlowWire()
    bridge = Bridge(echo, most_bytes=30 * LEAST_BYTES_A_SECOND, seconds=10)
    in_no_time(bridge.__rsgi__(post(("transfer-encoding", "chunked")), wire))

    assert wire.answer is not None
    assert wire.answer[0] == status


def test_of_lists_on_their_way_only_so_many_are_held():
    bridge = Bridge(echo, most_bytes=MOST, most_of_lists=2 * MOST, seconds=60)

    async def ask() -> None:
        def a_list() -> Asked:
            return Asked("POST", "/national/stay-clean/import", ("content-length", "1"))

        held = [
            asyncio.create_task(bridge.__rsgi__(a_list(), Wire(None))) for _ in range(MOST_LISTS)
        ]
        await asyncio.sleep(0)
        one_more, form = Wire(b"x"), Wire(b"x")
        await bridge.__rsgi__(a_list(), one_more)
        await bridge.__rsgi__(post(("content-length", "1")), form)
        for task in held:
            task.cancel()
        await asyncio.gather(*held, return_exceptions=True)
        again = Wire(b"x")
        await bridge.__rsgi__(a_list(), again)
        assert [wire.answer[0] for wire in (one_more, form, again) if wire.answer] == [
            503,
            200,
            200,
        ]

    asyncio.run(ask())


def test_nothing_is_waited_for_where_no_body_is_announced():
    assert answer(Asked(), None)[2] == b"GET "


def test_a_head_request_is_answered_without_a_body():
    assert answer(Asked("HEAD")) == (200, {"x-length": ""}, b"")


def test_one_late_body_keeps_nobody_waiting():
    bridge = Bridge(echo, most_bytes=MOST, seconds=60)

    async def ask() -> None:
        late = [
            asyncio.create_task(bridge.__rsgi__(post(("content-length", "1")), Wire(None)))
            for _ in range(500)
        ]
        await asyncio.sleep(0)
        quick = Wire(b"x")
        await asyncio.wait_for(bridge.__rsgi__(post(("content-length", "1")), quick), 10)
        assert quick.answer is not None
        assert quick.answer[0] == 200
        assert not any(task.done() for task in late)
        for task in late:
            task.cancel()

    asyncio.run(ask())


def test_a_request_is_told_as_pep_3333_has_it():
    asked = Asked(
        "GET", "/groups/caf\u00e9",
        ("host", "twaalf.example"), ("cookie", "a=1"), ("cookie", "b=2"),
        ("x-forwarded-for", "192.0.2.1"), ("x-forwarded-for", "192.0.2.2"),
        ("content-type", "text/plain"),
    )  # fmt: skip

    environ = environ_of(asked)

    assert environ["PATH_INFO"].encode("latin-1").decode() == "/groups/caf\u00e9"
    assert environ["HTTP_HOST"] == "twaalf.example"
    assert environ["HTTP_COOKIE"] == "a=1; b=2"
    assert environ["HTTP_X_FORWARDED_FOR"] == "192.0.2.1,192.0.2.2"
    assert environ["CONTENT_TYPE"] == "text/plain"
    assert environ["REMOTE_ADDR"] == "::1"
    assert (environ["SERVER_NAME"], environ["SERVER_PORT"]) == ("127.0.0.1", "5000")


def test_a_header_with_an_underscore_does_not_pass_for_the_one_with_a_hyphen():
    assert "HTTP_X_FORWARDED_FOR" not in environ_of(Asked("GET", "/", ("x_forwarded_for", "1")))


def test_a_path_that_is_no_text_stays_none():
    path = environ_of(Asked("GET", "/groups/\ufffd"))["PATH_INFO"]

    with pytest.raises(UnicodeDecodeError):
        path.encode("latin-1").decode()
