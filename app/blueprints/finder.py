"""The door of the house: groups by day and by fellowship."""

from flask import Blueprint

bp = Blueprint("finder", __name__)
