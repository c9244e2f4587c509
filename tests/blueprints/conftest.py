"""A clock that stands still, the lines of the log, and the feeds of Oost."""

import json
from collections.abc import Iterator

import pytest
import time_machine
from flask import Flask

from app.blueprints.web import security_log
from tests.blueprints.feeds import TUESDAY, addresses
from tests.people import World


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """Stand still on a Tuesday at noon."""
    with time_machine.travel(TUESDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def feed(clock: time_machine.Traveller, app: Flask, world: World) -> str:
    """The path of Oost's feed."""
    return addresses(app)[0]


@pytest.fixture
def discreet(clock: time_machine.Traveller, app: Flask, world: World) -> str:
    """The path of its discreet twin."""
    return addresses(app)[1]


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> list[dict]:
    """The lines that are written meanwhile."""
    lines: list[dict] = []

    class Paper:
        def msg(self, line: str) -> None:
            lines.append(json.loads(line))

        info = msg

    monkeypatch.setattr(security_log, "_log", security_log._log.bind())
    monkeypatch.setattr(security_log._log, "_logger", Paper())
    return lines
