"""A member's own calendar: vdirsyncer fetches the feed from a running server, khal shows it."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import date, time
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.serving import make_server

from app.domain.meeting import Status
from tests.blueprints.feeds import WEEK, deviate, turn

pytestmark = pytest.mark.server

PROGRAMS = Path(sys.executable).parent


class Phone:
    """A vdirsyncer that subscribes to one address, and a khal that shows what it fetched."""

    def __init__(self, folder: Path, address: str):
        self.folder = folder
        (folder / "calendar").mkdir()
        (folder / "vdirsyncer").write_text(
            f"""[general]
status_path = "{folder}/status"
[pair oost]
a = "feed"
b = "phone"
collections = null
conflict_resolution = "a wins"
[storage feed]
type = "http"
url = "{address}"
[storage phone]
type = "filesystem"
path = "{folder}/calendar"
fileext = ".ics"
"""
        )
        (folder / "khal").write_text(
            f"""[calendars]
[[oost]]
path = {folder}/calendar
[sqlite]
path = {folder}/khal.db
[locale]
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
local_timezone = Europe/Amsterdam
default_timezone = Europe/Amsterdam
"""
        )
        self._run("vdirsyncer", "--config", f"{folder}/vdirsyncer", "discover")

    def sync(self) -> None:
        self._run("vdirsyncer", "--config", f"{self.folder}/vdirsyncer", "sync")

    def shows(self, first: str, until: str) -> list[str]:
        """Return lines of day, hour, status, title and place between two days."""
        line = "{start-date} {start-time}-{end-time} {status} {title} @ {location}"
        shown = self._run(
            *("khal", "--config", f"{self.folder}/khal", "--no-color", "list"),
            *("--day-format", "", "--format", line, first, until),
        )
        return [" ".join(line.split()) for line in shown.splitlines() if line.strip()]

    def _run(self, program: str, *arguments: str) -> str:
        ran = subprocess.run(
            [PROGRAMS / program, *arguments],
            env={
                "HOME": str(self.folder),
                "PATH": os.environ["PATH"],
                "LC_ALL": "C.UTF-8",
                "no_proxy": "*",
            },
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert ran.returncode == 0, ran.stderr
        return ran.stdout


@pytest.fixture
def host(app: Flask) -> Iterator[str]:
    """The app on a free port of this machine; yields the address of its root."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_subscriber_sees_moved_and_cancelled_meetings_and_then_an_edit(
    app: Flask, host: str, feed: str, tmp_path: Path
):
    deviate(app, WEEK, weekday=3, start=time(20, 15))
    deviate(app, WEEK + 1, cancelled=True, reason="Griep")
    phone = Phone(tmp_path, host + feed)

    phone.sync()

    linde = "@ Buurthuis De Linde, Lindengracht 93, 1015 KD Amsterdam"
    assert phone.shows("2026-11-23", "2026-12-08") == [
        f"2026-11-25 20:15-22:15 CONFIRMED Stap 11 (verplaatst) {linde}",
        f"2026-11-30 19:30-21:30 CANCELLED GAAT NIET DOOR – Stap 12 {linde}",
        f"2026-12-07 19:30-21:30 CONFIRMED Stap 1 {linde}",
    ]

    deviate(app, WEEK, weekday=None, start=None)
    deviate(app, WEEK + 1, cancelled=False)
    deviate(app, WEEK + 2, weekday=7, start=time(10))
    phone.sync()

    assert phone.shows("2026-11-23", "2026-12-13") == [
        f"2026-11-23 19:30-21:30 CONFIRMED Stap 11 {linde}",
        f"2026-11-30 19:30-21:30 CONFIRMED Stap 12 {linde}",
        f"2026-12-13 10:00-12:00 CONFIRMED Stap 1 (verplaatst) {linde}",
    ]


def test_a_subscriber_of_the_discreet_twin_has_nothing_to_explain(
    app: Flask, host: str, discreet: str, tmp_path: Path
):
    deviate(app, WEEK + 1, cancelled=True, reason="Griep")
    phone = Phone(tmp_path, host + discreet)

    phone.sync()

    assert phone.shows("2026-11-23", "2026-12-01") == [
        "2026-11-23 19:30-21:30 CONFIRMED Afspraak @ Lindengracht 93, 1015 KD Amsterdam",
        "2026-11-30 19:30-21:30 CANCELLED Gaat niet door: afspraak @ Lindengracht 93, 1015 KD Amsterdam",
    ]


def test_a_closed_group_leaves_no_ghosts_on_the_phone(
    app: Flask, host: str, feed: str, tmp_path: Path
):
    phone = Phone(tmp_path, host + feed)
    phone.sync()
    before = phone.shows("2026-11-23", "2027-11-30")

    turn(app, Status.CLOSED, date(2026, 11, 24))
    phone.sync()

    assert len(before) == 53
    left = phone.shows("2026-11-23", "2027-11-30")
    assert [line.split()[2] for line in left] == ["CONFIRMED"] + ["CANCELLED"] * 4
    assert len(phone.shows("2026-08-31", "2026-11-24")) == 13


@pytest.mark.usefixtures("world")
def test_two_twins_on_one_phone_do_not_clash(host: str, feed: str, discreet: str, tmp_path: Path):
    files = []
    for name, address in (("named", feed), ("discreet", discreet)):
        (tmp_path / name).mkdir()
        phone = Phone(tmp_path / name, host + address)
        phone.sync()
        files.append({file.name for file in (tmp_path / name / "calendar").iterdir()})

    assert [len(found) for found in files] == [65, 65]
    assert not files[0] & files[1]
