"""Answers offices about lists from elsewhere."""

from flask import Flask

from app.blueprints.national.exchange import archives, asides, lists


def attach(app: Flask) -> None:
    """Register the views, a file per subject."""
    for subject in (archives, asides, lists):
        app.register_blueprint(subject.bp)
