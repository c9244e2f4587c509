"""Each fault by its number, how long it is tried, and the row that it gives."""

import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.faults.clocks import EDGES, clock_moved
from bench.faults.crashes import full, killed, locked
from bench.faults.disk import full_disk
from bench.faults.mail import mail_gone
from bench.faults.postgres import Postgres, database_killed, database_restarted
from bench.faults.serving import Place, Told, lost
from bench.faults.soak import soaked
from bench.faults.upgrades import upgrade_broken
from bench.seats import new_groups, open_app
from tests.schemas import migrate

GROUPS = 8
Fault = Callable[[], tuple[Told, str]]


@dataclass(frozen=True)
class Sizes:
    """How often, and for how many seconds."""

    kills: int
    lock_seconds: float
    falls: int
    is_silent: bool
    edges: int
    broken_upgrades: int
    soak_seconds: float


LONG = Sizes(kills=20, lock_seconds=25, falls=5, is_silent=True, edges=len(EDGES), broken_upgrades=4, soak_seconds=300)  # fmt: skip
SHORT = Sizes(kills=1, lock_seconds=2, falls=1, is_silent=False, edges=3, broken_upgrades=1, soak_seconds=5)  # fmt: skip
"""As the tests do it."""


@dataclass(frozen=True)
class Row:
    """What became of one fault. One that is broken promised something that did not hold; `seen` says what."""

    name: str
    acknowledged: int
    lost: int
    seen: str
    is_broken: bool = False


def run(
    url: str, folder: Path, sizes: Sizes, *, only: list[str], database: Postgres | None = None
) -> Iterator[Row]:
    """Try each fault that this database can have, or those asked for, and yield a row for each."""
    place = furnish(url, folder)
    for name, fault in faults(place, sizes, database):
        if not only or name.split()[0] in only:
            try:
                told, seen = fault()
                yield Row(name, len(told.pages), lost(place, told), seen)
            except (AssertionError, subprocess.SubprocessError) as broken:
                yield Row(name, 0, 0, f"BROKEN: {broken}", is_broken=True)


def furnish(url: str, folder: Path) -> Place:
    """Make an installation with groups that give their seats."""
    migrate(url)
    app = open_app(url)
    return Place(app, url, folder, new_groups(app, GROUPS))


def faults(place: Place, sizes: Sizes, database: Postgres | None) -> Iterator[tuple[str, Fault]]:
    """Yield each fault by its name. The upgrade comes last but for the full disk, which nothing outlives."""
    yield "F1 server killed", lambda: killed(place, sizes.kills)
    if database:
        yield "F2 database killed", lambda: database_killed(place, database, sizes.falls)
        yield "F3 database restarted", lambda: database_restarted(place, database, sizes.falls)
    yield "F5 locked by a stranger", lambda: locked(place, sizes.lock_seconds)
    yield "F6 mail gone", lambda: mail_gone(place, sizes.falls, is_silent=sizes.is_silent)
    yield "F8 clock moved", lambda: clock_moved(place, EDGES[: sizes.edges])
    yield "F10 soak", lambda: soaked(place, sizes.soak_seconds)
    yield "F9 upgrade broken off", lambda: upgrade_broken(place, sizes.broken_upgrades)
    if place.file:
        yield "F4 disk full", lambda: full(place)
    elif database and (disk := database.disk):
        yield "F4 disk full", lambda: full_disk(place, database, disk)
