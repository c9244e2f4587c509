"""F10: a mixed load for long; memory and open files stay level, nobody meets a fault."""

import http.client
import itertools
import random
import statistics
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bench.faults.serving import Place, Server, Told, ask, serving, slowest
from bench.servers import memory_of, tree_of

READS = ("/", "/?q=1015+KD", "/?q=Amsterdam&day=1", "/groups/{slug}", "/meetings.json", "/fellowships",
         "/groups/{slug}/ask", "/login", "/?q=straat+{n}")  # fmt: skip
PRINTS = ("/groups/oost/poster.pdf", "/list.pdf?town=Amsterdam", "/list.pdf?town=Haarlem")
A_SECOND = 25
"""On a machine that others use too; one in ten is a write."""
PRINTED_EVERY = 200
READERS = 8
LONG_ENOUGH = 1800
"""Seconds. In less, what a worker keeps ready still fills: its growth is told, and judged by nobody."""
MOST_GROWTH = 5.0
"""Of the memory in per cent, between the second quarter and the last."""


@dataclass
class Seen:
    """What the readers met: how long each took, how often each status; and what the server held."""

    took: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    megabytes: list[float] = field(default_factory=list)
    files: list[int] = field(default_factory=list)


def soaked(place: Place, seconds: float, a_second: float = A_SECOND) -> tuple[Told, str]:
    """F10: ask so many times a second for so long."""
    told, seen, server = Told(), Seen(), Server(place)
    with serving(server), _measured(server, seen):
        begun, numbers = time.monotonic(), itertools.count()

        def work() -> None:
            while (at := begun + (number := next(numbers)) / a_second) < begun + seconds:
                time.sleep(max(0.0, at - time.monotonic()))
                if number % 10 == 9:
                    ask(server, random.choice(place.slugs), told)
                else:
                    _read(server, _path(number, place.slugs), seen)

        threads = [threading.Thread(target=work) for _ in range(READERS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        took = time.monotonic() - begun
    assert not seen.wrong, seen.wrong[:5]
    assert not told.refused_otherwise(), told.statuses
    growth, more_files = _growth(seen.megabytes), seen.files[-1] - seen.files[len(seen.files) // 4]
    if seconds >= LONG_ENOUGH:
        assert growth < MOST_GROWTH, f"memory grew by {growth:.1f} %"
        assert more_files < 20, f"{more_files} files more"
    return told, (
        f"{(len(seen.took) + len(told.took)) / took:.0f} a second for {took:.0f} s, a tenth of them writes: p95 {slowest(seen.took):.0f} ms, "
        f"p99 {slowest(seen.took, 0.99):.0f} ms, no fault; {seen.megabytes[-1]:.0f} MB (PSS of all processes), "
        f"by quarters {_quarters(seen.megabytes)}, {growth:+.1f} % from the second to the last; {more_files:+d} open files"
    )


def _path(number: int, slugs: list[str]) -> str:
    if number % PRINTED_EVERY == 0:
        return PRINTS[number // PRINTED_EVERY % len(PRINTS)]
    return random.choice(READS).format(slug=random.choice(slugs), n=number)


def _read(server: Server, path: str, seen: Seen) -> None:
    begun = time.perf_counter()
    try:
        server.read(path)
    except (OSError, http.client.HTTPException) as fault:
        seen.wrong.append(f"{path}: {fault}")
    seen.took.append(time.perf_counter() - begun)


@contextmanager
def _measured(server: Server, seen: Seen) -> Iterator[None]:
    """Look each second at what all processes of the server hold."""
    over = threading.Event()
    assert server.process
    pid = server.process.pid

    def look() -> None:
        while not over.wait(1):
            seen.megabytes.append(memory_of([pid]))
            seen.files.append(
                sum(len(list(Path(f"/proc/{one}/fd").iterdir())) for one in tree_of(pid))
            )

    looking = threading.Thread(target=look)
    looking.start()
    try:
        yield
    finally:
        over.set()
        looking.join()


def _quarters(megabytes: list[float]) -> str:
    quarter = max(1, len(megabytes) // 4)
    parts = [megabytes[at : at + quarter] for at in range(0, 4 * quarter, quarter)]
    return " ".join(f"{statistics.median(one):.0f}" for one in parts if one)


def _growth(megabytes: list[float]) -> float:
    """Return by how many per cent the last quarter is more than the second."""
    quarter = max(1, len(megabytes) // 4)
    before = statistics.median(megabytes[quarter : 2 * quarter])
    return (statistics.median(megabytes[-quarter:]) / before - 1) * 100
