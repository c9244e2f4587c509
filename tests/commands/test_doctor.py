"""`flask doctor` names what is wrong, how to mend it, and by its exit code whether anything is."""

import json
import socket
import sqlite3
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from string import Formatter

import pytest
from cryptography.fernet import Fernet
from flask import Flask
from sqlalchemy import update

from app import clock, create_app
from app.actions.parts.outbox import write_letter
from app.db import db
from app.domain.upkeep.backups import Backup
from app.domain.upkeep.findings import (
    State,
    of_clock,
    of_disk,
    of_keys_in_clear,
    of_outbox,
    of_timer,
)
from app.formats.upkeep import sender_dns
from app.formats.upkeep.doctor_words import SAYS
from app.records.columns import use_sealing_keys
from app.records.fellowships import Fellowship
from app.records.health.in_clear import note_in_clear
from app.records.health.timers import last_run
from app.records.letters import Letter
from tests.conftest import settings
from tests.people import NOON, World
from tests.schemas import migrate_new

WELL = {
    "TWAALF_PUBLIC_URL": "https://groups.example.org",
    "TWAALF_TRUSTED_PROXIES": "1",
    "TWAALF_MAIL_URL": "smtp://127.0.0.1:9",
    "TWAALF_MAIL_SENDER": "post@groups.example.org",
    "TWAALF_LIMITS": "on",
    "TWAALF_BACKUP_KEYS": "age1" + "q" * 58,
}


@pytest.fixture
def well(
    tmp_path: Path, new_database: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Flask]:
    """An installation with nothing wrong."""
    monkeypatch.setenv("TWAALF_INSTANCE", str(tmp_path))
    tmp_path.chmod(0o700)
    url = new_database()
    migrate_new(url)
    app = create_app(settings(url, **WELL) | {"RAN_FOLDER": str(tmp_path / "ran")})
    app.config["IN_CLEAR_FOLDER"] = str(tmp_path / "in_clear")
    app.config["TWAALF_BACKUP_FOLDER"] = str(tmp_path / "backups")
    World(app)
    (tmp_path / "backups").mkdir(0o700)
    (tmp_path / "backups" / Backup(clock.now(), "0001", "sqlite").name).touch(0o600)
    (tmp_path / "ran").mkdir()
    for name in ("letters", "forget", "backup"):
        (tmp_path / "ran" / name).write_text(clock.now().isoformat())
    with app.app_context():
        db.session.execute(update(Fellowship).values(controller="Stichting"))
        db.session.commit()
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def examine(app: Flask) -> tuple[int, dict[tuple[str, str], dict]]:
    done = app.test_cli_runner().invoke(args=["doctor", "--offline", "--json"])
    told = json.loads(done.stdout)
    assert told["well"] is (done.exit_code == 0)
    return done.exit_code, {(one["what"], one["word"]): one for one in told["findings"]}


def wrong(app: Flask) -> set[tuple[str, str]]:
    return {key for key, one in examine(app)[1].items() if one["state"] == "wrong"}


def test_where_nothing_is_wrong_the_exit_code_is_0(well: Flask):
    code, found = examine(well)

    assert {key for key, one in found.items() if one["state"] == "wrong"} == set()
    assert code == 0
    assert ("database", "well") in found


@pytest.mark.parametrize(
    ("setting", "value", "finding"),
    [
        ("TWAALF_PUBLIC_URL", "http://groups.example.org", ("https", "no")),
        ("TWAALF_TRUSTED_PROXIES", 0, ("proxies", "none")),
        ("TWAALF_LIMITS", False, ("limits", "off")),
        ("TWAALF_MAIL_URL", "", ("mail", "unset")),
        ("TWAALF_MAIL_SENDER", "post@localhost", ("mail", "sender_unset")),
        ("TWAALF_BACKUP_KEYS", "", ("backup", "no_key")),
        ("TWAALF_BACKUP_FOLDER", "/nowhere", ("backup", "none")),
        ("RAN_FOLDER", "", ("timers", "never_ran")),
    ],
)
def test_a_setting_that_is_wrong_is_found(well: Flask, setting: str, value: object, finding: tuple):
    well.config[setting] = value

    code, found = examine(well)

    assert code == 1
    assert found[finding]["state"] == "wrong"
    assert found[finding]["mend"]


def test_a_private_calendar_that_was_asked_for_in_clear_is_found_with_how_to_mend_it(
    well: Flask, tmp_path: Path
):
    today = clock.today()
    before = examine(well)[1]
    for day in (today - timedelta(days=1), today, today):
        note_in_clear(well.config["IN_CLEAR_FOLDER"], day)

    code, found = examine(well)

    assert before["calendars", "sealed"]["state"] == "fine"
    one = found["calendars", "in_clear"]
    assert (code, one["state"]) == (1, "wrong")
    assert one["facts"] == {"number": 3, "days": 14, "last": today.isoformat()}
    assert "port 80 to 443" in one["mend"]


def test_what_others_may_read_is_found(well: Flask, tmp_path: Path):
    tmp_path.chmod(0o755)

    assert wrong(well) == {("folder", "open")}
    tmp_path.chmod(0o700)


def test_a_letter_that_waits_for_long_is_found_and_one_that_was_refused(well: Flask):
    with well.app_context():
        for name in ("kim", "sam"):
            write_letter("invitation", to=f"{name}@example.org", language="nl", values={})
        db.session.execute(update(Letter).values(written_at=clock.now() - timedelta(hours=2)))
        db.session.commit()
    before = wrong(well)
    with well.app_context():
        db.session.execute(update(Letter).values(given_up_at=clock.now()))
        db.session.commit()

    _, found = examine(well)

    assert before == {("outbox", "stuck")}
    assert found["outbox", "refused"]["facts"] == {"number": 2}


def test_a_key_that_opens_nothing_is_found(well: Flask):
    with well.app_context():
        write_letter("invitation", to="kim@example.org", language="nl", values={})
        db.session.commit()
    use_sealing_keys([Fernet.generate_key().decode()])

    assert ("database", "wrong_sealing_key") in wrong(well)


def test_a_fellowship_that_names_nobody_responsible_is_found(well: Flask):
    with well.app_context():
        db.session.execute(update(Fellowship).values(controller=""))
        db.session.commit()

    assert examine(well)[1]["controller", "empty"]["facts"]["names"] == "stay-clean"


def test_a_lock_that_another_program_holds_is_found(
    tmp_path: Path, sqlite_url: str, app: Flask, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("app.db.BUSY_MILLISECONDS", 1)
    monkeypatch.setenv("TWAALF_INSTANCE", str(tmp_path))
    stranger = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None)
    stranger.execute("BEGIN IMMEDIATE")
    fresh = create_app(settings(sqlite_url))

    found = examine(fresh)[1]

    stranger.close()
    with fresh.app_context():
        db.session.remove()
        db.engine.dispose()
    assert found["database", "database_busy"]["state"] == "look"


def test_people_read_the_same_in_words_the_worst_first(well: Flask):
    well.config["TWAALF_LIMITS"] = False

    done = well.test_cli_runner().invoke(args=["doctor", "--offline"])

    assert done.exit_code == 1
    assert (
        done.output.splitlines()[0]
        == "WRONG limits: No rates are counted: passwords can be guessed."
    )
    assert done.output.splitlines()[1].strip() == "-> Remove TWAALF_LIMITS=off."


def test_the_sites_own_address_is_asked(well: Flask):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    well.config["TWAALF_PUBLIC_URL"] = f"http://127.0.0.1:{port}"
    well.config["TWAALF_MAIL_SENDER"] = "post@localhost"

    done = well.test_cli_runner().invoke(args=["doctor"])

    assert "does not answer this machine (ConnectionRefusedError)" in done.output


@pytest.mark.parametrize(
    ("records", "word"),
    [
        ({}, "no_spf"),
        ({"x.nl": ["v=spf1 -all"]}, "no_dmarc"),
        ({"x.nl": ["other", "v=spf1 mx"], "_dmarc.x.nl": ["v=DMARC1; p=none"]}, "allowed"),
    ],
)
def test_a_sender_is_asked_of_the_name_server(
    monkeypatch: pytest.MonkeyPatch, records: dict[str, list[str]], word: str
):
    monkeypatch.setattr(sender_dns, "_texts", lambda name, _seconds: records.get(name, []))

    assert sender_dns.may_send("x.nl", 1) == word


@pytest.mark.parametrize(
    ("minutes", "word"), [(0, "ran"), (10, "ran"), (11, "late"), (None, "never_ran")]
)
def test_a_timer_is_late_after_ten_minutes(minutes: int | None, word: str):
    last = None if minutes is None else NOON - timedelta(minutes=minutes)

    assert of_timer("letters", last, NOON).word == word


@pytest.mark.parametrize(("hours", "word"), [(0, "not_yet"), (26, "not_yet"), (27, "never_ran")])
def test_a_timer_of_a_new_installation_need_not_have_run(hours: int, word: str):
    assert of_timer("backup", None, NOON, NOON - timedelta(hours=hours)).word == word


def test_the_edges_of_disk_clock_and_outbox():
    assert of_disk(2**30, 2**33).state is State.FINE
    assert of_disk(2**30 - 1, 2**33).state is State.LOOK
    assert of_clock(NOON + timedelta(seconds=60), NOON).state is State.FINE
    assert of_clock(NOON + timedelta(seconds=61), NOON).state is State.WRONG
    assert of_outbox(1, NOON - timedelta(hours=1), 0, NOON)[0].state is State.FINE
    assert of_outbox(1, NOON - timedelta(hours=1, seconds=1), 0, NOON)[0].state is State.WRONG


def test_keys_in_clear_are_wrong_for_two_days_and_then_worth_a_look():
    today = NOON.date()

    for days, state in ((0, State.WRONG), (1, State.WRONG), (2, State.LOOK)):
        assert of_keys_in_clear(1, today - timedelta(days=days), today).state is state
    assert of_keys_in_clear(0, None, today).state is State.FINE


def test_a_timer_that_came_to_its_end_is_noted(well: Flask):
    (Path(well.config["RAN_FOLDER"]) / "forget").unlink()

    well.test_cli_runner().invoke(args=["forget"])

    assert last_run(well.config["RAN_FOLDER"], "forget")


def test_every_sentence_names_what_is_mended_where_something_is_wrong():
    for (what, word), (says, mend) in SAYS.items():
        assert says.endswith("."), (what, word)
        assert not mend or mend.endswith((".", "`", "…", "?", "docs/deploy.md", "docs/keys.md")), (
            what,
            word,
        )
        assert list(Formatter().parse(says + mend))
