"""When each timer last ran: a file of its own, so that it is known also when the database is not."""

from datetime import datetime
from pathlib import Path

TIMERS = ("letters", "forget", "backup")


def note_run(folder: str, name: str, at: datetime) -> None:
    """Note that a timer came to its end at an aware instant. Without a folder nothing is noted."""
    if folder:
        Path(folder).mkdir(mode=0o700, exist_ok=True)
        (Path(folder) / name).write_text(at.isoformat(), "utf-8")


def last_run(folder: str, name: str) -> datetime | None:
    """Return when a timer last came to its end here, as an aware instant, or None."""
    file = Path(folder) / name
    return datetime.fromisoformat(file.read_text("utf-8")) if folder and file.exists() else None
