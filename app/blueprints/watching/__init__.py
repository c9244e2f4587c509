"""Answers who watches over an installation: its keeper's programs, never a person's browser."""

from flask import Flask

from app.blueprints.watching import health, metrics, reports


def attach(app: Flask) -> None:
    """Register the views, a file per subject."""
    for subject in (health, metrics, reports):
        app.register_blueprint(subject.bp)
