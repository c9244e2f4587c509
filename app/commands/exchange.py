"""Lists in and out, and the fellowships they belong to: `fellowship`, `import`, `export`."""

import gc
import os
import sys
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO, NoReturn, TextIO
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import click
from flask import current_app

from app import clock
from app.actions.importing import import_meetings
from app.actions.national.fellowships import NewFellowship, found_fellowship
from app.actions.parts.lists.trying import try_meetings
from app.blueprints.parts.exchange.drafts import read_list, unread_in
from app.commands.door import working
from app.domain.confirmation import CONFIRM_AFTER_CHOICES, CONFIRM_AFTER_WEEKS
from app.domain.imported import BrokenList, Reading, Report
from app.domain.listing import Audience, Listing, Subject
from app.domain.newcomers import MOST_CHARACTERS, questions_in
from app.domain.refusal import FellowshipIsClosed
from app.domain.slug import NameInUse, slug_from
from app.domain.zones import HOME
from app.formats.lists.terminal_words import (
    LANGUAGES,
    sentence,
    summary,
    words_of_finding,
    words_of_line,
)
from app.formats.lists.words import broken_words
from app.formats.meeting_guide import writing
from app.formats.meeting_guide.types import AA
from app.records.exchange.list_sources import list_again
from app.records.fellowships import Fellowship, find_fellowship
from app.records.listed import listed

SUBJECTS = [str(subject) for subject in Subject]
AUDIENCES = [str(audience) for audience in Audience]


def terminal_language(environment: Mapping[str, str]) -> str:
    """Return the language of a terminal as far as an import speaks it."""
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    locale = next((environment[name] for name in names if environment.get(name)), "")
    return locale[:2].lower() if locale[:2].lower() in LANGUAGES else "en"


def _known_zone(
    _context: click.Context, _parameter: click.Parameter, name: str | None
) -> str | None:
    if name is not None:
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise click.BadParameter(f"{name} is not a time zone; write Europe/Amsterdam") from None
    return name


@click.command("fellowship")
@click.argument("slug")
@click.argument("name")
@click.option("--website", default="")
@click.option("--identity", default="", help="What it is and whom it welcomes, in its own words.")
@click.option(
    "--newcomers",
    type=click.File(encoding="utf-8"),
    help="A file that tells what happens at a meeting: a question on a line of its own, "
    "its answer below it, an empty line between.",
)
@click.option("--language", default="nl", show_default=True)
@click.option("--zone", default=HOME.key, show_default=True, callback=_known_zone)
@click.option("--subject", type=click.Choice(SUBJECTS), default=str(Subject.OTHER))
@click.option("--audience", type=click.Choice(AUDIENCES), default=str(Audience.EVERYONE))
@click.option(
    "--confirm-after",
    type=click.IntRange(CONFIRM_AFTER_CHOICES[0], CONFIRM_AFTER_CHOICES[-1]),
    default=CONFIRM_AFTER_WEEKS,
    show_default=True,
    help="Weeks until coordinators are asked whether their listing is still right.",
)
@working
def fellowship(slug: str, name: str, newcomers: TextIO | None, **more: Any) -> None:
    """Found a fellowship: SLUG is its short name in addresses, NAME what people call it."""
    if slug != slug_from(slug):
        _stop(f"“{slug}” cannot stand in an address; write {slug_from(slug)}.")
    if not name.strip() or len(name) > 120:
        _stop("Give a name of 1 to 120 characters.")
    if more["website"] and not more["website"].startswith(("https://", "http://")):
        _stop("The website begins with https:// or http://.")
    told = newcomers.read().strip() if newcomers else ""
    if len(told) > MOST_CHARACTERS or (told and not questions_in(told)):
        _stop(
            f"The file for newcomers holds questions, each with its answer below it, in {MOST_CHARACTERS} characters at most."
        )
    try:
        found_fellowship(NewFellowship(slug, name.strip(), newcomers=told, **more), by=None)
    except NameInUse:
        _stop(f"There is a fellowship with the short name {slug} already.")
    click.echo(f"{name.strip()} is there: /fellowships/{slug}")


@click.command("import")
@click.argument("file", type=click.File("rb"))
@click.option("--fellowship", "slug", required=True, help="Whose groups these are: its short name.")
@click.option("--zone", callback=_known_zone, help="For rows without one; else the fellowship's.")
@click.option("--program", default="", help="Whose type codes these are; as before, else AA.")
@click.option(
    "--language",
    type=click.Choice(LANGUAGES),
    default=lambda: terminal_language(os.environ),
    help="In which it tells; as the terminal's (LC_ALL, LC_MESSAGES, LANG), else en.",
)
@click.option("--source", default="", help="Which list this is, by name; else told by its rows.")
@click.option("--dry-run", is_flag=True, help="Say what would happen, and write nothing.")
@click.option(
    "--skip-unreadable", is_flag=True, help="Leave out rows with a fault; import the rest."
)
@working
def import_(
    file: BinaryIO,
    slug: str,
    zone: str | None,
    program: str,
    language: str,
    source: str,
    dry_run: bool,
    skip_unreadable: bool,
) -> None:
    """Import a list of any kind in docs/exchange.md, FILE or - for standard input, all of it or nothing.

    The same list again changes nothing. Contacts in it are not read.
    """
    say = partial(sentence, language=language)
    whose = _fellowship(slug)
    called = Path(getattr(file, "name", "-")).name  # what comes through a pipe has none
    try:
        reading, program = _read(file.read(), whose, zone, program, source)
    except BrokenList as broken:
        _stop(say("broken", file=called, why=broken_words(broken, language)))
    gc.freeze()  # Else all of a long list is looked through for garbage again and again.
    for kind, findings in (
        ("remark", reading.remarks), ("left_out", reading.left_out), ("unreadable", reading.unreadable),
    ):  # fmt: skip
        for finding in findings:
            what = words_of_finding(finding, language)
            click.echo(say(kind, what=what), err=kind == "unreadable")
    is_refused = bool(reading.unreadable) and not skip_unreadable
    if is_refused and not dry_run:
        _stop(say("refused", number=len(reading.unreadable)))
    try:
        more = {"name": called, "source": source, "program": program}
        report = _import(reading, whose, zone, dry_run, more, say("doing"))
    except FellowshipIsClosed:
        _stop(say("closed", name=whose.name))
    for line in report.lines:
        click.echo(words_of_line(line, language))
    counts = [*summary(report, language)]
    for kind, findings in (
        ("number_left_out", reading.left_out),
        ("number_unreadable", reading.unreadable),
    ):
        counts += [say(kind, number=len(findings))] if findings else []
    told = ", ".join(counts) or say("nothing")
    if is_refused:
        _stop(say("would_be_refused", number=len(reading.unreadable), counts=told))
    click.echo(say("would_be" if dry_run else "done", counts=told))


@click.command("export")
@click.option(
    "--format", type=click.Choice(["meeting-guide"]), default="meeting-guide", expose_value=False
)
@click.option("--fellowship", "slug", help="Its short name; every fellowship unless given.")
@click.option("--output", type=click.File("wb", lazy=False, atomic=True), default="-")
@working
def export(slug: str | None, output: BinaryIO) -> None:
    """Write the public list of groups, as /meetings.json shows it."""
    fellowship_id = _fellowship(slug).id if slug else None
    now = clock.now()
    home = current_app.config["TWAALF_PUBLIC_URL"]

    def page(listing: Listing) -> str:
        return f"{home}/groups/{listing.slug}"

    output.write(
        writing.write(listed(now, fellowship_id), page=page, now=now, mixed=fellowship_id is None)
    )


def _read(
    data: bytes, whose: Fellowship, zone: str | None, program: str, source: str
) -> tuple[Reading, str]:
    """Return a list as it is read, and whose codes it has: what is said, or was said of it before."""

    def read(of: str) -> Reading:
        return read_list(whose, data, of, {}, zone)

    reading = read(program or AA)
    again = None if program else list_again(whose.id, reading.entries, source)
    if again is not None and again.program != AA:
        reading = read(again.program)
    return reading, program or (again.program if again else AA)


def _import(
    reading: Reading,
    whose: Fellowship,
    zone: str | None,
    dry_run: bool,
    more: dict[str, Any],
    doing: str,
) -> Report:
    bar = click.progressbar(
        length=len(reading.entries),
        label=doing,
        file=sys.stderr,
        hidden=not sys.stderr.isatty(),
    )
    with bar:
        deed = try_meetings if dry_run else import_meetings  # a trial holds up nobody who writes
        return deed(
            reading.entries,
            whose,
            by=None,
            zone=zone,
            unread=unread_in(reading),
            on_progress=bar.update,
            **more,
        )


def _fellowship(slug: str) -> Fellowship:
    found = find_fellowship(slug)
    if found is None:
        _stop(f"There is no fellowship {slug}. Found it with: flask fellowship {slug} NAME")
    return found


def _stop(sentence: str) -> NoReturn:
    click.echo(sentence, err=True)
    sys.exit(2)
