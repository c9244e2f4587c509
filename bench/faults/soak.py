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

from bench.faults.listing import Office
from bench.faults.serving import Place, Server, Told, ask, serving, slowest
from bench.seats import new_groups
from bench.servers import memory_of, tree_of

READS = ("/", "/?q=1015+KD", "/?q=Amsterdam&day=1", "/groups/{slug}", "/meetings.json", "/fellowships",
         "/groups/{listed}", "/groups/{slug}/ask", "/login", "/?q=straat+{n}")  # fmt: skip
PRINTS = ("/groups/oost/poster.pdf", "/list.pdf?town=Amsterdam", "/list.pdf?town=Haarlem")
A_SECOND = 50
"""One in ten is a write."""
PRINTED_EVERY = 200
LISTED_EVERY = 60
"""Seconds from one list that an office takes over to the next."""
ASKS_A_GROUP = 15
"""Of a group's twelve seats and its line: about as many groups are made as so many asks fill."""
READERS = 16
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
    workers: list[list[float]] = field(default_factory=list)
    """Of each process alone, the first one's first."""
    lists: int = 0


def soaked(place: Place, seconds: float, a_second: float = A_SECOND) -> tuple[Told, str]:
    """F10: ask so many times a second for so long."""
    told, seen, server = Told(), Seen(), Server(place)
    slugs = place.slugs + new_groups(place.app, int(seconds * a_second / 10 / ASKS_A_GROUP))
    office = Office(place, server)
    with serving(server), _taking_over(office, seen), _measured(server, seen):
        listed = office.groups()
        begun, numbers = time.monotonic(), itertools.count()

        def work() -> None:
            while (at := begun + (number := next(numbers)) / a_second) < begun + seconds:
                time.sleep(max(0.0, at - time.monotonic()))
                if number % 10 == 9:
                    ask(server, random.choice(slugs), told)
                else:
                    _read(server, _path(number, slugs, listed), seen)

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
        f"{(len(seen.took) + len(told.took)) / took:.0f} a second for {took:.0f} s, a tenth of them writes, {seen.lists} lists taken over: p95 {slowest(seen.took):.0f} ms, "
        f"p99 {slowest(seen.took, 0.99):.0f} ms, no fault; {seen.megabytes[-1]:.0f} MB (PSS of all processes), "
        f"by quarters {_quarters(seen.megabytes)}, {growth:+.1f} % from the second to the last; "
        f"each process alone {_alone(seen.workers)}; {more_files:+d} open files"
    )


def _path(number: int, slugs: list[str], listed: list[str]) -> str:
    if number % PRINTED_EVERY == 0:
        return PRINTS[number // PRINTED_EVERY % len(PRINTS)]
    return random.choice(READS).format(
        slug=random.choice(slugs), listed=random.choice(listed), n=number
    )


def _read(server: Server, path: str, seen: Seen) -> None:
    begun = time.perf_counter()
    try:
        server.read(path)
    except (OSError, http.client.HTTPException) as fault:
        seen.wrong.append(f"{path}: {fault}")
    seen.took.append(time.perf_counter() - begun)


@contextmanager
def _taking_over(office: Office, seen: Seen) -> Iterator[None]:
    """Let an office take a list over, and again what has changed in it, until the block ends."""
    over = threading.Event()

    def take() -> None:
        while not over.wait(LISTED_EVERY):
            try:
                office.take_over(seen.lists)
            except (OSError, http.client.HTTPException) as fault:
                seen.wrong.append(f"a list: {fault}")
            seen.lists += 1

    office.take_over(0)
    seen.lists = 1
    taking = threading.Thread(target=take)
    taking.start()
    try:
        yield
    finally:
        over.set()
        taking.join()


@contextmanager
def _measured(server: Server, seen: Seen) -> Iterator[None]:
    """Look each second at what all processes of the server hold."""
    over = threading.Event()
    assert server.process
    pid = server.process.pid

    def look() -> None:
        while not over.wait(1):
            tree = tree_of(pid)
            seen.workers.append([memory_of([one], with_theirs=False) for one in tree])
            seen.megabytes.append(sum(seen.workers[-1]))
            seen.files.append(sum(len(list(Path(f"/proc/{one}/fd").iterdir())) for one in tree))

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


def _alone(workers: list[list[float]]) -> str:
    begun = workers[len(workers) // 4]
    return ", ".join(
        f"{before:.0f} to {now:.0f}" for before, now in zip(begun, workers[-1], strict=False)
    )


def _growth(megabytes: list[float]) -> float:
    """Return by how many per cent the last quarter is more than the second."""
    quarter = max(1, len(megabytes) // 4)
    before = statistics.median(megabytes[quarter : 2 * quarter])
    return (statistics.median(megabytes[-quarter:]) / before - 1) * 100
