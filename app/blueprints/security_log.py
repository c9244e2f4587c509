"""The security log: who did what to an account, without address, name or key."""

import hashlib
import hmac
import logging
import re
import secrets
import sys
import traceback
from typing import Any

import structlog
from flask import Flask, request

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


def log_event(event: str, *, account: int | None = None, **more: str | int) -> None:
    """Write one line; `from` tells the same network within a day, and nobody which it is."""
    _log.info(event, account=account, **{"from": _network_today()}, **more)


def masked(text: str) -> str:
    """Return a text in which no key stands in an address."""
    return _IN_ADDRESSES.sub(r"\1…", text)


def _network_today() -> str:
    """Return a keyed hash of the visitor's address: the key is of today, and in memory only."""
    global _salt
    today = clock.now().date().isoformat()
    if _salt[0] != today:
        _salt = (today, secrets.token_bytes(32))
    address = (request.remote_addr or "").encode()
    return hmac.digest(_salt[1], address, hashlib.sha256).hex()[:16]


def _mask(record: logging.LogRecord) -> bool:
    record.msg, record.args = masked(record.getMessage()), ()
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
