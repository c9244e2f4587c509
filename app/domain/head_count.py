"""The head count after a meeting: a number, and nothing about who."""

from app.domain.seating import SEATS

MORE = SEATS + 1
"""Stands for "more than twelve": not an error, but a reason to start a second group."""
COUNTS = tuple(range(0, MORE + 1))
