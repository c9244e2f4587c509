"""`flask archive`, `flask unarchive`: everything of a fellowship in one file, and into another house."""

import sys
from pathlib import Path
from typing import IO, NoReturn

import click

from app.actions.exchange.archives import read_archive_back, take_archive
from app.commands.door import working
from app.domain.exchange.archive import (
    LEAST_PASSPHRASE,
    AddressesInUse,
    BrokenArchive,
    FellowshipHasMore,
    Flaw,
    Reach,
)
from app.domain.slug import NameInUse
from app.formats.upkeep.archive import MOST_BYTES, read_archive, write_archive
from app.records.fellowships import find_fellowship

FLAWS = {
    Flaw.NO_ARCHIVE: "This is no archive of Twaalf. One is made by `flask archive`, or by an office on its page for lists",
    Flaw.DAMAGED: "The archive is damaged or cut short. Copy it again from where it was made",
    Flaw.STRANGE_NAME: "There is a file in the archive that Twaalf never puts there: {where}",
    Flaw.TOO_LARGE: f"The archive unpacks to more than {MOST_BYTES // 1024 // 1024} MB, which no fellowship needs",
    Flaw.NEWER: "A newer Twaalf made this archive. Bring this installation to the same release first",
    Flaw.PASSPHRASE: "The passphrase is another one",
    Flaw.CONTENT: "The archive says something that cannot be: {where}",
}
passphrase_file = click.option(
    "--passphrase-file",
    type=click.File(),
    help="Read the passphrase from a file; asked for unless given.",
)


@click.command("archive")
@click.argument("slug")
@click.option("--to", "file", type=click.Path(dir_okay=False, path_type=Path), required=True)
@click.option(
    "--participants", is_flag=True, help="Also the people with a seat or in line, sealed."
)
@passphrase_file
@working
def archive(slug: str, file: Path, participants: bool, passphrase_file: IO[str] | None) -> None:
    """Write everything of the fellowship SLUG into one file that another Twaalf reads back.

    Contact persons, closed addresses and whatever is sealed here are sealed there with a passphrase.
    """
    fellowship = find_fellowship(slug)
    if fellowship is None:
        _stop(f"There is no fellowship {slug}.")
    if file.exists():
        _stop(f"{file} is there already. Choose another name.")
    passphrase = _passphrase(passphrase_file, confirm=True)
    if len(passphrase) < LEAST_PASSPHRASE:
        _stop(f"A passphrase has {LEAST_PASSPHRASE} characters or more.")
    taken = take_archive(fellowship, Reach.PEOPLE if participants else Reach.HOUSE, by=None)
    data = write_archive(taken, passphrase)
    file.touch(mode=0o600)
    file.write_bytes(data)
    groups = len(taken.rows["groups"])
    click.echo(f"{file}: {groups} groups, {len(data):,} bytes")
    if participants:
        click.echo("There are people in it: remove it when it is read elsewhere.", err=True)


@click.command("unarchive")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@passphrase_file
@working
def unarchive(file: Path, passphrase_file: IO[str] | None) -> None:
    """Read the archive FILE into this installation: a fellowship that is new here, or empty.

    All of it or nothing. Addresses and calendars of its groups answer here as they did there.
    """
    if file.stat().st_size > MOST_BYTES:
        _stop(f"{FLAWS[Flaw.TOO_LARGE]}.")
    try:
        read = read_archive(file.read_bytes(), _passphrase(passphrase_file))
        fellowship = read_archive_back(read)
    except BrokenArchive as broken:
        _stop(f"{FLAWS[broken.flaw].format(where=broken.where)}. Nothing was read.".replace(": .", "."))  # fmt: skip
    except FellowshipHasMore as refused:
        _stop(f"{refused.name} has groups or lists here already. Nothing was read.")
    except NameInUse as refused:
        _stop(f"Another fellowship here is called {refused.slug}. Nothing was read.")
    except AddressesInUse as refused:
        _stop(f"Groups here have the same addresses: {', '.join(refused.slugs)}. Nothing was read.")
    click.echo(f"{fellowship.name}: {len(read.rows['groups'])} groups, at /fellowships/{fellowship.slug}")  # fmt: skip
    click.echo("Nobody coordinates them here yet: invite an officer, and the office invites its coordinators.")  # fmt: skip


def _passphrase(file: IO[str] | None, *, confirm: bool = False) -> str:
    if file is not None:
        return str(file.read()).strip()
    return str(click.prompt("Passphrase", hide_input=True, confirmation_prompt=confirm))


def _stop(sentence: str) -> NoReturn:
    click.echo(sentence, err=True)
    sys.exit(2)
