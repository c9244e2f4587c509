"""Starts a process beside the requests that works on the long lists that wait.

A process of its own gives its memory back, and leaves this one's readers alone: there is one lock
for all that Python does in a process, and a long list would hold it for a minute.
"""

import logging
import os
import subprocess
import sys
from threading import Thread

from flask import current_app

from app.config import ROOT

log = logging.getLogger(__name__)

COMMAND = [sys.executable, "-m", "flask", "--app", "wsgi", "lists", "work"]
OF_THE_SERVER = {"PROMETHEUS_MULTIPROC_DIR"}
"""What of its environment is not for a process that no server counts."""


def work_beside() -> None:
    """Let a process do what waits; where one does already, it does this too.

    A host that starts none leaves it waiting, and its page offers to try again.
    """
    command = current_app.config.get("LISTS_COMMAND", COMMAND)
    if not command:
        return
    environ = {name: value for name, value in os.environ.items() if name not in OF_THE_SERVER}
    try:
        process = subprocess.Popen(  # noqa: S603 - nothing in it comes from a request
            command, cwd=ROOT, env=environ, stdin=subprocess.DEVNULL
        )
    except OSError as fault:
        log.error("no process for long lists: %s", fault.strerror)  # noqa: TRY400
        return
    Thread(target=_wait, args=(process,), name="lists", daemon=True).start()


def _wait(process: subprocess.Popen[bytes]) -> None:
    """Take note of its end, so that none is left behind as a zombie."""
    if code := process.wait():
        log.error("the process for long lists ended with %s", code)
