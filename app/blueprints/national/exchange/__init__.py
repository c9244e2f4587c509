"""Answers offices about lists from elsewhere."""

from flask import Flask

from app.blueprints.national.exchange import archives, asides, list_runs, lists


def attach(app: Flask) -> None:
    """Register the views, a file per subject."""
    for subject in (archives, asides, list_runs, lists):
        app.register_blueprint(subject.bp)
