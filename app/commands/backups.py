"""`flask backup`, `flask restore`, `flask recovery-key`: a copy elsewhere, and the way back."""

import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import IO, NoReturn

import click
from flask import current_app
from flask.cli import with_appcontext
from flask_migrate import upgrade

from app import clock
from app.actions.figures import recount_figures
from app.actions.parts.erasing.notes import erasures_since, forget_before
from app.actions.replaying import replay_erasures
from app.actions.retention import forget
from app.commands.door import told, working_despite
from app.commands.timed import timed
from app.domain.retention import BACKUP
from app.domain.upkeep.backups import Backup, backup_named, too_old
from app.domain.upkeep.fault import Fault
from app.formats.upkeep.sealed_file import (
    CannotOpen,
    needs_passphrase,
    new_key,
    open_file,
    seal_file,
)
from app.records.health import copying
from app.records.health.invariants import broken_rules
from app.records.health.ready import what_is_wrong
from app.records.health.schema import revision_of_the_database

MARGIN = timedelta(days=1)
"""Erasures are noted for a day longer than the oldest backup is kept."""
WORKING = ".working-"

passphrase_file = click.option(
    "--passphrase-file",
    type=click.File(),
    help="Read the passphrase of the key from a file; asked for unless given.",
)


@click.command("recovery-key")
@click.argument("file", type=click.Path(path_type=Path))
@passphrase_file
def recovery_key(file: Path, passphrase_file: IO[str] | None) -> None:
    """Make the key that opens backups, and write it to FILE. Do this on the keeper's own computer.

    FILE is sealed with a passphrase (an empty one: not sealed). The server needs only the public
    key, which is printed.
    """
    if file.exists():
        _stop(
            f"{file} is there already. A key that is lost is lost with its backups: choose another name."
        )
    passphrase = _passphrase(passphrase_file, confirm=True)
    public, secret = new_key(passphrase)
    file.touch(mode=0o600)
    file.write_bytes(secret)
    click.echo(f"Keep {file} and its passphrase away from the server. On the server:", err=True)
    click.echo(f'TWAALF_BACKUP_KEYS = "{public}"')


@click.command("backup")
@working_despite(Fault.NOT_MIGRATED, Fault.WRONG_SEALING_KEY)
@timed("backup")
def backup() -> None:
    """Copy the database while it runs, seal the copy, read it back, and prune; run it every night.

    Copies older than 30 days are removed: then what was erased is gone everywhere.
    """
    keys, folder = current_app.config["TWAALF_BACKUP_KEYS"], _folder()
    if not keys:
        _stop(
            "TWAALF_BACKUP_KEYS is not set, and nothing is written unsealed. Run `flask --app wsgi recovery-key "
            "backup.key` on your own computer, and set what it prints."
        )
    made = Backup(clock.now(), revision_of_the_database() or "none", copying.kind_of_database())
    target = folder / made.name
    with _working_folder(folder) as beside:
        try:
            copying.copy_database(beside / "copy")
        except copying.CopyFailed as reason:
            _stop(f"No backup was made: {reason}.")
        if not seal_file(beside / "copy", beside / "sealed", keys):
            _stop("No backup was made: what was written does not read back. Look at the disk.")
        size = (beside / "sealed").stat().st_size
        (beside / "sealed").chmod(0o600)
        (beside / "sealed").replace(target)
    gone = too_old((file.name for file in folder.iterdir()), clock.now())
    for name in gone:
        (folder / name).unlink()
    if noted := current_app.config["TWAALF_ERASURES"]:
        forget_before(Path(noted), clock.now() - BACKUP - MARGIN)
    click.echo(f"{target}: {size:,} bytes, read back and right; {len(gone)} older ones removed")


@click.command("restore")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--key", "key_file", type=click.File("rb"), required=True, help="The recovery key.")
@click.option(
    "--erasures",
    "noted",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="What was erased since, one file of each host; this installation's own unless given.",
)
@passphrase_file
@with_appcontext
@told
def restore(
    file: Path,
    key_file: IO[bytes],
    noted: tuple[Path, ...],
    passphrase_file: IO[str] | None,
) -> None:
    """Put the backup FILE into an empty database, erase again what was erased since, and check it.

    Stop the server first. The schema is brought to this release.
    """
    known = backup_named(file.name)
    if known is None:
        _stop(
            f"{file.name} is no name of a backup. Give it the name it had: it says when it was made."
        )
    if known.kind != copying.kind_of_database():
        _stop(
            f"This is a copy of another kind of database ({known.kind}). Set TWAALF_DATABASE_URL to one of its kind."
        )
    if not copying.is_empty():
        _stop(
            "The database is not empty. Set TWAALF_DATABASE_URL to an empty one, or move the file away."
        )
    own = Path(current_app.config["TWAALF_ERASURES"] or "/nowhere")
    noted = noted or ((own,) if own.exists() else ())
    key = key_file.read()
    passphrase = _passphrase(passphrase_file) if needs_passphrase(key) else ""
    with _working_folder(_folder()) as beside:
        try:
            with (beside / "copy").open("wb") as plain:
                open_file(file, plain, key, passphrase)
            copying.put_back(beside / "copy")
        except CannotOpen:
            _stop(
                "It does not open: the key or its passphrase is another one, or the file is damaged."
            )
        except copying.CopyFailed as reason:
            _stop(f"It was not put back: {reason}.")
    upgrade()
    _erase_again_and_check(known, noted)


def _erase_again_and_check(known: Backup, noted: tuple[Path, ...]) -> None:
    if wrong := what_is_wrong():
        _stop(
            f"It is put back, and cannot be used yet: {', '.join(wrong)}. Run `flask --app wsgi doctor`."
        )
    rows = replay_erasures(erasures_since(list(noted), known.at))
    forget(clock.now())
    recount_figures()
    if broken := broken_rules():
        _stop(f"It is put back, and a rule does not hold in it: {', '.join(broken)}.")
    click.echo(f"Restored as of {known.at:%Y-%m-%d %H:%M} UTC; every rule holds.")
    if noted:
        click.echo(f"{rows} rows that were erased since are erased again.")
    else:
        click.echo(
            "No note of erasures was found (TWAALF_ERASURES): who was erased since the backup is back. "
            "If there is one, restore again with --erasures.",
            err=True,
        )


def _folder() -> Path:
    folder = Path(current_app.config["TWAALF_BACKUP_FOLDER"])
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


@contextmanager
def _working_folder(folder: Path) -> Iterator[Path]:
    """Give a folder that nobody else may open, and leave nothing of it, nor of one that was broken off."""
    beside = Path(tempfile.mkdtemp(prefix=WORKING, dir=folder))
    try:
        yield beside
    finally:
        shutil.rmtree(beside)


def _passphrase(file: IO[str] | None, *, confirm: bool = False) -> str:
    if file is not None:
        return str(file.read()).strip()
    return str(
        click.prompt(
            "Passphrase",
            hide_input=True,
            confirmation_prompt=confirm,
            default="",
            show_default=False,
        )
    )


def _stop(sentence: str) -> NoReturn:
    click.echo(sentence, err=True)
    sys.exit(1)
