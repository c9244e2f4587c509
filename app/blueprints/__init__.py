"""ANSWERS: a folder per reader, a file per subject; access.py holds the doors."""

from flask import Flask

from app.blueprints import access, by_link, coordinate, national, public, signin, watching, web


def attach(app: Flask) -> None:
    """Attach plumbing, doors and views.

    The order matters: the writing transaction of Flask-Security's POSTs opens before Flask-Login
    loads its user, and the guard stands before any view.
    """
    for part in (web, signin, access, watching, public, by_link, coordinate, national):
        part.attach(app)
