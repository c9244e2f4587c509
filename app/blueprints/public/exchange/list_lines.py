"""What a list says of each group, kept as it was written as long as the group stands as it stood."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from threading import Lock
from typing import Any

from flask import current_app

from app.domain.listing import Listing
from app.records.listed import numbered_among, stands_of_listed

MOST_BYTES = 8 * 1024 * 1024
"""Of lines in each process: some 12,000 groups. Of more the rest is written each time."""

Stands = Sequence[tuple[int, object]]


class KeptLines:
    """Lines by group, each with what decided it. Safe to be asked by many threads."""

    def __init__(self, most_bytes: int) -> None:
        self._most_bytes = most_bytes
        self._kept: dict[int, tuple[object, bytes]] = {}
        self._lock = Lock()
        self.bytes = 0

    def known(self, stands: Stands) -> dict[int, bytes]:
        """Return by id the lines that are still true."""
        kept = self._kept
        found = ((id, kept.get(id), stand) for id, stand in stands)
        return {id: last[1] for id, last, stand in found if last and last[0] == stand}

    def keep(self, id: int, stand: object, line: bytes) -> None:
        """Keep a line in the place of the group's last one, if there is room."""
        with self._lock:
            _, before = self._kept.pop(id, (None, b""))
            self.bytes -= len(before)
            if self.bytes + len(line) <= self._most_bytes:
                self._kept[id] = stand, line
                self.bytes += len(line)


def attach(state: Any) -> None:
    """Give an app the room where lines are kept, once for each way to write them."""
    state.app.extensions.setdefault("list_lines", {})


def lines_of(
    way: str, now: datetime, fellowship_id: int | None, write: Callable[[Listing], bytes]
) -> Iterator[bytes]:
    """Return the lines of listed groups in the order of their ids, without those that are empty.

    `way` names what `write` does: one way, one line of a group. Two queries, and nine for every
    500 groups that do not stand as they stood when they were written last.
    """
    ways = current_app.extensions["list_lines"]
    lines: KeptLines = ways.setdefault(way, KeptLines(MOST_BYTES))
    stands = stands_of_listed(now, fellowship_id)
    known = lines.known(stands)
    # Each stand is read before its listing: what is kept is never older than it says.
    unknown = {id: stand for id, stand in stands if id not in known}
    for one in numbered_among([*unknown], now):
        known[one.id] = write(one.listing)
        lines.keep(one.id, unknown[one.id], known[one.id])
    return filter(None, (known.get(id) for id, _ in stands))
