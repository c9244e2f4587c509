"""To be written."""

from flask import Flask


def attach(app: Flask) -> None: ...
