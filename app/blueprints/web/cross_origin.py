"""What the pages of other sites may read in a browser: public lists and calendars, with validators."""

from flask import Response

ASKED = ("GET", "OPTIONS")
"""The methods of a view that answers a browser which asks beforehand, itself."""
FOR_PROGRAMS = ("/api/v1/", "/client_interface/", "/hsds/")
"""Paths below which programs ask: no session, and errors as problem+json (RFC 9457)."""
VALIDATORS = "ETag, Last-Modified"
SECONDS_KNOWN = "86400"
"""So long a browser may remember that it may ask."""


def readable_elsewhere(response: Response) -> Response:
    """Let any page read an answer that anybody may have, and ask later whether it is still so."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = VALIDATORS
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def preflight() -> Response:
    """Answer whether a page may ask with If-None-Match (Fetch, "CORS-preflight request")."""
    response = readable_elsewhere(Response(status=204))
    response.headers["Access-Control-Allow-Methods"] = "GET, HEAD"
    response.headers["Access-Control-Allow-Headers"] = "If-None-Match, If-Modified-Since"
    response.headers["Access-Control-Max-Age"] = SECONDS_KNOWN
    return response
