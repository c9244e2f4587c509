"""Fellowships and their groups."""

from flask import Blueprint

bp = Blueprint("fellowships", __name__)
