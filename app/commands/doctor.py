"""`flask doctor`: what is wrong with an installation, in words, and how to mend it."""

import json
import shutil
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import urlopen

import click
from flask import current_app
from flask.cli import with_appcontext

from app import clock
from app.commands.door import told
from app.config import CONFIG_FILE, LOOPBACK, instance_folder
from app.domain.upkeep.backups import newest
from app.domain.upkeep.fault import KEEPS_SERVING, Fault
from app.domain.upkeep.findings import (
    Finding,
    State,
    of_backup,
    of_clock,
    of_disk,
    of_keys_in_clear,
    of_outbox,
    of_replica,
    of_timer,
)
from app.formats.upkeep.doctor_words import say
from app.formats.upkeep.sender_dns import may_send
from app.records.health import state
from app.records.health.in_clear import noted_in_clear
from app.records.health.invariants import broken_rules
from app.records.health.ready import database_file, what_is_wrong
from app.records.health.timers import TIMERS, last_run

SECONDS = 5
"""So long another server may take to answer."""
MARKS = {State.FINE: "ok", State.LOOK: "look", State.WRONG: "WRONG"}


@click.command("doctor")
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON alone.")
@click.option("--offline", is_flag=True, help="Ask no name server, and not the site's own address.")
@with_appcontext
@told
def doctor(as_json: bool, offline: bool) -> None:
    """Look at everything an installation needs. Exit code 1 when something is wrong."""
    findings = [*_settings(), *_database(), *([] if offline else _outside())]
    is_well = all(one.state is not State.WRONG for one in findings)
    if as_json:
        click.echo(
            json.dumps({"well": is_well, "findings": [_as_json(one) for one in findings]}, indent=2)
        )
    else:
        for one in sorted(findings, key=lambda one: list(State).index(one.state), reverse=True):
            says, mend = say(one)
            click.echo(f"{MARKS[one.state]:<6}{one.what}: {says}")
            if mend:
                click.echo(f"{'':<6}  -> {mend}")
    sys.exit(0 if is_well else 1)


def _as_json(finding: Finding) -> dict[str, Any]:
    says, mend = say(finding)
    told = {"what": finding.what, "state": str(finding.state), "word": finding.word}
    return {**told, "says": says, "mend": mend, "facts": finding.facts}


def _settings() -> Iterator[Finding]:
    config = current_app.config
    address, proxies = config["TWAALF_PUBLIC_URL"], config["TWAALF_TRUSTED_PROXIES"]
    is_home = (urlsplit(address).hostname or "") in (*LOOPBACK, "::1")
    is_https = address.startswith("https://")
    word, how = (
        ("yes", State.FINE)
        if is_https
        else ("home", State.LOOK)
        if is_home
        else ("no", State.WRONG)
    )
    yield Finding("https", how, word, {"address": address})
    if is_https and not proxies:
        yield Finding("proxies", State.WRONG, "none")
    else:
        made_up = is_home and proxies > 0
        yield Finding(
            "proxies",
            State.LOOK if made_up else State.FINE,
            "home" if made_up else "right",
            {"number": proxies},
        )
    if is_https:
        today = clock.today()
        yield of_keys_in_clear(*noted_in_clear(config["IN_CLEAR_FOLDER"], today), today)
    limits = config["TWAALF_LIMITS"]
    yield Finding("limits", State.FINE if limits else State.WRONG, "on" if limits else "off")
    yield from _folder(Path(current_app.instance_path))
    if old := len(config["SECRET_KEY_FALLBACKS"] or []):
        yield Finding("keys", State.LOOK, "old_secret_kept", {"number": old})
    kept = len(config["TWAALF_SEALING_KEYS"])
    yield Finding(
        "keys",
        State.FINE if kept == 1 else State.LOOK,
        "right" if kept == 1 else "old_kept",
        {"number": kept},
    )
    if mail := config["TWAALF_MAIL_URL"]:
        yield Finding("mail", State.FINE, "set", {"host": urlsplit(mail).hostname or ""})
    else:
        yield Finding("mail", State.WRONG, "unset")
    if config["TWAALF_MAIL_SENDER"].endswith("@localhost"):
        yield Finding(
            "mail",
            State.WRONG if is_https else State.LOOK,
            "sender_unset",
            {"sender": config["TWAALF_MAIL_SENDER"]},
        )
    yield from _backups()


def _folder(folder: Path) -> Iterator[Finding]:
    looked_at = [folder, folder / "config.py", Path(current_app.config["TWAALF_BACKUP_FOLDER"])]
    file = database_file()
    if file is not None:
        looked_at += [file.with_name(file.name + end) for end in ("", "-wal", "-shm")]
    open_to_others = [one.name for one in looked_at if one.exists() and one.stat().st_mode & 0o077]
    if open_to_others:
        facts = {"names": ", ".join(open_to_others), "folder": str(folder)}
        yield Finding("folder", State.WRONG, "open", facts)
    else:
        yield Finding("folder", State.FINE, "private")


def _backups() -> Iterator[Finding]:
    folder, file = Path(current_app.config["TWAALF_BACKUP_FOLDER"]), database_file()
    if not current_app.config["TWAALF_BACKUP_KEYS"]:
        yield Finding("backup", State.WRONG, "no_key")
        return
    names = [one.name for one in folder.iterdir()] if folder.exists() else []
    last = newest(names)
    yield of_backup(last.at if last else None, clock.now())
    if last and file is not None and file.exists() and folder.stat().st_dev == file.stat().st_dev:
        yield Finding("backup", State.LOOK, "same_disk")


def _database() -> Iterator[Finding]:
    now = clock.now()
    file = database_file()
    place = file.parent if file is not None else Path(current_app.instance_path)
    if place.exists():
        usage = shutil.disk_usage(place)
        yield of_disk(usage.free, usage.total)
    faults = what_is_wrong()
    if not faults and not state.lock_is_free():
        faults = [Fault.DATABASE_BUSY]
    for fault in faults:
        yield Finding("database", State.LOOK if fault in KEEPS_SERVING else State.WRONG, str(fault))
    if any(fault not in (Fault.DISK_FULL, Fault.DATABASE_BUSY) for fault in faults):
        return
    if not faults:
        yield Finding("database", State.FINE, "well")
    broken = broken_rules()
    yield Finding(
        "rules",
        State.WRONG if broken else State.FINE,
        "broken" if broken else "hold",
        {"rules": ", ".join(broken)},
    )
    wrong = state.wrong_figures(now)
    yield Finding(
        "figures",
        State.LOOK if wrong else State.FINE,
        "wrong" if wrong else "right",
        {"number": wrong},
    )
    installed = _installed_at()
    for name in TIMERS:
        yield of_timer(name, last_run(current_app.config["RAN_FOLDER"], name), now, installed)
    yield from of_outbox(*state.outbox(now), now)
    yield of_clock(state.another_clock(now), now)
    if replica := current_app.extensions.get("replica"):
        yield of_replica(str(replica.found()), replica.seconds)
    empty = state.without_controller()
    facts = {"number": len(empty), "names": ", ".join(empty[:5])}
    yield Finding(
        "controller", State.LOOK if empty else State.FINE, "empty" if empty else "named", facts
    )


def _installed_at() -> datetime | None:
    """Return when the settings were last written, or None where no file has them."""
    try:
        return datetime.fromtimestamp((instance_folder() / CONFIG_FILE).stat().st_mtime, UTC)
    except OSError:
        return None


def _outside() -> Iterator[Finding]:
    config = current_app.config
    address = config["TWAALF_PUBLIC_URL"]
    try:
        with urlopen(f"{address}/healthz", timeout=SECONDS) as answer:  # noqa: S310 - our own address, http or https
            right = answer.read(16) == b"ok\n"
        reason = "it is another site"
    except (URLError, OSError, ValueError) as error:
        right, reason = False, type(getattr(error, "reason", error)).__name__
    facts = {"address": address, "reason": reason}
    yield Finding("reached", State.FINE if right else State.WRONG, "yes" if right else "no", facts)
    domain = config["TWAALF_MAIL_SENDER"].partition("@")[2]
    if domain != "localhost":
        word = may_send(domain, SECONDS)
        how = (
            State.FINE if word == "allowed" else State.LOOK if word == "not_asked" else State.WRONG
        )
        yield Finding("sender", how, word, {"domain": domain})
