"""How far a long list is, in a file of its own: seen by all while SQLite's one writer is taken."""

import os
from datetime import datetime
from pathlib import Path

from app.domain.exchange.long_lists import Figure, Step


def note_figure(folder: str, run_id: int, figure: Figure) -> None:
    """Write how far it is, in the place of what was written before. Without a folder nothing is."""
    if not folder:
        return
    Path(folder).mkdir(mode=0o700, exist_ok=True)
    file = Path(folder) / str(run_id)
    words = f"{figure.step} {figure.done} {figure.of} {figure.at.isoformat()}"
    beside = file.with_suffix(f".{os.getpid()}")
    beside.write_text(words, "utf-8")
    beside.replace(file)


def figure_noted(folder: str, run_id: int) -> Figure | None:
    """Return what was written, None where nothing was or nobody can read it."""
    try:
        step, done, of, at = (Path(folder) / str(run_id)).read_text("utf-8").split()
        return Figure(Step(step), int(done), int(of), datetime.fromisoformat(at))
    except (OSError, ValueError):
        return None


def forget_figure(folder: str, run_id: int) -> None:
    if folder:
        (Path(folder) / str(run_id)).unlink(missing_ok=True)
