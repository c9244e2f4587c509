"""Group pages, and messages to a contact person."""

from flask import Blueprint

bp = Blueprint("groups", __name__)
