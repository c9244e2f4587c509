"""A command that a timer runs notes that it came to its end."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import current_app

from app import clock
from app.records.health.timers import note_run


def timed(name: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Note the end of a command, whatever it said; a fault on the way is none."""

    def decorate(command: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(command)
        def run(*args: Any, **kwargs: Any) -> Any:
            try:
                done = command(*args, **kwargs)
            except SystemExit:
                _note()
                raise
            _note()
            return done

        def _note() -> None:
            note_run(current_app.config["RAN_FOLDER"], name, clock.now())

        return run

    return decorate
