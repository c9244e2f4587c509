"""Officers and overseers: numbers, never names."""

from flask import Blueprint

bp = Blueprint("national", __name__)
