"""ANSWERS: a folder per reader, a file per subject; access.py holds the doors."""

from flask import Flask, current_app, request

from app.blueprints import access, by_link, coordinate, national, public, signin, watching, web


def attach(app: Flask) -> None:
    """Attach plumbing, doors and views.

    The order matters: the writing transaction of Flask-Security's POSTs opens before Flask-Login
    loads its user, and the guard stands before any view.
    """
    for part in (web, signin, access, watching, public, by_link, coordinate, national):
        part.attach(app)


def is_for_everyone() -> bool:
    """Tell whether what is asked for is of no one in particular, so that a replica may answer."""
    blueprint = current_app.blueprints.get(request.blueprint or "")
    return blueprint is not None and blueprint.import_name.startswith("app.blueprints.public.")
