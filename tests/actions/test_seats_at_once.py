"""Fifty people ask at once: twelve seats, the others in line in order, and each told the truth.

A hundred rounds of each are in `bench.seats`; a few here see what breaks.
"""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from app.db import db
from app.domain.seating import SEATS
from bench.seats import ROUNDS, Crowd, naive_round, open_app

pytestmark = pytest.mark.long

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def both(database_url: str) -> Iterator[Flask]:
    """The app on each database in turn."""
    app = open_app(database_url)
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def test_who_counts_and_then_inserts_overbooks_under_the_same_load(database_url: str) -> None:
    """The control: without it the tests below prove nothing."""
    assert max(naive_round(database_url) for _ in range(5)) > SEATS


@pytest.mark.parametrize("kind", ["threads", "clicks", "storm"])
def test_twelve_sit_the_others_wait_and_all_were_told_so(both: Flask, kind: str) -> None:
    crowd = Crowd()

    for _ in range(2):
        ROUNDS[kind](both, crowd)

    assert crowd.told >= 2 * 50 or kind == "storm"


@pytest.mark.server
@pytest.mark.parametrize("kind", ["processes", "http"])
def test_fifty_processes_and_fifty_browsers_are_seated_alike(database_url: str, kind: str) -> None:
    command = [sys.executable, "-m", "bench.seats", kind, "--rounds", "2"]

    done = subprocess.run(
        [*command, "--url", database_url], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert "all as told" in done.stdout, done.stderr
