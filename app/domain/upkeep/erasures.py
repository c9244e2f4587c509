"""Erasures, as they are kept apart from the backups: when, of what, and nothing of whom."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

WHOLE = "*"
"""In place of columns: the row itself."""


@dataclass(frozen=True)
class Erasure:
    """One row, or some of its columns, erased at an aware instant. The row stands as a hash."""

    at: datetime
    row: str
    columns: tuple[str, ...] = ()
    """None of them: the whole row."""

    def line(self) -> str:
        at = self.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        return f"{at} {self.row} {','.join(self.columns) or WHOLE}\n"


def hash_of_row(table: str, *key: object) -> str:
    """Return what a row is known by: its table and primary key. One is taken again only after its
    erasure, so never in an older backup."""
    return hashlib.sha256(f"{table}:{'/'.join(map(str, key))}".encode()).hexdigest()


def read_erasures(lines: Iterable[str]) -> list[Erasure]:
    """Read them back. Raises ValueError for a line that is none."""
    erasures = []
    for line in lines:
        at, row, columns = line.split()
        names = () if columns == WHOLE else tuple(columns.split(","))
        erasures.append(Erasure(datetime.fromisoformat(at), row, names))
    return erasures
