"""Going out to an address that somebody typed or a browser gave, and to nothing that is nearer.

docs/security.md, T22: a name is looked up once, every address of it has to be on the internet, one of
just these is connected to, and all of it has an end.
"""

import http.client
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from threading import Timer
from urllib.parse import urlsplit

SECONDS = 5.0
"""For all of a POST, and for each silence of who is asked."""
_NAT64 = IPv6Network("64:ff9b::/96")


class NotOutside(Exception):
    """A name leads to an address of this machine, its network, or nowhere."""


def is_outside(address: str) -> bool:
    """Tell whether an address is one of the internet, also behind what only wraps another."""
    ip: IPv4Address | IPv6Address = ip_address(address.partition("%")[0])
    if isinstance(ip, IPv6Address):
        if ip.sixtofour or ip.teredo or ip.is_site_local:
            return False
        if ip in _NAT64:
            ip = IPv4Address(int(ip) & 0xFFFFFFFF)
        elif ip.ipv4_mapped:
            ip = ip.ipv4_mapped
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


@contextmanager
def connected(
    host: str,
    port: int,
    *,
    seconds: float,
    may_reach: Callable[[str], bool] = is_outside,
    trust: ssl.SSLContext | None = None,
    is_sealed: bool = True,
) -> Iterator[http.client.HTTPConnection]:
    """Give a connection that is cut after so many seconds: who answers byte by byte holds nothing up.

    Raises NotOutside, OSError, UnicodeError. What was cut reads as ended: ask the time as well.
    """
    found = [str(one[4][0]) for one in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if not found or not all(may_reach(one) for one in found):
        raise NotOutside
    if seconds <= 0:
        raise TimeoutError
    connection = http.client.HTTPConnection(host, port)
    line = socket.create_connection((found[0], port), min(seconds, SECONDS))
    cut = Timer(seconds, lambda: _cut(line))
    cut.start()
    try:
        if is_sealed:
            line = (trust or ssl.create_default_context()).wrap_socket(
                line, server_hostname=host, do_handshake_on_connect=False
            )
            line.do_handshake()
        connection.sock = line
        yield connection
    finally:
        cut.cancel()
        connection.close()
        line.close()


def post(address: str, headers: dict[str, str], body: bytes, trusted: frozenset[str]) -> int:
    """Return the status that an address answers a POST with; no redirect is followed.

    An origin that is `trusted` may be anywhere. Raises NotOutside, OSError, HTTPException.
    """
    parts = urlsplit(address)
    is_sealed = parts.scheme == "https"
    is_trusted = f"{parts.scheme}://{parts.netloc}" in trusted
    if not (is_sealed or is_trusted):
        raise NotOutside
    port = parts.port or (443 if is_sealed else 80)
    may_reach = (lambda _: True) if is_trusted else is_outside
    with connected(
        parts.hostname or "", port, seconds=SECONDS, may_reach=may_reach, is_sealed=is_sealed
    ) as connection:
        connection.request("POST", path_of(parts.path, parts.query), body, headers)
        return connection.getresponse().status


def path_of(path: str, query: str) -> str:
    """Return what stands in a request's first line."""
    return f"{path or '/'}{f'?{query}' if query else ''}"


def _cut(line: socket.socket) -> None:
    # Not the method of a sealed one, which would drop the seal that another thread reads by.
    with suppress(OSError):
        socket.socket.shutdown(line, socket.SHUT_RDWR)
