"""The log: who did what to an account, and what went wrong, without address, name or key."""

import hashlib
import hmac
import logging
import re
import secrets
import sys
import traceback
from typing import Any

import structlog
from flask import Flask, Response, g, has_request_context, request

from app import clock

_IN_ADDRESSES = re.compile(
    r"(/(?:feeds(?:/selection)?|seat|claim|start|confirm|count|invitations|contacts|reset)/)[^/\s?]+"
)
_salt: tuple[str, bytes] = ("", b"")

_log: Any = structlog.wrap_logger(
    structlog.PrintLogger(sys.stderr),
    processors=[
        structlog.processors.TimeStamper(fmt="iso"),
        structlog.processors.JSONRenderer(),
    ],
)


def attach(app: Flask) -> None:
    """Leave keys, and what somebody typed, out of what Flask itself logs of a fault."""
    app.logger.addFilter(_mask)
    app.after_request(_name_request)


def request_id() -> str:
    """Return the name of this request: random, in its lines of the log, and in an answer that tells of a fault."""
    if "request_id" not in g:
        g.request_id = secrets.token_hex(6)
    return str(g.request_id)


def log_line(event: str, **more: str | int | float | None) -> None:
    """Write one line of JSON. No address, name, key or word that was typed belongs in it."""
    _log.info(event, **more)


def log_event(event: str, *, account: int | None = None, **more: str | int) -> None:
    """Write one line; `from` tells the same network within a day, and nobody which it is."""
    network = network_today(request.remote_addr or "")[:16]
    log_line(event, account=account, request=request_id(), **{"from": network}, **more)


def masked(text: str) -> str:
    """Return a text in which no key stands in an address."""
    return _IN_ADDRESSES.sub(r"\1…", text)


def network_today(network: str) -> str:
    """Return a keyed hash of a network: the key is of today, and in this process's memory only."""
    global _salt  # noqa: PLW0603 - one of a process, and nowhere else
    today = clock.today().isoformat()
    if _salt[0] != today:
        _salt = (today, secrets.token_bytes(32))
    return hmac.digest(_salt[1], network.encode(), hashlib.sha256).hex()


def _name_request(response: Response) -> Response:
    """Let who met a fault name it. Any other answer is the same for the same question, to the byte."""
    if response.status_code >= 500:
        response.headers["X-Request-Id"] = request_id()
    return response


def _mask(record: logging.LogRecord) -> bool:
    named = f" request {request_id()}" if has_request_context() else ""
    record.msg, record.args = f"{masked(record.getMessage())}{named}", ()
    if record.exc_info:
        record.exc_text, record.exc_info = _without_words(record.exc_info[1]), None
    return True


def _without_words(fault: BaseException | None) -> str:
    """Return of what kinds a fault is and where it arose: its words may quote what was typed."""
    told = []
    while fault is not None:
        lines = "".join(traceback.format_tb(fault.__traceback__))
        told.append(f"{lines}{type(fault).__name__}")
        fault = fault.__cause__ or (None if fault.__suppress_context__ else fault.__context__)
    return "\nafter:\n".join(told)
