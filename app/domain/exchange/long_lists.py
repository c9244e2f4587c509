"""Lists that take longer than a request may: what is done with them, and how far that is."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

LONG_BYTES = 400_000
"""Some thousand rows of JSON, which take a few seconds; what is longer is worked on beside the request."""
LONG_ZIPPED_BYTES = 60_000
"""The same in a workbook, which is packed."""
LONG_GROUPS = 1_000
SILENT_AFTER = timedelta(minutes=1)
"""Who works on a list says so every other second; for one that waits, before somebody has begun."""


class Deed(StrEnum):
    """What is done with a list."""

    LOOK = "look"
    ACCEPT = "accept"
    UNDO = "undo"


class State(StrEnum):
    WAITING = "waiting"
    """Until the host has done the one before it."""
    WORKING = "working"
    DONE = "done"
    FAILED = "failed"


class Step(StrEnum):
    """What is counted meanwhile."""

    READING = "reading"
    COMPARING = "comparing"
    WRITING = "writing"
    UNDOING = "undoing"


class Fault(StrEnum):
    """Why it was not done; nothing is written then."""

    BROKEN = "broken"
    """The list cannot be read: which problem it has stands beside it."""
    CLOSED = "closed"
    NOT_THEIRS = "not_theirs"
    TOO_LATE = "too_late"
    GONE = "gone"
    UNFORESEEN = "unforeseen"


class ListIsGone(Exception):
    """Somebody chose to do nothing with a list, or it was forgotten."""


@dataclass(frozen=True)
class Figure:
    """How far it is, as it was at an instant."""

    step: Step
    done: int
    of: int
    at: datetime


def is_long(data: bytes) -> bool:
    """Tell whether a list takes longer than a request may."""
    return len(data) > (LONG_ZIPPED_BYTES if data.startswith(b"PK\x03\x04") else LONG_BYTES)


def is_silent(heard_at: datetime, now: datetime) -> bool:
    """Tell whether nobody works on it any more, or ever began."""
    return now - heard_at > SILENT_AFTER
