"""Answers coordinators about their groups."""

from flask import Flask

from app.blueprints.coordinate import (
    calendars,
    circle,
    closures,
    confirmation,
    contacts,
    desk,
    evenings,
    head_counts,
    history,
    holidays,
    listing,
    people,
    places,
    proposals,
    slots,
    undoing,
)
from app.blueprints.coordinate.exchange import held_texts
from app.blueprints.coordinate.inside import (
    announcements,
    handing_over,
    keys_notes,
    sheets,
    stand_ins,
)
from app.blueprints.coordinate.week import page as weeks


def attach(app: Flask) -> None:
    """Register the views, a file per subject."""
    for subject in (
        announcements,
        calendars,
        circle,
        closures,
        confirmation,
        contacts,
        desk,
        evenings,
        handing_over,
        head_counts,
        held_texts,
        history,
        holidays,
        keys_notes,
        listing,
        people,
        places,
        proposals,
        slots,
        sheets,
        stand_ins,
        undoing,
        weeks,
    ):
        app.register_blueprint(subject.bp)
