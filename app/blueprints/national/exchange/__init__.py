"""Answers offices about lists from elsewhere."""

from flask import Flask

from app.blueprints.national.exchange import asides, lists


def attach(app: Flask) -> None:
    """Register the views, a file per subject."""
    for subject in (asides, lists):
        app.register_blueprint(subject.bp)
