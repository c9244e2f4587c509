"""Fetches a list from the https address that somebody typed, and never from within our own walls.

docs/security.md, T22: https alone, the guard of parts/timer/outward.py anew at each redirect, and
limits of time and size.
"""

import http.client
import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from time import monotonic
from urllib.parse import SplitResult, urljoin, urlsplit

from app.actions.parts.timer.outward import NotOutside, connected, is_outside, path_of
from app.domain.exchange.pulled import Fault

MOST_BYTES = 12 * 1024 * 1024
MOST_REDIRECTS = 3
SECONDS = 30.0
"""For all of it, redirects included."""
PORT = 443
LONGEST_MARK = 200
_REDIRECTS = (301, 302, 303, 307, 308)
_READ_AT_ONCE = 64 * 1024


class NotFetched(Exception):
    """A list could not be fetched."""

    def __init__(self, fault: Fault, detail: str = ""):
        super().__init__(fault)
        self.fault, self.detail = fault, detail[:200]


@dataclass(frozen=True)
class Fetched:
    """What an address answered; no data when it is the same as before."""

    data: bytes | None
    etag: str


def fetch(
    url: str,
    etag: str = "",
    *,
    may_reach: Callable[[str], bool] = is_outside,
    trust: ssl.SSLContext | None = None,
    port: int = PORT,
) -> Fetched:
    """Return what an address answers. Raises NotFetched."""
    until = monotonic() + SECONDS
    for _ in range(MOST_REDIRECTS + 1):
        parts = _checked(url, port)
        try:
            with (
                connected(
                    parts.hostname or "",
                    port,
                    seconds=until - monotonic(),
                    may_reach=may_reach,
                    trust=trust,
                ) as connection,
                _asked(connection, parts, etag) as answer,
            ):
                if answer.status in _REDIRECTS:
                    url = _led_to(url, answer.getheader("Location") or "")
                    continue
                if answer.status == 304 and etag:
                    return Fetched(None, etag)
                if answer.status != 200:
                    raise NotFetched(Fault.REFUSED, str(answer.status))
                data = b"".join(_read(answer, until))
                return Fetched(data, _mark(answer.getheader("ETag") or ""))
        except NotOutside:
            raise NotFetched(Fault.PRIVATE) from None
        except (OSError, ValueError, http.client.HTTPException) as fault:
            is_late = isinstance(fault, TimeoutError) or monotonic() >= until
            why = Fault.TOO_SLOW if is_late else Fault.UNREACHABLE
            raise NotFetched(why, "" if is_late else type(fault).__name__) from None
    raise NotFetched(Fault.TOO_MANY_REDIRECTS)


def _led_to(url: str, location: str) -> str:
    try:
        return urljoin(url, location)
    except ValueError:
        return ""  # which is no address either


def _mark(etag: str) -> str:
    """Return what a list is known by, if it can be sent back as it came."""
    can_be_sent = etag.isascii() and etag.isprintable() and len(etag) <= LONGEST_MARK
    return etag if can_be_sent else ""


def _checked(url: str, port: int) -> SplitResult:
    try:
        parts = urlsplit(url)
        is_good = parts.scheme == "https" and parts.hostname and parts.port in (None, port)
    except ValueError:
        is_good = False
    if not is_good or parts.username is not None or any(sign <= " " for sign in url):
        raise NotFetched(Fault.NOT_HTTPS)
    return parts


def _asked(
    connection: http.client.HTTPConnection, parts: SplitResult, etag: str
) -> http.client.HTTPResponse:
    headers = {"User-Agent": "Twaalf", "Accept": "*/*", "Accept-Encoding": "identity"}
    if etag:
        headers["If-None-Match"] = etag
    connection.request("GET", path_of(parts.path, parts.query), headers=headers)
    return connection.getresponse()


def _read(answer: http.client.HTTPResponse, until: float) -> Iterator[bytes]:
    size = 0
    while some := answer.read1(_READ_AT_ONCE):
        size += len(some)
        if size > MOST_BYTES:
            raise NotFetched(Fault.TOO_BIG, str(MOST_BYTES // 1024 // 1024))
        yield some
    # What is cut short, by us or by them, looks like an end: half a list takes groups off.
    if monotonic() >= until:
        raise NotFetched(Fault.TOO_SLOW)
    if answer.length:
        raise http.client.IncompleteRead(b"", answer.length)
