"""The app for `flask --app`, that tells in HOLDS_TOLD_IN how long each writing transaction held its locks.

A line for each: milliseconds, those of the processor, what was written first. On a busy machine a
waiting writer waits for the machine most of the time; this shows what part of it is ours.
"""

import os
import time
import traceback
from pathlib import Path
from typing import Any

from flask import Flask

import app.db as database

HERE = ("app/actions/", "app/commands/", "app/records/")


def _app() -> Flask:
    if "CLOCK_STARTS_AT" in os.environ:
        from bench.faults.clock import app as moved

        return moved
    from wsgi import app as still

    return still


app = _app()
_told = Path(os.environ["HOLDS_TOLD_IN"])
_begun: list[Any] = []
_start, _stop = database.start_writing, database.stop_writing


def _begin(waited: float = 0) -> None:
    _start(waited)
    # SQLite's lock is taken now; a row's is taken with the first statement, which waits for it.
    _begun[:] = [time.perf_counter(), time.process_time(), _who()]


def _end() -> None:
    _stop()
    if _begun:
        held = 1000 * (time.perf_counter() - _begun[0])
        worked = 1000 * (time.process_time() - _begun[1])
        with _told.open("a") as told:
            told.write(f"{held:.1f} {worked:.1f} {_begun[2]}\n")
        _begun.clear()


def _who() -> str:
    ours = [one for one in traceback.extract_stack() if any(part in one.filename for part in HERE)]
    return " ".join(f"{Path(one.filename).name}:{one.lineno}:{one.name}" for one in ours[-4:])


database.start_writing, database.stop_writing = _begin, _end
