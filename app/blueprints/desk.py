"""The coordinator's desk."""

from flask import Blueprint

bp = Blueprint("desk", __name__)
