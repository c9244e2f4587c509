"""Undoing what one did: within the hour, and only while nothing came after it."""

from datetime import timedelta

from app.domain.refusal import Refusal

UNDONE_WITHIN = timedelta(hours=1)


class TooLateToUndo(Refusal):
    """A change is undone within an hour, and only while nothing was changed after it."""
