"""Public pages go compressed over the wire; pages that hold a secret never do."""

import gzip

import brotli
from flask import Flask, Response, g, request
from flask_login import current_user
from werkzeug.http import parse_accept_header

READS = {"GET", "HEAD"}
LEAST_BYTES = 1024
LEVEL = 6
BROTLI_QUALITY = 6
"""A little slower than gzip at its 6, and a fifth smaller; what many ask is packed once."""


def attach(app: Flask) -> None:
    app.after_request(_compress)


def may_be_compressed() -> None:
    """Say of the answer to this request that it holds no secret and nothing that its reader typed."""
    g.may_be_compressed = True


def _compress(response: Response) -> Response:
    """Compress what everybody may read.

    BREACH: where a secret and what the reader typed are compressed together, the length betrays
    the secret. So never with a CSRF token in the page, and never for who is logged in.
    """
    said_so = bool(g.get("may_be_compressed")) and request.method in READS
    if said_so:
        # Of a 304 too: it stands for an answer that depends on it (RFC 9110 15.4.5).
        response.vary.add("Accept-Encoding")
    if (
        not (said_so or _is_public_page(response))
        or response.status_code != 200
        or response.direct_passthrough
        or "Content-Encoding" in response.headers
    ):
        return response
    body = response.get_data()
    if len(body) < LEAST_BYTES or (not said_so and b"csrf_token" in body):
        return response
    response.vary.add("Accept-Encoding")
    rather_brotli, takes_gzip = packings(request.headers.get("Accept-Encoding", ""))
    if rather_brotli:
        response.set_data(brotli.compress(body, quality=BROTLI_QUALITY))
        response.headers["Content-Encoding"] = "br"
    elif takes_gzip:
        response.set_data(gzip.compress(body, LEVEL, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
    return response


def packings(accept_encoding: str) -> tuple[bool, bool]:
    """Return whether who asks would rather have brotli, and whether gzip will do."""
    asked = parse_accept_header(accept_encoding)
    return asked["br"] > 0 and asked["br"] >= asked["gzip"], asked["gzip"] > 0


def _is_public_page(response: Response) -> bool:
    return (
        request.method in READS
        and response.mimetype == "text/html"
        and not current_user.is_authenticated
    )
