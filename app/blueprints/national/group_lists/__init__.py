"""The groups of a fellowship for its officers: found, sorted, kept as a list, and many at once."""

from flask import Flask

from app.blueprints.national.group_lists import many, page


def attach(app: Flask) -> None:
    for part in (page, many):
        app.register_blueprint(part.bp)
