"""What many tests of what a circle keeps to itself begin with: a world at noon, on each database in turn."""

from collections.abc import Iterator

import pytest
import time_machine
from flask import Flask

from tests.people import NOON, World


@pytest.fixture
def world_of_each(app_on_each: Flask) -> Iterator[World]:
    with time_machine.travel(NOON, tick=False) as at:
        world = World(app_on_each)
        world.at = at
        yield world
