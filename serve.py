"""Starts granian with the app taken in once, before its workers, which then share what they do not touch.

`python serve.py --host 127.0.0.1 --port 8000`: what is said is an option of granian, and goes before
those that stand here. Without a proxy before it: `--http1-header-read-timeout 5000` too.
"""

import multiprocessing
import os
import shutil
import sys
from contextlib import suppress
from pathlib import Path

OPTIONS = [
    "--interface", "rsgi", "--http", "1", "--no-ws", "--workers", "2", "--backlog", "4096",
    "--backpressure", "4096", "--workers-kill-timeout", "5", "--respawn-failed-workers",
    "--no-access-log", "--log-level", "warning",
]  # fmt: skip


def main() -> None:
    """Take in the app, and start the workers."""
    multiprocessing.set_start_method("fork")  # else each worker takes in the app for itself
    count_together(os.getpid())
    wake_without_haste()
    from granian.cli import cli  # noqa: PLC0415 - other servers read this file too

    options = [*OPTIONS, *sys.argv[1:]]
    if not is_for_one(options):
        import wsgi  # noqa: F401, PLC0415 - the figures are counted there already
    cli([*options, "wsgi:rsgi"])


def is_for_one(options: list[str]) -> bool:
    """Tell whether there is one worker, which takes in the app for itself: it has nobody to share it with.

    What is shared is copied where it is used, for Python counts in it who holds what: one worker
    copied two fifths of an app that else nobody runs, and who watches over it held it twice.
    """
    last = len(options) - options[::-1].index("--workers")
    return options[last : last + 1] == ["1"]


def count_together(server: int) -> None:
    """Let the workers of one server add up what each counts, in a folder named after that process.

    The library decides when it is imported, so before anything of ours is. Without a folder that
    can be written each counts for itself.
    """
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        return
    instance = Path(os.environ.get("TWAALF_INSTANCE") or Path(__file__).parent / "instance")
    folder = instance / "figures" / str(server)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for other in folder.parent.iterdir():
            if not Path("/proc", other.name).exists():
                shutil.rmtree(other, ignore_errors=True)
    except OSError:
        return
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)


def wake_without_haste() -> None:
    """Let a thread of ours that is woken wait for the one at work, instead of taking its place.

    The thread that speaks HTTP and the one of the event loop wake each other at each answer: when
    many ask at once, changing places costs more than the answers do. Linux calls the policy
    SCHED_BATCH (sched(7)); any process may choose it, and whoever it starts has it too. Elsewhere,
    and where a sandbox forbids asking for it, all stays as it is.
    """
    with suppress(AttributeError, OSError):
        os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))


if __name__ == "__main__":
    main()
