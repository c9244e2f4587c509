"""`flask pull`: lists that offices named by their address."""

import sys

import click

from app import clock
from app.actions.exchange.sources import note_pull
from app.actions.importing import import_meetings
from app.actions.national.lists import keep_draft
from app.actions.parts.timer.duties import step
from app.blueprints.parts.exchange.drafts import new_draft, read_list, unread_in
from app.commands.door import working
from app.commands.fetching import Fetched, NotFetched, fetch
from app.domain.exchange.pulled import Fault, is_believed
from app.domain.imported import BrokenList, Outcome
from app.domain.refusal import FellowshipIsClosed
from app.records.exchange.list_sources import ListSource, groups_of, source_by_id, sources_to_pull


@click.command("pull")
@working
def pull() -> None:
    """Read the lists that offices named by their address; run it every night.

    A list that is new waits for an office to look at it; of one that is known what changed is
    taken over, and what was written here stays. Exits with 1 when a list could not be read.
    """
    failed = [source_id for source_id in sources_to_pull() if not _read(source_id)]
    if failed:
        sys.exit(1)


def _read(source_id: int) -> bool:
    """Read one list; tell whether it went well. What nobody foresaw of it stops no other."""
    went_well: list[bool] = []
    if step(f"list {source_id}", lambda: went_well.append(_pull(source_id))):
        return all(went_well)
    note_pull(source_by_id(source_id), clock.now(), fault=Fault.NO_LIST)
    click.echo(f"list {source_id}: not read, the log says why", err=True)
    return False


def _pull(source_id: int) -> bool:
    source, went_well = source_by_id(source_id), True
    try:
        said = _pulled(source, fetch(source.address, source.etag))
    except NotFetched as fault:
        note_pull(source, clock.now(), fault=fault.fault, detail=fault.detail)
        said, went_well = f"not read, {fault.fault} {fault.detail}".rstrip(), False
    click.echo(f"list {source_id}: {said}", err=not went_well)
    return went_well


def _pulled(source: ListSource, fetched: Fetched) -> str:
    """Take over what was fetched, and say what that did. Raises NotFetched."""
    if fetched.data is None:
        note_pull(source, clock.now(), etag=fetched.etag)
        return "the same as before"
    try:
        known = groups_of(source)
        if not known:
            return _looked_at(source, fetched.data)
        return _taken_over(source, fetched, known)
    except BrokenList as broken:
        raise NotFetched(Fault.NO_LIST, str(broken.problem)) from None
    except FellowshipIsClosed:
        raise NotFetched(Fault.CLOSED) from None


def _looked_at(source: ListSource, data: bytes) -> str:
    draft = new_draft(
        source.fellowship,
        data,
        name=source.name,
        program=source.program,
        source=source.name,
        by=None,
    )
    keep_draft(source.fellowship, draft, by=None)
    note_pull(source, clock.now(), rows=len(draft.lines))
    return "new: it waits for its office"


def _taken_over(source: ListSource, fetched: Fetched, known: int) -> str:
    assert fetched.data is not None
    reading = read_list(source.fellowship, fetched.data, source.program, {})
    if not is_believed(len(reading.entries), known):
        raise NotFetched(Fault.FEWER, str(len(reading.entries)))
    report = import_meetings(
        reading.entries,
        source.fellowship,
        by=None,
        zone=source.zone,
        unread=unread_in(reading),
        name=source.name,
        source=source.name,
        program=source.program,
    )
    changes = report.count(Outcome.NEW) + report.count(Outcome.CHANGED)
    rows = len({entry.row for entry in reading.entries})
    note_pull(source, clock.now(), etag=fetched.etag, rows=rows, changes=changes)
    return f"{rows} rows, {changes} changes"
