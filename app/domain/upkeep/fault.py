"""What may keep an installation from working, each by one word: for the log, `/readyz` and `doctor`."""

from enum import StrEnum


class Fault(StrEnum):
    """What is wrong with the house, not with what somebody asked."""

    DATABASE_MISSING = "database_missing"
    """SQLite's file is not there, or its folder is not."""
    DATABASE_GONE = "database_gone"
    """PostgreSQL does not answer, or ended the connection."""
    DATABASE_BUSY = "database_busy"
    """A lock, or a free connection, was waited for in vain."""
    DATABASE_READ_ONLY = "database_read_only"
    DATABASE_DAMAGED = "database_damaged"
    NOT_MIGRATED = "not_migrated"
    """The tables are those of another release, older or newer."""
    DISK_FULL = "disk_full"
    WRONG_SEALING_KEY = "wrong_sealing_key"
    """Something was sealed with a key that is not among those given."""


STOPS_THE_START = frozenset(
    {Fault.DATABASE_MISSING, Fault.NOT_MIGRATED, Fault.WRONG_SEALING_KEY, Fault.DATABASE_DAMAGED}
)
"""What does not heal by itself; the others may, while the server answers 503."""

KEEPS_SERVING = frozenset({Fault.DATABASE_BUSY})
"""What a proxy must not take a host away for: its neighbour waits for the same lock."""
