"""What every site has: privacy, health, robots."""

from flask import Blueprint

bp = Blueprint("pages", __name__)
