"""A WSGI app before the app: what a replica cannot answer, the primary answers."""

from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from app.db import BESIDE, READ_BESIDE, FellBeside
from app.replica.standing import Replica

_NOT_THERE = (HTTPStatus.NOT_FOUND, HTTPStatus.GONE)
"""What a replica does not know may have been made since: who has its address has it from the primary."""


class PrimaryInstead:
    """Asks again, without the replica, for an answer in which it fell or did not know what was asked.

    Such requests only read, so that nothing is done twice. Whoever reads slowly keeps no connection:
    answers are taken whole.
    """

    def __init__(self, app: WSGIApplication, replica: Replica) -> None:
        self._app, self._replica = app, replica

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if not environ.get(BESIDE):
            return self._app(environ, start_response)
        before = dict(environ)
        begun: list[tuple[Any, ...]] = []

        def start(*said: Any) -> Callable[[bytes], object]:
            begun[:] = [said]
            return lambda _part: None

        try:
            body = _whole(self._app(environ, start))
        except FellBeside as fallen:
            self._replica.fell(is_gone=fallen.is_gone)
        else:
            if not environ.get(READ_BESIDE) or int(begun[0][0][:3]) not in _NOT_THERE:
                start_response(*begun[0])
                return [body]
        environ.clear()
        environ.update(before)
        environ[BESIDE] = False
        return self._app(environ, start_response)


def was_read(environ: WSGIEnvironment) -> bool:
    """Tell whether a replica was read for what a request was answered."""
    return bool(environ.get(BESIDE) and environ.get(READ_BESIDE))


def _whole(parts: Iterable[bytes]) -> bytes:
    try:
        return b"".join(parts)
    finally:
        if hasattr(parts, "close"):
            parts.close()
