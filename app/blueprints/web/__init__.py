"""Plumbing of every answer: forms, errors, headers, limits, languages, files."""

from flask import Flask

from app.blueprints.web import (
    compression,
    errors,
    filters,
    headers,
    languages,
    limits,
    request_checks,
    security_log,
    static_files,
)
from app.blueprints.web.watched import figures


def attach(app: Flask) -> None:
    """Attach what every request meets, in this order: what is refused outright comes first."""
    for part in (
        figures,
        security_log,
        compression,
        headers,
        request_checks,
        languages,
        limits,
        errors,
        static_files,
        filters,
    ):
        part.attach(app)
