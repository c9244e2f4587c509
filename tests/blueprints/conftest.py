"""A clock that stands still, and the feeds of Oost."""

from collections.abc import Iterator

import pytest
import time_machine
from flask import Flask

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
