"""Who writes next: SQLite lets one write at a time, and the others look again at ever longer intervals.

A process lets its own in by turns instead, without a wait between them and nobody for ever last.
"""

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from time import perf_counter

from sqlalchemy.exc import TimeoutError as WaitedTooLong


class NoTurn(WaitedTooLong):
    """Others wrote for all the time that this one would wait."""


class Turns:
    """Lets the writers of a process in one after the other, in the order in which they came."""

    def __init__(self) -> None:
        self._guard = Lock()
        self._is_taken = False
        self._waiting: deque[Lock] = deque()

    @contextmanager
    def turn(self, seconds: float) -> Iterator[float]:
        """Wait so long at most for a turn; give how long it took. Raises NoTurn."""
        begun = perf_counter()
        if not self._take(seconds):
            raise NoTurn
        try:
            yield perf_counter() - begun
        finally:
            self._pass_on()

    @property
    def waiting(self) -> int:
        """How many wait for their turn."""
        return len(self._waiting)

    def _take(self, seconds: float) -> bool:
        with self._guard:
            if not self._is_taken:
                self._is_taken = True
                return True
            mine = Lock()
            mine.acquire()
            self._waiting.append(mine)
        if mine.acquire(timeout=seconds):
            return True
        with self._guard:
            if mine not in self._waiting:
                return True  # it came at the last moment
            self._waiting.remove(mine)
            return False

    def _pass_on(self) -> None:
        with self._guard:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._is_taken = False
