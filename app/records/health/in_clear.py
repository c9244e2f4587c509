"""How many private keys came in clear, day by day: one byte each in a file of the day, and nothing of whose.

In files, for this is noted while somebody reads; several workers add to one at once, and none waits.
"""

from collections.abc import Iterator
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path

from app.domain.upkeep.findings import CLEAR_DAYS

MOST_A_DAY = 10_000
"""A file grows no longer."""


def note_in_clear(folder: str, day: date) -> None:
    """Count one more. Without a folder, or where it cannot be written, nothing is noted."""
    if not folder:
        return
    file = Path(folder) / day.isoformat()
    with suppress(OSError):
        if not file.exists():
            file.parent.mkdir(mode=0o700, exist_ok=True)
            _let_go(file.parent, day - timedelta(days=CLEAR_DAYS))
        elif file.stat().st_size >= MOST_A_DAY:
            return
        with file.open("ab", buffering=0) as counted:
            counted.write(b".")


def noted_in_clear(folder: str, today: date) -> tuple[int, date | None]:
    """Return how many came in the last days, today with them, and the last day on which one did."""
    if not folder or not Path(folder).is_dir():
        return 0, None
    since = today - timedelta(days=CLEAR_DAYS)
    days = {day: file.stat().st_size for day, file in _days(folder) if since < day}
    return sum(days.values()), max(days) if days else None


def _let_go(folder: Path, until: date) -> None:
    for day, file in _days(folder):
        if day <= until:
            file.unlink(missing_ok=True)


def _days(folder: str | Path) -> Iterator[tuple[date, Path]]:
    """Yield each day that is noted with its file; what else lies there is left alone."""
    for file in Path(folder).iterdir():
        with suppress(ValueError):
            yield date.fromisoformat(file.name), file
