"""One's own account: name, devices, invitations."""

from flask import Blueprint

bp = Blueprint("accounts", __name__)
