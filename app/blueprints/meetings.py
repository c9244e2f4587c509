"""Meeting Guide JSON, all or by fellowship."""

from flask import Blueprint

bp = Blueprint("meetings", __name__)
