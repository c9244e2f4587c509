"""Answers officers of a fellowship and overseers."""

from flask import Flask

from app.blueprints.national import (
    closures,
    exchange,
    fellowships,
    figures,
    group_lists,
    groups,
    history,
    houses,
    kinds,
    mending,
    officers,
    periods,
    proposals,
    regions,
    requests,
    settings,
    silent_coordinators,
    start,
    work,
)


def attach(app: Flask) -> None:
    """Register the views, a file per subject."""
    for subject in (
        closures,
        fellowships,
        figures,
        groups,
        history,
        houses,
        kinds,
        mending,
        officers,
        periods,
        proposals,
        regions,
        requests,
        settings,
        silent_coordinators,
        start,
    ):
        app.register_blueprint(subject.bp)
    exchange.attach(app)
    group_lists.attach(app)
    work.attach(app)
