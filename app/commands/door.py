"""The door of the installation: nothing begins where it cannot work, and a fault is a sentence."""

import sys
from collections.abc import Callable
from functools import wraps
from typing import Any, NoReturn

import click
from flask import Flask
from flask.cli import with_appcontext

from app.domain.upkeep.fault import STOPS_THE_START, Fault
from app.formats.upkeep.fault_words import MENDING
from app.records.health.faults import MAY_BE_FAULTS, fault_of
from app.records.health.ready import let_go, what_is_wrong

Command = Callable[..., Any]


def working_despite(*faults: Fault) -> Callable[[Command], Command]:
    """Let a command begin, in the app's context, only where nothing else is wrong than these."""

    def decorate(command: Command) -> Command:
        @wraps(command)
        def run(*args: Any, **kwargs: Any) -> Any:
            for fault in what_is_wrong():
                if fault not in faults:
                    _stop(fault)
            return command(*args, **kwargs)

        return with_appcontext(told(run))

    return decorate


working = working_despite()
"""Let a command begin only where nothing is wrong."""


def told(command: Command) -> Command:
    """Turn what the house may meet while a command runs into a sentence on how to mend it."""
    if hasattr(command, "is_told"):  # Flask-Migrate's commands are of the process, not of one app
        return command

    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> Any:
        try:
            return command(*args, **kwargs)
        except MAY_BE_FAULTS as error:
            fault = fault_of(error)
            if fault is None:
                raise
            _stop(fault)

    run.is_told = True  # type: ignore[attr-defined]
    return run


def what_stops_the_start(app: Flask) -> str:
    """Return in words what would not heal by itself, or nothing. A server leaves no connection open."""
    with app.app_context():
        faults = [fault for fault in what_is_wrong() if fault in STOPS_THE_START]
        let_go()
    return " ".join(_sentence(fault) for fault in faults)


def close_down(app: Flask) -> None:
    """Close the database at the end of a process: the last one out leaves SQLite one whole file."""
    with app.app_context():
        let_go()
    if replica := app.extensions.get("replica"):
        replica.close()


def _stop(fault: Fault) -> NoReturn:
    click.echo(f"Twaalf cannot do this now. {_sentence(fault)}", err=True)
    sys.exit(1)


def _sentence(fault: Fault) -> str:
    return f"{fault}: {MENDING[fault]}."
