"""Public pages go compressed over the wire; pages that hold a secret never do."""

import gzip

from flask import Flask, Response, request
from flask_login import current_user

LEAST_BYTES = 1024
LEVEL = 6


def attach(app: Flask) -> None:
    app.after_request(_compress)


def _compress(response: Response) -> Response:
    """Compress a page that everybody may read.

    BREACH: where a secret and what the reader typed are compressed together, the length betrays
    the secret. So never with a CSRF token in the page, and never for who is logged in.
    """
    if (
        request.method != "GET"
        or response.status_code != 200
        or response.mimetype != "text/html"
        or response.direct_passthrough
        or "Content-Encoding" in response.headers
        or current_user.is_authenticated
    ):
        return response
    body = response.get_data()
    if len(body) < LEAST_BYTES or b"csrf_token" in body:
        return response
    response.vary.add("Accept-Encoding")
    if request.accept_encodings["gzip"] > 0:
        response.set_data(gzip.compress(body, LEVEL, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
    return response
