"""Starts a process beside the requests that works on the long lists that wait.

A process of its own gives its memory back, and leaves this one's readers alone: there is one lock
for all that Python does in a process, and a long list would hold it for a minute.
"""

import logging
import os
import subprocess
import sys
from threading import Lock, Thread

from flask import current_app

from app.config import ROOT

log = logging.getLogger(__name__)

COMMAND = [sys.executable, "-m", "flask", "--app", "wsgi", "lists", "work"]
OF_THE_SERVER = {"PROMETHEUS_MULTIPROC_DIR"}
"""What of its environment is not for a process that no server counts."""


class _Beside:
    """The one process that this worker may have started; asked meanwhile, another comes after it."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._is_there = self._is_asked = False

    def ask(self, command: list[str]) -> None:
        with self._lock:
            if self._is_there:
                self._is_asked = True
                return
            self._is_there = True
        Thread(target=self._run, args=(command,), name="lists", daemon=True).start()

    def _run(self, command: list[str]) -> None:
        """Take note of its end, so that none is left behind as a zombie."""
        while True:
            _one(command)
            with self._lock:
                self._is_there, self._is_asked = self._is_asked, False
                if not self._is_there:
                    return


_beside = _Beside()


def work_beside() -> None:
    """Let a process do what waits; where one does already, it does this too.

    A host that starts none leaves it waiting, and its page offers to try again.
    """
    if command := current_app.config.get("LISTS_COMMAND", COMMAND):
        _beside.ask(command)


def _one(command: list[str]) -> None:
    environ = {name: value for name, value in os.environ.items() if name not in OF_THE_SERVER}
    try:
        code = subprocess.run(  # noqa: S603 - nothing in it comes from a request
            command, cwd=ROOT, env=environ, stdin=subprocess.DEVNULL, check=False
        ).returncode
    except OSError as fault:
        log.error("no process for long lists: %s", fault.strerror)  # noqa: TRY400
        return
    if code:
        log.error("the process for long lists ended with %s", code)
