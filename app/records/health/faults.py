"""Which fault a database's error is: by its code alone, never by its words."""

import errno

from cryptography.fernet import InvalidToken
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnectionFree

from app.domain.upkeep.fault import Fault

_OF_SQLITE = {
    "SQLITE_BUSY": Fault.DATABASE_BUSY,
    "SQLITE_LOCKED": Fault.DATABASE_BUSY,
    "SQLITE_FULL": Fault.DISK_FULL,
    # What a full disk looks like in the write-ahead log (seen: RLIMIT_FSIZE, tmpfs).
    "SQLITE_IOERR": Fault.DISK_FULL,
    "SQLITE_CANTOPEN": Fault.DATABASE_MISSING,
    "SQLITE_READONLY": Fault.DATABASE_READ_ONLY,
    "SQLITE_CORRUPT": Fault.DATABASE_DAMAGED,
    "SQLITE_NOTADB": Fault.DATABASE_DAMAGED,
}
_NO_SUCH = ("no such table", "no such column", "has no column named")
"""SQLite's code for it is that of any wrong statement (SQLITE_ERROR)."""

_OF_POSTGRES = {
    "55P03": Fault.DATABASE_BUSY,  # lock_timeout
    "57014": Fault.DATABASE_BUSY,  # statement_timeout
    "40P01": Fault.DATABASE_BUSY,  # deadlock
    "53300": Fault.DATABASE_BUSY,  # too many connections
    "53100": Fault.DISK_FULL,
    "53200": Fault.DATABASE_GONE,  # out of memory
    "25006": Fault.DATABASE_READ_ONLY,
    "42P01": Fault.NOT_MIGRATED,  # no such table
    "42703": Fault.NOT_MIGRATED,  # no such column
    "XX001": Fault.DATABASE_DAMAGED,
    "XX002": Fault.DATABASE_DAMAGED,
}
"""By SQLSTATE (postgresql.org/docs/current/errcodes-appendix)."""


MAY_BE_FAULTS = (DBAPIError, NoConnectionFree, InvalidToken, OSError)
"""The errors to ask about; most of them are no fault."""


def fault_of(error: BaseException) -> Fault | None:
    """Return which fault an error is, or None when it is a mistake of ours."""
    if isinstance(error, InvalidToken):
        return Fault.WRONG_SEALING_KEY
    if isinstance(error, NoConnectionFree):
        return Fault.DATABASE_BUSY
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return Fault.DISK_FULL
    return _of_database(error) if isinstance(error, DBAPIError) else None


def _of_database(error: DBAPIError) -> Fault | None:
    cause = error.orig
    # An extended code, such as SQLITE_IOERR_WRITE, begins with its plain one.
    if name := getattr(cause, "sqlite_errorname", None):
        if name == "SQLITE_ERROR":
            return Fault.NOT_MIGRATED if any(one in str(cause) for one in _NO_SUCH) else None
        return _OF_SQLITE.get("_".join(name.split("_")[:2]))
    if cause is not None and hasattr(cause, "sqlstate"):
        state = cause.sqlstate
        if state in _OF_POSTGRES:
            return _OF_POSTGRES[state]
        # 08: the connection; 57P: the server goes down, or comes up. Without a state it never answered.
        kinds = {one.__name__ for one in type(cause).__mro__}
        is_gone = state is None and kinds & {"OperationalError", "InterfaceError"}
        if (
            is_gone
            or str(state)[:2] == "08"
            or str(state)[:3] == "57P"
            or error.connection_invalidated
        ):
            return Fault.DATABASE_GONE
        return None
    # Without a code of either database, such as one that a test makes up.
    return Fault.DATABASE_BUSY if "locked" in str(cause) else None
