"""Fifty people who ask for a seat through the real server at once; see bench.seats."""

import os
import re
import socket
import subprocess
import sys
import threading
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path

from flask import Flask

from app.actions.seats import Asked
from app.db import db
from app.domain.keys import hash_of
from app.records.groups import Group
from app.records.participants import find_participant
from bench.seats import ASKERS, Crowd, at_once, check, new_group, open_app
from tests.conftest import SEALING_KEY, SECRET_KEY


@contextmanager
def serving(url: str, workers: int = 4) -> Iterator[str]:
    """Run the real server with several workers on a database; give its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environ = os.environ | {
        "TWAALF_SECRET_KEY": SECRET_KEY,
        "TWAALF_SEALING_KEYS": SEALING_KEY,
        "TWAALF_DATABASE_URL": url,
        "TWAALF_LIMITS": "off",
        "PORT": str(port),
    }
    command = [
        sys.executable, "serve.py", "--host", "127.0.0.1", "--port", str(port),
        "--workers", str(workers),
    ]  # fmt: skip
    server = subprocess.Popen(command, cwd=Path(__file__).resolve().parent.parent, env=environ)
    try:
        address = f"http://127.0.0.1:{port}"
        _wait_for(address)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=20)


def http_round(app: Flask, crowd: Crowd, address: str) -> None:
    """The same through the real server: each asker opens the form, and all send it at once."""
    group_id = new_group(app)
    with app.app_context():
        slug = db.session.get_one(Group, group_id).slug
    page = f"{address}/groups/{slug}/ask"
    ready = threading.Barrier(ASKERS)

    def send(number: int) -> tuple[Asked, float]:
        browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        with browser.open(page) as answer:
            form = dict(_HIDDEN.findall(answer.read().decode()))
        form |= {
            "alias": f"Iemand {number}",
            "contact": f"iemand{number}@example.org",
            "consent": "y",
        }
        ready.wait(timeout=120)
        begun = time.perf_counter()
        with browser.open(page, urllib.parse.urlencode(form).encode()) as answer:
            seconds = time.perf_counter() - begun
            key = urllib.parse.urlsplit(answer.url).path.removeprefix("/seat/")
            told = answer.read().decode()
        # Who has not proven the address is told the same, seat or line: nobody counts seats so.
        assert "Je vraag is binnen</h1>" in told, told
        with app.app_context():
            row = find_participant(hash_of(key))
            assert row is not None, answer.url
            return Asked(key, row.seat, row.wait_number), seconds

    answers = at_once([lambda number=number: send(number) for number in range(ASKERS)])
    check(app, group_id, answers, crowd)


_HIDDEN = re.compile(r'<input[^>]*name="([^"]+)"[^>]*type="hidden"[^>]*value="([^"]*)"')


def _wait_for(address: str) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(f"{address}/readyz"):
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"nothing answers at {address}")


def run(url: str, rounds: int) -> Crowd:
    """Return what so many rounds told, on a database."""
    app, crowd = open_app(url), Crowd()
    with serving(url) as address:
        for _ in range(rounds):
            http_round(app, crowd, address)
    with app.app_context():
        db.engine.dispose()
    return crowd
