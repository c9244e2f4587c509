"""The work list of a fellowship's office: its piles and points, letters about them, calls."""

from flask import Flask

from app.blueprints.national.work.letter import bp


def attach(app: Flask) -> None:
    app.register_blueprint(bp)
