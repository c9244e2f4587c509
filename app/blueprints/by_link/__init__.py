"""Answers who comes by a personal link: a seat, a sponsor, an own request."""

from flask import Flask

from app.blueprints.by_link import (
    claims,
    confirmation,
    contacts,
    evenings,
    following,
    head_counts,
    holidays,
    own_request,
    seats,
    sponsors,
)


def attach(app: Flask) -> None:
    """Register the views, a file per subject."""
    for subject in (
        claims,
        confirmation,
        contacts,
        evenings,
        following,
        head_counts,
        holidays,
        own_request,
        seats,
        sponsors,
    ):
        app.register_blueprint(subject.bp)
