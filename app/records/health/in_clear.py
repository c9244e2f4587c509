"""How many private keys came in clear, day by day: one byte each in a file of the day, and nothing of whose.

In files, for this is noted while somebody reads; several workers add to one at once, and none waits.
"""

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
    days = {one.name: one.stat().st_size for one in Path(folder).iterdir() if since < _day(one)}
    return sum(days.values()), date.fromisoformat(max(days)) if days else None


def _let_go(folder: Path, until: date) -> None:
    for one in folder.iterdir():
        if _day(one) <= until:
            one.unlink(missing_ok=True)


def _day(file: Path) -> date:
    return date.fromisoformat(file.name)
